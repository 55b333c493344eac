/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "support/emulator.h"

static struct emulator *create(int lines, int columns)
{
	struct emulator *emulator = emulator_create(lines, columns);

	if (!emulator)
		skip(); /* configure found no libvterm */
	return emulator;
}

static void output(struct emulator *emulator, const char *bytes)
{
	emulator_write(emulator, bytes, strlen(bytes));
}

/* As ncurses shortens output: jumps, repeated characters, erased rests, shifted text. */
static void lines_are_what_a_user_reads(void **state)
{
	struct emulator *emulator = create(4, 20);

	(void)state;
	output(emulator, "\033[?1049h\033[H\033[2J\033[2;3H\033[1mrss\033[m \xe2\x94\x80\033[4b|");
	output(emulator, "\033[3;1Hold text\033[3;5H\033[Knew\033[4;1Habcd\033[4;2H\033[2P");
	assert_string_equal(emulator_line(emulator, 0), "");
	assert_string_equal(emulator_line(emulator, 1),
			    "  rss \xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80|");
	assert_string_equal(emulator_line(emulator, 2), "old new");
	assert_string_equal(emulator_line(emulator, 3), "ad");
	emulator_destroy(emulator);
}

static void a_text_is_found_where_it_is_shown(void **state)
{
	struct emulator *emulator = create(3, 20);

	(void)state;
	/* In two pieces, the second first. */
	output(emulator, "\033[2;4Hmark\033[2;1Hlast\033[2;4H");
	assert_false(emulator_shows(emulator, "land"));
	output(emulator, " land");
	assert_true(emulator_shows(emulator, "land"));
	assert_false(emulator_shows(emulator, "mark"));
	output(emulator, "\033[H\033[2J");
	assert_false(emulator_shows(emulator, "land"));
	emulator_destroy(emulator);
}

static void a_new_size_has_its_lines(void **state)
{
	struct emulator *emulator = create(2, 10);

	(void)state;
	emulator_resize(emulator, 5, 40);
	output(emulator, "\033[5;30Hthere");
	assert_non_null(strstr(emulator_line(emulator, 4), "there"));
	emulator_destroy(emulator);
	emulator_destroy(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_what_a_user_reads),
		cmocka_unit_test(a_text_is_found_where_it_is_shown),
		cmocka_unit_test(a_new_size_has_its_lines),
	};

	return cmocka_run_group_tests_name("emulator", tests, NULL, NULL);
}
