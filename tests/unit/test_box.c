/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "ui/box.h"

static void wraps_at_spaces_and_in_long_words(void **state)
{
	struct canvas *canvas = canvas_create(12, 6, false);
	struct text text = {0};

	(void)state;
	assert_int_equal(box_write_wrapped(NULL, 0, 0, 10, 0, "", ROLE_DEFAULT), 0);
	assert_int_equal(box_write_wrapped(NULL, 0, 0, 10, 0, "ten chars.", ROLE_DEFAULT), 1);
	assert_int_equal(box_write_wrapped(NULL, 0, 0, 10, 0, "ten chars. x", ROLE_DEFAULT), 2);
	assert_int_equal(
		box_write_wrapped(canvas, 1, 0, 10, 6, "/a/very/long/path and words", ROLE_DEFAULT),
		3);
	canvas_append_text(&text, canvas);
	assert_string_equal(text_string(&text), " /a/very/lo\n ng/path\n and words\n\n\n\n");
	text_finish(&text);
	canvas_destroy(canvas);
}

static void never_draws_more_lines_than_asked(void **state)
{
	struct canvas *canvas = canvas_create(4, 3, false);
	struct text text = {0};

	(void)state;
	assert_int_equal(box_write_wrapped(canvas, 0, 0, 2, 1, "aabbcc", ROLE_DEFAULT), 3);
	canvas_append_text(&text, canvas);
	assert_string_equal(text_string(&text), "aa\n\n\n");
	text_finish(&text);
	canvas_destroy(canvas);
}

static void what_is_pointed_at_is_scrolled_into_sight(void **state)
{
	(void)state;
	/* As little as is needed, */
	assert_int_equal(box_scroll(10, 12, 12, 5, 100), 10);
	assert_int_equal(box_scroll(10, 9, 9, 5, 100), 9);
	assert_int_equal(box_scroll(10, 15, 15, 5, 100), 11);
	/* the lines above that belong to it, too, */
	assert_int_equal(box_scroll(10, 8, 9, 5, 100), 8);
	/* and without room below the end. */
	assert_int_equal(box_scroll(99, 99, 99, 5, 100), 95);
	assert_int_equal(box_scroll(3, 4, 4, 5, 5), 0);
	assert_int_equal(box_scroll(3, 4, 4, 0, 5), 0);
}

static void title_and_note_stand_in_the_border(void **state)
{
	struct frame frame = {.bordered = true};
	struct canvas *canvas = canvas_create(30, 3, true);
	struct text text = {0};

	(void)state;
	box_draw(canvas, &frame, (struct rect){0, 0, 30, 3},
		 &(struct box){.title = "title", .note = "note"});
	canvas_append_text(&text, canvas);
	assert_string_equal(text_string(&text), "+ title --------------- note +\n"
						"|                            |\n"
						"+----------------------------+\n");
	text_finish(&text);
	canvas_destroy(canvas);
}

static void a_note_without_room_is_left_out(void **state)
{
	struct frame frame = {.bordered = true};
	struct canvas *canvas = canvas_create(14, 2, true);
	struct text text = {0};

	(void)state;
	box_draw(canvas, &frame, (struct rect){0, 0, 14, 2},
		 &(struct box){.title = "title", .note = "a longer note"});
	canvas_append_text(&text, canvas);
	assert_string_equal(text_string(&text), "+ title -----+\n+------------+\n");
	text_finish(&text);
	canvas_destroy(canvas);
}

static void a_thumb_shows_which_part_is_seen(void **state)
{
	struct canvas *canvas = canvas_create(1, 8, true);
	struct box_part part = {.line = 1, .lines = 6, .from = 3, .all = 9};
	struct text text = {0};

	(void)state;
	box_draw_thumb(canvas, '#', &part);
	canvas_append_text(&text, canvas);
	assert_string_equal(text_string(&text), "\n\n\n#\n#\n#\n#\n\n");
	canvas_fill(canvas, 0, 0, 1, 8, ' ', ROLE_DEFAULT);
	/* The end of very many is a cell at the end; of all that there are none is needed. */
	part.all = (uint64_t)1 << 62;
	part.from = part.all - 6;
	box_draw_thumb(canvas, '#', &part);
	part.all = 6;
	part.from = 0;
	box_draw_thumb(canvas, '#', &part);
	text_clear(&text);
	canvas_append_text(&text, canvas);
	assert_string_equal(text_string(&text), "\n\n\n\n\n\n#\n\n");
	text_finish(&text);
	canvas_destroy(canvas);
}

/* The first line of the thumb in a bar of five lines, and how many it has. */
static void find_thumb(uint64_t from, uint64_t all, int *ret_first, int *ret_count)
{
	struct canvas *canvas = canvas_create(3, 7, true);

	canvas_fill(canvas, 0, 0, 3, 7, '.', ROLE_DEFAULT);
	box_draw_thumb(
		canvas, '#',
		&(struct box_part){.column = 1, .line = 1, .lines = 5, .from = from, .all = all});
	*ret_first = -1;
	*ret_count = 0;
	for (int i = 0; i < 3 * 7; i++) {
		if (canvas->cells[i].glyph != '#')
			continue;
		assert_int_equal(i % 3, 1);
		if (*ret_first < 0)
			*ret_first = i / 3;
		(*ret_count)++;
	}
	canvas_destroy(canvas);
}

static void the_thumb_is_where_one_is(void **state)
{
	int first, count;

	(void)state;
	find_thumb(0, 5, &first, &count); /* all is on the screen */
	assert_int_equal(count, 0);
	find_thumb(0, 10, &first, &count);
	assert_int_equal(first, 1);
	assert_int_equal(count, 2);
	find_thumb(5, 10, &first, &count);
	assert_int_equal(first + count, 6);
	/* However much there is, it can be seen, and both ends are reached. */
	for (uint64_t all = 6; all < 2000000; all *= 3) {
		find_thumb(0, all, &first, &count);
		assert_int_equal(first, 1);
		assert_true(count >= 1);
		find_thumb(all / 2, all, &first, &count);
		assert_true(count >= 1 && first >= 3);
		find_thumb(all - 5, all, &first, &count);
		assert_true(count >= 1);
		assert_int_equal(first + count, 6);
	}
}

/* Scrolling moves as little as is needed to show a range, and never past the end. */
static void scrolling_moves_as_little_as_can_be(void **state)
{
	(void)state;
	for (size_t all = 0; all < 7; all++)
		for (size_t lines = 0; lines < 8; lines++)
			for (size_t first = 0; first < all; first++)
				for (size_t last = first; last < all && last < first + lines;
				     last++)
					for (size_t top = 0; top < 9; top++) {
						const size_t end = all > lines ? all - lines : 0;
						size_t expected = top < end ? top : end;

						while (expected > first)
							expected--;
						while (expected + lines <= last)
							expected++;
						assert_int_equal(
							box_scroll(top, first, last, lines, all),
							expected);
					}
	assert_int_equal(box_scroll(3, 0, 0, 0, 5), 0);
	assert_int_equal(box_scroll(3, 0, 0, 5, 5), 0);
}

/* At each width: lines break at blanks, and within words that are longer. */
static void words_wrap_at_each_width(void **state)
{
	static const char words[] = "Words, and a-very-long-word; \xc3\xa4\xc3\xb6 "
				    "\xe6\xbc\xa2\xe5\xad\x97 wide \xff ends";
	struct text text = {0};

	(void)state;
	for (int columns = 0; columns < 45; columns += columns < 20 ? 1 : 4) {
		struct canvas *canvas = canvas_create(48, 60, false);
		int lines = box_write_wrapped(canvas, 1, 1, columns, 50, words, ROLE_VALUE);
		struct text all = {0};

		canvas_append_text(&all, canvas);
		text_append_format(&text, "== %d columns: %d lines\n", columns, lines);
		/* Without the blank lines below. */
		for (size_t end = all.length; end > 0; end--)
			if (all.bytes[end - 1] != '\n') {
				text_append_bytes(&text, all.bytes, end + 1);
				break;
			}
		assert_int_equal(box_write_wrapped(NULL, 1, 1, columns, 0, words, ROLE_VALUE),
				 lines);
		text_finish(&all);
		canvas_destroy(canvas);
	}
	golden_check("box_wrapped", text_string(&text));
	text_finish(&text);
}

/* The note goes before the end of the title, where it leaves it some columns. */
static void titles_at_every_width(void **state)
{
	struct text text = {0};

	(void)state;
	for (int bordered = 0; bordered < 2; bordered++)
		for (int columns = 8; columns < 42; columns++) {
			const struct frame frame = {.bordered = bordered};
			struct canvas *canvas = canvas_create(columns, 2, true);

			box_draw(
				canvas, &frame, (struct rect){0, 0, columns, 2},
				&(struct box){.title = "a title of some length", .note = "a note"});
			canvas_append_text(&text, canvas);
			canvas_destroy(canvas);
		}
	golden_check("box_titles", text_string(&text));
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wraps_at_spaces_and_in_long_words),
		cmocka_unit_test(never_draws_more_lines_than_asked),
		cmocka_unit_test(what_is_pointed_at_is_scrolled_into_sight),
		cmocka_unit_test(title_and_note_stand_in_the_border),
		cmocka_unit_test(a_note_without_room_is_left_out),
		cmocka_unit_test(a_thumb_shows_which_part_is_seen),
		cmocka_unit_test(the_thumb_is_where_one_is),
		cmocka_unit_test(scrolling_moves_as_little_as_can_be),
		cmocka_unit_test(words_wrap_at_each_width),
		cmocka_unit_test(titles_at_every_width),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("box", tests, NULL, NULL);
}
