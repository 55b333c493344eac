/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "finding_cases.h"
#include "model/finding_protection.h"

static struct finding_case it;

static int set_up(void **state)
{
	(void)state;
	finding_case_init(&it);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	finding_case_finish(&it);
	return 0;
}

static void assert_note(finding_judge_call *judge, const char *note)
{
	assert_int_equal(finding_case_judge(&it, judge), 1);
	assert_string_equal(finding_case_note(&it), note);
}

static void randomization_is_off_in_two_ways(void **state)
{
	struct protection *protection = &it.facts.protection;

	(void)state;
	assert_int_equal(finding_case_judge(&it, finding_protection_randomized), 0);
	protection->randomized = PROTECTION_NO;
	assert_note(finding_protection_randomized, "it was off when the program was executed");
	protection->randomize = 0;
	assert_note(finding_protection_randomized, "kernel.randomize_va_space is 0");
	protection->randomize = 2;
	protection->personality = 0x40000;
	assert_note(finding_protection_randomized, "its personality has ADDR_NO_RANDOMIZE");
	protection->personality = 0x400000; /* READ_IMPLIES_EXEC is another bit */
	protection->randomized = PROTECTION_YES;
	assert_int_equal(finding_case_judge(&it, finding_protection_randomized), 0);
	assert_int_equal(finding_case_judge(&it, finding_protection_heap_randomized), 0);
}

static void what_is_off_now_is_off_for_what_is_executed(void **state)
{
	struct protection *protection = &it.facts.protection;

	(void)state;
	protection->randomize = 0;
	assert_note(finding_protection_randomized,
		    "kernel.randomize_va_space is 0 now: what it executes is not randomized");
	protection->personality = 0x40000;
	assert_int_equal(finding_case_judge(&it, finding_protection_randomized), 2);
	assert_string_equal(finding_case_note(&it), "its personality has ADDR_NO_RANDOMIZE now: "
						    "what it executes is not randomized");
	assert_int_equal(it.findings.findings[1].kind, KIND_COUNT);
	protection->randomized = PROTECTION_NO;
	assert_int_equal(finding_case_judge(&it, finding_protection_randomized), 2);
	protection->randomized = PROTECTION_YES;
	protection->randomize = 1;
	protection->personality = TARGET_UNKNOWN;
	assert_int_equal(finding_case_judge(&it, finding_protection_randomized), 0);
	assert_note(finding_protection_heap_randomized, "kernel.randomize_va_space is 1");
}

static void what_cannot_be_read_is_unknown(void **state)
{
	(void)state;
	it.facts.protection = protection_unknown();
	assert_note(finding_protection_randomized,
		    "whether execve(2) randomized it cannot be read");
	assert_note(finding_protection_heap_randomized, "kernel.randomize_va_space cannot be read");
	assert_note(finding_protection_shadow_stack, "what the processor has cannot be read");
	assert_note(finding_protection_bti, "what the processor has cannot be read");
	it.facts.protection.can_shadow = PROTECTION_YES;
	assert_note(finding_protection_shadow_stack, "what the processor has cannot be read");
	it.facts.protection.can_guard_jumps = PROTECTION_YES;
	it.facts.files = NULL;
	assert_note(finding_protection_bti, "the files were not looked at");
}

static void shadow_stacks_are_missed_where_there_could_be_one(void **state)
{
	struct protection *protection = &it.facts.protection;

	(void)state;
	assert_int_equal(finding_case_judge(&it, finding_protection_shadow_stack), 0);
	protection->can_shadow = PROTECTION_YES;
	assert_note(finding_protection_shadow_stack, "it was not turned on for the process");
	it.files[1].hardening.marks = ELF_MARK_IBT;
	assert_note(finding_protection_shadow_stack, "not ready for it: no SHSTK mark");
	assert_string_equal(it.findings.findings[0].file, "/lib/a\nb.so");
	/* Each of several. */
	it.files[0].hardening.marks = 0;
	assert_int_equal(finding_case_judge(&it, finding_protection_shadow_stack), 2);
	assert_string_equal(it.findings.findings[0].file, "/bin/case");
	assert_string_equal(it.findings.findings[1].file, "/lib/a\nb.so");
	/* One that was not read says nothing. */
	it.files[0].state = CHECKED_MISSING;
	assert_int_equal(finding_case_judge(&it, finding_protection_shadow_stack), 1);
	assert_string_equal(it.findings.findings[0].file, "/lib/a\nb.so");
	protection->can_shadow = PROTECTION_UNKNOWN;
	assert_note(finding_protection_shadow_stack, "what the processor has cannot be read");
	protection->can_shadow = PROTECTION_YES;
	protection->shadows = PROTECTION_YES;
	assert_int_equal(finding_case_judge(&it, finding_protection_shadow_stack), 0);
	protection->shadows = PROTECTION_NO;
	/* 32 bits. */
	for (size_t i = 0; i < it.vma_count; i++) {
		it.vmas[i].start = 0x10000 * (i + 1);
		it.vmas[i].end = it.vmas[i].start + 0x1000;
	}
	assert_int_equal(finding_case_judge(&it, finding_protection_shadow_stack), 0);
}

static void bti_is_a_matter_of_each_file(void **state)
{
	(void)state;
	it.files[0].hardening.marks_defined = it.files[1].hardening.marks_defined =
		ELF_MARK_BTI | ELF_MARK_PAC;
	it.files[0].hardening.marks = ELF_MARK_BTI;
	it.files[1].hardening.marks = ELF_MARK_PAC;
	assert_int_equal(finding_case_judge(&it, finding_protection_bti), 0);
	it.facts.protection.can_guard_jumps = PROTECTION_YES;
	assert_int_equal(finding_case_judge(&it, finding_protection_bti), 1);
	assert_string_equal(it.findings.findings[0].file, "/lib/a\nb.so");
	it.files[0].state = CHECKED_STALLED;
	assert_int_equal(finding_case_judge(&it, finding_protection_bti), 2);
	assert_null(it.findings.findings[0].note);
	assert_string_equal(it.findings.findings[1].unknown, checked_state_words(CHECKED_STALLED));
	assert_string_equal(it.findings.findings[1].file, "/bin/case");
	it.files[1].state = CHECKED_MISSING;
	assert_int_equal(finding_case_judge(&it, finding_protection_bti), 2);
	assert_string_equal(it.findings.findings[1].unknown, checked_state_words(CHECKED_MISSING));
	assert_string_equal(it.findings.findings[1].file, "/lib/a\nb.so");
	it.files[1].state = CHECKED_READ;
	/* One of another processor has no such mark to lack. */
	it.files[0].state = CHECKED_READ;
	it.files[1].hardening.marks_defined = ELF_MARK_IBT | ELF_MARK_SHSTK;
	assert_int_equal(finding_case_judge(&it, finding_protection_bti), 0);
	it.files[1].hardening.marks_defined |= ELF_MARK_BTI;
	assert_int_equal(finding_case_judge(&it, finding_protection_bti), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(randomization_is_off_in_two_ways),
		TEST(what_is_off_now_is_off_for_what_is_executed),
		TEST(what_cannot_be_read_is_unknown),
		TEST(shadow_stacks_are_missed_where_there_could_be_one),
		TEST(bti_is_a_matter_of_each_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
