/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "support/sample.h"
#include "support/stage.h"
#include "support/trace.h"
#include "ui/command/interval_commands.h"
#include "ui/ui.h"

/* The loop takes the interval over. */
static void take(struct ui *ui)
{
	assert_int_equal(ui->request.bits, UI_INTERVAL);
	ui->host.interval_ns = ui_take_request(ui).interval_ns;
}

static void faster(struct ui *ui)
{
	interval_commands_faster(ui);
	take(ui);
}

static void slower(struct ui *ui)
{
	interval_commands_slower(ui);
	take(ui);
}

static void goes_through_round_numbers_to_the_ends(void **state)
{
	struct ui ui = {.host.interval_ns = 1500000000};
	int steps = 0;

	(void)state;
	faster(&ui);
	assert_int_equal(ui.host.interval_ns, 1000000000);
	ui.host.interval_ns = 1500000000;
	slower(&ui);
	assert_int_equal(ui.host.interval_ns, 2000000000);
	for (; !interval_commands_why_not_slower(&ui); steps++)
		slower(&ui);
	assert_true(steps < 10);
	assert_true(ui.host.interval_ns == UINT64_C(60000000000));
	for (; !interval_commands_why_not_faster(&ui); steps++)
		faster(&ui);
	assert_true(steps < 20);
	assert_int_equal(ui.host.interval_ns, 10000000);
	assert_non_null(strstr(interval_commands_why_not_faster(&ui), "0.01 s"));
}

/* Every interval that the keys lead to, from the shortest to the longest. */
static void each_step_is_as_it_is(void **state)
{
	struct trace trace;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 60, 14, true);
	trace_begin(&trace, &stage);
	trace_steps(&trace, "> > > > > > > > > > > > < < < < < < < < < < < < < < < < < < < < < <");
	stage.ui.host.interval_ns = 1234567;
	trace_steps(&trace, "< >");
	stage.ui.host.interval_ns = 0;
	trace_steps(&trace, "< >");
	trace_end(&trace, "interval_commands_steps");
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(goes_through_round_numbers_to_the_ends),
		cmocka_unit_test(each_step_is_as_it_is),
	};

	return cmocka_run_group_tests_name("interval_commands", tests, NULL, NULL);
}
