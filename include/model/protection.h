/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_PROTECTION_H
#define MODEL_PROTECTION_H

/* What the kernel and the processor do to protect a process, as far as that can be read. */

#include <stdbool.h>
#include <stdint.h>

/* Bits of personality(2), from <sys/personality.h>. */
#define PROTECTION_ADDR_NO_RANDOMIZE UINT64_C(0x0040000)

enum protection_fact {
	PROTECTION_UNKNOWN,
	PROTECTION_NO,
	PROTECTION_YES,
};

struct protection {
	uint64_t personality; /* or TARGET_UNKNOWN */
	uint64_t randomize;   /* kernel.randomize_va_space: 0, 1 or 2; or TARGET_UNKNOWN */
	uint8_t randomized;   /* enum protection_fact: whether execve(2) randomized addresses */
	uint8_t can_shadow;   /* likewise: processor and kernel have shadow stacks for programs */
	uint8_t shadows;      /* likewise: the main thread has one */
	uint8_t can_guard_jumps; /* likewise: the processor has BTI */
	bool guards_unseen;      /* guard pages that maps does not show were not looked for */
};

/* Nothing is known. */
struct protection protection_unknown(void);

#endif
