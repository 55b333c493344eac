/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_OWN_STACK_H
#define TESTS_UNIT_OWN_STACK_H

/*
 * The test's own stack as perf samples it, taken below three functions that note where they return
 * to. The copy is of plain words, which AddressSanitizer would take for reads beyond variables.
 */

#include <stdint.h>
#include <string.h>
#include <ucontext.h>

#include "inside/unwind_sample.h"

#define OWN_STACK_SIZE   ((size_t)4096)
#define OWN_STACK_LEVELS 3

struct own_stack {
	uint64_t registers[UNWIND_REGISTER_COUNT ? UNWIND_REGISTER_COUNT : 1];
	unsigned char stack[OWN_STACK_SIZE];
	uint64_t returns[OWN_STACK_LEVELS]; /* the innermost first */
	struct unwind_sample sample;
};

static inline void own_stack_take_registers(const ucontext_t *context, uint64_t *registers)
{
#if defined(__x86_64__)
	static const int order[] = {REG_RAX, REG_RBX, REG_RCX, REG_RDX, REG_RSI, REG_RDI,
				    REG_RBP, REG_RSP, REG_RIP, REG_R8,  REG_R9,  REG_R10,
				    REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};

	for (size_t i = 0; i < UNWIND_REGISTER_COUNT; i++)
		registers[i] = (uint64_t)context->uc_mcontext.gregs[order[i]];
#elif defined(__aarch64__)
	memcpy(registers, context->uc_mcontext.regs, 31 * sizeof(*registers));
	registers[UNWIND_STACK_POINTER] = context->uc_mcontext.sp;
	registers[UNWIND_PROGRAM_COUNTER] = context->uc_mcontext.pc;
#else
	(void)context, (void)registers;
#endif
}

static __attribute__((noinline, no_sanitize("address"))) void own_stack_copy(unsigned char *to,
									     uintptr_t from)
{
	const volatile unsigned char *at = (const volatile unsigned char *)from;

	for (size_t i = 0; i < OWN_STACK_SIZE; i++)
		to[i] = at[i];
}

static __attribute__((noinline, no_sanitize("address"))) void
own_stack_inner(struct own_stack *stack)
{
	ucontext_t context;

	stack->returns[0] = (uintptr_t)__builtin_return_address(0);
	getcontext(&context);
	own_stack_take_registers(&context, stack->registers);
	own_stack_copy(stack->stack, stack->registers[UNWIND_STACK_POINTER]);
	stack->sample = (struct unwind_sample){(const unsigned char *)stack->registers,
					       stack->stack, OWN_STACK_SIZE};
}

/* What is done after the call makes it one. */
static __attribute__((noinline)) void own_stack_middle(struct own_stack *stack)
{
	stack->returns[1] = (uintptr_t)__builtin_return_address(0);
	own_stack_inner(stack);
	__asm__ volatile("" : : "r"(stack) : "memory");
}

static __attribute__((noinline)) void own_stack_take(struct own_stack *stack)
{
	memset(stack, 0, sizeof(*stack));
	stack->returns[2] = (uintptr_t)__builtin_return_address(0);
	own_stack_middle(stack);
	__asm__ volatile("" : : "r"(stack) : "memory");
}

#endif
