/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "model/journal.h"

static void add(struct journal *journal, int number)
{
	char name[16];
	struct change change = {.type = CHANGE_MAPPED, .time_ns = 10 * number, .name = name};

	snprintf(name, sizeof(name), "n%d", number);
	journal_add(journal, &change);
}

static void keeps_the_newest_in_order(void **state)
{
	struct journal journal;

	(void)state;
	journal_init(&journal, 5);
	assert_int_equal(journal.count, 0);
	for (int i = 0; i < 23; i++) {
		add(&journal, i);
		assert_int_equal(journal.count, i < 5 ? i + 1 : 5);
		for (size_t j = 0; j < journal.count; j++) {
			char name[16];

			snprintf(name, sizeof(name), "n%d", i - (int)journal.count + 1 + (int)j);
			assert_string_equal(journal_get(&journal, j)->name, name);
		}
	}
	assert_int_equal(journal.total, 23);
	journal_finish(&journal);
}

static void counts_up_to_a_time(void **state)
{
	struct journal journal;

	(void)state;
	journal_init(&journal, 100);
	assert_int_equal(journal_count_until(&journal, 5), 0);
	for (int i = 0; i < 10; i++)
		add(&journal, i);
	assert_int_equal(journal_count_until(&journal, -1), 0);
	assert_int_equal(journal_count_until(&journal, 0), 1);
	assert_int_equal(journal_count_until(&journal, 45), 5);
	assert_int_equal(journal_count_until(&journal, 1000), 10);
	journal_finish(&journal);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_the_newest_in_order),
		cmocka_unit_test(counts_up_to_a_time),
	};

	return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
