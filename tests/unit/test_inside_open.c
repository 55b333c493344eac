/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "inside_fixture.h"
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
	ui_layout(&stage.ui);
	assert_true(fixture_inside(&stage)->told);
	assert_true(stage.ui.view.cursor == BIAS + 0x5f7198);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opens_on_what_is_mapped_only),
		cmocka_unit_test(a_symbol_is_gone_to_once_it_is_known),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("inside_open", tests, NULL, NULL);
}
