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

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

#define HEAP 0x55b5f7c8d000

static void escape_always_leaves(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS(KEY_RETURN, '+', '+', '?'));
	assert_int_equal(stage.ui.overlay, OVERLAY_HELP);
	stage_press(&stage, KEYS(KEY_ESC));
	assert_int_equal(stage.ui.overlay, OVERLAY_NONE);
	stage_press(&stage, KEYS(KEY_ESC));
	assert_int_equal(view_window(&stage.ui.view)->zoom, 0);
	stage_press(&stage, KEYS(KEY_ESC));
	assert_int_equal(stage.ui.view.depth, 0);
	stage_close(&stage);
}

static void the_inspector_hides_or_covers(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('i'));
	stage_check(&stage, "ui_no_inspector");
	stage_resize(&stage, 50, 20);
	stage_press(&stage, KEYS('i'));
	assert_int_equal(stage.ui.overlay, OVERLAY_INSPECTOR);
	stage_check(&stage, "ui_inspector_covers");
	stage_close(&stage);
}

static void lower_panes_open_and_close(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_add(&stage, sample_python_grown(1 << 20), 1);
	stage_press(&stage, KEYS('d'));
	stage_check(&stage, "ui_ledger");
	/* Enter goes to the mapping, out of where one is. */
	stage_press(&stage, KEYS('d', KEY_TO_HOME, KEY_RETURN, 'd', KEY_ARROW_DOWN, KEY_RETURN));
	assert_int_equal(stage.ui.view.cursor, HEAP);
	stage_press(&stage, KEYS('e'));
	stage_check(&stage, "ui_events");
	stage_press(&stage, KEYS(KEY_PAGE_UP, KEY_ARROW_DOWN, KEY_RETURN));
	assert_non_null(strstr(stage.ui.message, "closes"));
	stage_press(&stage, KEYS(KEY_ESC));
	assert_int_equal(stage.ui.lower.pane, LOWER_NONE);
	for (int i = 0; i < VALUE_COUNT; i++) {
		stage_press(&stage, KEYS('v'));
		assert_int_equal(stage.ui.lower.pane, LOWER_STRIP);
		assert_int_equal(stage.ui.lower.value, i);
	}
	stage_press(&stage, KEYS('v'));
	assert_int_equal(stage.ui.lower.pane, LOWER_NONE);
	/* On small screens a lower pane takes the place of the picture. */
	stage_resize(&stage, 60, 14);
	stage_press(&stage, KEYS('d'));
	stage_check(&stage, "ui_ledger_small");
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(escape_always_leaves),
		cmocka_unit_test(the_inspector_hides_or_covers),
		cmocka_unit_test(lower_panes_open_and_close),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("pane_commands", tests, NULL, NULL);
}
