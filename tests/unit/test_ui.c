/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/keyed_hash.h"
#include "model/address_space.h"
#include "model/session.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/command/command.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void a_browser_fits_the_screen(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_large(2000), 100, 30, true);
	stage_check(&stage, "ui_large");
	stage_press(&stage, KEYS('+', '+', KEY_PAGE_DOWN));
	stage_check(&stage, "ui_large_zoomed");
	stage_close(&stage);
}

static void a_process_without_mappings_is_one_gap(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_empty(), 80, 16, true);
	stage_press(&stage, KEYS(KEY_ARROW_UP, KEY_ARROW_DOWN, KEY_RETURN, '+', '-', 's', 'o'));
	stage_check(&stage, "ui_empty");
	stage_close(&stage);
}

static void a_key_that_cannot_act_says_why(void **state)
{
	static const struct {
		uint32_t key;
		const char *says;
	} cases[] = {
		{KEY_BACK, "whole address space"}, {'-', "already on the screen"},
		{'0', "already on the screen"},    {KEY_ESC, "q quits"},
		{'~', "? shows the keys"},
	};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		stage_press(&stage, KEYS(cases[i].key));
		assert_non_null(stage.ui.message.text);
		assert_non_null(strstr(stage.ui.message.text, cases[i].says));
	}
	stage_press(&stage, KEYS(KEY_TO_HOME, KEY_RETURN));
	stage_check(&stage, "ui_message");
	stage_close(&stage);
}

static void requests_tell_the_loop_what_to_do(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_true(stage_press(&stage, KEYS('q')) & UI_QUIT);
	assert_true(stage_press(&stage, KEYS(KEY_FN + 9)) & UI_QUIT);
	assert_true(stage_press(&stage, KEYS(12)) & UI_SAMPLE);
	assert_true(stage_press(&stage, KEYS('<')) & UI_INTERVAL);
	assert_int_equal(stage.ui.host.interval_ns, 500000000);
	assert_true(stage_press(&stage, KEYS('>')) & UI_INTERVAL);
	assert_int_equal(stage.ui.host.interval_ns, 1000000000);
	stage_press(&stage, KEYS(KEY_SPACE));
	assert_true(stage.ui.shown.paused);
	stage_check(&stage, "ui_paused");
	assert_int_equal(stage_press(&stage, KEYS(KEY_ARROW_UP)), UI_DRAW);
	stage_close(&stage);
}

static void growth_is_marked_and_settles(void **state)
{
	struct stage stage;
	int64_t next;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_add(&stage, sample_python_grown(1 << 20), 1);
	stage_check(&stage, "ui_grown");
	ui_settle_highlights(&stage.ui, 2000000000, &next);
	assert_false(stage.ui.request.bits);
	assert_int_equal(next, 1000000000 + HIGHLIGHTS_LASTING_NS);
	ui_settle_highlights(&stage.ui, next, &next);
	assert_int_equal(stage.ui.request.bits, UI_DRAW);
	assert_true(next == HIGHLIGHTS_NEVER);
	/* What settles is the sign; how much it grew since the mark stays. */
	stage_check(&stage, "ui_grown_settled");
	stage_press(&stage, KEYS('m'));
	stage_check(&stage, "ui_marked_anew");
	stage_close(&stage);
}

static uint64_t growth_of_all(const struct stage *stage)
{
	const struct region_list *regions = &stage->ui.shown.regions;
	uint64_t grown = 0;

	for (size_t i = 0; i < regions->count; i++)
		grown += region_grown(&regions->regions[i]);
	return grown;
}

static void another_program_starts_over(void **state)
{
	struct stage stage;
	struct address_space *other = sample_large(50);

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage.ui.view.cursor = 0x7f83a9782000; /* libm: a fold */
	stage_press(&stage, KEYS(KEY_RETURN, 's'));
	assert_int_equal(stage.ui.view.depth, 1);
	other->target.start_stack += 4096;
	stage_add(&stage, other, 1);
	assert_int_equal(stage.ui.view.depth, 0);
	assert_int_equal(stage.ui.view.scale, SCALE_LINEAR);
	assert_int_equal(stage.session.journal.count, 1);
	assert_int_equal(journal_get(&stage.session.journal, 0)->type, CHANGE_EXEC);
	stage_check(&stage, "ui_exec");
	stage_close(&stage);
}

/* What is shown of the program before is earlier than the baseline then: of it nothing grew. */
static void another_program_begins_while_one_looks_at_the_past(void **state)
{
	struct stage stage;
	struct address_space *other = sample_large(50);

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_add(&stage, sample_python_grown(1 << 20), 1);
	stage_press(&stage, KEYS(' '));
	assert_true(growth_of_all(&stage));
	other->target.start_stack += 4096;
	stage_add(&stage, other, 2);
	assert_true(stage.ui.shown.paused && stage.ui.shown.space->vma_count != 50);
	assert_false(growth_of_all(&stage));
	assert_ptr_equal(stage.ui.shown.growth.spaces[IDENTITY_BEFORE], stage.ui.shown.space);
	stage_press(&stage, KEYS('d'));
	stage_press(&stage, KEYS('L'));
	assert_int_equal(stage.ui.shown.space->vma_count, stage.session.now->vma_count);
	stage_close(&stage);
}

/* Each diagram is another one while the former is still there. */
static void what_leaves_the_picture_as_it_is_lays_nothing_out(void **state)
{
	const struct diagram *diagram;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	diagram = stage.ui.shown.picture.diagram;
	stage_press(&stage, KEYS('?'));
	assert_ptr_equal(stage.ui.shown.picture.diagram, diagram);
	stage_press(&stage, KEYS('?', KEY_ARROW_DOWN));
	assert_ptr_equal(stage.ui.shown.picture.diagram, diagram);
	stage_press(&stage, KEYS('+'));
	assert_ptr_not_equal(stage.ui.shown.picture.diagram, diagram);
	diagram = stage.ui.shown.picture.diagram;
	stage_press(&stage, KEYS('e')); /* fewer lines */
	assert_ptr_not_equal(stage.ui.shown.picture.diagram, diagram);
	diagram = stage.ui.shown.picture.diagram;
	stage_press(&stage, KEYS('s'));
	assert_ptr_not_equal(stage.ui.shown.picture.diagram, diagram);
	diagram = stage.ui.shown.picture.diagram;
	/* A sample of the same list, and then one that grew. */
	stage_add(&stage, sample_python(), 1);
	assert_ptr_equal(stage.ui.shown.picture.diagram, diagram);
	stage_add(&stage, sample_python_grown(4096), 2);
	assert_ptr_not_equal(stage.ui.shown.picture.diagram, diagram);
	stage_close(&stage);
}

static void changed(struct ui *ui)
{
	ui_say(ui, "changed");
	ui_want(ui, UI_LAYOUT);
}

static void accepted(struct ui *ui)
{
	ui_say(ui, ui->line.asking ? "still asking" : "accepted");
}

static void a_line_that_is_typed_takes_all_keys(void **state)
{
	static const struct ui_prompt asking = {"name: ", changed, accepted, NULL};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	ui_ask(&stage.ui, &asking, "");
	assert_int_equal(stage_press(&stage, KEYS('q')), UI_DRAW | UI_LAYOUT);
	assert_string_equal(stage.ui.message.text, "changed");
	stage_check(&stage, "ui_prompt");
	assert_int_equal(stage_press(&stage, KEYS(KEY_ARROW_LEFT)), UI_DRAW);
	assert_null(stage.ui.message.text);
	assert_int_equal(stage_press(&stage, KEYS(KEY_RETURN)), UI_DRAW);
	assert_string_equal(stage.ui.message.text, "accepted");
	assert_string_equal(stage.ui.line.prompt.text, "q");
	ui_ask(&stage.ui, &asking, "x");
	stage_press(&stage, KEYS(KEY_ESC));
	assert_null(stage.ui.line.asking);
	assert_true(stage_press(&stage, KEYS('q')) & UI_QUIT);
	stage_close(&stage);
}

/* The same process once more, as when its recording is opened again: what the user chose stays. */
static void the_same_is_watched_again(void **state)
{
	struct session again;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('c', 'g', '7', 'f', 'f', 'f', '7', '7', '2', '5', 'a', '0', '0',
				 '0', KEY_RETURN, 27));
	assert_int_equal(stage.ui.view.cursor, 0x7fff7725a000);
	session_init(&again, sample_python_grown(8192), (size_t)1 << 20, &(struct hash_key){{0}});
	ui_take_request(&stage.ui);
	ui_watch_again(&stage.ui, &again);
	assert_ptr_equal(stage.ui.shown.session, &again);
	assert_ptr_equal(stage.ui.shown.space, again.now);
	assert_int_equal(ui_take_request(&stage.ui).bits, UI_LAYOUT | UI_DRAW);
	ui_layout(&stage.ui);
	assert_int_equal(stage.ui.view.cursor, 0x7fff7725a000);
	assert_int_equal(stage.ui.colours, COLOUR_MODE_PROTECTION);
	/* What was writable and executable is known of it, too. */
	assert_true(wx_history_contains(&stage.ui.shown.wx_history, 0x7f83a9100000, 0x7f83a9110000,
					INT64_MAX));
	assert_int_equal(stage.ui.shown.picture.diagram->bands[0].start, 0);
	ui_watch(&stage.ui, NULL);
	assert_null(stage.ui.shown.space);
	session_finish(&again);
	stage_close(&stage);
}

/* The table continues where the picture's window ends; the picture's cursor is always within. */
static void the_table_has_a_cursor_of_its_own(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS(KEY_ARROW_UP, KEY_RETURN));
	if (stage.ui.view.depth == 0)
		stage_press(&stage, KEYS(KEY_ARROW_UP, KEY_RETURN));
	assert_int_equal(stage.ui.view.depth, 1);
	assert_true(view_window(&stage.ui.view)->start > 0x55b5c3c00000);
	stage_press(&stage, KEYS('t', KEY_TO_HOME));
	assert_int_equal(stage.ui.view.cursor, 0x55b5c3c00000);
	stage_resize(&stage, 90, 30);
	assert_int_equal(stage.ui.view.cursor, 0x55b5c3c00000);
	stage_add(&stage, sample_python_grown(4096), 1);
	assert_int_equal(stage.ui.view.cursor, 0x55b5c3c00000);
	stage_close(&stage);
	stage_open(&stage, sample_python(), 80, 24, true);
	stage.ui.view.cursor = UINT64_MAX - 1;
	ui_layout(&stage.ui);
	assert_true(stage.ui.view.cursor < stage.ui.shown.picture.diagram->end);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_that_is_typed_takes_all_keys),
		cmocka_unit_test(what_leaves_the_picture_as_it_is_lays_nothing_out),
		cmocka_unit_test(growth_is_marked_and_settles),
		cmocka_unit_test(another_program_starts_over),
		cmocka_unit_test(another_program_begins_while_one_looks_at_the_past),
		cmocka_unit_test(a_browser_fits_the_screen),
		cmocka_unit_test(a_process_without_mappings_is_one_gap),
		cmocka_unit_test(a_key_that_cannot_act_says_why),
		cmocka_unit_test(requests_tell_the_loop_what_to_do),
		cmocka_unit_test(the_same_is_watched_again),
		cmocka_unit_test(the_table_has_a_cursor_of_its_own),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("ui", tests, NULL, NULL);
}
