/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "base/keyed_hash.h"
#include "model/address_space.h"
#include "model/comparison.h"
#include "model/kind.h"
#include "model/session.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "support/trace.h"
#include "ui/difference/difference_pane.h"
#include "ui/inside/inside_pane.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})
#define HEAP      UINT64_C(0x55b5f7c8d000) /* of sample_python() */

static const struct difference_pane *pane_of(const struct stage *stage)
{
	return (const struct difference_pane *)stage_pane(stage, &difference_pane);
}

/* Compares what is shown with the baseline, as the loop has it done. */
static void compare(struct stage *stage)
{
	struct comparison_side sides[] = {
		comparison_side_of(stage->session.baseline, NULL, "baseline, 10:36:02"),
		comparison_side_of(stage->ui.shown.space, shown_usage(&stage->ui.shown),
				   "now, 10:41:07"),
	};

	difference_pane_take(&stage->ui, comparison_create(sides));
	/* It is laid out at once. */
	assert_true(pane_of(stage)->heights || pane_of(stage)->top);
	ui_layout(&stage->ui);
}

/* The heap grew by a megabyte. */
static void open_grown(struct stage *stage, int columns, int lines)
{
	stage_open(stage, sample_python(), columns, lines, true);
	stage_add(stage, sample_python_grown(UINT64_C(1) << 20), 300);
	stage_press(stage, KEYS('D'));
	compare(stage);
}

static const struct diff_row *under_cursor(const struct stage *stage)
{
	const struct difference_pane *pane = pane_of(stage);

	assert_true(pane->at < pane->rows.count);
	return &pane->rows.rows[pane->low_on_top ? pane->at : pane->rows.count - 1 - pane->at];
}

static void it_is_wanted_while_it_is_seen(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_false(difference_pane_wants(&stage.ui));
	stage_press(&stage, KEYS('D'));
	assert_true(difference_pane_wants(&stage.ui));
	stage_check_panes(&stage, "difference_pane_waits");
	/* There is nothing yet to move on, to go into or to fold. */
	stage_press(&stage, KEYS(KEY_ARROW_DOWN, KEY_PAGE_DOWN, KEY_RETURN));
	assert_true(stage_shows(&stage, &difference_pane));
	stage_press(&stage, KEYS('?'));
	assert_false(difference_pane_wants(&stage.ui));
	stage_press(&stage, KEYS(KEY_ESC, KEY_ESC));
	assert_false(difference_pane_wants(&stage.ui));
	stage_close(&stage);
}

static void growth_is_seen_beside_what_it_was(void **state)
{
	struct stage stage;

	(void)state;
	open_grown(&stage, 120, 40);
	stage_check_panes(&stage, "difference_pane_120x40");
	stage_resize(&stage, 80, 24);
	stage_check_panes(&stage, "difference_pane_80x24");
	stage_press(&stage, KEYS('i'));
	stage_check_panes(&stage, "difference_pane_wide");
	stage_resize(&stage, 40, 12);
	stage_check_panes(&stage, "difference_pane_40x12");
	stage_close(&stage);
}

static void the_cursor_begins_where_it_was(void **state)
{
	struct stage stage;

	(void)state;
	open_grown(&stage, 120, 40);
	assert_int_equal(pane_of(&stage)->cursor.start, stage.ui.view.cursor);
	assert_int_equal(under_cursor(&stage)->differences, 1U << DIFF_GREW);
	assert_int_equal(stage.ui.view.cursor, HEAP);
	/* It goes along with the view's, as after a search, and the other way round. */
	stage_press(&stage, KEYS('/', 's', 't', 'a', 'c', 'k', ']', KEY_RETURN));
	assert_int_equal(under_cursor(&stage)->differences, 0);
	stage_press(&stage, KEYS(KEY_TO_END));
	assert_int_equal(pane_of(&stage)->at, pane_of(&stage)->rows.count - 1);
	assert_int_equal(stage.ui.view.cursor, stage.ui.shown.space->vmas[0].start);
	stage_close(&stage);
}

/* New comparisons leave it on its mapping. */
static void the_cursor_stays(void **state)
{
	struct stage stage;

	(void)state;
	open_grown(&stage, 120, 40);
	for (int i = 2; i < 5; i++) {
		stage_add(&stage, sample_python_grown((uint64_t)i << 20), 300 + i);
		compare(&stage);
		assert_int_equal(pane_of(&stage)->cursor.start, HEAP);
		assert_int_equal(under_cursor(&stage)->differences, 1U << DIFF_GREW);
	}
	stage_close(&stage);
}

static void runs_unfold_and_fold(void **state)
{
	struct stage stage;
	size_t rows, run;

	(void)state;
	open_grown(&stage, 120, 40);
	rows = pane_of(&stage)->rows.count;
	stage_press(&stage, KEYS(KEY_TO_END));
	run = under_cursor(&stage)->count;
	assert_true(run > 1);
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_int_equal(pane_of(&stage)->rows.count, rows + run - 1);
	assert_true(under_cursor(&stage)->member);
	stage_check_panes(&stage, "difference_pane_unfolded");
	/* From any of them. */
	stage_press(&stage, KEYS(KEY_ARROW_UP, KEY_BACK));
	assert_int_equal(pane_of(&stage)->rows.count, rows);
	assert_int_equal(under_cursor(&stage)->count, run);
	stage_press(&stage, KEYS(KEY_RETURN, KEY_ESC));
	assert_int_equal(pane_of(&stage)->rows.count, rows);
	assert_true(stage_shows(&stage, &difference_pane));
	stage_press(&stage, KEYS(KEY_BACK));
	assert_false(stage_shows(&stage, &difference_pane));
	stage_close(&stage);
}

static void enter_goes_into_a_mapping_that_there_is(void **state)
{
	struct stage stage;

	(void)state;
	open_grown(&stage, 120, 40);
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_true(stage_shows(&stage, &inside_pane));
	assert_int_equal(address_space_find(stage.ui.shown.space, stage.ui.view.cursor),
			 address_space_find(stage.ui.shown.space, HEAP));
	stage_press(&stage, KEYS(KEY_BACK));
	assert_true(stage_shows(&stage, &difference_pane));
	/* The heap goes: what only a has is not in the process. */
	stage_add(&stage, sample_python_without(HEAP), 301);
	compare(&stage);
	while (!(under_cursor(&stage)->differences & 1U << DIFF_VANISHED) && pane_of(&stage)->at)
		stage_press(&stage, KEYS(KEY_ARROW_UP));
	while (!(under_cursor(&stage)->differences & 1U << DIFF_VANISHED))
		stage_press(&stage, KEYS(KEY_ARROW_DOWN));
	assert_int_equal(pane_of(&stage)->cursor.side, DIFF_A);
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_true(stage_shows(&stage, &difference_pane));
	assert_string_equal(stage.ui.message.text,
			    "Only a has this mapping; there is nothing to go into.");
	stage_check_panes(&stage, "difference_pane_vanished");
	stage_close(&stage);
	/* What b had when it was compared may be gone since. */
	open_grown(&stage, 120, 40);
	stage_add(&stage, sample_python_without(HEAP), 301);
	assert_int_equal(under_cursor(&stage)->differences, 1U << DIFF_GREW);
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_true(stage_shows(&stage, &difference_pane));
	assert_string_equal(stage.ui.message.text, "The mapping is no longer there.");
	stage_close(&stage);
}

static void the_mouse_selects(void **state)
{
	struct stage stage;
	int column, line;

	(void)state;
	open_grown(&stage, 120, 40);
	stage_press(&stage, KEYS(KEY_TO_HOME));
	assert_true(stage_find(&stage, "[heap]   ", &column, &line));
	stage_click(
		&stage,
		&(struct mouse){.button = MOUSE_LEFT, .clicks = 1, .column = column, .line = line});
	assert_int_equal(stage.ui.view.cursor, HEAP);
	stage_click(
		&stage,
		&(struct mouse){.button = MOUSE_LEFT, .clicks = 1, .column = column, .line = 3});
	assert_int_equal(stage.ui.view.cursor, HEAP);
	/* On the border nothing is gone into, on a mapping it is. */
	stage_click(
		&stage,
		&(struct mouse){.button = MOUSE_LEFT, .clicks = 2, .column = column, .line = 2});
	assert_true(stage_shows(&stage, &difference_pane));
	stage_click(
		&stage,
		&(struct mouse){.button = MOUSE_LEFT, .clicks = 2, .column = column, .line = line});
	assert_true(stage_shows(&stage, &inside_pane));
	stage_close(&stage);
}

static void another_process_is_another_comparison(void **state)
{
	struct address_space *space = sample_python();
	struct target target = space->target;
	struct session session;
	struct stage stage;

	(void)state;
	open_grown(&stage, 120, 40);
	target.pid++;
	session_init(&session, address_space_again(space, &target, space->time_ns, 0), 1 << 20,
		     &(struct hash_key){{1, 2}});
	ui_watch(&stage.ui, &session);
	assert_null(pane_of(&stage)->comparison);
	ui_watch(&stage.ui, &stage.session);
	session_finish(&session);
	stage_close(&stage);
	address_space_destroy(space);
}

static void many_rows_scroll(void **state)
{
	struct comparison_side sides[DIFF_SIDES];
	struct stage stage;
	struct address_space *other = sample_python();

	(void)state;
	stage_open(&stage, sample_large(500), 120, 40, true);
	stage_press(&stage, KEYS('D'));
	sides[DIFF_A] = comparison_side_of(other, NULL, "a");
	sides[DIFF_B] = comparison_side_of(stage.ui.shown.space, NULL, "b");
	difference_pane_take(&stage.ui, comparison_create(sides));
	assert_null(pane_of(&stage)->heights);
	stage_press(&stage, KEYS(KEY_TO_HOME));
	assert_int_equal(pane_of(&stage)->top, 0);
	stage_press(&stage, KEYS(KEY_PAGE_DOWN));
	assert_true(pane_of(&stage)->at > 10);
	stage_press(&stage, KEYS(KEY_TO_END));
	assert_true(pane_of(&stage)->top > 0);
	assert_int_equal(pane_of(&stage)->at, pane_of(&stage)->rows.count - 1);
	stage_close(&stage);
	address_space_destroy(other);
}

static void what_keys_do_is_seen(void **state)
{
	struct stage stage;

	(void)state;
	open_grown(&stage, 110, 22);
	trace_run(&stage,
		  "Ctrl-D Ctrl-D Ctrl-U Down Down Up PgDn PgDn PgUp End Down Up Home Up Enter "
		  "Right Down Enter Down Left "
		  "o Down o n N Home Down @heap @_heap @^heap @@heap Backspace Down D "
		  "D D #44x14 #150x18 #64x14",
		  "difference_pane_keys");
	stage_close(&stage);
}

/* In each scale rows have as many lines as it says. */
static void what_keys_do_in_each_scale_is_seen(void **state)
{
	struct stage stage;

	(void)state;
	open_grown(&stage, 100, 44);
	trace_run(&stage,
		  "D s D Down Down Enter Down Up Home End Up Up Enter D s D Home PgDn PgUp @_heap "
		  "@heap D s D i D",
		  "difference_pane_scales");
	stage_press(&stage, KEYS('D'));
	compare(&stage);
	trace_widths(&stage, &difference_pane, 1, 4, 150, "difference_widths");
	stage_close(&stage);
}

/* What is known to be in memory, and swapped out, is in the bars of its side. */
static void bars_show_what_is_in_memory(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 140, 44, true);
	stage_add(&stage, sample_python_grown(UINT64_C(1) << 20), 300);
	stage_scan(&stage, true);
	stage_press(&stage, KEYS('D'));
	compare(&stage);
	trace_run(&stage, "Down Enter #100x30 s D s D #60x20", "difference_pane_usage");
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_wanted_while_it_is_seen),
		cmocka_unit_test(growth_is_seen_beside_what_it_was),
		cmocka_unit_test(the_cursor_begins_where_it_was),
		cmocka_unit_test(the_cursor_stays),
		cmocka_unit_test(runs_unfold_and_fold),
		cmocka_unit_test(enter_goes_into_a_mapping_that_there_is),
		cmocka_unit_test(the_mouse_selects),
		cmocka_unit_test(another_process_is_another_comparison),
		cmocka_unit_test(many_rows_scroll),
		cmocka_unit_test(what_keys_do_is_seen),
		cmocka_unit_test(what_keys_do_in_each_scale_is_seen),
		cmocka_unit_test(bars_show_what_is_in_memory),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("difference pane", tests, NULL, NULL);
}
