/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/search.h"

#define MOST 12

struct item {
	char before;
	uint64_t number;
};

/* Counts how often it was asked. */
struct sought {
	const struct item *items;
	uint64_t number;
	unsigned *asked;
};

static bool is_from(const void *context, size_t index)
{
	const struct sought *sought = context;

	++*sought->asked;
	return sought->items[index].number >= sought->number;
}

/* Every list of up to MOST items, each equal to the one before or one or two greater. */
static size_t make_items(unsigned seed, size_t count, struct item out[static MOST])
{
	uint64_t number = 1;

	for (size_t i = 0; i < count; i++, seed /= 3) {
		number += seed % 3;
		out[i].number = number;
	}
	return count;
}

static size_t count_below(const struct item *items, size_t count, uint64_t number)
{
	size_t below = 0;

	while (below < count && items[below].number < number)
		below++;
	return below;
}

static void finds_what_one_by_one_finds(void **state)
{
	(void)state;
	for (size_t count = 0; count <= MOST; count++) {
		for (unsigned seed = 0; seed < 600; seed++) {
			struct item items[MOST] = {{0}};

			make_items(seed * 887, count, items);
			for (uint64_t number = 0; number < 2 * MOST + 3; number++) {
				unsigned asked = 0;
				struct sought sought = {items, number, &asked};
				size_t from = count_below(items, count, number);

				assert_int_equal(search_first(count, is_from, &sought), from);
				assert_true(asked <= 4);
				assert_int_equal(SEARCH_FROM(items, count, number, number), from);
				assert_int_equal(SEARCH_ABOVE(items, count, number, number),
						 count_below(items, count, number + 1));
			}
		}
	}
}

static void no_array_has_no_elements(void **state)
{
	const struct item *none = NULL;

	(void)state;
	assert_int_equal(SEARCH_ABOVE(none, 0, number, 1), 0);
	assert_int_equal(SEARCH_FROM(none, 0, number, 1), 0);
}

static void numbers_are_compared_without_sign(void **state)
{
	const struct item items[] = {{.number = 1}, {.number = INT64_MAX}, {.number = UINT64_MAX}};

	(void)state;
	assert_int_equal(SEARCH_ABOVE(items, 3, number, (uint64_t)INT64_MAX), 2);
	assert_int_equal(SEARCH_ABOVE(items, 3, number, UINT64_MAX), 3);
	assert_int_equal(SEARCH_FROM(items, 3, number, UINT64_MAX), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_one_by_one_finds),
		cmocka_unit_test(no_array_has_no_elements),
		cmocka_unit_test(numbers_are_compared_without_sign),
	};

	return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
