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
#include "files/source_line.h"
#include "kernel/procfs_options.h"
#include "own_debug.h"
#include "own_symbols.h"

static const struct procfs_options proc = {.root = "/proc"};

/* Whether the child that looked had loaded the library; this process never does. */
static void code_comes_from_a_line(void **state)
{
	uintptr_t address = (uintptr_t)code_comes_from_a_line;
	struct address_space *space = own_space_read();
	const struct vma *vma = &space->vmas[address_space_find(space, address)];
	struct text text = {0};
	int error;

	(void)state;
	error = source_line_append(&proc, getpid(), vma, address - own_symbols_bias(), &text);
	if (own_debug_has_lines()) {
		const char *line = strstr(text_string(&text), "test_source_line.c:");

		assert_int_equal(error, 0);
		assert_non_null(line);
		/* Of the declaration, or what follows. */
		assert_in_range(atoi(line + strlen("test_source_line.c:")), 20, __LINE__);
	} else {
		assert_true(error == -ELIBACC || error == -ENODATA);
	}
	assert_null(dlopen("libdw.so.1", RTLD_NOW | RTLD_NOLOAD));
	text_finish(&text);
	address_space_destroy(space);
}

static void says_why_there_is_none(void **state)
{
	const struct vma vma = {.start = 0x1000, .end = 0x2000, .inode = 4711, .name = "/no/such"};
	struct text text = {0};

	(void)state;
	assert_int_equal(source_line_append(&proc, getpid(), &vma, 0, &text), -ENOENT);
	assert_int_equal(source_line_append(&proc, INT32_MAX, &vma, 0, &text), -ENOENT);
	assert_string_equal(text_string(&text), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(code_comes_from_a_line),
		cmocka_unit_test(says_why_there_is_none),
	};

	return cmocka_run_group_tests_name("source_line", tests, NULL, NULL);
}
