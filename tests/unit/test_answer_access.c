/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "layout/region.h"
#include "model/address_space.h"
#include "model/file_facts.h"
#include "model/usage.h"
#include "support/sample.h"
#include "ui/text/answer.h"
#include "ui/text/answer_access.h"
#include "ui/text/explain.h"

/* Checks the statements about an address of the space: label and value, NULL at the end. */
static void check_in(struct address_space *space, uint64_t address, const struct file_facts *file,
		     uint64_t flags, enum page_state state, const char *const *expected)
{
	struct explanation explanation = {0};
	struct region_list regions;

	region_list_init(&regions, space);
	answer_access(&explanation, &(struct answer_about){.space = space,
							   .regions = &regions,
							   .address = address,
							   .file = file,
							   .page = {state, flags, 0, 0, 0},
							   .unknown = "-"});
	for (size_t i = 0; i < explanation.count; i++) {
		assert_non_null(expected[2 * i]);
		assert_string_equal(explanation.statements[i].label, expected[2 * i]);
		assert_string_equal(explanation.statements[i].value, expected[2 * i + 1]);
	}
	assert_null(expected[2 * explanation.count]);
	explanation_finish(&explanation);
	region_list_finish(&regions);
	address_space_destroy(space);
}

static void check(uint64_t address, const struct file_facts *file, uint64_t flags,
		  const char *const *expected)
{
	check_in(sample_python(), address, file, flags, PAGE_ABSENT, expected);
}

static void what_is_the_same_for_all_is_said_once(void **state)
{
	static const char *const null[] = {
		"access", "SIGSEGV, SEGV_MAPERR: kept unmapped to catch NULL pointers", NULL};
	static const char *const guard[] = {
		"access", "SIGSEGV, SEGV_ACCERR: the mapping does not allow it", NULL};

	(void)state;
	check(0xfff, NULL, TARGET_UNKNOWN, null);
	check(0x7f83a8781000, NULL, TARGET_UNKNOWN, guard);
}

static void a_stack_grows_so_far(void **state)
{
	static const char *const grows[] = {
		"read",  "works: the stack grows down by 4.0K to 136K of 8.0M",
		"write", "works: the stack grows down by 4.0K to 136K of 8.0M",
		"jump",  "SIGSEGV, SEGV_ACCERR: the mapping does not allow it",
		NULL};
	static const char *const perhaps[] = {
		"read",
		"depends: works: the stack grows down by 4.0K to 136K of 8.0M, unless its flags, "
		"which only smaps reports, say otherwise",
		"write",
		"depends: works: the stack grows down by 4.0K to 136K of 8.0M, unless its flags, "
		"which only smaps reports, say otherwise",
		"jump",
		"SIGSEGV, SEGV_ACCERR: the mapping does not allow it",
		NULL};
	static const char *const too_far[] = {
		"access", "SIGSEGV, SEGV_MAPERR: unmapped, and the stack cannot grow this far",
		NULL};

	(void)state;
	check(0x7fff77259fff, NULL, usage_flag_bit("gd"), grows);
	check(0x7fff77259fff, NULL, TARGET_UNKNOWN, perhaps);
	check(0x7fff7625a000, NULL, usage_flag_bit("gd"), too_far);
}

static void a_stack_without_a_limit_grows_of_nothing(void **state)
{
	static const char *const grows[] = {
		"read",  "works: the stack grows down by 16.0M to 16.1M",
		"write", "works: the stack grows down by 16.0M to 16.1M",
		"jump",  "SIGSEGV, SEGV_ACCERR: the mapping does not allow it",
		NULL};
	struct address_space *space = sample_python();

	(void)state;
	space->target.limits.stack = TARGET_UNLIMITED;
	check_in(space, 0x7fff7625a000, NULL, usage_flag_bit("gd"), PAGE_UNKNOWN, grows);
}

static void conditions_are_joined(void **state)
{
	static const char *const file[] = {"read",
					   "depends: works, unless it is past the end of the file "
					   "(SIGBUS) or madvise made it a guard "
					   "page (SIGSEGV)",
					   "write",
					   "SIGSEGV, SEGV_ACCERR: the mapping does not allow it",
					   "jump",
					   "depends: works, unless it is past the end of the file "
					   "(SIGBUS) or madvise made it a guard "
					   "page (SIGSEGV)",
					   NULL};
	static const char *const known[] = {
		"read", "works", "write", "SIGSEGV, SEGV_ACCERR: the mapping does not allow it",
		"jump", "works", NULL};
	static const char *const unasked[] = {
		"read",
		"depends: works, unless its flags, which only smaps reports, say otherwise",
		"write",
		"SIGSEGV, SEGV_ACCERR: the mapping does not allow it",
		"jump",
		"depends: works, unless its flags, which only smaps reports, say otherwise",
		NULL};
	const struct file_facts facts = {.size = 0x1d5000};
	uint64_t guard = usage_flag_bit("gu");

	(void)state;
	check_in(sample_python(), 0x7f83aa568000, NULL, guard, PAGE_UNKNOWN, file);
	check(0x7f83aa568000, &facts, 0, known);
	/* What was not asked is never taken for granted. */
	check(0x7f83aa568000, &facts, TARGET_UNKNOWN, unasked);
}

/* Of two and of three, whichever they are, the last one stands behind "or". */
static void the_last_condition_stands_behind_or(void **state)
{
	const char *two = "depends: works, unless madvise made it a guard page (SIGSEGV) or its "
			  "flags, which only smaps reports, say otherwise";
	const char *three =
		"depends: works, unless it is past the end of the file (SIGBUS), madvise "
		"made it a guard page (SIGSEGV) or its flags, which only smaps "
		"reports, say otherwise";
	const char *denied = "SIGSEGV, SEGV_ACCERR: the mapping does not allow it";
	const struct file_facts facts = {.size = 0x1d5000};

	(void)state;
	check_in(sample_python(), 0x7f83aa568000, &facts, TARGET_UNKNOWN, PAGE_UNKNOWN,
		 (const char *const[]){"read", two, "write", denied, "jump", two, NULL});
	check_in(sample_python(), 0x7f83aa568000, NULL, TARGET_UNKNOWN, PAGE_UNKNOWN,
		 (const char *const[]){"read", three, "write", denied, "jump", three, NULL});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_the_same_for_all_is_said_once),
		cmocka_unit_test(a_stack_grows_so_far),
		cmocka_unit_test(a_stack_without_a_limit_grows_of_nothing),
		cmocka_unit_test(conditions_are_joined),
		cmocka_unit_test(the_last_condition_stands_behind_or),
	};

	return cmocka_run_group_tests_name("answer_access", tests, NULL, NULL);
}
