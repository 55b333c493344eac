/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <string.h>

#include "base/text.h"
#include "core_target.h"
#include "ui/text/death_words.h"
#include "ui/text/explanation.h"

#define PID 12

static void expect(struct target_death death, const char *brief, const char *words)
{
	const struct target target = {.pid = PID, .threads = 3, .death = death};
	struct text text = {0};

	death_words_append_short(&text, &target);
	assert_string_equal(text_string(&text), brief);
	text_clear(&text);
	death_words_append(&text, &target);
	assert_string_equal(text_string(&text), words);
	text_finish(&text);
}

/* A fault at 10, in a thread. */
static struct target_death fault(int32_t signal, int32_t code)
{
	return (struct target_death){.signal = signal,
				     .code = code,
				     .tid = 13,
				     .address = 0x10,
				     .has_code = true,
				     .has_address = true};
}

static void says_why(void **state)
{
	struct target_death death;

	(void)state;
	expect((struct target_death){0}, "", "no signal is known");
	expect(fault(SIGSEGV, SEGV_MAPERR), "SIGSEGV at 10",
	       "killed by SIGSEGV in thread 13: nothing is mapped at 10");
	expect(fault(SIGSEGV, SEGV_ACCERR), "SIGSEGV at 10",
	       "killed by SIGSEGV in thread 13: the permissions forbid the access to 10");
	expect(fault(SIGBUS, BUS_ADRERR), "SIGBUS at 10",
	       "killed by SIGBUS in thread 13: there is no memory behind 10");
	expect(fault(SIGBUS, BUS_ADRALN), "SIGBUS at 10",
	       "killed by SIGBUS in thread 13: an access that is not aligned, to 10");
	expect(fault(SIGFPE, FPE_INTDIV), "SIGFPE at 10",
	       "killed by SIGFPE in thread 13: a division by zero, at 10");
	expect(fault(SIGILL, ILL_ILLOPN), "SIGILL at 10",
	       "killed by SIGILL in thread 13: an instruction that is not allowed, at 10");
	expect((struct target_death){.signal = SIGSEGV, .code = SI_KERNEL, .has_code = true},
	       "SIGSEGV",
	       "killed by SIGSEGV: the processor gave no address, as for one that is not "
	       "canonical");
	expect((struct target_death){.signal = SIGABRT, .sender = PID}, "SIGABRT",
	       "killed by SIGABRT, which it sent to itself");
	expect((struct target_death){.signal = SIGQUIT, .sender = 99}, "SIGQUIT",
	       "killed by SIGQUIT from process 99");
	expect((struct target_death){.signal = SIGTRAP, .by_debugger = true}, "",
	       "written by a debugger, stopped by SIGTRAP");
	expect((struct target_death){.by_debugger = true}, "", "written by a debugger");
	death = fault(SIGSEGV, SEGV_MAPERR);
	death.by_debugger = true;
	expect(death, "SIGSEGV at 10",
	       "written by a debugger, stopped by SIGSEGV: nothing is mapped at 10");
}

/* What is said of the range; "" for nothing. */
static void expect_of(const struct address_space *space, uint64_t start, uint64_t end,
		      const char *words)
{
	struct explanation explanation = {0};

	death_words_explain(&explanation, space, start, end);
	assert_int_equal(explanation.count, *words ? 2 : 0);
	if (*words)
		assert_non_null(strstr(explanation.statements[0].value, words));
	explanation_finish(&explanation);
}

static void says_it_where_it_happened(void **state)
{
	struct target_death death = fault(SIGSEGV, SEGV_MAPERR);
	struct address_space *space;
	const struct vma *stack = NULL, *other = NULL;

	(void)state;
	space = core_target_make(&death);
	for (size_t i = 0; i < space->vma_count; i++) {
		if (space->vmas[i].kind == KIND_STACK)
			stack = &space->vmas[i];
		if (space->vmas[i].kind == KIND_THREAD_STACK)
			other = &space->vmas[i];
	}
	assert_true(death_words_are_of(&space->target, 0, 0x11));
	assert_false(death_words_are_of(&space->target, 0, 0x10));
	assert_false(death_words_are_of(&space->target, 0x11, 0x20));
	expect_of(space, 0, 0x1000, "nothing is mapped at 10");
	expect_of(space, 0x1000, 0x2000, "");
	space->target.death.tid = space->target.pid;
	expect_of(space, stack->start, stack->end, "whose stack it is");
	expect_of(space, other->start, other->end, "");
	space->target.death.tid = other->tid;
	expect_of(space, other->start, other->end, "whose stack it is");
	expect_of(space, stack->start, stack->end, "");
	address_space_destroy(space);
}

/* What is not said with each signal, and who sent it. */
static void says_no_more_than_is_known(void **state)
{
	struct target_death death = fault(SIGSEGV, SEGV_BNDERR);

	(void)state;
	expect(death, "SIGSEGV at 10", "killed by SIGSEGV in thread 13: a fault at 10");
	expect(fault(SIGFPE, FPE_FLTDIV), "SIGFPE at 10",
	       "killed by SIGFPE in thread 13: an arithmetic fault, at 10");
	expect(fault(SIGTRAP, 0), "SIGTRAP at 10", "killed by SIGTRAP in thread 13");
	/* The kernel's code says it of a fault alone, and only where there is a code. */
	death = (struct target_death){.signal = SIGSEGV, .code = SI_KERNEL};
	expect(death, "SIGSEGV", "killed by SIGSEGV");
	death.has_code = true;
	death.signal = SIGBUS;
	expect(death, "SIGBUS", "killed by SIGBUS");
	death.signal = SIGSEGV;
	death.code = SI_USER;
	expect(death, "SIGSEGV", "killed by SIGSEGV");
	death.sender = 1;
	expect(death, "SIGSEGV", "killed by SIGSEGV from process 1");
	/* Of the only thread it is not said which it was. */
	death = fault(SIGILL, ILL_ILLOPN);
	death.tid = 0;
	expect(death, "SIGILL at 10",
	       "killed by SIGILL: an instruction that is not allowed, at 10");
	/* A debugger that stopped it without a signal. */
	death = (struct target_death){.by_debugger = true, .has_address = true, .address = 0x10};
	expect(death, "", "written by a debugger");
}

static void one_thread_is_not_named(void **state)
{
	const struct target target = {
		.pid = PID, .threads = 1, .death = fault(SIGSEGV, SEGV_MAPERR)};
	struct text text = {0};

	(void)state;
	death_words_append(&text, &target);
	assert_string_equal(text_string(&text), "killed by SIGSEGV: nothing is mapped at 10");
	text_finish(&text);
}

/* It is said in the role of danger, with a blank line behind; of the stack's whole mapping only. */
static void a_stack_is_all_of_its_mapping(void **state)
{
	struct target_death death = {.signal = SIGABRT, .tid = 7};
	struct address_space *space = core_target_make(&death);
	struct explanation told = {0};
	const struct vma *stack = NULL;

	(void)state;
	for (size_t i = 0; i < space->vma_count; i++)
		if (space->vmas[i].kind == KIND_STACK)
			stack = &space->vmas[i];
	space->target.death.tid = space->target.pid;
	death_words_explain(&told, space, stack->start, stack->end);
	assert_int_equal(told.count, 2);
	assert_string_equal(told.statements[0].label, "died");
	assert_string_equal(told.statements[0].value, "in this thread, whose stack it is");
	assert_int_equal(told.statements[0].role, ROLE_DANGER);
	assert_null(told.statements[1].label);
	assert_null(told.statements[1].value);
	explanation_finish(&told);
	expect_of(space, stack->start, stack->end - 4096, "");
	expect_of(space, stack->start - 4096, stack->end, "");
	expect_of(space, UINT64_MAX - 4096, UINT64_MAX, "");
	space->target.death.tid = 0;
	expect_of(space, stack->start, stack->end, "");
	/* A debugger stopped it: that is nothing to be told. */
	space->target.death.tid = space->target.pid;
	space->target.death.by_debugger = true;
	expect_of(space, stack->start, stack->end, "");
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stack_is_all_of_its_mapping),
		cmocka_unit_test(one_thread_is_not_named),
		cmocka_unit_test(says_no_more_than_is_known),
		cmocka_unit_test(says_why),
		cmocka_unit_test(says_it_where_it_happened),
	};

	return cmocka_run_group_tests_name("death_words", tests, NULL, NULL);
}
