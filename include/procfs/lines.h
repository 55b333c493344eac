/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCFS_LINES_H
#define PROCFS_LINES_H

/*
 * Splits text into lines: a text that is there as a whole, or one that is read in pieces of any
 * size. A line ends at a newline, which is not part of it; the last one may lack it. Lengths are
 * bytes, and lines half-open ranges that may hold any byte but a newline.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* A line that is longer than this (bytes) was not written by a kernel. */
#define LINES_LONGEST ((size_t)1 << 20)

/*
 * The next line of the text from *at to end: sets *ret_line and *ret_line_end, and moves *at past
 * its newline. False at the end of the text.
 */
bool lines_next(const char **at, const char *end, const char **ret_line, const char **ret_line_end);

/* Is given a line; returns 0, or an error, which ends the text. */
typedef int lines_take_line(void *context, const char *line, const char *line_end);

/* Gives take() each line of the text from at to end. Returns 0 or what take() returned. */
int lines_each(const char *at, const char *end, lines_take_line *take, void *context);

/* A text in pieces; all zeroes is one of which nothing has come yet. */
struct lines {
	struct text tail; /* the line whose end has not come yet; at most LINES_LONGEST */
};

/*
 * Is given whole lines: one or more, each with the newline before end that ends it. Returns 0 or
 * an error, which ends the text.
 */
typedef int lines_take(void *context, const char *lines, const char *end);

/*
 * Gives take() the lines that this piece completes, mostly in one call and where they are, without
 * a copy. Returns 0; -EBADMSG for a line longer than LINES_LONGEST, or what take() returned.
 */
int lines_feed(struct lines *lines, const char *piece, size_t length, lines_take *take,
	       void *context);

/* The text has ended: gives take() a last line that lacks its newline. Returns as lines_feed(). */
int lines_end(struct lines *lines, lines_take *take, void *context);

/* Forgets a line that was begun, and keeps the memory. */
void lines_clear(struct lines *lines);

void lines_finish(struct lines *lines);

#endif
