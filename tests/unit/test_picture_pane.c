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
#include "ui/inside/inside_pane.h"
#include "ui/picture/picture_pane.h"

#define LIBM      0x7f83a9782000
#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void going_in_shows_the_path_and_out_comes_back(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage.ui.view.cursor = LIBM;
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_int_equal(stage.ui.view.depth, 1);
	stage_check_panes(&stage, "ui_inside_libm");
	/* One mapping has an inside of its own. */
	stage.ui.view.cursor = LIBM + 0x10000;
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_int_equal(stage.ui.view.depth, 1);
	assert_true(stage_shows(&stage, &inside_pane));
	stage_press(&stage, KEYS(KEY_BACK));
	assert_true(stage_shows(&stage, &picture_pane));
	stage_press(&stage, KEYS(KEY_BACK));
	assert_int_equal(stage.ui.view.depth, 0);
	stage_close(&stage);
}

static void scales_and_turning_over(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('s'));
	stage_check_panes(&stage, "ui_linear");
	stage_press(&stage, KEYS('s'));
	stage_check_panes(&stage, "ui_equal");
	stage_press(&stage, KEYS('s', 'o'));
	stage_check_panes(&stage, "ui_low_on_top");
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(going_in_shows_the_path_and_out_comes_back),
		cmocka_unit_test(scales_and_turning_over),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("picture_pane", tests, NULL, NULL);
}
