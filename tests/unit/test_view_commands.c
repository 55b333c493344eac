/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "support/sample.h"
#include "support/stage.h"
#include "ui/command/view_commands.h"
static void zoom_and_scale_are_of_what_is_shown(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_non_null(view_commands_why_not_smaller(&stage.ui));
	view_commands_zoom_in(&stage.ui);
	assert_int_equal(view_window(&stage.ui.view)->zoom, 1);
	assert_null(view_commands_why_not_smaller(&stage.ui));
	view_commands_zoom_in(&stage.ui);
	view_commands_zoom_out(&stage.ui);
	assert_int_equal(view_window(&stage.ui.view)->zoom, 1);
	view_commands_zoom_reset(&stage.ui);
	assert_int_equal(view_window(&stage.ui.view)->zoom, 0);
	view_set_zoom(&stage.ui.view, VIEW_ZOOM_MAX);
	assert_non_null(view_commands_why_not_larger(&stage.ui));
	view_commands_scale(&stage.ui);
	assert_int_equal(stage.ui.view.scale, SCALE_LINEAR);
	view_commands_turn_over(&stage.ui);
	assert_true(stage.ui.view.low_on_top);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zoom_and_scale_are_of_what_is_shown),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("view_commands", tests, NULL, NULL);
}
