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
#include "ui/ui.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void a_form_is_asked_for(void **state)
{
	static const struct {
		uint32_t key;
		enum ui_save form;
	} forms[] = {{'t', UI_SAVE_TEXT}, {'s', UI_SAVE_SVG}, {'j', UI_SAVE_JSON}};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		assert_false(stage_press(&stage, KEYS('w', forms[i].key)) & UI_SAVE);
		assert_true(stage_press(&stage, KEYS(KEY_RETURN)) & UI_SAVE);
		assert_int_equal(stage.request.save, forms[i].form);
	}
	assert_true(stage_press(&stage, KEYS('w', 's', 'v', 'g', KEY_RETURN)) & UI_SAVE);
	stage_close(&stage);
}

static void another_form_is_none(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_false(stage_press(&stage, KEYS('w', 'p', 'n', 'g', KEY_RETURN)) & UI_SAVE);
	assert_non_null(strstr(stage.ui.message.text, "text, svg or json"));
	assert_false(stage_press(&stage, KEYS('w', KEY_RETURN)) & UI_SAVE);
	assert_false(stage_press(&stage, KEYS('w', 's', 'v', 'g', 's', KEY_RETURN)) & UI_SAVE);
	assert_false(stage_press(&stage, KEYS('w', 's', KEY_ESC)) & UI_SAVE);
	stage_close(&stage);
}

/* Where there is no process there is a screen nevertheless. */
static void a_screen_without_a_process_has_no_json(void **state)
{
	struct stage stage;

	(void)state;
	stage_open_empty(&stage, 80, 24, true);
	assert_int_equal(stage_press(&stage, KEYS('w', 'j', KEY_RETURN)) & UI_SAVE, 0);
	assert_string_equal(stage.ui.message.text, "JSON is of a process: there is none here.");
	assert_int_equal(stage_press(&stage, KEYS('w', 's', KEY_RETURN)) & UI_SAVE, UI_SAVE);
	assert_int_equal(stage.request.save, UI_SAVE_SVG);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_form_is_asked_for),
		cmocka_unit_test(another_form_is_none),
		cmocka_unit_test(a_screen_without_a_process_has_no_json),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("save_commands", tests, NULL, NULL);
}
