/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <stdlib.h>

#include "model/diff_align.h"

#define ITEMS_MAX 40

struct made {
	struct diff_align_item items[ITEMS_MAX];
	size_t count;
};

static void add(struct made *made, uint64_t start, uint64_t size, uint8_t perms)
{
	made->items[made->count++] = (struct diff_align_item){start, start + size, perms};
}

static struct diff_align_list list_of(const struct made *made)
{
	return (struct diff_align_list){made->items, made->count};
}

/* NONE stands for one that is left alone. */
#define NONE DIFF_ALIGN_NONE

static void check(const struct made *a, const struct made *b, const size_t *expected)
{
	const struct diff_align_list x = list_of(a), y = list_of(b);
	size_t pairs[ITEMS_MAX];

	diff_align_by_order(&x, &y, pairs);
	for (size_t i = 0; i < a->count; i++)
		assert_true(pairs[i] == expected[i]);
}

static void what_overlaps_is_the_same(void **state)
{
	struct made a = {.count = 0}, b = {.count = 0};
	struct diff_align_list x, y;
	size_t pairs[ITEMS_MAX];

	(void)state;
	add(&a, 10, 10, 1);
	add(&a, 30, 10, 1);
	add(&a, 50, 10, 1);
	add(&b, 5, 5, 1);
	add(&b, 15, 20, 1); /* grew over both: it is the first of them */
	add(&b, 52, 1, 3);
	add(&b, 55, 1, 3);
	x = list_of(&a);
	y = list_of(&b);
	diff_align_by_place(&x, &y, pairs);
	assert_int_equal(pairs[0], 1);
	assert_true(pairs[1] == NONE);
	assert_int_equal(pairs[2], 2);
}

/* Wherever it is among others: the first, the last, of each side. */
static void what_is_far_from_all_is_alone(void **state)
{
	struct made near = {.count = 0}, first = {.count = 0}, last = {.count = 0};

	(void)state;
	add(&near, 0, 101, 3);
	add(&first, 0, 8000, 3);
	add(&first, 9000, 100, 3);
	add(&last, 0, 100, 3);
	add(&last, 1000, 8000, 3);
	check(&first, &near, (const size_t[]){NONE, 0});
	check(&last, &near, (const size_t[]){0, NONE});
	check(&near, &first, (const size_t[]){1});
	check(&near, &last, (const size_t[]){0});
}

static void one_more_between_equal_ones_is_found(void **state)
{
	struct made a = {.count = 0}, b = {.count = 0};

	(void)state;
	for (uint64_t i = 0; i < 4; i++)
		add(&a, i * 100, 10 + i, 3);
	add(&b, 0, 10, 3);
	add(&b, 100, 11, 3);
	add(&b, 150, 40, 3);
	add(&b, 200, 12, 3);
	add(&b, 300, 13, 3);
	check(&a, &b, (const size_t[]){0, 1, 3, 4});
	/* And the other way around. */
	check(&b, &a, (const size_t[]){0, 1, NONE, 2, 3});
}

static void what_grew_or_was_protected_is_a_pair(void **state)
{
	struct made a = {.count = 0}, b = {.count = 0};

	(void)state;
	add(&a, 0, 10, 3);
	add(&a, 100, 20, 3);
	add(&a, 200, 30, 3);
	add(&b, 0, 10, 1);
	add(&b, 100, 25, 3);
	add(&b, 200, 30, 7);
	check(&a, &b, (const size_t[]){0, 1, 2});
}

static void the_nearest_in_size_is_taken(void **state)
{
	struct made a = {.count = 0}, b = {.count = 0};

	(void)state;
	add(&a, 0, 1000, 3);
	add(&b, 0, 1, 3);
	add(&b, 10, 1100, 3);
	check(&a, &b, (const size_t[]){1});
	b.count = 0;
	check(&a, &b, (const size_t[]){NONE});
}

/* Two runs of a program that allocates differ in nothing but addresses. */
static void equal_lists_are_paired_whatever_the_addresses(void **state)
{
	struct made a = {.count = 0}, b = {.count = 0};
	size_t expected[ITEMS_MAX];

	(void)state;
	for (size_t i = 0; i < ITEMS_MAX; i++) {
		add(&a, i * 100, 1 + i % 3, 3);
		add(&b, 0x700000 + i * 77, 1 + i % 3, 3);
		expected[i] = i;
	}
	check(&a, &b, expected);
}

static void pairs_never_cross(void **state)
{
	(void)state;
	srand(15);
	for (int round = 0; round < 300; round++) {
		struct made a = {.count = 0}, b = {.count = 0};
		struct diff_align_list x, y;
		size_t pairs[ITEMS_MAX], next = 0, left = 0;
		size_t a_count = (size_t)rand() % ITEMS_MAX, b_count = (size_t)rand() % ITEMS_MAX;

		for (size_t i = 0; i < a_count; i++)
			add(&a, i * 100, 1 + (uint64_t)rand() % 5, rand() % 2);
		for (size_t i = 0; i < b_count; i++)
			add(&b, i * 100, 1 + (uint64_t)rand() % 5, rand() % 2);
		x = list_of(&a);
		y = list_of(&b);
		diff_align_by_order(&x, &y, pairs);
		for (size_t i = 0; i < a_count; i++) {
			left += pairs[i] == NONE;
			if (pairs[i] == NONE)
				continue;
			assert_true(pairs[i] >= next && pairs[i] < b_count);
			next = pairs[i] + 1;
		}
		/* Some of the longer list are alone in any case. */
		assert_true(left <= a_count && a_count - left <= b_count);
	}
}

/* More than are compared with each other. */
static void of_too_many_the_order_decides(void **state)
{
	const size_t count = 5000;
	struct diff_align_item *a = calloc(count, sizeof(*a)), *b = calloc(count, sizeof(*b));
	size_t *pairs = calloc(count, sizeof(*pairs));

	(void)state;
	for (size_t i = 0; i < count; i++) {
		a[i] = (struct diff_align_item){i * 100, i * 100 + 1, 1};
		b[i] = (struct diff_align_item){i * 100, i * 100 + 2, 1};
	}
	diff_align_by_order(&(struct diff_align_list){a, count},
			    &(struct diff_align_list){b, count - 1}, pairs);
	assert_int_equal(pairs[0], 0);
	assert_int_equal(pairs[count - 2], count - 2);
	assert_true(pairs[count - 1] == NONE);
	free(a);
	free(b);
	free(pairs);
}

/*
 * Two lists of which the second lacks the first of the other: compared with each other, all others
 * keep their partners; by the order alone they do not. They begin and end differently, so that
 * nothing is taken off.
 */
static bool are_compared(size_t a_count, size_t b_count)
{
	struct diff_align_item *a = calloc(a_count, sizeof(*a)), *b = calloc(b_count, sizeof(*b));
	size_t *pairs = calloc(a_count, sizeof(*pairs));
	bool compared;

	for (size_t i = 0; i < a_count; i++)
		a[i] = (struct diff_align_item){i * 100000, i * 100000 + i + 10, 1};
	for (size_t i = 0; i < b_count; i++)
		b[i] = (struct diff_align_item){i * 100000, i * 100000 + i + 11, 1};
	b[0].perms = b[b_count - 1].perms = 2;
	diff_align_by_order(&(struct diff_align_list){a, a_count},
			    &(struct diff_align_list){b, b_count}, pairs);
	compared = pairs[1] == 0;
	free(a);
	free(b);
	free(pairs);
	return compared;
}

static void as_many_as_may_be_are_compared(void **state)
{
	(void)state;
	assert_true(are_compared(DIFF_ALIGN_CELLS_MAX / 2048, 2048));
	assert_false(are_compared(DIFF_ALIGN_CELLS_MAX / 2048 + 1, 2048));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_overlaps_is_the_same),
		cmocka_unit_test(what_is_far_from_all_is_alone),
		cmocka_unit_test(one_more_between_equal_ones_is_found),
		cmocka_unit_test(what_grew_or_was_protected_is_a_pair),
		cmocka_unit_test(the_nearest_in_size_is_taken),
		cmocka_unit_test(equal_lists_are_paired_whatever_the_addresses),
		cmocka_unit_test(pairs_never_cross),
		cmocka_unit_test(of_too_many_the_order_decides),
		cmocka_unit_test(as_many_as_may_be_are_compared),
	};

	return cmocka_run_group_tests_name("diff_align", tests, NULL, NULL);
}
