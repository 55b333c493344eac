/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "files/inside_probe.h"
#include "files/inside_question.h"
#include "inside/inside_object.h"
#include "kernel/procfs_options.h"
#include "model/file_identity.h"
#include "own_symbols.h"

static const struct procfs_options proc = {.root = "/proc"};

int inside_probe_counter = 5;

static struct inside_question about(const struct address_space *space, const void *address)
{
	size_t index = address_space_find(space, (uintptr_t)address);

	assert_true(index < space->vma_count);
	return (struct inside_question){
		.pid = getpid(),
		.page_size = space->target.page_size,
		.vmas = &space->vmas[index],
		.count = 1,
	};
}

static void finds_what_is_inside_the_program(void **state)
{
	struct address_space *space = own_space_read();
	struct inside_question question = about(space, &inside_probe_counter);
	struct inside_finding finding;
	const struct inside_symbol *symbol;

	(void)state;
	assert_int_equal(inside_probe(&proc, &question, &finding), 0);
	assert_true(finding.loaded);
	assert_int_equal(finding.bias, own_symbols_bias());
	assert_int_equal(finding.identity, FILE_IDENTITY_PROVEN);
	assert_true(finding.stamp.size > 0);
	symbol = symbol_list_at(&finding.object->symbols,
				(uintptr_t)&inside_probe_counter - finding.bias);
	assert_string_equal(symbol->name, "inside_probe_counter");
	inside_object_unref(finding.object);

	/* The same file is not read again. */
	question.known = finding.stamp;
	assert_int_equal(inside_probe(&proc, &question, &finding), 0);
	assert_null(finding.object);
	assert_true(finding.loaded);
	question.known.modified_ns++;
	assert_int_equal(inside_probe(&proc, &question, &finding), 0);
	assert_non_null(finding.object);
	inside_object_unref(finding.object);
	address_space_destroy(space);
}

static void says_why_there_is_nothing(void **state)
{
	struct vma vma = {.start = 0x1000, .end = 0x2000, .name = "[heap]"};
	struct inside_question question = {
		.pid = getpid(), .page_size = 4096, .vmas = &vma, .count = 1};
	struct inside_finding finding = {.bias = 7};

	(void)state;
	assert_int_equal(inside_probe(&proc, &question, &finding), -ENOENT);
	vma.name = "/no/such/file";
	vma.inode = 4711;
	assert_int_equal(inside_probe(&proc, &question, &finding), -ENOENT);
	question.pid = INT32_MAX;
	assert_int_equal(inside_probe(&proc, &question, &finding), -ENOENT);
	assert_int_equal(finding.bias, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_is_inside_the_program),
		cmocka_unit_test(says_why_there_is_nothing),
	};

	return cmocka_run_group_tests_name("inside_probe", tests, NULL, NULL);
}
