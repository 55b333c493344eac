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
#include "ui/inside/inside_open.h"
#include "ui/picture/picture_pane.h"
#include "ui/table/table_pane.h"
#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void opens_on_what_is_mapped_only(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	inside_open(&stage.ui, HEAP - 1);
	assert_false(stage_shows(&stage, &inside_pane));
	inside_open(&stage.ui, HEAP + 5);
	assert_true(stage_shows(&stage, &inside_pane));
	assert_true(fixture_inside(&stage)->place.start == HEAP);
	stage.ui.view.cursor = HEAP - 1;
	stage_press(&stage, KEYS('j', 'I'));
	assert_false(stage_shows(&stage, &inside_pane));
	stage.ui.view.cursor = HEAP - 1;
	stage_press(&stage, KEYS('I'));
	assert_non_null(strstr(stage.ui.message.text, "Nothing is mapped"));
	stage_close(&stage);
}

static void a_symbol_is_gone_to_once_it_is_known(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	inside_open_at(&stage.ui, BIAS + 0x5f7000);
	ui_layout(&stage.ui);
	fixture_tell(&stage, fixture_object());
	assert_int_equal(fixture_inside(&stage)->depth, 2);
	assert_true(stage.ui.view.cursor == BIAS + 0x5f7000);
	/* In the same mapping it stays where it is. */
	inside_open_at(&stage.ui, BIAS + 0x5f7198);
	assert_true(stage.ui.view.cursor == BIAS + 0x5f7198);
	ui_layout(&stage.ui);
	assert_true(fixture_inside(&stage)->told);
	assert_true(stage.ui.view.cursor == BIAS + 0x5f7198);
	stage_close(&stage);
}

static void where_the_picture_was_led_is_under_the_cursor(void **state)
{
	struct heap_usage heap = sample_chunks();
	const uint64_t address = SAMPLE_EQUAL_AT + 48 * 100 + 20;
	struct stage stage;
	uint64_t data;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	view_show(&stage.ui.view, address);
	ui_layout(&stage.ui);
	stage_press(&stage, KEYS(KEY_RETURN));
	fixture_tell(&stage, NULL);
	assert_true(stage.ui.view.cursor == address);
	stage.ui.shown.heap = &heap;
	inside_wants_take_heap(&stage.ui);
	ui_layout(&stage.ui);
	assert_non_null(inside_chunk(fixture_inside(&stage), 8, &data));
	assert_true(data == address - 4);
	/* Who has moved on meanwhile is left in place. */
	stage_press(&stage, KEYS(KEY_BACK));
	stage.ui.shown.heap = NULL;
	view_show(&stage.ui.view, address);
	ui_layout(&stage.ui);
	stage_press(&stage, KEYS(KEY_RETURN, KEY_TO_HOME));
	stage.ui.shown.heap = &heap;
	inside_wants_take_heap(&stage.ui);
	ui_layout(&stage.ui);
	assert_true(stage.ui.view.cursor > address + SAMPLE_LARGE);
	/* The beginning of a mapping is no place in it. */
	stage_press(&stage, KEYS(KEY_BACK));
	view_show(&stage.ui.view, HEAP);
	ui_layout(&stage.ui);
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_true(stage.ui.view.cursor > address + SAMPLE_LARGE);
	stage_close(&stage);
	heap_usage_finish(&heap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opens_on_what_is_mapped_only),
		cmocka_unit_test(a_symbol_is_gone_to_once_it_is_known),
		cmocka_unit_test(where_the_picture_was_led_is_under_the_cursor),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("inside_open", tests, NULL, NULL);
}
