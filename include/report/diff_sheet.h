/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_DIFF_SHEET_H
#define REPORT_DIFF_SHEET_H

/*
 * What is different in two address spaces (model/diff.h) in plain text, for people: all in all, by
 * kind, by object, and the mappings. Text is escaped for a terminal; what is not known is –.
 */

#include <stdbool.h>
#include <stdio.h>

struct diff;

/*
 * Writes it. headings say what a and b are, in a line each, printable. Whether writing failed the
 * stream says (ferror(3)). ascii: no other signs.
 */
void diff_sheet_write(FILE *stream, const struct diff *diff, const char *const *headings,
		      bool ascii);

#endif
