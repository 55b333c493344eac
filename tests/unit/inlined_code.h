/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_INLINED_CODE_H
#define TESTS_UNIT_INLINED_CODE_H

/*
 * A function that the compiler puts into another one, which leaves an address in it: of a label,
 * since what follows a call would be behind it.
 */

#include <stdint.h>

extern const char inlined_code_label[];
int inlined_code_outer(int number);

enum { INLINED_CODE_LINE = __LINE__ + 3 };
static inline __attribute__((always_inline)) int inlined_code_inner(int number)
{
	__asm__ volatile("\n.globl inlined_code_label\ninlined_code_label: nop\n" : "+r"(number));
	return number;
}

enum { INLINED_CODE_CALL_LINE = __LINE__ + 3 };
__attribute__((noinline)) int inlined_code_outer(int number)
{
	return inlined_code_inner(number) + 1;
}

#endif
