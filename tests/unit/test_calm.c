/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "layout/calm.h"
#include "layout/diagram.h"
#include "model/identity.h"
#include "layout/quota.h"
#include "random_space.h"

#define MOST 40

static void nothing_moves_within_the_tolerance(void **state)
{
	/* Due are 5.4 and 4.6 rows, then 6.1 and 3.9: a row and a quarter off is fine. */
	struct share_item items[] = {{.weight = 55, .group = SHARE_FREE, .before_rows = 5},
				     {.weight = 45, .group = SHARE_FREE, .before_rows = 5}};
	uint64_t rows[2];

	(void)state;
	assert_true(calm_rows(items, 2, 10, 10, rows));
	assert_true(rows[0] == 5 && rows[1] == 5);
	items[0].weight = 64;
	items[1].weight = 36;
	assert_true(calm_rows(items, 2, 10, 10, rows));
	assert_true(rows[0] == 5 && rows[1] == 5);
	/* 6.6 and 3.4: one has to move. */
	items[0].weight = 70;
	items[1].weight = 30;
	assert_true(calm_rows(items, 2, 10, 10, rows));
	assert_true(rows[0] == 6 && rows[1] == 4);
}

static void no_more_moves_than_allowed(void **state)
{
	const struct share_item items[] = {{.weight = 1, .group = SHARE_FREE, .before_rows = 5},
					   {.weight = 0, .group = SHARE_FREE, .before_rows = 25}};
	uint64_t rows[2];

	(void)state;
	for (uint64_t allowed = 0; allowed < 23; allowed++) {
		assert_true(calm_rows(items, 2, 30, allowed, rows));
		assert_int_equal(rows[0], 5 + allowed);
		assert_int_equal(rows[1], 25 - allowed);
	}
	/* 29 and 1 are due; it stops once both are within the tolerance. */
	assert_true(calm_rows(items, 2, 30, 1000, rows));
	assert_int_equal(rows[0], 28);
}

static void a_new_picture_when_much_changed(void **state)
{
	const struct share_item items[] = {{.weight = 1, .group = SHARE_FREE, .before_rows = 5},
					   {.weight = 0, .group = SHARE_FREE, .before_rows = 500}};
	uint64_t rows[2];

	(void)state;
	assert_false(calm_rows(items, 2, 505, 1000, rows));
	assert_true(calm_rows(items, 2, 505, 1, rows));
	assert_int_equal(rows[0], 6);
}

static void one_that_grew_past_another_has_no_fewer_rows(void **state)
{
	/* The third was as large as the others and came away with a row less. */
	const struct share_item items[] = {
		{.weight = 10, .size = 10, .before_rows = 5, .before_size = 10},
		{.weight = 10, .size = 10, .before_rows = 5, .before_size = 10},
		{.weight = 11, .size = 11, .before_rows = 4, .before_size = 10}};
	uint64_t rows[3];

	(void)state;
	assert_true(calm_rows(items, 3, 14, 1, rows));
	assert_int_equal(rows[2], 5);
	assert_int_equal(rows[0] + rows[1], 9);
}

static void keeping_the_order_counts_as_a_move(void **state)
{
	/* The second passes the first and needs a row; the last ones are far from their quotas. */
	const struct share_item items[] = {
		{.weight = 10, .size = 10, .before_rows = 5, .before_size = 10},
		{.weight = 11, .size = 11, .before_rows = 4, .before_size = 10},
		{.weight = 30, .group = SHARE_FREE, .before_rows = 5},
		{.weight = 1, .group = SHARE_FREE, .before_rows = 12}};
	uint64_t rows[4];

	(void)state;
	assert_true(calm_rows(items, 4, 26, 1, rows));
	assert_true(rows[0] == 5 && rows[1] == 5 && rows[2] == 5 && rows[3] == 11);
	assert_true(calm_rows(items, 4, 26, 2, rows));
	assert_true(rows[0] == 5 && rows[1] == 5 && rows[2] == 6 && rows[3] == 10);
}

/* Of three that have and are due the same, at so many rows: expected is what each has then. */
static void expect_shares(const uint64_t sizes[3], uint64_t rows, const uint64_t expected[3])
{
	struct share_item items[3];
	uint64_t shared[3];

	for (size_t i = 0; i < 3; i++)
		items[i] = (struct share_item){
			.weight = 1, .size = sizes[i], .group = SHARE_FREE, .before_rows = 5};
	assert_true(calm_rows(items, 3, rows, 1, shared));
	assert_memory_equal(shared, expected, sizeof(shared));
}

static void among_equals_the_smaller_gives_and_the_larger_takes(void **state)
{
	(void)state;
	expect_shares((const uint64_t[]){10, 20, 30}, 16, (const uint64_t[]){5, 5, 6});
	expect_shares((const uint64_t[]){30, 20, 10}, 16, (const uint64_t[]){6, 5, 5});
	expect_shares((const uint64_t[]){10, 30, 30}, 16, (const uint64_t[]){5, 6, 5});
	expect_shares((const uint64_t[]){10, 20, 30}, 14, (const uint64_t[]){4, 5, 5});
	expect_shares((const uint64_t[]){30, 20, 10}, 14, (const uint64_t[]){5, 5, 4});
	expect_shares((const uint64_t[]){30, 10, 10}, 14, (const uint64_t[]){5, 4, 5});
	/* Of equals in all the first one. */
	expect_shares((const uint64_t[]){20, 20, 20}, 16, (const uint64_t[]){6, 5, 5});
	expect_shares((const uint64_t[]){20, 20, 20}, 14, (const uint64_t[]){4, 5, 5});
	/* Who has given or taken is no equal of the others then. */
	expect_shares((const uint64_t[]){10, 20, 30}, 17, (const uint64_t[]){5, 6, 6});
	expect_shares((const uint64_t[]){10, 20, 30}, 13, (const uint64_t[]){4, 4, 5});
}

static void a_row_and_a_quarter_is_the_tolerance(void **state)
{
	static const struct {
		uint64_t weights[2], before, rows, expected;
	} cases[] = {
		/* Due are 5.75 and 6.25 of 12: 7 and 5 are 1.25 off, no more. */
		{{19, 21}, 7, 12, 7},
		/* 5.7 and 6.3: one moves. */
		{{47, 53}, 7, 12, 6},
		/* As much too few. */
		{{21, 19}, 5, 12, 5},
		{{53, 47}, 5, 12, 6},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct share_item items[] = {
			{.weight = cases[i].weights[0],
			 .group = SHARE_FREE,
			 .before_rows = cases[i].before},
			{.weight = cases[i].weights[1],
			 .group = SHARE_FREE,
			 .before_rows = cases[i].rows - cases[i].before}};
		uint64_t rows[2];

		assert_true(calm_rows(items, 2, cases[i].rows, 10, rows));
		assert_int_equal(rows[0], cases[i].expected);
		assert_int_equal(rows[0] + rows[1], cases[i].rows);
	}
}

/* Of three one is far from what it is due, the others are within the tolerance. */
static void one_out_of_tolerance_is_enough(void **state)
{
	/* Due are 8, 4 and 3 of 15. */
	const struct share_item few[] = {
		{.weight = 7, .group = SHARE_FREE, .before_rows = 6},
		{.weight = 3, .group = SHARE_FREE, .before_rows = 5},
		{.weight = 2, .size = 1, .group = SHARE_FREE, .before_rows = 4}};
	/* Due are 4, 6 and 5. */
	const struct share_item many[] = {
		{.weight = 3, .group = SHARE_FREE, .before_rows = 6},
		{.weight = 5, .group = SHARE_FREE, .before_rows = 5},
		{.weight = 4, .size = 1, .group = SHARE_FREE, .before_rows = 4}};
	uint64_t rows[3];

	(void)state;
	assert_true(calm_rows(few, 3, 15, 10, rows));
	assert_true(rows[0] == 7 && rows[1] == 4 && rows[2] == 4);
	assert_true(calm_rows(many, 3, 15, 10, rows));
	assert_true(rows[0] == 5 && rows[1] == 5 && rows[2] == 5);
}

/* Sizes change at random; whatever the hint was worth, order and sum hold. */
static void order_and_sum_hold(void **state)
{
	struct random random = {9};
	struct share_item items[MOST];
	uint64_t rows[MOST], calm = 0;

	(void)state;
	for (unsigned round = 0; round < 5000; round++) {
		size_t count = random_below(&random, MOST) + 1;
		uint64_t total = count + random_magnitude(&random, round % 2 ? 1000 : 50), sum = 0;

		for (size_t i = 0; i < count; i++) {
			items[i] = (struct share_item){.size = random_magnitude(&random, 50)};
			items[i].weight = items[i].size / (round % 3 + 1);
			items[i].group = (uint8_t)random_below(&random, 3);
		}
		share_rows(items, count, total, rows);
		for (size_t i = 0; i < count; i++) {
			items[i].before_rows = rows[i];
			items[i].before_size = items[i].size;
			if (random_below(&random, 6) == 0)
				items[i].size = random_magnitude(&random, 50);
			items[i].weight = items[i].size / (round % 3 + 1);
		}
		if (!calm_rows(items, count, total, random_below(&random, 40), rows))
			continue;
		calm++;
		for (size_t i = 0; i < count; i++) {
			sum += rows[i];
			assert_true(rows[i] >= 1);
			for (size_t j = 0; j < count; j++)
				assert_true(items[i].group != items[j].group ||
					    items[i].size <= items[j].size || rows[i] >= rows[j]);
		}
		assert_true(sum == total);
	}
	assert_true(calm > 2500);
}

/* Labels of bands that are in both pictures and stand on another row of the screen. */
static unsigned count_moved(const struct diagram *before, const struct diagram *now)
{
	unsigned moved = 0;

	for (size_t i = 0; i < now->band_count; i++) {
		const struct band *band = &now->bands[i];
		const struct band *old =
			&before->bands[diagram_band_at_address(before, band->end - 1)];

		moved += old->end == band->end && old->row != band->row;
	}
	return moved;
}

enum leak {
	LEAK_MAPPING, /* one mapping and the heap grow, as a python program's */
	LEAK_CHUNKS,  /* pieces of 256K come, far from each other, as V8's chunks */
	LEAK_THREADS, /* stacks come with their guards, each below the one before */
	LEAK_COUNT,
};

static size_t append(struct vma *vmas, size_t count, uint64_t start, uint64_t pages, enum kind kind,
		     enum owner owner)
{
	vmas[count] = (struct vma){
		.start = start,
		.end = start + pages * PAGE,
		.name = "",
		.perms = kind == KIND_GUARD ? 0 : PERM_READ | PERM_WRITE,
		.kind = (uint8_t)kind,
		.owner = (uint8_t)owner,
	};
	return count + 1;
}

/* The process after so many seconds. */
static size_t leak_space(struct vma *vmas, enum leak leak, unsigned second)
{
	const enum kind parts[] = {KIND_RODATA, KIND_TEXT, KIND_RODATA,
				   KIND_RELRO,  KIND_DATA, KIND_BSS};
	uint64_t at = UINT64_C(0x555555554000), top = UINT64_C(0x7ffff0000000);
	size_t count = 0;

	for (unsigned i = 0; i < 6; i++, at += 64 * PAGE)
		count = append(vmas, count, at, 64, parts[i], OWNER_PROGRAM);
	count = append(vmas, count, at + (1 << 20), 500 + (leak == LEAK_MAPPING ? 33 * second : 0),
		       KIND_HEAP, OWNER_PROGRAM);
	for (unsigned i = 0; leak == LEAK_CHUNKS && i < 20 + second; i++)
		count = append(vmas, count, UINT64_C(0x600000000000) + i * (UINT64_C(1) << 20), 64,
			       KIND_ANON, OWNER_OTHER);
	for (unsigned i = 0, stacks = 20 + second; leak == LEAK_THREADS && i < stacks; i++) {
		uint64_t start = UINT64_C(0x7fff00000000) - (stacks - i) * 2049 * PAGE;

		count = append(vmas, count, start, 1, KIND_GUARD, OWNER_OTHER);
		count = append(vmas, count, start + PAGE, 2048, KIND_THREAD_STACK, OWNER_OTHER);
	}
	count = append(vmas, count, UINT64_C(0x7fff10000000),
		       1000 + (leak == LEAK_MAPPING ? 256 * second : 0), KIND_ANON, OWNER_OTHER);
	for (unsigned i = 0; i < 150; i++)
		count = append(vmas, count, UINT64_C(0x7fffc0000000) + i * 1024 * PAGE,
			       1 + i * 37 % 600, (enum kind)(i % 4), OWNER_LIBRARY);
	return append(vmas, count, top, 33, KIND_STACK, OWNER_PROGRAM);
}

/* A minute of each leak at 28 rows: hardly ever does a label change its place. */
static void labels_stay_while_a_process_leaks(void **state)
{
	static struct vma vmas[600];

	(void)state;
	for (unsigned leak = 0; leak < LEAK_COUNT; leak++) {
		struct diagram *diagram = NULL;
		struct address_space *baseline = NULL;
		unsigned moved = 0;

		for (unsigned second = 0; second < 60; second++) {
			size_t count = leak_space(vmas, (enum leak)leak, second);
			struct address_space *space = space_of(vmas, count);
			struct region_list list;
			struct diagram *before = diagram;
			struct identity growth;

			if (!baseline)
				baseline = space_of(vmas, count);
			region_list_init(&list, space);
			identity_init(&growth, baseline, space);
			region_list_set_growth(&list, &growth);
			diagram = diagram_build(&(struct diagram_request){
				.regions = &list,
				.end = list.user_end,
				.rows = 28,
				.hint = before,
			});
			/* What begins to grow gets its band once. */
			if (second > 2)
				moved += count_moved(before, diagram);
			diagram_destroy(before);
			identity_finish(&growth);
			region_list_finish(&list);
			address_space_destroy(space);
		}
		print_message("leak %u: %u labels moved in a minute\n", leak, moved);
		assert_in_range(moved, 0, 28);
		diagram_destroy(diagram);
		address_space_destroy(baseline);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_moves_within_the_tolerance),
		cmocka_unit_test(no_more_moves_than_allowed),
		cmocka_unit_test(a_new_picture_when_much_changed),
		cmocka_unit_test(one_that_grew_past_another_has_no_fewer_rows),
		cmocka_unit_test(keeping_the_order_counts_as_a_move),
		cmocka_unit_test(among_equals_the_smaller_gives_and_the_larger_takes),
		cmocka_unit_test(a_row_and_a_quarter_is_the_tolerance),
		cmocka_unit_test(one_out_of_tolerance_is_enough),
		cmocka_unit_test(order_and_sum_hold),
		cmocka_unit_test(labels_stay_while_a_process_leaks),
	};

	return cmocka_run_group_tests_name("calm", tests, NULL, NULL);
}
