/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "inside_fixture.h"
#include "screen/key.h"
#include "support/sample.h"
#include "model/address_space.h"
#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

/* A screen with the pane on the data of the program, all told. */
static void open_data(struct stage *stage, int columns, int lines, bool unicode)
{
	stage_open(stage, sample_python(), columns, lines, unicode);
	stage->ui.view.cursor = DATA;
	stage_press(stage, KEYS('t', 't', 'I'));
	fixture_tell(stage, fixture_object());
}

static void the_object_is_wanted_until_it_is_told(void **state)
{
	struct stage stage;
	size_t index;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_false(inside_wants_object(&stage.ui, &index));
	stage_press(&stage, KEYS('I'));
	assert_true(inside_wants_object(&stage.ui, &index));
	assert_true(stage.ui.shown.space->vmas[index].start == HEAP);
	/* The answer about another mapping is for nobody. */
	inside_wants_take_object(&stage.ui, DATA,
				 &(struct inside_found){.object = fixture_object()});
	assert_true(inside_wants_object(&stage.ui, &index));
	/* Also of a process that has ended, or is paused: what its file says is so still. */
	stage.ui.shown.ended = true;
	assert_true(inside_wants_object(&stage.ui, &index));
	inside_wants_take_object(&stage.ui, HEAP, &(struct inside_found){0});
	assert_false(inside_wants_object(&stage.ui, &index));
	stage_close(&stage);
}

static void pages_on_the_screen_are_wanted(void **state)
{
	struct stage stage;
	struct inside_range all, part;

	(void)state;
	open_data(&stage, 80, 24, true);
	assert_true(inside_wants_pages(&stage.ui, &all));
	assert_true(all.start == DATA && all.end == DATA_END && !all.anonymous);
	stage_press(&stage, KEYS('+', '+', '+'));
	assert_true(inside_wants_pages(&stage.ui, &part));
	assert_true(part.end - part.start < all.end - all.start);
	assert_int_equal(part.start % PAGE_SIZE, 0);
	/* Of the past nothing can be found out. */
	stage_press(&stage, KEYS(' '));
	assert_false(inside_wants_pages(&stage.ui, &part));
	stage_press(&stage, KEYS(' '));
	stage_add(&stage, sample_python_grown(4096), 1);
	assert_true(fixture_inside(&stage)->pieces.count > 0);
	stage_press(&stage, KEYS(','));
	assert_int_equal(fixture_inside(&stage)->pieces.count, 0);
	stage_close(&stage);
}

static void what_was_found_is_shown(void **state)
{
	struct stage stage;
	struct page_pieces *pieces = memory_alloc(sizeof(*pieces));

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('I'));
	inside_wants_take_pages(&stage.ui, pieces, -1);
	assert_int_equal(fixture_inside(&stage)->pieces_error, -1);
	fixture_pages(pieces, HEAP, HEAP + 8 * PAGE_SIZE);
	inside_wants_take_pages(&stage.ui, pieces, 0);
	assert_int_equal(fixture_inside(&stage)->pieces.count, 8);
	free(pieces);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_object_is_wanted_until_it_is_told),
		cmocka_unit_test(pages_on_the_screen_are_wanted),
		cmocka_unit_test(what_was_found_is_shown),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("inside_wants", tests, NULL, NULL);
}
