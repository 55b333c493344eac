/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/query_matches.h"
#include "model/target.h"
#include "model/usage_list.h"
#include "model/usage_sum.h"

#define COUNT 200

static struct usage resident(uint64_t rss, uint64_t pss)
{
	struct usage usage = usage_unknown();

	usage.rss = rss;
	usage.pss = pss;
	return usage;
}

static uint64_t sum(const struct usage_list *list, size_t field)
{
	return usage_sum(list, field, 0, list->count);
}

static void sums_are_those_of_known_values(void **state)
{
	const struct usage one = resident(4096, 3), other = resident(8192, 3),
			   huge = resident(UINT64_MAX - 1, 4);
	struct usage_list list = {0};

	(void)state;
	assert_true(sum(&list, USAGE_FIELD(rss)) == 0);
	for (size_t i = 0; i < 3; i++)
		usage_list_append(&list, &one);
	assert_true(sum(&list, USAGE_FIELD(rss)) == 3 * 4096);
	assert_true(sum(&list, USAGE_FIELD(swap)) == TARGET_UNKNOWN);
	assert_true(sum(&list, USAGE_FIELD(pss)) == 9);
	usage_list_append(&list, &huge);
	assert_true(sum(&list, USAGE_FIELD(rss)) == TARGET_UNKNOWN);
	assert_true(sum(&list, USAGE_FIELD(pss)) == 13);
	assert_true(usage_sum(&list, USAGE_FIELD(rss), 1, 2) == 2 * 4096);
	assert_true(usage_sum(&list, USAGE_FIELD(swap), 1, 0) == 0);
	usage_list_finish(&list);
	for (size_t i = 0; i < 3; i++)
		usage_list_append(&list, i == 1 ? &other : &one);
	assert_true(usage_sum(&list, USAGE_FIELD(rss), 1, 2) == 3 * 4096);
	assert_true(sum(&list, USAGE_FIELD(swap)) == TARGET_UNKNOWN);
	usage_list_finish(&list);
	usage_list_append(&list, &huge);
	usage_list_append(&list, &huge);
	assert_true(sum(&list, USAGE_FIELD(rss)) == TARGET_UNKNOWN);
	usage_list_finish(&list);
}

/* One by one. */
static uint64_t add_up(const struct usage_list *list, size_t field, size_t first, size_t count,
		       const struct query_matches *matches)
{
	uint64_t all = 0;

	for (size_t i = first; i < first + count; i++) {
		uint64_t value = usage_column_get(&list->columns[field], field, i);

		if (!query_matches_has(matches, i))
			continue;
		if (value == TARGET_UNKNOWN || __builtin_add_overflow(all, value, &all))
			return TARGET_UNKNOWN;
	}
	return all;
}

/* Of four bytes a value, of eight, and where all are the same; some are not known. */
static void those_that_match_are_summed_up(void **state)
{
	struct usage_list list = {0};
	struct query_matches matches;
	size_t known = 0;

	(void)state;
	query_matches_init(&matches, COUNT);
	for (size_t i = 0; i < COUNT; i++) {
		struct usage usage = resident(i == 150 ? TARGET_UNKNOWN : 4096 * i, i);

		usage.uss = i == 190 ? UINT64_MAX - 1 : 1000 * i + 1;
		usage.swap = 4096;
		usage.flags = i;
		usage_list_append(&list, &usage);
		if (i % 3 == 0 && i != 150)
			query_matches_remove(&matches, i);
	}
	for (size_t first = 0; first < COUNT; first += 7)
		for (size_t count = 0; first + count <= COUNT; count++)
			for (size_t field = 0; field < USAGE_FIELDS; field++) {
				uint64_t expected = add_up(&list, field, first, count, &matches);

				assert_true(usage_sum_matching(&list, field, first, count,
							       &matches) == expected);
				known += expected && expected != TARGET_UNKNOWN;
			}
	assert_true(known > 1000);
	query_matches_finish(&matches);
	usage_list_finish(&list);
}

static void what_is_not_known_is_found(void **state)
{
	struct usage_list list = {0};
	struct usage usage = resident(4096, 3);

	(void)state;
	usage.hugetlb = 0;
	usage.uss = UINT64_MAX - 1;
	for (size_t i = 0; i < 100; i++) {
		usage.rss = i % 10 == 3 ? TARGET_UNKNOWN : 4096 * i;
		usage.uss = i % 10 == 5 ? TARGET_UNKNOWN : UINT64_MAX - 1;
		usage_list_append(&list, &usage);
	}
	assert_int_equal(usage_next_unknown(&list, USAGE_FIELD(rss), 0, 100), 3);
	assert_int_equal(usage_next_unknown(&list, USAGE_FIELD(rss), 3, 100), 3);
	assert_int_equal(usage_next_unknown(&list, USAGE_FIELD(rss), 4, 100), 13);
	assert_int_equal(usage_next_unknown(&list, USAGE_FIELD(rss), 4, 13), 13);
	assert_int_equal(usage_next_unknown(&list, USAGE_FIELD(rss), 94, 100), 100);
	assert_int_equal(usage_next_unknown(&list, USAGE_FIELD(uss), 6, 100), 15);
	assert_int_equal(usage_next_unknown(&list, USAGE_FIELD(uss), 96, 100), 100);
	assert_int_equal(usage_next_unknown(&list, USAGE_FIELD(swap), 6, 100), 6);
	assert_int_equal(usage_next_unknown(&list, USAGE_FIELD(swap), 100, 100), 100);
	assert_int_equal(usage_next_unknown(&list, USAGE_FIELD(hugetlb), 6, 100), 100);
	usage_list_finish(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_are_those_of_known_values),
		cmocka_unit_test(those_that_match_are_summed_up),
		cmocka_unit_test(what_is_not_known_is_found),
	};

	return cmocka_run_group_tests_name("usage_sum", tests, NULL, NULL);
}
