/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

/*
 * A snapshot as one JSON object, schema "vastop.snapshot/1", for programs. Sizes are in bytes,
 * addresses "0x…" strings, unknown values null. Bytes of names that are not UTF-8 stand as \xNN
 * (four ASCII characters each), so that the output always is valid JSON (RFC 8259), and what is
 * not ASCII as \uNNNN, so that it is harmless on a terminal. The keys are described in vastop(1).
 */

#include <stdio.h>

struct address_space;
struct query_matches;
struct target;
struct target_totals;
struct usage_table;

/* Which mappings are written. */
struct json_filter {
	const char *query; /* as it was typed */
	const struct query_matches *matches;
};

/*
 * Writes the object and a newline to the stream. usage is of that space, or NULL: nothing is known
 * of what it costs in memory. filter NULL: all mappings are written; the totals are of all in any
 * case, and the member "filter" has those of what is written. Returns 0, or -EIO when writing
 * failed.
 */
int json_write_snapshot(FILE *stream, const struct address_space *space,
			const struct usage_table *usage, const struct json_filter *filter);

/*
 * The same object of a process whose mappings may not be read: "mappings" is null, and so are all
 * totals but size, rss and swap.
 */
int json_write_totals(FILE *stream, const struct target *target,
		      const struct target_totals *totals);

#endif
