/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/history_target.h"
#include "model/target.h"

static void every_number_of_a_target_is_reached(void **state)
{
	struct target target = {0};

	(void)state;
	for (size_t i = 0; i < HISTORY_NUMBER_COUNT; i++)
		history_target_set_number(&target, i, i + 1);
	for (size_t i = 0; i < HISTORY_NUMBER_COUNT; i++)
		assert_int_equal(history_target_number(&target, i), i + 1);
	/* All different, so that none was set twice; none was missed. */
	assert_true(target.rss && target.swap && target.state && target.threads && target.pid);
	assert_true(target.start_ticks && target.uid && target.page_size && target.start_brk);
	assert_true(target.start_stack && target.limits.max_map_count && target.limits.stack);
	assert_true(target.limits.as && target.limits.data);
	history_target_set_number(&target, 4, UINT32_MAX);
	assert_int_equal(target.pid, -1);
	assert_true(history_target_number(&target, 4) == UINT32_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_number_of_a_target_is_reached),
	};

	return cmocka_run_group_tests_name("history_target", tests, NULL, NULL);
}
