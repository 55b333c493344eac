/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_CODE_FRAME_H
#define INSIDE_CODE_FRAME_H

/*
 * A function that was running, by the address in it where it was: what a person reads of one level
 * of a call stack. One address stands for several where the compiler put functions into others. All
 * strings are raw bytes of the target: to be escaped where they are shown.
 */

#include <stdbool.h>
#include <stdint.h>

struct code_frame {
	uint64_t address;     /* of the instruction; of a call, the last byte of it */
	const char *module;   /* the mapping's name in maps; "" without one */
	const char *function; /* demangled; NULL: not known */
	uint64_t offset;      /* bytes from the start of the function (of an inlined one: of that
			       * which it was put into); where that is not known, the address
			       * in the file, or without a file that in memory */
	const char *file;     /* of the source; NULL: not known */
	uint32_t line;        /* in it; 0: not known */
	uint8_t class;        /* enum code_class */
	bool inlined;         /* put by the compiler into the function of the frame that follows */
};

#endif
