/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_UNWIND_SAMPLE_H
#define INSIDE_UNWIND_SAMPLE_H

/*
 * What a stack is unwound from: the registers that a thread had, and a copy of the top of its
 * stack, as perf_event_open(2) samples them (PERF_SAMPLE_REGS_USER, PERF_SAMPLE_STACK_USER). It is
 * the target's, and may be anything.
 */

#include <stddef.h>
#include <stdint.h>

/*
 * The registers that are needed, as a mask for sample_regs_user (asm/perf_regs.h of the kernel),
 * and their number; 0 on machines whose stacks are not unwound. They come in ascending order, 8
 * bytes each, and need not be aligned.
 */
#if defined(__x86_64__)
#define UNWIND_REGISTERS       UINT64_C(0xff01ff) /* AX to IP, R8 to R15 */
#define UNWIND_REGISTER_COUNT  17
#define UNWIND_STACK_POINTER   7 /* index among them */
#define UNWIND_PROGRAM_COUNTER 8
#elif defined(__aarch64__)
#define UNWIND_REGISTERS       UINT64_C(0x1ffffffff) /* X0 to X30, SP, PC */
#define UNWIND_REGISTER_COUNT  33
#define UNWIND_STACK_POINTER   31
#define UNWIND_PROGRAM_COUNTER 32
#else
#define UNWIND_REGISTERS       UINT64_C(0)
#define UNWIND_REGISTER_COUNT  0
#define UNWIND_STACK_POINTER   0
#define UNWIND_PROGRAM_COUNTER 0
#endif

#define UNWIND_STACK_MAX ((size_t)65536) /* bytes of a copy */

struct unwind_sample {
	const unsigned char *registers; /* UNWIND_REGISTER_COUNT of them */
	const unsigned char *stack;     /* from the stack pointer on */
	size_t stack_size;              /* bytes; what is above UNWIND_STACK_MAX is not used */
};

/* A register by its index among those that are sampled. */
uint64_t unwind_sample_register(const struct unwind_sample *sample, unsigned index);

/*
 * The 8 bytes of the stack at an address of the target. Returns 0 and sets *ret_word; or -EFAULT
 * when the copy does not have them.
 */
int unwind_sample_read(const struct unwind_sample *sample, uint64_t address, uint64_t *ret_word);

#endif
