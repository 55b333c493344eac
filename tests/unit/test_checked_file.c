/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/memory.h"
#include "model/checked_file.h"

static void every_state_but_two_has_a_reason(void **state)
{
	(void)state;
	assert_null(checked_state_words(CHECKED_READ));
	assert_null(checked_state_words(CHECKED_NOT_ELF));
	for (int i = CHECKED_MISSING; i <= CHECKED_NOT_KEPT; i++)
		assert_non_null(checked_state_words((enum checked_state)i));
}

static void a_list_is_emptied(void **state)
{
	struct checked_files files = {0};

	(void)state;
	checked_files_finish(&files);
	files.files = memory_array_grow(NULL, 0, &files.capacity, sizeof(*files.files));
	files.files[files.count++] = (struct checked_file){.name = memory_copy_string("/a"),
							   .place = memory_copy_string("/")};
	checked_files_finish(&files);
	assert_int_equal(files.count, 0);
	assert_null(files.files);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_state_but_two_has_a_reason),
		cmocka_unit_test(a_list_is_emptied),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
