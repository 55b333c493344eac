/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCFS_SMAPS_PARSER_H
#define PROCFS_SMAPS_PARSER_H

/*
 * Parses the bytes of /proc/PID/smaps (proc_pid_smaps(5)) as they are read, in pieces of any size,
 * into what each mapping uses. Lines that are not known are passed over: every kernel has others.
 *
 * The result is always sorted, disjoint and free of empty ranges, although a list that takes many
 * read() calls is torn by what the process does in between: a mapping replaces all earlier ones
 * that it overlaps. What no line reported is unknown. Memory of a result is used again.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/usage_ranges.h"
#include "procfs/lines.h"

#define SMAPS_LETTERS 26

struct smaps_parser {
	struct usage_ranges told; /* the result, the parser's: of mappings that are complete */
	/*
	 * The text is one of a recorded tree, edited or cut perhaps; may be set after
	 * smaps_parser_init(). What is not understood is passed over, with the values after it
	 * up to the next mapping, and so is a last line without its end.
	 */
	bool recorded;
	/* Private: */
	bool lost;       /* a line was not understood: values are of an unknown mapping */
	size_t expected; /* the line that comes next where the kernel's order is usual */
	bool open;       /* there is a mapping that is not complete: */
	struct usage_range range;
	struct usage usage;
	struct lines lines;
	/* 1 + the number of the flag with these two letters; 0: there is none */
	uint8_t flags[SMAPS_LETTERS][SMAPS_LETTERS];
};

void smaps_parser_init(struct smaps_parser *parser);
void smaps_parser_finish(struct smaps_parser *parser);

/*
 * Parses the next piece. Returns 0; or -EBADMSG for a malformed line, after which there is no
 * more to parse.
 */
int smaps_parser_feed(struct smaps_parser *parser, const char *bytes, size_t length);

/* The text has ended; a last line without newline counts. Returns 0 or -EBADMSG. */
int smaps_parser_end(struct smaps_parser *parser);

/* Gives the result away, for usage_ranges_destroy(). */
struct usage_ranges *smaps_parser_take(struct smaps_parser *parser);

#endif
