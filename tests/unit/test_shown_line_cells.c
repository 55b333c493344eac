/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "shown_terminal.h"

#include "term/curses.h"
#include "term/palette.h"
#include "term/shown_line.h"

enum { COLUMNS = SHOWN_COLUMNS };

/* A line, what curses was told of it, and its looks. */
struct line {
	struct shown shown;
	struct palette *palette;
	struct cell cells[COLUMNS], before[COLUMNS];
	cchar_t run[COLUMNS];
};

/* Red and blue things on the terminal's ground and on a green one, underlined and reverse ones. */
static const char theme_text[] = "fold = red\nscroll = blue\ncursor = default green\n"
				 "match = red default underline\nmarker = red default reverse\n"
				 "key = blue default bold\n";

static void open_line(struct line *line)
{
	shown_open(&line->shown, "xterm-256color", theme_text, COLOUR_USE_AUTO);
	line->palette = palette_create(&line->shown.theme, true);
	for (int i = 0; i < COLUMNS; i++)
		line->cells[i] = (struct cell){' ', ROLE_DEFAULT, ROLE_DEFAULT};
	memcpy(line->before, line->cells, sizeof(line->before));
	erase();
}

static void close_line(struct line *line)
{
	palette_destroy(line->palette);
	shown_close(&line->shown);
}

static void put(struct line *line, int column, const char *string, enum role role)
{
	for (; *string; string++)
		line->cells[column++] =
			(struct cell){(unsigned char)*string, (uint16_t)role, ROLE_DEFAULT};
}

/* The third line, of so many columns; afterwards curses knows it as it is. */
static bool renew(struct line *line, int columns)
{
	bool news =
		shown_line_renew(line->palette, line->cells, line->before, columns, 2, line->run);

	assert_memory_equal(line->before, line->cells, (size_t)columns * sizeof(line->cells[0]));
	return news;
}

/* What curses has in a cell of a line. */
static void look_at(int y, int x, wchar_t *ret_glyph, attr_t *ret_attributes, int *ret_pair)
{
	wchar_t glyphs[CCHARW_MAX + 1];
	short few;
	cchar_t cell;

	assert_int_equal(mvin_wch(y, x, &cell), OK);
	assert_int_equal(getcchar(&cell, glyphs, ret_attributes, &few, ret_pair), OK);
	*ret_glyph = glyphs[0];
	*ret_attributes &= A_ATTRIBUTES & ~(attr_t)A_COLOR;
}

/* Of each cell a sign: '.' for a pair of 0, else the digit of its pair, from a column on. */
static void assert_pairs(int x, const char *pairs)
{
	for (; *pairs; pairs++, x++) {
		attr_t attributes;
		wchar_t glyph;
		int pair;

		look_at(2, x, &glyph, &attributes, &pair);
		assert_int_equal(pair ? '0' + pair : '.', *pairs);
	}
}

static void assert_text(int x, const char *text)
{
	for (; *text; text++, x++) {
		attr_t attributes;
		wchar_t glyph;
		int pair;

		look_at(2, x, &glyph, &attributes, &pair);
		assert_int_equal(glyph, *text);
	}
}

static void what_is_as_before_is_not_told(void **state)
{
	struct line line;

	(void)state;
	open_line(&line);
	assert_false(renew(&line, COLUMNS));
	put(&line, 3, "abc", ROLE_FOLD);
	assert_true(renew(&line, COLUMNS));
	assert_false(renew(&line, COLUMNS));
	assert_text(0, "   abc ");
	assert_pairs(0, "...111.");
	/* Curses is not told of what did not change: what it has there stays. */
	mvaddstr(2, 0, "ABCDEFGHIJ");
	put(&line, 4, "X", ROLE_FOLD);
	assert_true(renew(&line, COLUMNS));
	assert_text(0, "ABCDXFGHIJ");
	assert_pairs(0, "....1.....");
	close_line(&line);
}

/* As far as it is asked, and no farther; another line stays as it is. */
static void columns_and_lines_are_those_that_were_asked(void **state)
{
	attr_t attributes;
	struct line line;
	wchar_t glyph;
	int pair;

	(void)state;
	open_line(&line);
	put(&line, 8, "abcd", ROLE_FOLD);
	assert_false(renew(&line, 8));
	assert_true(renew(&line, 10));
	assert_text(8, "ab  ");
	assert_int_equal(line.before[10].glyph, ' ');
	assert_true(renew(&line, 11));
	assert_text(8, "abc ");
	look_at(1, 8, &glyph, &attributes, &pair);
	assert_int_equal(glyph, ' ');
	look_at(3, 8, &glyph, &attributes, &pair);
	assert_int_equal(glyph, ' ');
	close_line(&line);
}

static void each_cell_has_its_own_look(void **state)
{
	static const struct {
		attr_t attributes;
		int pair;
	} expected[] = {{0, 1}, {0, 2}, {A_UNDERLINE, 1}, {A_REVERSE, 1}, {A_BOLD, 2}, {0, 0}};
	struct line line;

	(void)state;
	open_line(&line);
	put(&line, 0, "a", ROLE_FOLD);
	put(&line, 1, "a", ROLE_SCROLL);
	put(&line, 2, "a", ROLE_MATCH);
	put(&line, 3, "a", ROLE_MARKER);
	put(&line, 4, "a", ROLE_KEY);
	put(&line, 5, "a", ROLE_DEFAULT);
	put(&line, 6, "aab", ROLE_FOLD);
	renew(&line, COLUMNS);
	for (int x = 0; x < 6; x++) {
		attr_t attributes;
		wchar_t glyph;
		int pair;

		look_at(2, x, &glyph, &attributes, &pair);
		assert_int_equal(glyph, 'a');
		assert_int_equal(attributes, expected[x].attributes);
		assert_int_equal(pair, expected[x].pair);
	}
	assert_text(6, "aab");
	assert_pairs(6, "111.");
	/* The ground counts. */
	line.cells[7].ground = ROLE_CURSOR;
	renew(&line, COLUMNS);
	assert_pairs(6, "131.");
	close_line(&line);
}

/* Blanks between words are written in the colours of the word before, up to eight of them. */
static void short_gaps_have_the_look_of_what_stands_before(void **state)
{
	static const struct {
		int length;
		bool short_gap;
	} gaps[] = {{1, true}, {2, true}, {8, true}, {9, false}, {12, false}};

	(void)state;
	for (size_t i = 0; i < sizeof(gaps) / sizeof(gaps[0]); i++) {
		struct line line;
		char pairs[COLUMNS] = "111";

		open_line(&line);
		put(&line, 0, "abc", ROLE_FOLD);
		put(&line, 3 + gaps[i].length, "def", ROLE_SCROLL);
		/* All of it is news. */
		memset(line.before, 0xff, sizeof(line.before));
		renew(&line, COLUMNS);
		memset(pairs + 3, gaps[i].short_gap ? '1' : '.', (size_t)gaps[i].length);
		strcpy(pairs + 3 + gaps[i].length, "222....");
		assert_pairs(0, pairs);
		close_line(&line);
	}
}

/* Towards the end of the line the rest of it is a gap as well. */
static void the_end_of_a_line_may_be_a_gap(void **state)
{
	struct line line;

	(void)state;
	open_line(&line);
	put(&line, COLUMNS - 11, "abc", ROLE_FOLD);
	memset(line.before, 0xff, sizeof(line.before));
	renew(&line, COLUMNS);
	assert_pairs(COLUMNS - 11, "11111111111");
	put(&line, COLUMNS - 12, "abc ", ROLE_FOLD);
	line.cells[COLUMNS - 9] = (struct cell){' ', ROLE_DEFAULT, ROLE_DEFAULT};
	memset(line.before, 0xff, sizeof(line.before));
	renew(&line, COLUMNS);
	assert_pairs(COLUMNS - 12, "111.........");
	close_line(&line);
}

/* Where it would be seen, a blank has its own look. */
static void gaps_that_show_something_are_as_they_are(void **state)
{
	struct line line;

	(void)state;
	open_line(&line);
	put(&line, 0, "ab", ROLE_MATCH);
	put(&line, 3, "cd", ROLE_MARKER);
	put(&line, 6, "ef", ROLE_FOLD);
	put(&line, 9, "gh", ROLE_FOLD);
	line.cells[8].ground = ROLE_CURSOR;
	memset(line.before, 0xff, sizeof(line.before));
	renew(&line, 11);
	assert_pairs(0, "11.11.11211");
	/* Blanks at the start stand behind nothing. */
	put(&line, 0, "  ", ROLE_SCROLL);
	renew(&line, 11);
	assert_pairs(0, "33.11.11211");
	close_line(&line);
}

/* The same glyph in another look, and another glyph in the same. */
static void runs_of_one_cell_end_where_it_ends(void **state)
{
	struct line line;

	(void)state;
	open_line(&line);
	put(&line, 0, "###", ROLE_FOLD);
	put(&line, 3, "###", ROLE_SCROLL);
	put(&line, 6, "#==", ROLE_SCROLL);
	renew(&line, COLUMNS);
	assert_text(0, "#######==");
	assert_pairs(0, "111222222.");
	close_line(&line);
}

/* A wide glyph is one cell of curses; its right half is told with it. */
static void wide_glyphs_are_told_once(void **state)
{
	attr_t attributes;
	struct line line;
	wchar_t glyph;
	int pair;

	(void)state;
	open_line(&line);
	line.cells[2] = (struct cell){0x4e2d, ROLE_FOLD, ROLE_DEFAULT};
	line.cells[3] = (struct cell){0, ROLE_FOLD, ROLE_DEFAULT};
	put(&line, 4, "ab", ROLE_FOLD);
	assert_true(renew(&line, COLUMNS));
	look_at(2, 2, &glyph, &attributes, &pair);
	assert_int_equal(glyph, 0x4e2d);
	assert_text(4, "ab ");
	/* A right half that changed alone is nothing to tell. */
	mvaddstr(2, 0, "ABCDEF");
	line.cells[3].role = ROLE_SCROLL;
	assert_true(renew(&line, COLUMNS));
	assert_text(0, "ABCDEF");
	put(&line, 4, "xb", ROLE_FOLD);
	line.cells[3].role = ROLE_KEY;
	assert_true(renew(&line, COLUMNS));
	assert_text(0, "ABCDxF");
	close_line(&line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_as_before_is_not_told),
		cmocka_unit_test(columns_and_lines_are_those_that_were_asked),
		cmocka_unit_test(each_cell_has_its_own_look),
		cmocka_unit_test(short_gaps_have_the_look_of_what_stands_before),
		cmocka_unit_test(the_end_of_a_line_may_be_a_gap),
		cmocka_unit_test(gaps_that_show_something_are_as_they_are),
		cmocka_unit_test(runs_of_one_cell_end_where_it_ends),
		cmocka_unit_test(wide_glyphs_are_told_once),
	};

	return cmocka_run_group_tests_name("shown_line_cells", tests, NULL, NULL);
}
