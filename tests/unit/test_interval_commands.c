/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "ui/command.h"
#include "ui/interval_commands.h"
#include "ui/ui.h"

static void goes_through_round_numbers_to_the_ends(void **state)
{
	struct ui ui = {.interval_ns = 1500000000};
	int steps = 0;

	(void)state;
	assert_int_equal(interval_commands_faster(&ui), REACT_INTERVAL);
	assert_int_equal(ui.interval_ns, 1000000000);
	ui.interval_ns = 1500000000;
	assert_int_equal(interval_commands_slower(&ui), REACT_INTERVAL);
	assert_int_equal(ui.interval_ns, 2000000000);
	for (; !interval_commands_why_not_slower(&ui); steps++)
		interval_commands_slower(&ui);
	assert_true(steps < 10);
	assert_true(ui.interval_ns == UINT64_C(60000000000));
	for (; !interval_commands_why_not_faster(&ui); steps++)
		interval_commands_faster(&ui);
	assert_true(steps < 20);
	assert_int_equal(ui.interval_ns, 10000000);
	assert_non_null(strstr(interval_commands_why_not_faster(&ui), "100 frames"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(goes_through_round_numbers_to_the_ends),
	};

	return cmocka_run_group_tests_name("interval_commands", tests, NULL, NULL);
}
