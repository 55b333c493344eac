/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/pane/help_pane.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void escape_always_leaves(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS(KEY_RETURN, '+', '+', '?'));
	assert_true(stage_shows(&stage, &help_pane));
	stage_press(&stage, KEYS(KEY_ESC));
	assert_false(stage_shows(&stage, &help_pane));
	stage_press(&stage, KEYS(KEY_ESC));
	assert_int_equal(view_window(&stage.ui.view)->zoom, 0);
	stage_press(&stage, KEYS(KEY_ESC));
	assert_int_equal(stage.ui.view.depth, 0);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(escape_always_leaves),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("move_commands", tests, NULL, NULL);
}
