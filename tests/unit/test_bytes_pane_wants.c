/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "bytes_shown.h"
#include "support/trace.h"

static void bytes_of_another_process_are_forgotten(void **state)
{
	struct stage stage;

	(void)state;
	open_heap(&stage, 80, 24);
	answer(&stage, 't', 0);
	assert_true(pane_of(&stage)->held.size > 0);
	pane_of(&stage)->start_ticks++;
	stage_add(&stage, sample_python_grown(4096), 1);
	assert_int_equal(pane_of(&stage)->held.size, 0);
	stage_close(&stage);
}

static void bytes_of_the_same_process_stay(void **state)
{
	struct stage stage;

	(void)state;
	open_heap(&stage, 80, 24);
	answer(&stage, 't', 0);
	stage_add(&stage, sample_python_grown(4096), 1);
	assert_int_equal(pane_of(&stage)->pid, 20712);
	assert_int_equal(pane_of(&stage)->start_ticks, 123456);
	assert_int_equal(pane_of(&stage)->held.size, 9 * 16);
	pane_of(&stage)->pid++;
	stage_add(&stage, sample_python_grown(8192), 2);
	assert_int_equal(pane_of(&stage)->held.size, 0);
	stage_close(&stage);
}

/* What comes from outside is drawn where it is seen, and only there. */
static void what_comes_is_drawn_where_it_is_seen(void **state)
{
	struct bytes_wish wish;
	struct stage stage;

	(void)state;
	open_heap(&stage, 80, 24);
	assert_true(bytes_pane_wants(&stage.ui, &wish));
	assert_int_equal(wish.word, HEAP);
	assert_int_equal(wish.word_size, 8);
	answer(&stage, 't', 0);
	assert_int_equal(ui_take_request(&stage.ui).bits, UI_DRAW);
	bytes_pane_take_symbol(&stage.ui, LIBC, "name");
	assert_int_equal(ui_take_request(&stage.ui).bits, UI_DRAW);
	bytes_pane_take_symbol(&stage.ui, LIBC + 1, "other");
	assert_int_equal(pane_of(&stage)->pointed, LIBC + 1);
	assert_string_equal(text_string(&pane_of(&stage)->symbol), "other");
	bytes_pane_refuse(&stage.ui, "No.");
	assert_int_equal(pane_of(&stage)->held.size, 0);
	assert_int_equal(ui_take_request(&stage.ui).bits, UI_DRAW);
	assert_string_equal(bytes_pane_why_not_read(&stage.ui), "Nothing is read here now.");
	stage_press(&stage, (uint32_t[]){'B', 0});
	ui_take_request(&stage.ui);
	bytes_pane_take_symbol(&stage.ui, LIBC, "name");
	bytes_pane_take(&stage.ui, &wish, (const uint8_t[BYTES_HELD_MAX]){0}, &(const uint8_t){0},
			PAGE);
	assert_int_equal(ui_take_request(&stage.ui).bits, 0);
	stage_close(&stage);
}

/* At the end of a mapping there is less to read than the pane has room for. */
static void no_more_is_wanted_than_there_is(void **state)
{
	struct bytes_wish wish;
	struct stage stage;

	(void)state;
	open_heap(&stage, 80, 24);
	bytes_pane_show(&stage.ui, 0x7f83a8781000 + 0x800);
	ui_layout(&stage.ui);
	assert_false(bytes_pane_wants(&stage.ui, &wish)); /* a guard is not read */
	bytes_pane_show(&stage.ui, 0xffffffffff600000);
	ui_layout(&stage.ui);
	assert_false(bytes_pane_wants(&stage.ui, &wish));
	bytes_pane_enter(&stage.ui, HEAP + 32);
	ui_layout(&stage.ui);
	assert_true(pane_of(&stage)->entered);
	assert_int_equal(pane_of(&stage)->cursor, HEAP + 32);
	assert_int_equal(stage.ui.view.cursor, HEAP + 32);
	assert_true(bytes_pane_wants(&stage.ui, &wish));
	pane_of(&stage)->top = 0x55b5f7e87000 - 24;
	assert_true(bytes_pane_wants(&stage.ui, &wish));
	assert_int_equal(wish.size, 24);
	pane_of(&stage)->top = 0x55b5f7e87000;
	assert_false(bytes_pane_wants(&stage.ui, &wish));
	pane_of(&stage)->top = HEAP - 1;
	assert_false(bytes_pane_wants(&stage.ui, &wish));
	/* Entered from elsewhere, the way out is closing it. */
	stage_press(&stage, (uint32_t[]){KEY_BACK, 0});
	assert_false(stage_shows(&stage, &bytes_pane));
	stage_close(&stage);
}

static void what_keys_do_is_seen(void **state)
{
	struct trace trace;
	struct stage stage;

	(void)state;
	open_heap(&stage, 90, 26);
	answer(&stage, 't', 0);
	trace_begin(&trace, &stage);
	trace_steps(&trace, "Right Right Down Up Left Left Left Down Down Right Enter");
	answer(&stage, 'x', 0);
	trace_note(&trace, "others are read");
	trace_steps(&trace, "PgDn PgDn PgUp End Home R R Backspace Tab Down Tab Ctrl-D Ctrl-U Esc");
	trace_end(&trace, "bytes_pane_keys");
	stage_close(&stage);
}

/* The way back ends where one came from elsewhere: by another band, or by an address. */
static void the_way_back_ends_elsewhere(void **state)
{
	struct stage stage;

	(void)state;
	for (int way = 0; way < 2; way++) {
		open_heap(&stage, 80, 24);
		answer(&stage, 't', 0);
		stage_press(&stage, (uint32_t[]){KEY_ARROW_RIGHT, KEY_RETURN, 0});
		assert_int_equal(pane_of(&stage)->depth, 1);
		assert_int_equal(pane_of(&stage)->back[0], HEAP + 8);
		if (way) {
			bytes_pane_show(&stage.ui, LIBC);
			ui_layout(&stage.ui);
			assert_int_equal(pane_of(&stage)->cursor, LIBC);
		} else {
			stage_press(&stage, (uint32_t[]){KEY_TAB, KEY_ARROW_UP, 0});
			assert_true(pane_of(&stage)->cursor == stage.ui.view.cursor);
		}
		assert_int_equal(pane_of(&stage)->depth, 0);
		stage_close(&stage);
	}
}

/* Who opens it again finds nothing of before. */
static void it_opens_as_new(void **state)
{
	struct stage stage;
	struct bytes_pane *pane;

	(void)state;
	open_heap(&stage, 80, 24);
	answer(&stage, 't', 0);
	pane = pane_of(&stage);
	bytes_pane_take_symbol(&stage.ui, LIBC, "name");
	pane->depth = 3;
	pane->anyway = pane->entered = true;
	stage_press(&stage, (uint32_t[]){'B', 'B', 0});
	assert_int_equal(pane->held.size, 0);
	assert_int_equal(pane->depth, 0);
	assert_false(pane->anyway);
	assert_false(pane->entered);
	assert_true(pane->followed);
	assert_int_equal(pane->symbol.length, 0);
	assert_int_equal(pane->refusal.length, 0);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_of_another_process_are_forgotten),
		cmocka_unit_test(bytes_of_the_same_process_stay),
		cmocka_unit_test(what_comes_is_drawn_where_it_is_seen),
		cmocka_unit_test(no_more_is_wanted_than_there_is),
		cmocka_unit_test(what_keys_do_is_seen),
		cmocka_unit_test(the_way_back_ends_elsewhere),
		cmocka_unit_test(it_opens_as_new),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("bytes_pane_wants", tests, NULL, NULL);
}
