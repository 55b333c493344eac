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
#include "support/trace.h"

static void rows_are_gone_through(void **state)
{
	struct trace trace;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 20, true);
	trace_begin(&trace, &stage);
	trace_steps(&trace, "t Ctrl-D Ctrl-D Ctrl-U Down Down Up PgDn PgDn Ctrl-U Ctrl-D PgUp End "
			    "Down Home Up k j");
	trace_steps(&trace, "Enter Enter Backspace Backspace ] ] o End Up Home G t");
	trace_end(&trace, "table_pane_keys");
	stage_close(&stage);
}

static void columns_are_chosen_sorted_and_hidden(void **state)
{
	struct trace trace;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 16, true);
	stage_scan(&stage, true);
	trace_begin(&trace, &stage);
	trace_steps(&trace, "t Left Right Right Right S S Right S Right S Right S Right S");
	trace_steps(&trace, "x x X Left Left S Right Right Right Right Right Right S S S X");
	stage_add(&stage, sample_python_grown(8192), 1);
	trace_note(&trace, "the heap grew");
	stage_add(&stage, sample_python_without(0x7f83a9100000), 2);
	trace_note(&trace, "one is gone");
	trace_steps(&trace, "h h h h h h h h h h h h S t");
	trace_end(&trace, "table_pane_columns");
	stage_close(&stage);
}

static void the_mouse_chooses_and_turns(void **state)
{
	struct trace trace;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_large(60), 76, 22, false);
	trace_begin(&trace, &stage);
	trace_steps(&trace, "t Home @kind @kind @size @_kind @_kind @^kind @@anon @perm");
	trace_steps(&trace, "=/lib Enter n n N n Esc =fkind:text Enter f f Esc t");
	trace_end(&trace, "table_pane_mouse");
	stage_close(&stage);
}

/* What makes rows anew has them laid out, what only moves does not. */
static void rows_that_are_others_are_laid_out(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 20, true);
	stage_press(&stage, (const uint32_t[]){'t', KEY_TO_HOME, 0});
	assert_int_equal(stage_press(&stage, (const uint32_t[]){KEY_RETURN, 0}),
			 UI_LAYOUT | UI_DRAW);
	assert_int_equal(stage_press(&stage, (const uint32_t[]){'S', 0}), UI_LAYOUT | UI_DRAW);
	assert_int_equal(stage_press(&stage, (const uint32_t[]){KEY_ARROW_DOWN, 'l', 0}), UI_DRAW);
	assert_int_equal(stage_press(&stage, (const uint32_t[]){'h', 0}), UI_DRAW);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_gone_through),
		cmocka_unit_test(columns_are_chosen_sorted_and_hidden),
		cmocka_unit_test(the_mouse_chooses_and_turns),
		cmocka_unit_test(rows_that_are_others_are_laid_out),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("table_pane_keys", tests, NULL, NULL);
}
