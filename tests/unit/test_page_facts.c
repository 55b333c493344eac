/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/page_facts.h"
#include "model/target.h"

static void at_first_nothing_is_known(void **state)
{
	struct page_facts facts = page_facts_unknown();

	(void)state;
	assert_int_equal(facts.state, PAGE_UNKNOWN);
	assert_true(facts.flags == TARGET_UNKNOWN);
	assert_true(facts.key == TARGET_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(at_first_nothing_is_known),
	};

	return cmocka_run_group_tests_name("page_facts", tests, NULL, NULL);
}
