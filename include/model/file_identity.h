/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_FILE_IDENTITY_H
#define MODEL_FILE_IDENTITY_H

/*
 * Whether a file that was found (the candidate) is the one that a mapping maps, judged from all
 * that could be learnt of both. Pure; files/mapped_open.h collects the evidence.
 *
 * The numbers from stat(2) prove it where they are those of maps: a mapped inode lives, so that its
 * number is not given away. Where they differ the file system has numbers of its own for stat(2)
 * (btrfs a device for each subvolume, overlayfs one for each layer), and maps may print the same
 * numbers for several files; and btrfs gives the device of a subvolume that was deleted to the next
 * one, so that equal numbers of stat(2) prove nothing there. The kernel's own link of the mapping
 * decides, the build-id that the kernel read of the mapped file, or the numbers that maps prints
 * for the candidate once it is mapped, with the path.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct file_key;

enum file_identity {
	FILE_IDENTITY_NONE,    /* the file was not looked for: nothing of it is needed */
	FILE_IDENTITY_UNKNOWN, /* no file was found that is the mapped one */
	FILE_IDENTITY_LIKELY,  /* path and numbers are right, but may be those of another file */
	FILE_IDENTITY_PROVEN,  /* it is the mapped file, or one of the same content */
	FILE_IDENTITY_COUNT,
};

struct file_numbers {
	uint64_t inode;
	uint32_t dev_major, dev_minor;
};

#define BUILD_ID_MAX 20 /* bytes: BUILD_ID_SIZE_MAX of include/linux/buildid.h */

struct build_id {
	size_t size; /* bytes; 0: the file has none */
	uint8_t bytes[BUILD_ID_MAX];
};

struct file_evidence {
	struct file_numbers mapped; /* in maps */
	uint64_t offset;            /* of the mapping in the file, bytes */
	struct file_numbers stat;   /* of the candidate */
	uint64_t size;              /* of the candidate, bytes */
	bool same_path;             /* the candidate has the path that maps prints */
	bool renumbers;             /* its file system has other numbers for stat(2) than maps */
	bool recorded;              /* the mapping is of a recording, the candidate of now */

	bool has_link; /* where the kernel's own link of the mapping was followed: */
	struct file_numbers link;
	bool linked; /* the candidate is what that leads to */

	bool has_trial; /* where the candidate was mapped to see what maps prints of it: */
	struct file_numbers trial;

	bool has_build_ids; /* where the kernel read both: */
	struct build_id mapped_build_id, trial_build_id;
};

bool file_numbers_equal(const struct file_numbers *a, const struct file_numbers *b);

/*
 * Whether mapping the candidate could decide what the rest of the evidence leaves open. False where
 * it is decided, and for a candidate that is plainly another file.
 */
bool file_identity_needs_trial(const struct file_evidence *evidence);

/* PROVEN or LIKELY; UNKNOWN when the candidate is, or could as well be, another file. */
enum file_identity file_identity_judge(const struct file_evidence *evidence);

/*
 * Whether the path, as a link of /proc gives it (raw, " (deleted)" included), is the key's name, as
 * maps prints it: with \012 for a newline, and without the suffix where the key is deleted.
 */
bool file_identity_is_path(const struct file_key *key, const char *path);

/* What distinguishes a mapped file from another one of the same numbers and name. */
struct file_traits {
	bool has_link; /* where the kernel's own link leads to, by stat(2): */
	struct file_numbers link;
	bool has_build_id; /* what the kernel read; size 0: the file has none */
	struct build_id build_id;
};

/* Whether they may be of one file: false only when they cannot. */
bool file_traits_agree(const struct file_traits *a, const struct file_traits *b);

/* "unknown", "likely", "proven"; NULL for FILE_IDENTITY_NONE. */
const char *file_identity_name(enum file_identity identity);

#endif
