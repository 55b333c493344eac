/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_ATTACH_H
#define APP_ATTACH_H

/*
 * A process that is about to be watched: opened, and perhaps read once. That may take long, or for
 * ever: a caller that has signals or keys to take uses a thread for it.
 */

#include <stdbool.h>
#include <stdint.h>

struct address_space;
struct attacher;
struct comparison_side;
struct options;
struct replay_link;
struct source;
struct text;

struct attachment {
	int32_t pid;                     /* 0: none */
	struct source *source;           /* NULL: none, or it was taken over */
	struct address_space *first;     /* the first sample; NULL in the same way */
	struct replay_link *replay;      /* of a recording that is played; else NULL */
	struct timeline *timeline;       /* of a recording, all of it; else NULL */
	char *user;                      /* of a recording: the user's name there; NULL: none */
	struct comparison_side *against; /* with what it is compared, owned; NULL: its baseline */
};

/*
 * Opens the process, which must not be a mere thread of one. Returns 0 and sets *ret_source; or the
 * exit status, after appending to why a sentence that says what to do.
 */
int attach_source(const struct options *options, int32_t pid, struct source **ret_source,
		  struct text *why);

/*
 * Sets options->pid to the number below options->procfs of a child of this program, given as
 * fork(2) returned it. Returns 0; or the exit status, and *why as above.
 */
int attach_find_child(struct options *options, int32_t child, struct text *why);

/* A process that is being opened. All zeroes: there is none. */
struct attaching {
	const struct options *options;
	struct attacher *attacher;
	int32_t pid;
	/* What came of it, once attach_take() says so: */
	int status;                   /* exit status; 0: it can be watched */
	struct attachment attachment; /* then, with the first sample; the caller's */
};

/*
 * Begins to open a process as attach_source() does, unless its source was opened before (else
 * NULL), and to take the first sample. Returns 0 and fills *ret_attaching, which keeps the options
 * and the source; or -errno when no thread can be started, and the source is freed.
 */
int attach_begin(const struct options *options, int32_t pid, struct source *source,
		 struct attaching *ret_attaching);

/* Readable when attach_take() has something; -1 when there is nothing to wait for. */
int attach_descriptor(const struct attaching *attaching);

/*
 * Whether it has come to an end: then the status and the attachment are set, and where the process
 * cannot be watched a sentence that says what to do is appended to why.
 */
bool attach_take(struct attaching *attaching, struct text *why);

/* Waits for the end, or until the descriptor is readable. */
void attach_wait(const struct attaching *attaching, int descriptor);

/* Ends it, whether it has come to an end or not, without waiting. */
void attach_end(struct attaching *attaching);

/* Moves what the other has beside source and first sample, instead of which there is nothing. */
void attach_give(struct attachment *attachment, struct attachment *other);

/* Frees what was not taken over. */
void attach_close(struct attachment *attachment);

#endif
