/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "inside_fixture.h"
#include "sample_heap.h"
#include "screen/key.h"
#include "support/sample.h"
#include "ui/heap_wants.h"
#include "ui/inside/inside_draw.h"
#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

/* A screen with the pane on the data of the program, all told. */
static void open_data(struct stage *stage, int columns, int lines, bool unicode)
{
	stage_open(stage, sample_python(), columns, lines, unicode);
	stage->ui.view.cursor = DATA;
	stage_press(stage, KEYS('t', 't', 'I'));
	fixture_tell(stage, fixture_object());
}

static void check(int columns, int lines, bool unicode, const uint32_t *keys, const char *name)
{
	struct stage stage;

	open_data(&stage, columns, lines, unicode);
	stage_press(&stage, keys);
	stage_check_panes(&stage, name);
	stage_close(&stage);
}

static void sections_on_screens_of_all_sizes(void **state)
{
	(void)state;
	check(40, 12, true, KEYS(0), "inside_40x12");
	check(80, 24, true, KEYS(0), "inside_80x24");
	check(120, 40, true, KEYS(0), "inside_120x40");
	check(200, 60, true, KEYS(0), "inside_200x60");
	check(80, 24, false, KEYS(0), "inside_ascii_80x24");
}

static void symbols_and_pages(void **state)
{
	(void)state;
	check(120, 40, true, KEYS('j', KEY_RETURN), "inside_symbols_120x40");
	check(120, 40, true, KEYS('j', KEY_RETURN, KEY_RETURN), "inside_pages_120x40");
	check(80, 24, true, KEYS('j', KEY_RETURN, 'o', 's'), "inside_turned_80x24");
}

static void letters_stand_for_colours(void **state)
{
	struct stage stage;

	(void)state;
	open_data(&stage, 80, 24, true);
	stage.ui.host.letters = true;
	stage_check_panes(&stage, "inside_letters_80x24");
	stage_close(&stage);
}

static void what_is_not_known_is_drawn_so(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('I'));
	stage_check_panes(&stage, "inside_unknown_80x24");
	stage_close(&stage);
}

/* Behind the number of pages stands their state where there is no column for it. */
static void pages_where_there_are_few_columns(void **state)
{
	(void)state;
	check(80, 24, true, KEYS('P'), "inside_pages_80x24");
	check(40, 12, true, KEYS('P'), "inside_pages_40x12");
}

/* A fold of chunks has its share in the column of types, and more lines of words. */
static void chunks_on_screens_of_some_sizes(void **state)
{
	static const struct {
		int columns, lines;
		const char *name;
	} sizes[] = {
		{100, 30, "inside_heap_100x30"},
		{73, 20, "inside_heap_73x20"},
		{74, 21, "inside_heap_74x21"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct heap_usage heap = sample_chunks();
		struct stage stage;

		stage_open(&stage, sample_python(), sizes[i].columns, sizes[i].lines, true);
		stage_press(&stage, KEYS('I'));
		fixture_tell(&stage, NULL);
		assert_true(heap_wants_take(&stage.ui, &heap, 0, stage.session.now->time_ns));
		ui_layout(&stage.ui);
		stage_check_panes(&stage, sizes[i].name);
		stage_close(&stage);
		heap_usage_finish(&heap);
	}
}

/* From so many lines on there are two of words, from more three of chunks in few columns. */
static void words_take_lines_of_the_rows(void **state)
{
	const struct frame frame = {.bordered = true};
	struct inside inside = {0};

	(void)state;
	for (int lines = 3; lines < 22; lines++) {
		struct rect rows = inside_draw_rows(
			&frame, (struct rect){.columns = 40, .lines = lines}, &inside);

		assert_int_equal(rows.lines, lines - 2 - (lines - 2 < 10 ? 1 : 2));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sections_on_screens_of_all_sizes),
		cmocka_unit_test(symbols_and_pages),
		cmocka_unit_test(letters_stand_for_colours),
		cmocka_unit_test(what_is_not_known_is_drawn_so),
		cmocka_unit_test(pages_where_there_are_few_columns),
		cmocka_unit_test(chunks_on_screens_of_some_sizes),
		cmocka_unit_test(words_take_lines_of_the_rows),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("inside_draw", tests, NULL, NULL);
}
