/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/page_facts.h"
#include "model/target.h"
#include "model/usage.h"

static void at_first_nothing_is_known(void **state)
{
	struct page_facts facts = page_facts_unknown();

	(void)state;
	assert_int_equal(facts.state, PAGE_UNKNOWN);
	assert_true(facts.flags == TARGET_UNKNOWN);
	assert_true(facts.key == TARGET_UNKNOWN);
}

static void what_was_read_of_all_tells_of_one(void **state)
{
	struct usage usage = usage_unknown();
	struct usage_table table = {.source = RESIDENCY_SMAPS};
	struct page_facts facts;

	(void)state;
	usage_list_init(&table.vmas, 2);
	facts = page_facts_of_usage(&table, 1);
	assert_true(facts.flags == TARGET_UNKNOWN && facts.below == TARGET_UNKNOWN);
	usage.flags = usage_flag_bit("gd");
	usage_list_set(&table.vmas, 0, &usage);
	usage.flags = usage_flag_bit("ss");
	usage.key = 3;
	usage_list_set(&table.vmas, 1, &usage);
	facts = page_facts_of_usage(&table, 1);
	assert_true(page_facts_has(facts.flags, "ss"));
	assert_false(page_facts_has(facts.flags, "gd"));
	assert_true(page_facts_has(facts.below, "gd"));
	assert_int_equal(facts.key, 3);
	assert_int_equal(facts.state, PAGE_UNKNOWN);
	assert_int_equal(page_facts_of_usage(&table, 0).below, 0);
	assert_true(page_facts_of_usage(&table, 2).flags == TARGET_UNKNOWN);
	assert_true(page_facts_of_usage(NULL, 0).flags == TARGET_UNKNOWN);
	assert_false(page_facts_has(TARGET_UNKNOWN, "ss"));
	usage_table_finish(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(at_first_nothing_is_known),
		cmocka_unit_test(what_was_read_of_all_tells_of_one),
	};

	return cmocka_run_group_tests_name("page_facts", tests, NULL, NULL);
}
