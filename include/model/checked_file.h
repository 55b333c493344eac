/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_CHECKED_FILE_H
#define MODEL_CHECKED_FILE_H

/*
 * What was found out about the programs and libraries that a process maps, to judge them
 * (model/finding.h): how they are hardened, and who can change them.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/elf_hardening.h"

/* Whether the content of the file is known. */
enum checked_state {
	CHECKED_READ,    /* it was read */
	CHECKED_NOT_ELF, /* likewise: it is not an ELF object */
	CHECKED_MISSING, /* no way leads to the file that is mapped */
	CHECKED_DENIED,  /* this user may not read it */
	CHECKED_STALLED, /* its file system does not answer */
	CHECKED_FAILED,  /* reading it failed */
	/* Never of a file that was looked for: */
	CHECKED_NOT_KEPT, /* what is shown is recorded, without its files */
};

/* Who, but root and the user of the process, can put another content in its place. */
enum checked_writer {
	CHECKED_WRITER_UNKNOWN,  /* the place that it has in the file system was not found */
	CHECKED_WRITER_NONE,     /* no other user, by the permissions */
	CHECKED_WRITER_OWNER,    /* another user, who owns the file or a directory above it */
	CHECKED_WRITER_GROUP,    /* the members of a group */
	CHECKED_WRITER_EVERYONE, /* everyone */
	CHECKED_WRITER_BESIDE,   /* everyone may add files beside it, but not replace it (sticky) */
};

struct checked_file {
	char *name;     /* as of its mappings, raw; owned */
	uint64_t start; /* of its lowest mapping */
	uint8_t owner;  /* enum owner */
	bool deleted;   /* no longer has its name */
	bool replaced;  /* with deleted: another file has it */
	uint8_t state;  /* enum checked_state; READ: */
	struct elf_hardening hardening;
	uint8_t writer;     /* enum checked_writer */
	uint32_t writer_id; /* the user's or the group's number */
	char *place; /* the file or directory that they may write to, raw; owned; NULL: none */
};

/* In ascending order of start. All zeroes is a valid, empty list. */
struct checked_files {
	struct checked_file *files;
	size_t count, capacity;
};

void checked_files_finish(struct checked_files *files);

/* Why the content is not known, for people: "this user may not read it"; NULL when it is. */
const char *checked_state_words(enum checked_state state);

#endif
