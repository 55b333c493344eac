/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void a_key_begins_and_ends_it(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_true(stage_press(&stage, KEYS('r')) & UI_RECORD);
	stage.ui.shown.ended = true;
	assert_false(stage_press(&stage, KEYS('r')) & UI_RECORD);
	assert_non_null(strstr(stage.ui.message.text, "nothing more to record"));
	/* What is recorded can be ended nevertheless. */
	stage.ui.host.recording = true;
	assert_true(stage_press(&stage, KEYS('r')) & UI_RECORD);
	stage_close(&stage);
}

static void notes_are_for_recordings(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('a'));
	assert_non_null(strstr(stage.ui.message.text, "Notes are for recordings"));
	assert_null(stage.ui.line.asking);
	stage.ui.host.recording = true;
	assert_false(stage_press(&stage, KEYS('a', 'o', 'k')) & UI_NOTE);
	assert_true(stage_press(&stage, KEYS(KEY_RETURN)) & UI_NOTE);
	assert_string_equal(stage.ui.line.prompt.text, "ok");
	/* An empty one is none; nor is one that is left. */
	assert_false(stage_press(&stage, KEYS('a', KEY_RETURN)) & UI_NOTE);
	assert_false(stage_press(&stage, KEYS('a', 'n', 'o', KEY_ESC)) & UI_NOTE);
	stage_close(&stage);
}

static void a_baseline_is_told(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_true(stage_press(&stage, KEYS('m')) & UI_BASELINE);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_begins_and_ends_it),
		cmocka_unit_test(notes_are_for_recordings),
		cmocka_unit_test(a_baseline_is_told),
	};

	return cmocka_run_group_tests_name("record_commands", tests, NULL, NULL);
}
