/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "model/address_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "support/trace.h"
#include "ui/pane/events_pane.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void it_scrolls_between_its_ends(void **state)
{
	struct stage stage;
	const struct events_pane *pane;
	size_t oldest;

	(void)state;
	stage_open(&stage, sample_python(), 120, 24, true);
	for (int i = 1; i < 40; i++)
		stage_add(&stage, sample_python_grown((uint64_t)i * 4096), i);
	stage_press(&stage, KEYS('e'));
	pane = (const struct events_pane *)stage_pane(&stage, &events_pane);
	stage_press(&stage, KEYS(KEY_ARROW_DOWN));
	assert_int_equal(pane->back, 0);
	stage_press(&stage, KEYS(KEY_ARROW_UP, KEY_ARROW_UP, KEY_ARROW_UP));
	assert_int_equal(pane->back, 3);
	stage_press(&stage, KEYS(KEY_TO_HOME));
	oldest = pane->back;
	assert_true(oldest > 20 && oldest < 39);
	stage_press(&stage, KEYS(KEY_ARROW_DOWN));
	assert_int_equal(pane->back, oldest - 1);
	stage_press(&stage, KEYS(KEY_TO_END));
	assert_int_equal(pane->back, 0);
	stage_click(&stage, &(struct mouse){MOUSE_WHEEL_UP, 0, 10, pane->pane.rect.line + 2, 1});
	assert_int_equal(pane->back, 3);
	/* It begins at the newest again. */
	stage_press(&stage, KEYS('e', 'e'));
	assert_int_equal(pane->back, 0);
	stage_close(&stage);
}

static void what_keys_do_is_seen(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	for (int i = 1; i < 20; i++)
		stage_add(&stage,
			  i % 3 ? sample_python_grown((uint64_t)(i % 5) * 4096)
				: sample_python_without(0x7f83a9100000),
			  i);
	trace_run(&stage,
		  "e Ctrl-D Ctrl-D Ctrl-U Up Up Down PgUp PgUp PgUp Up PgDn Home Down End Up "
		  "@_since @^since Enter Tab "
		  "e , , , e Up L e #44x14 #130x18",
		  "events_pane_keys");
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_scrolls_between_its_ends),
		cmocka_unit_test(what_keys_do_is_seen),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("events_pane", tests, NULL, NULL);
}
