/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ui/text/explanation.h"

static void values_are_copied_and_keep_their_order(void **state)
{
	struct explanation explanation = {0};
	char value[] = "1.9M";

	(void)state;
	explanation_say(&explanation, "rss", value, ROLE_MUTED);
	value[0] = '2';
	explanation_say(&explanation, NULL, "A sentence.", ROLE_DEFAULT);
	explanation_say(&explanation, NULL, NULL, ROLE_DEFAULT);
	assert_int_equal(explanation.count, 3);
	assert_string_equal(explanation.statements[0].label, "rss");
	assert_string_equal(explanation.statements[0].value, "1.9M");
	assert_int_equal(explanation.statements[0].role, ROLE_MUTED);
	assert_int_equal(explanation.statements[0].whole, 0);
	assert_null(explanation.statements[1].label);
	assert_string_equal(explanation.statements[1].value, "A sentence.");
	assert_null(explanation.statements[2].value);
	explanation_finish(&explanation);
	assert_int_equal(explanation.count, 0);
	assert_null(explanation.statements);
}

static void there_may_be_many(void **state)
{
	struct explanation explanation = {0};

	(void)state;
	for (int i = 0; i < 1000; i++)
		explanation_say(&explanation, "label", "value", ROLE_DEFAULT);
	assert_int_equal(explanation.count, 1000);
	assert_string_equal(explanation.statements[999].value, "value");
	explanation_finish(&explanation);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_copied_and_keep_their_order),
		cmocka_unit_test(there_may_be_many),
	};

	return cmocka_run_group_tests_name("explanation", tests, NULL, NULL);
}
