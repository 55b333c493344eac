/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <stdio.h>

#include "high_descriptor.h"
#include "dwarf_child.h"
#include "files/frame_unwinder.h"
#include "files/libdw.h"
#include "files/mapped_ways.h"
#include "inside/unwind_batch.h"
#include "own_debug.h"
#include "own_space.h"
#include "own_stack.h"

/* Unwinds the sample with the program as the only object; the result goes to the text. */
static void unwind(const void *context, struct dwarf_result *result)
{
	const struct own_stack *stack = context;
	struct address_space *space = own_space_read();
	size_t index = address_space_find(space, (uintptr_t)unwind), first = index;
	struct frame_unwinder *unwinder;
	struct unwind_object object;
	struct mapped_root root;
	int directory = high_descriptor(open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC));

	while (first > 0 && vma_same_file(&space->vmas[first - 1], &space->vmas[index]))
		first--;
	object = (struct unwind_object){space->vmas[first].start, space->vmas[index].end,
					space->vmas[first]};
	mapped_root_init(&root, directory, 0);
	result->error = frame_unwinder_open(&root, &object, 1, &unwinder);
	if (result->error)
		return;
	frame_unwinder_unwind(unwinder, &stack->sample, (void *)result->text);
	frame_unwinder_close(unwinder);
	mapped_root_finish(&root);
}

static struct unwind_result run(const struct own_stack *stack)
{
	struct dwarf_result done = dwarf_child_run(unwind, stack);
	struct unwind_result result;

	if (!own_debug_has_unwinder())
		skip();
	assert_int_equal(done.error, 0);
	assert_true(sizeof(result) <= sizeof(done.text));
	memcpy(&result, done.text, sizeof(result));
	return result;
}

static void callers_are_found(void **state)
{
	struct own_stack stack;
	struct unwind_result result;

	(void)state;
	own_stack_take(&stack);
	result = run(&stack);
	assert_in_range(result.count, 1 + OWN_STACK_LEVELS, CALL_STACK_FRAMES_MAX);
	assert_int_equal(result.frames[0], stack.registers[UNWIND_PROGRAM_COUNTER]);
	for (size_t i = 0; i < OWN_STACK_LEVELS; i++)
		assert_int_equal(result.frames[1 + i], stack.returns[i]);
}

/* Without the stack there is only the instruction. */
static void a_stack_that_is_not_copied_is_short(void **state)
{
	struct own_stack stack;
	struct unwind_result result;

	(void)state;
	own_stack_take(&stack);
	stack.sample.stack_size = 0;
	result = run(&stack);
	assert_in_range(result.count, 1, 2);
	assert_int_equal(result.frames[0], stack.registers[UNWIND_PROGRAM_COUNTER]);
}

static void stacks_that_lie_come_to_an_end(void **state)
{
	struct own_stack stack;
	struct unwind_result result;

	(void)state;
	for (int lie = 0; lie < 4; lie++) {
		own_stack_take(&stack);
		/* Every word leads to itself, to the same code, beyond memory, or nowhere. */
		for (size_t i = 0; i + 8 <= OWN_STACK_SIZE; i += 8) {
			const uint64_t words[] = {stack.registers[UNWIND_STACK_POINTER] + i,
						  stack.returns[0], UINT64_MAX - i, 0};

			memcpy(stack.stack + i, &words[lie], 8);
		}
		result = run(&stack);
		assert_in_range(result.count, 1, CALL_STACK_FRAMES_MAX);
	}
}

#if defined(__x86_64__) && defined(HAVE_LIBDW) && _ELFUTILS_PREREQ(0, 188)
/* Calls through generated code that keeps neither tables nor a frame pointer; some work follows. */
static __attribute__((noinline)) int call_through(void *code, struct own_stack *stack)
{
	void (*trampoline)(struct own_stack *, void (*)(struct own_stack *));

	*(void **)&trampoline = code;
	trampoline(stack, own_stack_take);
	__asm__ volatile("" : : "r"(stack) : "memory");
	return 1;
}

static bool is_in(uint64_t address, uint64_t function)
{
	return address > function && address < function + 2048;
}

static void trampolines_are_crossed(void **state)
{
	/* sub $8,%rsp; call *%rsi; add $8,%rsp; ret */
	static const unsigned char bytes[] = {0x48, 0x83, 0xec, 0x08, 0xff, 0xd6,
					      0x48, 0x83, 0xc4, 0x08, 0xc3};
	void *code = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct unwind_result result;
	struct own_stack stack;

	(void)state;
	assert_true(code != MAP_FAILED);
	memcpy(code, bytes, sizeof(bytes));
	if (mprotect(code, 4096, PROT_READ | PROT_EXEC) != 0)
		skip(); /* the system forbids such code */
	assert_int_equal(call_through(code, &stack), 1);
	result = run(&stack);
	assert_in_range(result.count, 2 + OWN_STACK_LEVELS, CALL_STACK_FRAMES_MAX);
	assert_int_equal(result.frames[3], (uintptr_t)code + 6);
	/* Code with frame pointers leads behind the function that they skip. */
	assert_true(is_in(result.frames[4], (uintptr_t)call_through) ||
		    is_in(result.frames[4], (uintptr_t)trampolines_are_crossed));
	/* And from there its stack is as it was. */
	if (is_in(result.frames[4], (uintptr_t)call_through) &&
	    !is_in(result.frames[4], (uintptr_t)trampolines_are_crossed)) {
		assert_true(result.count >= 6);
		assert_true(is_in(result.frames[5], (uintptr_t)trampolines_are_crossed));
	}
	munmap(code, 4096);
}
#else
static void trampolines_are_crossed(void **state)
{
	(void)state;
	skip();
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(callers_are_found),
		cmocka_unit_test(a_stack_that_is_not_copied_is_short),
		cmocka_unit_test(stacks_that_lie_come_to_an_end),
		cmocka_unit_test(trampolines_are_crossed),
	};

	return cmocka_run_group_tests_name("frame_unwinder", tests, NULL, NULL);
}
