/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "term/curses.h"

static void nothing_is_loaded_before_it_is_needed(void **state)
{
	const struct curses none = {.window = NULL};

	(void)state;
	assert_memory_equal(curses(), &none, sizeof(none));
}

static void every_function_is_found(void **state)
{
	struct curses first;

	(void)state;
	assert_int_equal(curses_load(), 0);
	for (size_t i = 0; i < sizeof(first) / sizeof(void *); i++)
		assert_non_null(((void *const *)(const void *)curses())[i]);
	memcpy(&first, curses(), sizeof(first));
	assert_int_equal(curses_load(), 0);
	assert_memory_equal(curses(), &first, sizeof(first));
}

/* As terminfo has it, whose library comes with the other. */
static void they_are_those_of_the_library(void **state)
{
	FILE *in = fopen("/dev/null", "r"), *out = fopen("/dev/null", "w");
	SCREEN *screen;
	int y, x;

	(void)state;
	assert_true(in && out);
	assert_null(curses_window());
	setenv("COLUMNS", "80", 1);
	setenv("LINES", "24", 1);
	screen = curses()->newterm("vt100", out, in);
	if (screen) {
		assert_int_equal(curses()->tigetnum("cols"), 80);
		assert_string_equal(curses()->tparm("%p1%d,%p2%d", 998, 0), "998,0");
		assert_non_null(curses_window());
		curses()->move(3, 7);
		y = getcury(curses_window());
		x = getcurx(curses_window());
		assert_true(y == 3 && x == 7);
		curses()->endwin();
		curses()->delscreen(screen);
	}
	fclose(in);
	fclose(out);
	if (!screen)
		skip();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_loaded_before_it_is_needed),
		cmocka_unit_test(every_function_is_found),
		cmocka_unit_test(they_are_those_of_the_library),
	};

	return cmocka_run_group_tests_name("curses", tests, NULL, NULL);
}
