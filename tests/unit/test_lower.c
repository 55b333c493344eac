/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "model/address_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/ledger_pane.h"

static void lines_depend_on_pane_and_screen(void **state)
{
	struct lower lower = {0};

	(void)state;
	assert_int_equal(lower_lines(&lower, 24), 0);
	lower.pane = LOWER_STRIP;
	assert_true(lower_lines(&lower, 24) >= 5);
	assert_true(lower_lines(&lower, 60) > lower_lines(&lower, 24));
	lower.pane = LOWER_EVENTS;
	assert_int_equal(lower_lines(&lower, 12), 8);
	assert_int_equal(lower_lines(&lower, 200), 18);
	/* The summary has as many as it has kinds, up to half of the screen. */
	lower.pane = LOWER_SUMMARY;
	lower.summary.count = 17;
	assert_int_equal(lower_lines(&lower, 200), 21);
	assert_int_equal(lower_lines(&lower, 30), 15);
	assert_int_equal(lower_lines(&lower, 12), 9);
}

static void only_lists_have_the_focus(void **state)
{
	(void)state;
	assert_false(lower_has_focus(&(struct lower){.pane = LOWER_NONE}));
	assert_false(lower_has_focus(&(struct lower){.pane = LOWER_STRIP}));
	assert_true(lower_has_focus(&(struct lower){.pane = LOWER_LEDGER}));
	assert_true(lower_has_focus(&(struct lower){.pane = LOWER_EVENTS}));
	assert_true(lower_has_focus(&(struct lower){.pane = LOWER_SUMMARY}));
}

static void the_ledger_leads_to_mappings_not_to_kinds(void **state)
{
	struct stage stage;
	struct scene scene;
	uint64_t address = 1;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_false(lower_target(&stage.ui.lower, &address));
	stage_add(&stage, sample_python_grown(4096), 1);
	stage_press(&stage, (const uint32_t[]){'d', 0});
	assert_false(lower_target(&stage.ui.lower, &address));
	assert_int_equal(address, 1);
	scene = stage_scene(&stage);
	lower_move(&stage.ui.lower, &stage.ui.frame, &scene, 1);
	assert_true(lower_target(&stage.ui.lower, &address));
	assert_int_equal(address, 0x55b5f7c8d000);
	/* At the end it stays. */
	lower_move(&stage.ui.lower, &stage.ui.frame, &scene, 100);
	assert_true(lower_target(&stage.ui.lower, &address));
	stage_close(&stage);
}

static void the_summary_leads_to_kinds(void **state)
{
	enum kind kind = KIND_COUNT;
	struct stage stage;
	struct scene scene;
	uint64_t address;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_false(lower_kind(&stage.ui.lower, &kind));
	stage_press(&stage, (const uint32_t[]){'u', 0});
	assert_true(lower_kind(&stage.ui.lower, &kind));
	assert_int_equal(kind, KIND_TEXT);
	assert_false(lower_target(&stage.ui.lower, &address));
	scene = stage_scene(&stage);
	lower_move(&stage.ui.lower, &stage.ui.frame, &scene, 5);
	assert_true(lower_kind(&stage.ui.lower, &kind));
	assert_int_equal(kind, KIND_HEAP);
	/* The last line is for all; it stays the last when there are fewer kinds. */
	lower_move(&stage.ui.lower, &stage.ui.frame, &scene, 1000);
	assert_false(lower_kind(&stage.ui.lower, &kind));
	stage_add(&stage, sample_python_without(0x7f839c000000), 1);
	assert_int_equal(stage.ui.lower.cursor, stage.ui.lower.summary.count);
	lower_move(&stage.ui.lower, &stage.ui.frame, &scene, -1000);
	assert_int_equal(stage.ui.lower.cursor, 0);
	stage_close(&stage);
}

static void events_scroll_between_their_ends(void **state)
{
	struct stage stage;
	struct scene scene;
	size_t oldest;

	(void)state;
	stage_open(&stage, sample_python(), 120, 24, true);
	for (int i = 1; i < 40; i++)
		stage_add(&stage, sample_python_grown((uint64_t)i * 4096), i);
	stage_press(&stage, (const uint32_t[]){'e', 0});
	scene = stage_scene(&stage);
	lower_move(&stage.ui.lower, &stage.ui.frame, &scene, 5);
	assert_int_equal(stage.ui.lower.back, 0);
	lower_move(&stage.ui.lower, &stage.ui.frame, &scene, -3);
	assert_int_equal(stage.ui.lower.back, 3);
	lower_move(&stage.ui.lower, &stage.ui.frame, &scene, -1000);
	oldest = stage.ui.lower.back;
	assert_true(oldest > 20 && oldest < 39);
	lower_move(&stage.ui.lower, &stage.ui.frame, &scene, 1);
	assert_int_equal(stage.ui.lower.back, oldest - 1);
	stage_close(&stage);
}

static uint64_t target_of(const struct lower *lower)
{
	uint64_t address;

	assert_true(lower_target(lower, &address));
	return address;
}

static void the_ledger_keeps_its_mapping(void **state)
{
	struct stage stage;
	struct lower *lower = &stage.ui.lower;
	const struct address_space *now;
	size_t line;

	(void)state;
	stage_open(&stage, sample_python_without(0x7fff7725a000), 120, 40, true);
	stage_add(&stage, sample_python_grown(4096), 1);
	stage_press(&stage, (const uint32_t[]){'d', KEY_TO_END, 0});
	/* The stack is new and larger than what the heap gained. */
	assert_int_equal(target_of(lower), 0x55b5f7c8d000);
	line = lower->cursor;
	/* Now the heap gained more: it is listed before the stack. */
	stage_add(&stage, sample_python_grown(1 << 20), 2);
	assert_int_equal(target_of(lower), 0x55b5f7c8d000);
	assert_int_equal(lower->cursor, line - 1);
	/* A kind stays chosen, too. */
	stage_press(&stage, (const uint32_t[]){KEY_TO_HOME, KEY_ARROW_DOWN, 0});
	assert_int_equal(ledger_pane_entry(&lower->ledger, lower->cursor)->kind, KIND_STACK);
	stage_add(&stage, sample_python_grown(4096), 3);
	assert_int_equal(ledger_pane_entry(&lower->ledger, lower->cursor)->kind, KIND_STACK);
	/* Nothing grew any more: there is nothing to choose, until something did. */
	now = stage.chronicle.now;
	chronicle_set_mark(&stage.chronicle, now);
	stage_add(&stage, sample_python_grown(4096), 4);
	assert_int_equal(lower->cursor, 0);
	assert_int_equal(lower->top, 0);
	stage_press(&stage, (const uint32_t[]){KEY_RETURN, 0});
	assert_non_null(strstr(stage.ui.message, "Nothing grew"));
	stage_add(&stage, sample_python_grown(8192), 5);
	assert_int_equal(lower->cursor, 1);
	stage_close(&stage);
}

static void lines_of_the_screen_choose(void **state)
{
	struct stage stage;
	struct lower *lower = &stage.ui.lower;
	const struct frame *frame = &stage.ui.frame;
	int first;

	(void)state;
	stage_open(&stage, sample_python(), 120, 60, true);
	stage_add(&stage, sample_python_grown(4096), 1);
	stage_press(&stage, (const uint32_t[]){'d', 0});
	first = frame_inside(frame, frame->lower).line;
	/* A heading, a kind, a heading, a mapping, nothing. */
	assert_true(lower_select(lower, frame, first + 3));
	assert_int_equal(lower->cursor, 3);
	assert_true(lower_select(lower, frame, first + 1));
	for (int line = first - 1; line < first + 60; line++)
		assert_int_equal(lower_select(lower, frame, line),
				 line == first + 1 || line == first + 3);
	/* One heading; then the kinds and all. */
	stage_press(&stage, (const uint32_t[]){'u', 0});
	first = frame_inside(frame, frame->lower).line;
	assert_false(lower_select(lower, frame, first - 1));
	assert_false(lower_select(lower, frame, first));
	assert_true(lower_select(lower, frame, first + 2));
	assert_int_equal(lower->cursor, 1);
	assert_true(lower_select(lower, frame, first + 1 + (int)lower->summary.count));
	assert_false(lower_select(lower, frame, first + 2 + (int)lower->summary.count));
	stage_press(&stage, (const uint32_t[]){'e', 0});
	assert_false(lower_select(lower, frame, frame_inside(frame, frame->lower).line + 1));
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_depend_on_pane_and_screen),
		cmocka_unit_test(only_lists_have_the_focus),
		cmocka_unit_test(the_ledger_leads_to_mappings_not_to_kinds),
		cmocka_unit_test(the_summary_leads_to_kinds),
		cmocka_unit_test(events_scroll_between_their_ends),
		cmocka_unit_test(the_ledger_keeps_its_mapping),
		cmocka_unit_test(lines_of_the_screen_choose),
	};

	return cmocka_run_group_tests_name("lower", tests, NULL, NULL);
}
