/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_GENERATED_NAME_H
#define INSIDE_GENERATED_NAME_H

/*
 * The names that runtimes give in perf maps (inside/perf_map.h) to the code that they made, taken
 * apart where they say more than the function:
 *
 *   py::parse:/srv/app.py                     CPython (Python/perf_trampoline.c)
 *   JS:*parse /srv/app.js:12:3, also LazyCompile:~parse, Function:, Eval:, Script:
 *                                             V8 (src/logging/log.cc)
 *
 * A parser of foreign bytes: what looks like none of them is a function as it stands.
 */

#include <stddef.h>
#include <stdint.h>

/* Parts of the name; no copies. */
struct generated_name {
	const char *function; /* never empty, unless the name is */
	size_t function_length;
	const char *file; /* NULL: it names none */
	size_t file_length;
	uint32_t line; /* 0: likewise */
};

void generated_name_read(const char *name, struct generated_name *ret_name);

#endif
