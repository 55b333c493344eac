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

static void assert_cell(struct emulator *emulator, int line, int column,
			struct emulator_cell expected)
{
	struct emulator_cell cell = emulator_cell(emulator, line, column);

	assert_int_equal(cell.glyph, expected.glyph);
	assert_int_equal(cell.bold, expected.bold);
	assert_int_equal(cell.italic, expected.italic);
	assert_int_equal(cell.underline, expected.underline);
	assert_int_equal(cell.reverse, expected.reverse);
	assert_int_equal(cell.foreground, expected.foreground);
	assert_int_equal(cell.background, expected.background);
}

static void cells_have_looks(void **state)
{
	struct emulator *emulator = create(2, 10);

	(void)state;
	output(emulator, "a\033[1;38;5;93mb\033[0;3;48;5;7mc\033[0;4;7m\xe4\xb8\xad");
	assert_cell(emulator, 0, 0,
		    (struct emulator_cell){'a', .foreground = -1, .background = -1});
	assert_cell(emulator, 0, 1,
		    (struct emulator_cell){'b', .bold = true, .foreground = 93, .background = -1});
	assert_cell(emulator, 0, 2,
		    (struct emulator_cell){'c', .italic = true, .foreground = -1, .background = 7});
	assert_cell(emulator, 0, 3,
		    (struct emulator_cell){0x4e2d, .underline = true, .reverse = true,
					   .foreground = -1, .background = -1});
	assert_int_equal(emulator_cell(emulator, 0, 4).glyph, UINT32_MAX);
	assert_cell(emulator, 1, 9, (struct emulator_cell){0, .foreground = -1, .background = -1});
	emulator_destroy(emulator);
}

static void modes_are_what_the_program_made(void **state)
{
	struct emulator *emulator = create(3, 10);
	struct emulator_modes modes = emulator_modes(emulator);

	(void)state;
	assert_true(!modes.alternate && modes.cursor && !modes.mouse);
	assert_true(modes.line == 0 && modes.column == 0);
	output(emulator, "\033[?1049h\033[?25l\033[?1000h\033[2;5H");
	modes = emulator_modes(emulator);
	assert_true(modes.alternate && !modes.cursor && modes.mouse == 1);
	assert_true(modes.line == 1 && modes.column == 4);
	output(emulator, "\033[?1000l\033[?25h\033[?1049l");
	modes = emulator_modes(emulator);
	assert_true(!modes.alternate && modes.cursor && !modes.mouse);
	emulator_destroy(emulator);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_what_a_user_reads),
		cmocka_unit_test(a_text_is_found_where_it_is_shown),
		cmocka_unit_test(a_new_size_has_its_lines),
		cmocka_unit_test(cells_have_looks),
		cmocka_unit_test(modes_are_what_the_program_made),
	};

	return cmocka_run_group_tests_name("emulator", tests, NULL, NULL);
}
