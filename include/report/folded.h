/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_FOLDED_H
#define REPORT_FOLDED_H

/*
 * Call stacks in the format that flamegraph.pl, inferno and speedscope read: a line each, the
 * outermost function first, semicolons between, a space and the bytes. In names a semicolon is
 * written as a colon, and what would harm a terminal is escaped.
 */

#include <stdio.h>

struct call_sites;

/* The line begins with the name. Returns 0, or -EIO when the stream does. */
int folded_write(FILE *stream, const char *name, const struct call_sites *sites);

#endif
