/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCFS_NUMA_PARSER_H
#define PROCFS_NUMA_PARSER_H

/*
 * Parses /proc/PID/numa_maps (numa(7)) as it is read, in pieces of any size: on which nodes of a
 * machine with several memories the pages of each mapping lie. A line is a mapping's begin, its
 * policy, and words such as "file=/x", "N0=207" (pages) and "kernelpagesize_kB=4"; blanks in a
 * file's name are escaped by the kernel.
 */

#include <stddef.h>

#include "procfs/lines.h"

struct usage_node;

/* All zeroes is a valid, empty parser. */
struct numa_parser {
	struct usage_node *nodes; /* the result: ascending by start, then by node */
	size_t count;
	/* Private: */
	size_t capacity;
	struct lines lines;
};

void numa_parser_finish(struct numa_parser *parser);

/*
 * Parses the next piece. Returns 0; or -EBADMSG for a malformed line, after which there is no more
 * to parse. A line that does not say how large its pages are is of no use, and neither does one
 * that does not begin above the last.
 */
int numa_parser_feed(struct numa_parser *parser, const char *bytes, size_t length);

/* The text has ended; a last line without newline counts. Returns 0 or -EBADMSG. */
int numa_parser_end(struct numa_parser *parser);

/* Gives the result away (free()). */
struct usage_node *numa_parser_take(struct numa_parser *parser, size_t *ret_count);

#endif
