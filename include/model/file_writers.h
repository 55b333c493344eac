/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_FILE_WRITERS_H
#define MODEL_FILE_WRITERS_H

/*
 * Who can put another content in the place of a file, going by the owners and permissions of the
 * file and of the directories above it (path_resolution(7), inode(7)). Access control lists show
 * in these as far as they give a group, but not where they take something away.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FILE_TRUST_MAX 3

/* A file, or a directory. */
struct file_place {
	uint32_t mode; /* as of stat(2) */
	uint32_t uid, gid;
	bool read_only; /* its file system cannot be written to */
};

/* Whose changes are no matter: root's, the user's own. */
struct file_trust {
	uint32_t uids[FILE_TRUST_MAX];
	size_t count;
	bool unmapped; /* 65534 may stand for any user, see user_namespaces(7) */
};

struct file_writers {
	uint8_t who;  /* enum checked_writer (model/checked_file.h) */
	uint32_t id;  /* of the user or the group */
	size_t place; /* what they may write to */
};

/*
 * Judges count places: the root directory first, the file last. Of several that may write, the most
 * count: everyone, a group, a user, those who may only add files beside it.
 */
struct file_writers file_writers_judge(const struct file_place *places, size_t count,
				       const struct file_trust *trust);

#endif
