/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "support/trace.h"
#include "ui/command/command.h"
#include "ui/pane/usage_draw.h"
#include "ui/pane/usage_pane.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static struct usage_pane *usage_of(const struct stage *stage)
{
	return (struct usage_pane *)stage_pane(stage, &usage_pane);
}

static void smaps_is_read_once_it_is_confirmed(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_int_equal(stage_press(&stage, KEYS('U')), UI_DRAW);
	assert_non_null(strstr(stage.ui.message.text, "cannot be read"));
	stage.ui.host.smaps_ns = 120000000;
	assert_int_equal(stage_press(&stage, KEYS('U')), UI_DRAW);
	assert_non_null(strstr(stage.ui.message.text, "about 120 ms; press U again"));
	/* Another key in between means no. */
	assert_false(stage_press(&stage, KEYS('i', 'U')) & UI_SMAPS);
	assert_true(stage_press(&stage, KEYS('U')) & UI_SMAPS);
	assert_int_equal(stage_press(&stage, KEYS('U')), UI_DRAW);
	stage.ui.host.smaps_ns = 2340000000;
	stage_press(&stage, KEYS('i', 'U'));
	assert_non_null(strstr(stage.ui.message.text, "about 2.3 s"));
	/* What is cheap needs no question. */
	stage.ui.host.smaps_ns = 900000;
	assert_true(stage_press(&stage, KEYS('U')) & UI_SMAPS);
	stage_press(&stage, KEYS(KEY_SPACE));
	assert_int_equal(stage_press(&stage, KEYS('U')), UI_DRAW);
	assert_non_null(strstr(stage.ui.message.text, "present only"));
	stage_close(&stage);
}

static void enter_filters_and_clears(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_scan(&stage, true);
	stage_press(&stage, KEYS('u', KEY_ARROW_DOWN, KEY_RETURN));
	assert_int_equal(stage.ui.find.filter, FILTER_DIM);
	assert_string_equal(stage.ui.find.filtered.text, "kind:reserve");
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_int_equal(stage.ui.find.filter, FILTER_NONE);
	stage_press(&stage, KEYS(KEY_ARROW_DOWN, KEY_RETURN));
	assert_string_equal(stage.ui.find.filtered.text, "kind:thread-stack");
	/* Esc clears first, then closes; the line for all clears, too. */
	stage_press(&stage, KEYS(KEY_ESC));
	assert_int_equal(stage.ui.find.filter, FILTER_NONE);
	assert_true(stage_shows(&stage, &usage_pane));
	stage_press(&stage, KEYS(KEY_RETURN, KEY_TO_HOME, KEY_RETURN));
	assert_int_equal(stage.ui.find.filter, FILTER_NONE);
	stage_press(&stage, KEYS(KEY_ESC));
	assert_false(stage_shows(&stage, &usage_pane));
	/* The filter stays when its pane is closed. */
	stage_press(&stage, KEYS('u', KEY_ARROW_DOWN, KEY_RETURN, 'u'));
	assert_int_equal(stage.ui.find.filter, FILTER_DIM);
	stage_close(&stage);
}

static void the_picture_shows_it(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_scan(&stage, true);
	stage_check_panes(&stage, "usage_picture");
	assert_true(stage_count_role(&stage, ROLE_SWAPPED) > 0);
	assert_true(stage_count_role(&stage, ROLE_KIND_HEAP) > 0);
	assert_int_equal(stage_count_role(&stage, ROLE_PARTLY), 0);
	stage_press(&stage, KEYS('c', 'c'));
	stage_check_panes(&stage, "usage_lens");
	assert_true(stage_count_role(&stage, ROLE_PARTLY) > 0);
	assert_true(stage_count_role(&stage, ROLE_RESIDENT) > 0);
	stage_press(&stage, KEYS('C', 'C', 'u'));
	while (usage_draw_entry(&usage_of(&stage)->summary, usage_of(&stage)->cursor)->kind !=
	       KIND_TEXT)
		stage_press(&stage, KEYS(KEY_ARROW_DOWN));
	stage_press(&stage, KEYS(KEY_RETURN));
	stage_check_panes(&stage, "usage_summary");
	/* All but code is dimmed, in the picture as in the pane. */
	assert_int_equal(stage_count_role(&stage, ROLE_KIND_STACK), 0);
	assert_true(stage_count_role(&stage, ROLE_KIND_TEXT) > 0);
	stage_press(&stage, KEYS(KEY_ESC));
	stage_resize(&stage, 60, 20);
	stage_check_panes(&stage, "usage_summary_small");
	stage_close(&stage);
}

static void the_past_shows_what_was_known_then(void **state)
{
	struct stage stage;
	struct scene scene;
	uint64_t pss;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_scan(&stage, true);
	scene = stage_scene(&stage);
	assert_ptr_equal(scene.usage, &stage.usage);
	pss = stage.usage.total.pss;
	stage_add(&stage, sample_python_grown(1 << 20), 1);
	/* Nothing is found out about this one. */
	stage_add(&stage, sample_python_grown(2 << 20), 2);
	stage_scan(&stage, true);
	stage_press(&stage, KEYS(',', 'u'));
	scene = stage_scene(&stage);
	assert_null(scene.usage);
	assert_null(scene.residency);
	assert_true(usage_of(&stage)->summary.total.pss == TARGET_UNKNOWN);
	stage_press(&stage, KEYS(','));
	scene = stage_scene(&stage);
	assert_int_equal(scene.usage->total.pss, pss);
	assert_non_null(scene.residency);
	assert_int_equal(usage_of(&stage)->summary.total.pss, pss);
	stage_press(&stage, KEYS('L'));
	scene = stage_scene(&stage);
	assert_ptr_equal(scene.usage, &stage.usage);
	assert_true(usage_of(&stage)->summary.total.pss != TARGET_UNKNOWN);
	/* A new snapshot has other mappings: nothing is known of it until it is said. */
	stage_add(&stage, sample_python_without(0x7f839c000000), 1);
	scene = stage_scene(&stage);
	assert_null(scene.usage);
	stage_scan(&stage, false);
	scene = stage_scene(&stage);
	assert_non_null(scene.usage);
	stage_close(&stage);
}

static void the_cursor_goes_from_kind_to_kind(void **state)
{
	struct stage stage;
	struct usage_pane *pane;
	struct rect inside;

	(void)state;
	stage_open(&stage, sample_python(), 120, 60, true);
	stage_press(&stage, KEYS('u'));
	pane = usage_of(&stage);
	assert_int_equal(pane->cursor, 0);
	/* The cursor stays with its kind, where another one goes. */
	stage_press(&stage, KEYS(KEY_ARROW_DOWN, KEY_ARROW_DOWN));
	assert_int_equal(pane->summary.entries[0].kind, KIND_RESERVE);
	assert_int_equal(pane->summary.entries[1].kind, KIND_THREAD_STACK);
	stage_add(&stage, sample_python_without(0x7f839c021000), 1);
	assert_int_equal(pane->cursor, 1);
	assert_int_equal(pane->summary.entries[0].kind, KIND_THREAD_STACK);
	/* The last line stays in sight when there are fewer kinds. */
	stage_press(&stage, KEYS(KEY_TO_END));
	assert_int_equal(pane->cursor, pane->summary.count);
	stage_press(&stage, KEYS(KEY_TO_HOME));
	assert_int_equal(pane->cursor, 0);
	/* A click chooses a line; the limits and the heading above are none. */
	inside = frame_inside(&stage.ui.frame, pane->pane.rect);
	stage_click(&stage, &(struct mouse){MOUSE_LEFT, 0, 10, inside.line + 4, 1});
	assert_int_equal(pane->cursor, 1);
	for (int line = 0; line < 3; line++)
		stage_click(&stage, &(struct mouse){MOUSE_LEFT, 0, 10, inside.line + line, 1});
	assert_int_equal(pane->cursor, 1);
	stage_close(&stage);
}

static void it_has_as_many_lines_as_there_are_kinds(void **state)
{
	struct stage stage;
	int kinds;

	(void)state;
	stage_open(&stage, sample_python(), 120, 60, true);
	stage_press(&stage, KEYS('u'));
	kinds = (int)usage_of(&stage)->summary.count;
	assert_int_equal(usage_of(&stage)->pane.rect.lines, kinds + 6);
	/* Up to half of the screen, but the limits have room. */
	stage_resize(&stage, 120, 24);
	assert_int_equal(usage_of(&stage)->pane.rect.lines, 12);
	stage_resize(&stage, 120, 12);
	assert_int_equal(usage_of(&stage)->pane.rect.lines, 9);
	stage_close(&stage);
}

static void what_keys_do_is_seen(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 90, 26, true);
	stage_scan(&stage, true);
	stage.ui.host.smaps_ns = 120000000;
	trace_run(&stage,
		  "u Ctrl-D Ctrl-D Ctrl-U Down Down Enter Down Enter Enter Up End Enter Home PgDn "
		  "PgUp f f f Esc U U c "
		  "Down c "
		  "c c C @_heap @^heap @heap @@heap Tab Esc u u u u #44x18 #130x20 #70x30",
		  "usage_pane_keys");
	stage_close(&stage);
}

/* Each line of kinds can be pressed, the first and the last, and nothing around them. */
static void every_line_is_pressed(void **state)
{
	struct mouse mouse = {.button = MOUSE_LEFT, .clicks = 1, .column = 20};
	struct stage stage;
	int first, column;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_scan(&stage, true);
	stage_press(&stage, KEYS('u'));
	assert_true(stage_find(&stage, " all  ", &column, &first));
	for (int line = usage_of(&stage)->pane.rect.line; line < 40; line++) {
		struct usage_pane *pane = usage_of(&stage);
		const int last = pane->pane.rect.line + pane->pane.rect.lines - 2;
		const size_t before = (size_t)(line % 2);

		if (line >= pane->pane.rect.line + pane->pane.rect.lines)
			break;
		pane->cursor = before;
		mouse.line = line;
		stage_click(&stage, &mouse);
		if (line >= first && line <= last)
			assert_int_equal(pane->cursor, pane->top + (size_t)(line - first));
		else
			assert_int_equal(pane->cursor, before);
	}
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(smaps_is_read_once_it_is_confirmed),
		cmocka_unit_test(enter_filters_and_clears),
		cmocka_unit_test(the_picture_shows_it),
		cmocka_unit_test(the_past_shows_what_was_known_then),
		cmocka_unit_test(the_cursor_goes_from_kind_to_kind),
		cmocka_unit_test(it_has_as_many_lines_as_there_are_kinds),
		cmocka_unit_test(what_keys_do_is_seen),
		cmocka_unit_test(every_line_is_pressed),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("usage_pane", tests, NULL, NULL);
}
