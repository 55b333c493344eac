/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "layout/weight.h"
#include "model/kind.h"

#define PAGE UINT64_C(4096)
#define ONE  (UINT64_C(1) << 20) /* of weight_log2() */

static void the_logarithm_is_exact_at_powers_of_two(void **state)
{
	(void)state;
	for (unsigned power = 0; power < 64; power++)
		assert_true(weight_log2((UINT64_C(1) << power) - 1) == power * ONE);
}

static void the_logarithm_is_close_in_between(void **state)
{
	(void)state;
	/* log2 3, log2 5, log2 6, log2 7, log2 1000, in units of 2^-20. */
	const struct {
		uint64_t number;
		double log2;
	} known[] = {
		{3, 1.5849625}, {5, 2.3219281}, {6, 2.5849625}, {7, 2.8073549}, {1000, 9.9657843}};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		double is = (double)weight_log2(known[i].number - 1) / (double)ONE;

		assert_true(is > known[i].log2 - 0.01 && is < known[i].log2 + 0.01);
	}
}

static void the_logarithm_never_falls(void **state)
{
	uint64_t previous = 0;

	(void)state;
	for (uint64_t pages = 0; pages < 3000000; pages++) {
		uint64_t now = weight_log2(pages);

		assert_true(now >= previous);
		previous = now;
	}
	for (unsigned power = 21; power < 64; power++)
		for (uint64_t step = 1; step < 2000; step++) {
			uint64_t pages =
				(UINT64_C(1) << power) + step * (UINT64_C(1) << (power - 11));

			assert_true(weight_log2(pages - 1) <= weight_log2(pages));
			assert_true(weight_log2(pages) <= weight_log2(pages + 1));
		}
	assert_true(weight_log2(UINT64_MAX) >= weight_log2(UINT64_MAX - 1));
}

/* A mapping of 7 pages, a gap of 255, a reservation of 15, one of 1, and above the end: a gap. */
static struct region regions[] = {
	{0, 7 * PAGE, 0, KIND_ANON, OWNER_OTHER, 0, false, false, {0}},
	{7 * PAGE, 262 * PAGE, REGION_GAP, KIND_GAP, OWNER_OTHER, 0, false, false, {0}},
	{262 * PAGE, 277 * PAGE, 1, KIND_RESERVE, OWNER_OTHER, 0, false, false, {0}},
	{277 * PAGE, 285 * PAGE, 2, KIND_TEXT, OWNER_OTHER, 0, false, false, {0}},
	{285 * PAGE, 999 * PAGE, REGION_GAP, KIND_GAP, OWNER_OTHER, 0, false, false, {0}},
};
static const struct region_list list = {
	.regions = regions, .count = 5, .user_end = 285 * PAGE, .page_size = PAGE};

static void gaps_and_reservations_are_discounted(void **state)
{
	const uint64_t expected[][SCALE_COUNT] = {
		{3 * ONE, 7 * PAGE, 1}, {8 * ONE / 8, 0, 1}, {4 * ONE / 8, 0, 1}};

	(void)state;
	for (size_t i = 0; i < 3; i++)
		for (unsigned scale = 0; scale < SCALE_COUNT; scale++)
			assert_true(weight_of_region(&regions[i], &list, (enum scale)scale) ==
				    expected[i][scale]);
}

static void what_lies_above_user_addresses_weighs_nothing(void **state)
{
	(void)state;
	assert_int_equal(weight_of_region(&regions[4], &list, SCALE_LOG), 0);
	assert_int_equal(weight_of_region(&regions[4], &list, SCALE_LINEAR), 0);
	assert_int_equal(weight_of_region(&regions[4], &list, SCALE_EQUAL), 1);
	assert_true(weight_of_fold(&regions[3], 2, &list, SCALE_LINEAR) == 8 * PAGE);
	/* A mapping, too: the vsyscall page. */
	{
		const struct region page = {999 * PAGE,    1000 * PAGE, 3,
					    KIND_VSYSCALL, OWNER_OTHER, 0,
					    false,         false,       {0}};

		assert_int_equal(weight_of_region(&page, &list, SCALE_LOG), 0);
		assert_int_equal(weight_of_region(&page, &list, SCALE_LINEAR), 0);
	}
}

static void between_matches_nothing_weighs(void **state)
{
	const struct region_list filtered = {.regions = regions,
					     .count = 5,
					     .user_end = 285 * PAGE,
					     .page_size = PAGE,
					     .filtered = true};

	(void)state;
	for (unsigned scale = 0; scale < SCALE_COUNT; scale++) {
		assert_int_equal(weight_of_region(&regions[1], &filtered, (enum scale)scale), 0);
		assert_true(weight_of_region(&regions[0], &filtered, (enum scale)scale) ==
			    weight_of_region(&regions[0], &list, (enum scale)scale));
	}
	assert_int_equal(weight_of_fold(&regions[1], 1, &filtered, SCALE_LOG), 0);
}

static void a_fold_weighs_half_of_one_region_with_all_its_bytes(void **state)
{
	(void)state;
	/* 7 + 8 pages that are in use. */
	assert_true(weight_of_fold(regions, 5, &list, SCALE_LOG) == 4 * ONE / 2);
	assert_true(weight_of_fold(regions, 5, &list, SCALE_LINEAR) == 15 * PAGE);
	assert_int_equal(weight_of_fold(regions, 5, &list, SCALE_EQUAL), 1);
	/* 255 + 15 pages that only take up addresses. */
	assert_true(weight_of_fold(&regions[1], 2, &list, SCALE_LOG) == weight_log2(270) / 8 / 2);
}

/* Wherever it lies, a region weighs its bytes; in a fold as alone. */
static void linear_weights_are_bytes(void **state)
{
	const struct region_list all = {.user_end = UINT64_C(1) << 47, .page_size = 4096};
	const struct region three[] = {
		{.start = 0x5000, .end = 0x9000, .kind = KIND_ANON},
		{.start = 0x9000, .end = 0xa000, .kind = KIND_GAP, .vma = REGION_GAP},
		{.start = 0xa000, .end = 0xa800, .kind = KIND_FILE},
	};
	const uint64_t bytes[] = {0x4000, 0, 0x800};

	(void)state;
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(weight_of_region(&three[i], &all, SCALE_LINEAR), bytes[i]);
	assert_int_equal(weight_of_fold(three, 3, &all, SCALE_LINEAR), 0x4800);
	assert_int_equal(weight_of_fold(three + 1, 2, &all, SCALE_LINEAR), 0x800);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_logarithm_is_exact_at_powers_of_two),
		cmocka_unit_test(the_logarithm_is_close_in_between),
		cmocka_unit_test(the_logarithm_never_falls),
		cmocka_unit_test(gaps_and_reservations_are_discounted),
		cmocka_unit_test(linear_weights_are_bytes),
		cmocka_unit_test(what_lies_above_user_addresses_weighs_nothing),
		cmocka_unit_test(between_matches_nothing_weighs),
		cmocka_unit_test(a_fold_weighs_half_of_one_region_with_all_its_bytes),
	};

	return cmocka_run_group_tests_name("weight", tests, NULL, NULL);
}
