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

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void the_past_can_be_looked_at(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	for (int i = 1; i < 5; i++)
		stage_add(&stage, sample_python_grown((uint64_t)i << 20), i);
	stage_press(&stage, KEYS(',', ','));
	assert_int_equal(stage.ui.shown.moment, 2);
	assert_int_equal(stage.ui.shown.space->by_kind[KIND_HEAP].size, 0x1fa000 + (2 << 20));
	stage_check(&stage, "ui_past");
	/* The session goes on, the picture stays. */
	stage_add(&stage, sample_python_grown(5 << 20), 5);
	assert_int_equal(stage.ui.shown.space->by_kind[KIND_HEAP].size, 0x1fa000 + (2 << 20));
	stage_press(&stage, KEYS('.'));
	assert_int_equal(stage.ui.shown.moment, 3);
	stage_press(&stage, KEYS(',', ',', ',', ','));
	assert_non_null(strstr(stage.ui.message.text, "oldest"));
	stage_press(&stage, KEYS('L'));
	assert_false(stage.ui.shown.paused);
	assert_int_equal(stage.ui.shown.space->by_kind[KIND_HEAP].size, 0x1fa000 + (5 << 20));
	stage_press(&stage, KEYS('L'));
	assert_non_null(strstr(stage.ui.message.text, "already live"));
	stage_press(&stage, KEYS('.'));
	assert_non_null(strstr(stage.ui.message.text, "newest"));
	stage_close(&stage);
}

/* History is bounded: it may forget what followed the moment that one looks at. */
static void the_next_moment_that_is_kept_is_shown(void **state)
{
	struct stage stage;
	const struct history *history;
	int seconds = 1;

	(void)state;
	stage_open(&stage, sample_large(2000), 80, 24, true);
	history = stage.session.history;
	stage_press(&stage, KEYS(KEY_SPACE));
	for (; history_first(history) < 2 && seconds < 1000; seconds++)
		stage_add(&stage, sample_large(seconds % 2 ? 1 : 2000), seconds);
	assert_true(history_first(history) >= 2);
	assert_int_equal(stage.ui.shown.moment, 0);
	stage_press(&stage, KEYS('.'));
	assert_int_equal(stage.ui.shown.moment, history_first(history));
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_past_can_be_looked_at),
		cmocka_unit_test(the_next_moment_that_is_kept_is_shown),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("time_commands", tests, NULL, NULL);
}
