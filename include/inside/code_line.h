/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_CODE_LINE_H
#define INSIDE_CODE_LINE_H

/*
 * Lines of sources as bytes, for another process of the same program: who reads debug information,
 * which is hostile, is a child process. One record follows the other, in the order of the addresses
 * that were asked about; several of one address are functions that the compiler put into each
 * other, the innermost first, and the last of them is the function that is really there.
 */

#include <stddef.h>
#include <stdint.h>

struct text;

#define CODE_LINE_DEPTH_MAX 32 /* records of one address */

struct code_line {
	uint32_t index;       /* of the address among those that were asked about */
	uint32_t line;        /* 0: not known */
	const char *function; /* raw, demangled; "": not known */
	const char *file;     /* raw; "": not known */
};

void code_line_append(struct text *bytes, const struct code_line *line);

/*
 * Takes the record at *at, which moves behind it; its strings stay in the bytes, of which end is
 * the end. Returns 0; -ENODATA at the end; or -EBADMSG.
 */
int code_line_take(const char **at, const char *end, struct code_line *ret_line);

#endif
