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

static void the_loop_is_asked(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_true(stage_press(&stage, KEYS('T')) & UI_THEME);
	assert_true(stage_press(&stage, KEYS('q')) & UI_QUIT);
	assert_int_equal(stage_press(&stage, KEYS('L' & 31)) & (UI_SAMPLE | UI_REPAINT),
			 UI_SAMPLE | UI_REPAINT);
	stage.ui.host.has_mouse = true;
	assert_true(stage_press(&stage, KEYS('M')) & UI_MOUSE);
	assert_true(stage.request.mouse);
	stage_close(&stage);
}

static void what_cannot_be_done_says_why(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_false(stage_press(&stage, KEYS('M')) & UI_MOUSE);
	assert_non_null(strstr(stage.ui.message.text, "no mouse"));
	stage.ui.shown.ended = true;
	assert_false(stage_press(&stage, KEYS('L' & 31)) & UI_SAMPLE);
	assert_non_null(strstr(stage.ui.message.text, "ended"));
	stage.ui.host.why_no_processes = "There is but one.";
	stage_press(&stage, KEYS('p'));
	assert_string_equal(stage.ui.message.text, "There is but one.");
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_loop_is_asked),
		cmocka_unit_test(what_cannot_be_done_says_why),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("program_commands", tests, NULL, NULL);
}
