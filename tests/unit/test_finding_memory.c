/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "finding_cases.h"
#include "model/finding_memory.h"
#include "model/wx_history.h"

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

static void writable_and_executable(void **state)
{
	(void)state;
	assert_int_equal(finding_case_judge(&it, finding_memory_writable_executable), 0);
	it.vmas[CASE_HEAP].perms |= PERM_EXEC;
	it.vmas[CASE_LIBRARY].perms |= PERM_WRITE;
	assert_int_equal(finding_case_judge(&it, finding_memory_writable_executable), 2);
	assert_int_equal(it.findings.findings[0].start, it.vmas[CASE_HEAP].start);
	assert_string_equal(it.findings.findings[1].file, "/lib/a\nb.so");
}

static void executable_stacks_and_heaps(void **state)
{
	(void)state;
	assert_int_equal(finding_case_judge(&it, finding_memory_executable_stack), 0);
	assert_int_equal(finding_case_judge(&it, finding_memory_executable_heap), 0);
	it.vmas[CASE_THREAD].perms |= PERM_EXEC;
	it.vmas[CASE_STACK].perms |= PERM_EXEC;
	it.vmas[CASE_HEAP].perms |= PERM_EXEC;
	assert_int_equal(finding_case_judge(&it, finding_memory_executable_stack), 2);
	assert_int_equal(it.findings.findings[0].tid, 7);
	assert_int_equal(finding_case_judge(&it, finding_memory_executable_heap), 1);
	it.vmas[CASE_HEAP].kind = KIND_ARENA;
	assert_int_equal(finding_case_judge(&it, finding_memory_executable_heap), 1);
	it.vmas[CASE_HEAP].kind = KIND_JIT;
	assert_int_equal(finding_case_judge(&it, finding_memory_executable_heap), 0);
	it.vmas[CASE_HEAP].runtime = RUNTIME_JAVA;
	assert_int_equal(finding_case_judge(&it, finding_memory_executable_heap), 1);
}

static void a_stack_without_a_guard(void **state)
{
	(void)state;
	assert_int_equal(finding_case_judge(&it, finding_memory_unguarded_stack), 0);
	it.vmas[CASE_GUARD].perms = PERM_READ;
	assert_int_equal(finding_case_judge(&it, finding_memory_unguarded_stack), 1);
	assert_int_equal(it.findings.findings[0].start, it.vmas[CASE_THREAD].start);
	assert_int_equal(it.findings.findings[0].tid, 7);
	it.facts.protection.guards_unseen = true;
	assert_int_equal(finding_case_judge(&it, finding_memory_unguarded_stack), 1);
	assert_string_equal(it.findings.findings[0].unknown,
			    "guard pages that maps does not show were not looked for");
	it.facts.protection.guards_unseen = false;
	/* Something may be mapped into a gap at any time. */
	it.vmas[CASE_GUARD] = case_vma(0x7f0000008000, 0x1000, 0, KIND_GUARD, "");
	assert_int_equal(finding_case_judge(&it, finding_memory_unguarded_stack), 1);
	it.vmas[CASE_THREAD].alternate = true;
	assert_int_equal(finding_case_judge(&it, finding_memory_unguarded_stack), 0);
	it.vmas[CASE_THREAD].alternate = false;
	it.vmas[CASE_THREAD].runtime = RUNTIME_GO;
	assert_int_equal(finding_case_judge(&it, finding_memory_unguarded_stack), 0);
}

static void a_stack_in_the_heap(void **state)
{
	(void)state;
	it.lodged[0] = (struct lodged_stack){.address = it.vmas[CASE_HEAP].start + 8, .tid = 9};
	it.lodged_count = 1;
	assert_int_equal(finding_case_judge(&it, finding_memory_unguarded_stack), 1);
	assert_int_equal(it.findings.findings[0].tid, 9);
	assert_int_equal(it.findings.findings[0].start, it.vmas[CASE_HEAP].start);
	assert_string_equal(finding_case_note(&it), "the stack is a part of it");
	/* One of several that is in none of the mappings, or in a stack, is left out. */
	it.lodged[1] = (struct lodged_stack){.address = it.vmas[CASE_HEAP].start + 16, .tid = 11};
	it.lodged_count = 2;
	assert_int_equal(finding_case_judge(&it, finding_memory_unguarded_stack), 2);
	assert_int_equal(it.findings.findings[0].tid, 9);
	assert_int_equal(it.findings.findings[1].tid, 11);
	it.lodged[0].address = it.vmas[CASE_HEAP].start - 8;
	assert_int_equal(finding_case_judge(&it, finding_memory_unguarded_stack), 1);
	assert_int_equal(it.findings.findings[0].tid, 11);
	it.lodged[1].address = it.vmas[CASE_THREAD].start + 8;
	assert_int_equal(finding_case_judge(&it, finding_memory_unguarded_stack), 0);
	it.lodged_count = 1;
	it.lodged[0].address = it.vmas[CASE_HEAP].start + 8;
	it.lodged[0].alternate = true;
	assert_int_equal(finding_case_judge(&it, finding_memory_unguarded_stack), 0);
	it.lodged[0].alternate = false;
	it.vmas[CASE_HEAP].runtime = RUNTIME_GO;
	assert_int_equal(finding_case_judge(&it, finding_memory_unguarded_stack), 0);
}

static void what_was_writable_and_executable(void **state)
{
	struct wx_history history = {0};

	(void)state;
	it.facts.wx_history = &history;
	it.vmas[CASE_LIBRARY].perms |= PERM_WRITE;
	it.vmas[CASE_GUARD].perms = PERM_WRITE | PERM_EXEC;
	finding_case_build(&it);
	wx_history_add(&history, it.space);
	/* What still is so is told elsewhere. */
	assert_int_equal(finding_case_judge(&it, finding_memory_was_writable_executable), 0);
	it.vmas[CASE_LIBRARY].perms = PERM_READ | PERM_EXEC;
	finding_case_build(&it);
	wx_history_add(&history, it.space);
	assert_int_equal(finding_case_judge(&it, finding_memory_was_writable_executable), 1);
	assert_int_equal(it.findings.findings[0].start, it.vmas[CASE_LIBRARY].start);
	assert_int_equal(it.findings.findings[0].end, it.vmas[CASE_LIBRARY].end);
	it.vmas[CASE_LIBRARY].start += 0x100000;
	it.vmas[CASE_LIBRARY].end += 0x100000;
	it.vmas[CASE_GUARD].start += 0x100000;
	it.vmas[CASE_GUARD].end += 0x100000;
	it.vmas[CASE_LIBRARY].end = it.vmas[CASE_LIBRARY].start + 0x1000;
	it.vmas[CASE_THREAD].start += 0x200000;
	it.vmas[CASE_THREAD].end += 0x200000;
	finding_case_build(&it);
	wx_history_add(&history, it.space);
	assert_int_equal(finding_case_judge(&it, finding_memory_was_writable_executable), 2);
	assert_string_equal(finding_case_note(&it), "unmapped since");
	history.past_total += 5;
	assert_int_equal(finding_case_judge(&it, finding_memory_was_writable_executable), 3);
	assert_string_equal(it.findings.findings[2].note, "5 more before these");
	assert_int_equal(it.findings.findings[2].kind, KIND_COUNT);
	for (size_t i = 0; i < 2; i++) {
		const struct finding *finding = &it.findings.findings[i];

		assert_string_equal(finding->note, "unmapped since");
		assert_int_equal(finding->start, history.past[i].start);
		assert_int_equal(finding->end, history.past[i].end);
		assert_int_equal(finding->kind, history.past[i].kind);
		assert_true(finding->start < finding->end);
	}
	wx_history_finish(&history);
}

/* Of mappings that are more than one thing each part is judged. */
static void parts_are_judged(void **state)
{
	const struct target target = {.pid = 1, .comm = "", .page_size = 4096};
	const uint8_t rwx = PERM_READ | PERM_WRITE | PERM_EXEC;
	const struct vma vma = {
		.start = 0x10000, .end = 0x20000, .name = "", .kind = KIND_ANON, .perms = rwx};
	struct vma parts[] = {vma, vma, vma};
	struct findings findings = {0};
	const struct finding_judge judge = {&findings, FINDING_NO_RELRO};
	struct finding_facts facts = {0};
	struct address_space *space;

	(void)state;
	parts[0].end = parts[1].start = 0x14000;
	parts[1].end = parts[2].start = 0x18000;
	parts[0].kind = KIND_THREAD_STACK;
	parts[0].tid = 5;
	parts[1].kind = KIND_THREAD_STACK;
	parts[1].tid = 6;
	parts[2].kind = KIND_HEAP;
	assert_int_equal(address_space_create(&target, &vma, 1, 0, 0, &space), 0);
	assert_int_equal(address_space_set_stacks(space, parts, 3, NULL, 0), 0);
	facts.space = space;
	finding_memory_executable_stack(&judge, &facts);
	assert_int_equal(findings.count, 2);
	assert_int_equal(findings.findings[0].tid, 5);
	assert_int_equal(findings.findings[1].tid, 6);
	assert_int_equal(findings.findings[1].start, 0x14000);
	findings_finish(&findings);
	finding_memory_executable_heap(&judge, &facts);
	assert_int_equal(findings.count, 1);
	assert_int_equal(findings.findings[0].start, 0x18000);
	findings_finish(&findings);
	finding_memory_unguarded_stack(&judge, &facts);
	assert_int_equal(findings.count, 2);
	findings_finish(&findings);
	address_space_destroy(space);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(writable_and_executable),          TEST(executable_stacks_and_heaps),
		TEST(a_stack_without_a_guard),          TEST(a_stack_in_the_heap),
		TEST(what_was_writable_and_executable), TEST(parts_are_judged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
