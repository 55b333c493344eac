/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_ATTACH_H
#define APP_ATTACH_H

/* A process that is about to be watched: opened, and perhaps read once. */

#include <stdint.h>

struct address_space;
struct options;
struct source;
struct text;

struct attachment {
	int32_t pid;                 /* 0: none */
	struct source *source;       /* NULL: none, or somebody took it over */
	struct address_space *first; /* the first sample; NULL in the same way */
};

/*
 * Opens the process, which must be no mere thread of one. Returns 0 and sets *ret_source; or the
 * exit status, after appending to why a sentence that says what to do.
 */
int attach_source(const struct options *options, int32_t pid, struct source **ret_source,
		  struct text *why);

/*
 * Sets options->pid to the number below options->procfs of a child of this program, given as
 * fork(2) returned it. Returns 0; or the exit status, and *why as above.
 */
int attach_find_child(struct options *options, int32_t child, struct text *why);

/*
 * Opens a process as attach_source() does, and takes the first sample: this process can be
 * watched. Frees nothing of what *ret_attachment was before.
 */
int attach_open(const struct options *options, int32_t pid, struct attachment *ret_attachment,
		struct text *why);

/* Frees what nobody took over. */
void attach_close(struct attachment *attachment);

#endif
