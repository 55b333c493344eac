/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/query_matches.h"

static void starts_with_all(void **state)
{
	struct query_matches matches;

	(void)state;
	for (size_t count = 0; count < 200; count++) {
		query_matches_init(&matches, count);
		assert_int_equal(matches.count, count);
		for (size_t i = 0; i < count; i++) {
			assert_true(query_matches_has(&matches, i));
			assert_int_equal(query_matches_above(&matches, i), i);
			assert_int_equal(query_matches_below(&matches, i + 1), i);
			assert_int_equal(query_matches_rank(&matches, i), i);
		}
		assert_false(query_matches_has(&matches, count));
		assert_int_equal(query_matches_above(&matches, count), count);
		assert_int_equal(query_matches_below(&matches, 0), count);
		assert_int_equal(query_matches_rank(&matches, count), count);
		query_matches_finish(&matches);
	}
}

static void finds_what_is_left(void **state)
{
	struct query_matches matches;
	size_t rank = 0;

	(void)state;
	query_matches_init(&matches, 1000);
	for (size_t i = 0; i < 1000; i++)
		if (i % 129 != 5)
			query_matches_remove(&matches, i);
	query_matches_remove(&matches, 6); /* again */
	query_matches_remove(&matches, 1000);
	assert_int_equal(matches.count, 8);
	for (size_t i = 5; i < 1000; i += 129) {
		assert_true(query_matches_has(&matches, i));
		assert_int_equal(query_matches_rank(&matches, i), rank++);
		assert_int_equal(query_matches_below(&matches, i), i > 5 ? i - 129 : 1000);
		assert_int_equal(query_matches_above(&matches, i + 1),
				 i + 129 < 1000 ? i + 129 : 1000);
	}
	assert_int_equal(query_matches_below(&matches, 5000), 5 + 7 * 129);
	query_matches_finish(&matches);
}

static void counts_between_any_two(void **state)
{
	struct query_matches matches;

	(void)state;
	query_matches_init(&matches, 200);
	for (size_t i = 0; i < 200; i += 3)
		query_matches_remove(&matches, i);
	for (size_t first = 0; first < 210; first++) {
		size_t count = 0;

		assert_int_equal(query_matches_between(&matches, first, 0), 0);
		for (size_t end = first; end < 210; end++) {
			assert_int_equal(query_matches_between(&matches, first, end), count);
			count += query_matches_has(&matches, end);
		}
	}
	query_matches_finish(&matches);
}

static void all_zeroes_is_empty(void **state)
{
	struct query_matches none = {0};

	(void)state;
	assert_false(query_matches_has(&none, 0));
	assert_int_equal(query_matches_above(&none, 0), 0);
	assert_int_equal(query_matches_below(&none, 9), 0);
	assert_int_equal(query_matches_rank(&none, 9), 0);
	assert_int_equal(query_matches_between(&none, 0, 9), 0);
	query_matches_finish(&none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(starts_with_all),
		cmocka_unit_test(finds_what_is_left),
		cmocka_unit_test(counts_between_any_two),
		cmocka_unit_test(all_zeroes_is_empty),
	};

	return cmocka_run_group_tests_name("query_matches", tests, NULL, NULL);
}
