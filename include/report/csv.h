/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_CSV_H
#define REPORT_CSV_H

/*
 * Mappings as comma-separated values (RFC 4180), for programs: lines end in CR LF, a value with a
 * comma, a quote or a line end stands in quotes. Amounts are in bytes, addresses 0x…; what is not
 * known is empty. Text is the bytes as they are, whatever their encoding.
 */

#include <stdbool.h>
#include <stdio.h>

#include "report/part.h"

struct csv {
	FILE *stream;
	const struct field_list *fields;
	bool escaped; /* text is made harmless, for a terminal (utf8_append_escaped()) */
};

/* Writes the names of the fields. Whether writing failed the stream says (ferror(3)). */
void csv_write_heading(const struct csv *csv);

/*
 * Writes a record for each mapping of the parts and one of their sums, of which the first field
 * that has no sum is "total".
 */
void csv_write(const struct csv *csv, const struct report_part *parts, size_t count);

#endif
