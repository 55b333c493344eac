/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "model/address_space.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

#define COLUMNS 120
#define LINES   40
#define CELLS   (COLUMNS * LINES)

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

/* Cell by cell, but for the header's first line, which says when it was. */
static void copy_cells(struct stage *stage, struct cell *cells)
{
	int column, line;

	assert_true(stage_find(stage, "vastop", &column, &line));
	memcpy(cells, stage->canvas->cells, sizeof(*cells) * CELLS);
}

static void a_past_moment_looks_as_it_did(void **state)
{
	static struct cell then[CELLS], now[CELLS];
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), COLUMNS, LINES, true);
	stage_scan(&stage, true);
	copy_cells(&stage, then);
	stage_add(&stage, sample_python(), 1);
	stage_add(&stage, sample_python(), 2);
	stage_press(&stage, KEYS(',', ','));
	assert_int_equal(stage.ui.shown.moment, 0);
	copy_cells(&stage, now);
	assert_memory_equal(then + COLUMNS, now + COLUMNS, sizeof(*then) * (CELLS - COLUMNS));
	stage_check(&stage, "ui_past_known");
	/* Of one whose list is another one, and that was not scanned, nothing is known. */
	stage_press(&stage, KEYS('L'));
	stage_add(&stage, sample_python_grown(4096), 3);
	stage_add(&stage, sample_python_grown(8192), 4);
	stage_press(&stage, KEYS(','));
	stage_check(&stage, "ui_past_unknown");
	stage_close(&stage);
}

static void a_paused_picture_keeps_what_is_in_memory(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_add(&stage, sample_python_grown(1 << 20), 1);
	stage_scan(&stage, true);
	stage_press(&stage, KEYS(KEY_SPACE));
	assert_non_null(shown_usage(&stage.ui.shown));
	stage_check(&stage, "usage_paused");
	/* The process goes on, and nothing is known of it yet: the picture is what it was. */
	stage_add(&stage, sample_python_grown(2 << 20), 2);
	assert_null(stage.ui.shown.usage);
	assert_int_equal(shown_usage(&stage.ui.shown)->vmas.count, stage.ui.shown.space->vma_count);
	assert_non_null(shown_residency(&stage.ui.shown));
	/* Of the moment before nothing was known; back at the one of pausing it is. */
	stage_press(&stage, KEYS(','));
	assert_null(shown_usage(&stage.ui.shown));
	assert_null(shown_residency(&stage.ui.shown));
	stage_press(&stage, KEYS('.'));
	assert_non_null(shown_usage(&stage.ui.shown));
	assert_non_null(shown_residency(&stage.ui.shown));
	stage_press(&stage, KEYS('.'));
	assert_null(shown_usage(&stage.ui.shown));
	stage_press(&stage, KEYS('L'));
	assert_null(shown_usage(&stage.ui.shown));
	stage_close(&stage);
}

/* What grew up to the baseline had not shrunk since. */
static void nothing_grew_before_the_baseline(void **state)
{
	struct stage stage;
	int column, line;

	(void)state;
	stage_open(&stage, sample_python(), COLUMNS, LINES, true);
	stage_add(&stage, sample_python_grown(1 << 20), 1);
	stage_press(&stage, KEYS('m', ','));
	assert_int_equal(stage.ui.shown.moment, 0);
	assert_false(stage_find(&stage, "-1.0M", &column, &line));
	stage_press(&stage, KEYS('d'));
	assert_true(stage_find(&stage, "before the baseline", &column, &line));
	assert_false(stage_find(&stage, "-1.0M", &column, &line));
	stage_press(&stage, KEYS('.'));
	assert_true(stage_find(&stage, "Nothing grew", &column, &line));
	stage_close(&stage);
}

/* How long ago it was counts on. */
static void the_header_says_how_long_ago(void **state)
{
	struct stage stage;
	int column, line;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_add(&stage, sample_python(), 2);
	stage_press(&stage, KEYS(KEY_SPACE));
	assert_true(stage_find(&stage, "paused", &column, &line));
	stage_press(&stage, KEYS(','));
	assert_true(stage_find(&stage, "2.0 s ago", &column, &line));
	stage_add(&stage, sample_python(), 64);
	assert_true(stage_find(&stage, "1 min 04 s ago", &column, &line));
	stage_add(&stage, sample_python(), 3 * 3600 + 90);
	assert_true(stage_find(&stage, "3 h 01 min ago", &column, &line));
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
		cmocka_unit_test(a_past_moment_looks_as_it_did),
		cmocka_unit_test(a_paused_picture_keeps_what_is_in_memory),
		cmocka_unit_test(nothing_grew_before_the_baseline),
		cmocka_unit_test(the_header_says_how_long_ago),
		cmocka_unit_test(the_next_moment_that_is_kept_is_shown),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("time_commands", tests, NULL, NULL);
}
