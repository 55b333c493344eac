/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_SHEET_H
#define REPORT_SHEET_H

/*
 * Mappings as a table in plain text, for people: a heading, a line for each mapping, their sums.
 * Columns are as wide as what stands in them, amounts have units of 1024 (base/format.h). Text is
 * escaped for a terminal; what is not known is –, what does not exist too.
 */

#include <stdbool.h>
#include <stdio.h>

#include "report/part.h"

struct sheet {
	FILE *stream;
	const struct field_list *fields;
	bool ascii; /* "-" in place of "–" */
};

/*
 * Writes the table of the parts. The last line has the sums, "total" in the first field that has
 * none, and in the column of the names how many mappings these are of. Whether writing failed the
 * stream says (ferror(3)).
 */
void sheet_write(const struct sheet *sheet, const struct report_part *parts, size_t count);

#endif
