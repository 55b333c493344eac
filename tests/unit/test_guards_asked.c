/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "guards_script.h"

/* Which mappings are asked about. */

/* A kernel that does not report guards is asked once; another error is one of this mapping. */
static void errors_have_consequences(void **state)
{
	static const struct {
		int error;
		bool unsupported;
	} cases[] = {{-EIO, false}, {-EINVAL, true}, {-ENOTTY, true}};
	struct vma vmas[] = {vma_of(0x10000, 0x10000), vma_of(0x30000, 0x10000)};
	const struct thread_stack_pointer stacks[] = {stack_at(7, 0x18000), stack_at(8, 0x38000)};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		script.scan_error = cases[i].error;
		call_log_clear();
		guards_read(&guards, 70, vmas, 2, stacks, 2, false);
		call_log_expect(
			cases[i].unsupported
				? "open pagemap\nscan 10000 to 20000\n"
				: "open pagemap\nscan 10000 to 20000\nscan 30000 to 40000\n");
		assert_int_equal(guards.count, 0);
		assert_int_equal(guards.unsupported, cases[i].unsupported);
		if (cases[i].unsupported) {
			guards_read(&guards, 70, vmas, 2, stacks, 2, false);
			call_log_expect("");
			guards_finish(&guards);
		}
	}
	script.open_error = -EACCES;
	guards_read(&guards, 70, vmas, 2, stacks, 2, false);
	call_log_expect("open pagemap\n");
}

/* Only private memory that can be written and has no file, or a name of its own. */
static void only_what_may_hold_stacks_is_asked_about(void **state)
{
	static const struct {
		uint8_t perms;
		uint64_t inode;
		const char *name;
		bool asked;
	} cases[] = {
		{PERM_READ | PERM_WRITE, 0, "[anon:stack]", true},
		{PERM_READ | PERM_WRITE | PERM_EXEC, 0, "", true},
		{PERM_READ, 0, "", false},
		{PERM_WRITE, 0, "", false},
		{PERM_READ | PERM_WRITE | PERM_SHARED, 0, "", false},
		{PERM_READ | PERM_WRITE, 1, "", false},
		{PERM_READ | PERM_WRITE, 0, "[heap]", false},
		{PERM_READ | PERM_WRITE, 0, "[anon", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct vma vma = vma_of(0x10000, 0x10000);

		vma.perms = cases[i].perms;
		vma.inode = cases[i].inode;
		vma.name = cases[i].name;
		read_one(vma, stack_at(7, 0x18000));
		call_log_expect(cases[i].asked ? "open pagemap\nscan 10000 to 20000\n" : "");
		guards_finish(&guards);
	}
}

/* Where maps shows one stack with its guard, nothing else is looked for. */
static void an_explained_stack_is_not_asked_about(void **state)
{
	struct vma vmas[] = {vma_of(0xf000, 0x1000), vma_of(0x10000, 0x20000)};
	struct thread_stack_pointer stacks[] = {stack_at(7, 0x20000), {.tid = 7}};

	(void)state;
	vmas[0].perms = 0;
	guards_read(&guards, 70, vmas, 2, stacks, 1, false);
	call_log_expect("");
	stacks[0].own_on_top = true; /* 64 KiB up to the end are usual */
	guards_read(&guards, 70, vmas, 2, stacks, 1, false);
	call_log_expect("");
	stacks[0].own--;
	guards_read(&guards, 70, vmas, 2, stacks, 1, false);
	call_log_expect("open pagemap\nscan 10000 to 30000\n");
	guards_finish(&guards);
	stacks[0].own++;
	stacks[1].address = 0x28000; /* where it is just now does not matter */
	guards_read(&guards, 70, vmas, 2, stacks, 2, false);
	call_log_expect("");
	stacks[1].tid = 8;
	guards_read(&guards, 70, vmas, 2, stacks, 2, false);
	call_log_expect("open pagemap\nscan 10000 to 30000\n");
	guards_finish(&guards);
	vmas[0].end--;
	guards_read(&guards, 70, vmas, 2, stacks, 1, false);
	call_log_expect("open pagemap\nscan 10000 to 30000\n");
	guards_finish(&guards);
	vmas[0].end++;
	vmas[0].perms = PERM_EXEC;
	guards_read(&guards, 70, vmas, 2, stacks, 1, false);
	call_log_expect("open pagemap\nscan 10000 to 30000\n");
}

/* Where a stack is missing all of small mappings is asked about. */
static void missing_stacks_are_looked_for(void **state)
{
	struct vma vmas[] = {vma_of(0x10000000, 64 * MIB), vma_of(0x20000000, 64 * MIB + 1),
			     vma_of(0x30000000, 4096)};

	(void)state;
	guards_read(&guards, 70, vmas, 3, NULL, 0, true);
	call_log_expect("open pagemap\nscan 10000000 to 12000000\nscan 12000000 to 14000000\n"
			"scan 30000000 to 30001000\n");
	guards_read(&guards, 70, vmas, 3, NULL, 0, false);
	call_log_expect("");
	assert_int_equal(guards.count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(errors_have_consequences),
		TEST(only_what_may_hold_stacks_is_asked_about),
		TEST(an_explained_stack_is_not_asked_about),
		TEST(missing_stacks_are_looked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
