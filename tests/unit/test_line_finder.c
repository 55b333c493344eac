/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <dlfcn.h>
#include <unistd.h>

#include "base/text.h"
#include "files/errands.h"
#include "files/line_finder.h"
#include "inlined_code.h"
#include "inside/code_line.h"
#include "kernel/procfs_options.h"
#include "own_debug.h"
#include "own_symbols.h"

static const struct procfs_options proc = {.root = "/proc"};

static int find(const struct vma *vma, const uint64_t *addresses, size_t count,
		struct text *records)
{
	struct errands errands;
	int error;

	errands_init(&errands);
	errands.plan.patience = errands.plan.limit = INT64_C(60000000000);
	error = line_finder_find(&errands, &proc, getpid(), vma, addresses, count, records);
	errands_finish(&errands);
	return error;
}

/* Many at once; this process does not load the library. */
static void addresses_of_a_file_are_looked_up_at_once(void **state)
{
	uintptr_t label = (uintptr_t)inlined_code_label;
	struct address_space *space = own_space_read();
	const struct vma *vma = &space->vmas[address_space_find(space, label)];
	const uint64_t addresses[] = {1, label - own_symbols_bias(), 2};
	struct text records = {0};
	struct code_line line;
	const char *at;
	int error = find(vma, addresses, 3, &records);

	(void)state;
	assert_null(dlopen("libdw.so.1", RTLD_NOW | RTLD_NOLOAD));
	address_space_destroy(space);
	if (!own_debug_has_lines()) {
		text_finish(&records);
		skip();
	}
	assert_int_equal(error, 0);
	at = text_string(&records);
	assert_int_equal(code_line_take(&at, records.bytes + records.length, &line), 0);
	assert_int_equal(line.index, 1);
	assert_int_equal(line.line, INLINED_CODE_LINE);
	assert_string_equal(line.function, "inlined_code_inner");
	assert_int_equal(code_line_take(&at, records.bytes + records.length, &line), 0);
	assert_int_equal(line.index, 1);
	assert_string_equal(line.function, "inlined_code_outer");
	assert_int_equal(code_line_take(&at, records.bytes + records.length, &line), -ENODATA);
	text_finish(&records);
	assert_int_equal(inlined_code_outer(1), 2);
}

static void says_why_there_is_none(void **state)
{
	const struct vma vma = {.start = 0x1000, .end = 0x2000, .inode = 4711, .name = "/no/such"};
	const uint64_t address = 0;
	struct text records = {0};

	(void)state;
	assert_int_equal(find(&vma, &address, 1, &records), -ENOENT);
	assert_int_equal(records.length, 0);
	text_finish(&records);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_of_a_file_are_looked_up_at_once),
		cmocka_unit_test(says_why_there_is_none),
	};

	return cmocka_run_group_tests_name("line_finder", tests, NULL, NULL);
}
