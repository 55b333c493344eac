/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "absent_library.h"

#include <errno.h>
#include <string.h>

#include "term/curses.h"

/* Nor are its functions, when it is another library. */
static void without_its_library_there_is_no_curses(void **state)
{
	const struct curses none = {.window = NULL};

	(void)state;
	for (int i = 0; i < 3; i++) {
		library_is_empty = i == 1;
		library_wanted = NULL;
		assert_int_equal(curses_load(), -ELIBACC);
		assert_string_equal(library_wanted, NCURSESW_SONAME);
		assert_memory_equal(curses(), &none, sizeof(none));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_its_library_there_is_no_curses),
	};

	return cmocka_run_group_tests_name("curses_absent", tests, NULL, NULL);
}
