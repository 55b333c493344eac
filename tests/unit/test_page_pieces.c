/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "model/page_pieces.h"
#include "random_space.h"

#define START  UINT64_C(0x7f0000001000)
#define PAGES  UINT64_C(20000)
#define ROUNDS 20

static uint64_t page(uint64_t number)
{
	return START + number * PAGE;
}

static void check_sum(const struct page_pieces *pieces, uint64_t from, uint64_t to,
		      enum page_sort sort, uint64_t pages)
{
	struct page_sums sums = page_pieces_between(pieces, page(from), page(to));

	assert_int_equal(sums.of[sort], pages * PAGE);
}

static void what_was_not_added_is_absent(void **state)
{
	struct page_pieces pieces;
	struct page_sums sums;

	(void)state;
	page_pieces_init(&pieces, page(0), page(10));
	page_pieces_add(&pieces, page(2), page(4), PAGES_ANON, false);
	page_pieces_add(&pieces, page(4), page(5), PAGES_SWAPPED, false);
	check_sum(&pieces, 0, 10, PAGES_ABSENT, 2);
	check_sum(&pieces, 3, 10, PAGES_ANON, 1);
	/* Behind what was walked nothing is known. */
	sums = page_pieces_between(&pieces, page(0), page(10));
	assert_int_equal(sums.known, 5 * PAGE);
	assert_false(page_pieces_complete(&pieces));
	page_pieces_walk_to(&pieces, page(10));
	assert_true(page_pieces_complete(&pieces));
	check_sum(&pieces, 0, 10, PAGES_ABSENT, 7);
	check_sum(&pieces, 0, 10, PAGES_SWAPPED, 1);
	assert_int_equal(pieces.count, 4);
}

static void what_lies_outside_is_cut_off(void **state)
{
	struct page_pieces pieces;

	(void)state;
	page_pieces_init(&pieces, page(4), page(8));
	page_pieces_add(&pieces, page(0), page(5), PAGES_FILE, false);
	page_pieces_add(&pieces, page(7), page(20), PAGES_ZERO, false);
	page_pieces_walk_to(&pieces, page(30));
	check_sum(&pieces, 0, 30, PAGES_FILE, 1);
	check_sum(&pieces, 0, 30, PAGES_ZERO, 1);
	check_sum(&pieces, 0, 30, PAGES_ABSENT, 2);
}

static void neighbours_of_one_sort_are_one_piece(void **state)
{
	struct page_pieces pieces;
	struct page_sums sums;

	(void)state;
	page_pieces_init(&pieces, page(0), page(1000));
	for (uint64_t i = 0; i < 500; i++)
		page_pieces_add(&pieces, page(i), page(i + 1), PAGES_ANON, false);
	page_pieces_add(&pieces, page(500), page(1000), PAGES_ANON, true);
	assert_int_equal(pieces.count, 2);
	sums = page_pieces_between(&pieces, page(0), page(1000));
	assert_int_equal(sums.huge, 500 * PAGE);
	assert_int_equal(page_sums_resident(&sums), 1000 * PAGE);
	assert_int_equal(page_sums_only(&sums, 1000 * PAGE), PAGES_ANON);
	assert_int_equal(page_sums_only(&sums, 1001 * PAGE), PAGE_SORT_COUNT);
}

static void sums_of_several_sorts_are_of_none_alone(void **state)
{
	struct page_pieces pieces;
	struct page_sums sums;

	(void)state;
	page_pieces_init(&pieces, page(0), page(4));
	page_pieces_add(&pieces, page(0), page(1), PAGES_SUSPECT, false);
	page_pieces_add(&pieces, page(1), page(2), PAGES_AWAY, false);
	sums = page_pieces_between(&pieces, page(0), page(2));
	assert_int_equal(page_sums_only(&sums, 2 * PAGE), PAGE_SORT_COUNT);
	assert_int_equal(page_sums_resident(&sums), PAGE);
	assert_int_equal(page_sums_swapped(&sums), PAGE);
	sums = page_pieces_between(&pieces, page(1), page(1) + 16);
	assert_int_equal(page_sums_only(&sums, 16), PAGES_AWAY);
	sums = page_pieces_between(&pieces, page(3), page(4));
	assert_int_equal(page_sums_only(&sums, PAGE), PAGE_SORT_COUNT);
}

/* What each page is, and the same told as pieces. */
struct told {
	uint8_t sorts[PAGES];
	struct page_pieces pieces;
};

static void tell(struct told *told, struct random *random)
{
	page_pieces_init(&told->pieces, page(0), page(PAGES));
	for (uint64_t i = 0, next; i < PAGES; i = next) {
		enum page_sort sort = (enum page_sort)random_below(random, PAGE_SORT_COUNT);

		next = i + random_magnitude(random, 64);
		next = next < PAGES ? next : PAGES;
		memset(told->sorts + i, sort, next - i);
		if (sort != PAGES_ABSENT)
			page_pieces_add(&told->pieces, page(i), page(next), sort, sort == 1);
	}
	page_pieces_walk_to(&told->pieces, page(PAGES));
}

static void check_pieces(const struct page_pieces *pieces)
{
	uint64_t at = page(0);

	assert_in_range(pieces->count, 1, PAGE_PIECES_MAX);
	for (size_t i = 0; i < pieces->count; at = pieces->pieces[i++].end) {
		uint64_t sum = 0;

		assert_true(pieces->pieces[i].start == at && pieces->pieces[i].end > at);
		for (int sort = 0; sort < PAGE_SORT_COUNT; sort++)
			sum += pieces->pieces[i].of[sort];
		assert_int_equal(sum, pieces->pieces[i].end - at);
	}
	assert_int_equal(at, page(PAGES));
}

/* However much there is: the sums of what is aligned to blocks are exact. */
static void blocks_keep_their_sums(void **state)
{
	struct told *told = malloc(sizeof(*told));
	struct random random = {4711};

	(void)state;
	assert_non_null(told);
	for (int round = 0; round < ROUNDS; round++) {
		uint64_t block, from, to;

		tell(told, &random);
		check_pieces(&told->pieces);
		block = told->pieces.block;
		assert_true(block > PAGE && block < 1024 * PAGE);
		from = (page(random_below(&random, PAGES / 2)) / block + 1) * block;
		to = from + block * (1 + random_below(&random, 3));
		for (int sort = 0; sort < PAGE_SORT_COUNT; sort++) {
			struct page_sums sums = page_pieces_between(&told->pieces, from, to);
			uint64_t pages = 0;

			for (uint64_t at = from; at < to; at += PAGE)
				pages += told->sorts[(at - START) / PAGE] == sort;
			assert_int_equal(sums.of[sort], pages * PAGE);
			assert_int_equal(sums.known, to - from);
		}
	}
	free(told);
}

static void parts_of_a_block_are_shares(void **state)
{
	struct told *told = malloc(sizeof(*told));
	struct random random = {815};

	(void)state;
	assert_non_null(told);
	tell(told, &random);
	for (int i = 0; i < 1000; i++) {
		uint64_t from = START + random_below(&random, PAGES * PAGE);
		uint64_t size = random_magnitude(&random, PAGES * PAGE), sum = 0;
		struct page_sums sums = page_pieces_between(&told->pieces, from, from + size);

		for (int sort = 0; sort < PAGE_SORT_COUNT; sort++)
			sum += sums.of[sort];
		assert_int_equal(sum, sums.known);
		assert_true(sums.known <= size && sums.huge <= sum);
	}
	free(told);
}

/* One piece more than there is room for: pairs become one, or fours where pairs are too many. */
static void blocks_are_no_larger_than_needed(void **state)
{
	static struct page_pieces pieces;

	(void)state;
	for (uint64_t odd = 0; odd < 2; odd++) {
		const uint64_t start = UINT64_C(0x7f0000000000) + odd * PAGE;
		const uint64_t per_piece = odd ? 4 : 2;

		page_pieces_init(&pieces, start, start + 2 * PAGE_PIECES_MAX * PAGE);
		for (uint64_t i = 0; i <= PAGE_PIECES_MAX; i++) {
			assert_int_equal(pieces.count, i);
			assert_int_equal(pieces.block, 0);
			page_pieces_add(&pieces, start + i * PAGE, start + (i + 1) * PAGE,
					i % 2 ? PAGES_ANON : PAGES_FILE, i % 2);
		}
		assert_int_equal(pieces.block, per_piece * PAGE);
		assert_int_equal(pieces.count, PAGE_PIECES_MAX / per_piece + 1 + odd);
		assert_int_equal(pieces.pieces[1].end - pieces.pieces[1].start, per_piece * PAGE);
		assert_int_equal(pieces.pieces[1].of[PAGES_ANON], per_piece * PAGE / 2);
		assert_int_equal(pieces.pieces[1].of[PAGES_FILE], per_piece * PAGE / 2);
		assert_int_equal(pieces.pieces[1].huge, per_piece * PAGE / 2);
	}
}

/* What rounding loses of three sorts is that of the one there is most of. */
static void shares_are_rounded_to_the_largest_sort(void **state)
{
	struct page_pieces pieces = {.count = 1};
	struct page_sums sums;

	(void)state;
	pieces.pieces[0] = (struct page_piece){.start = 0x1000, .end = 0x1000 + 7, .huge = 5};
	pieces.pieces[0].of[PAGES_ABSENT] = 2;
	pieces.pieces[0].of[PAGES_FILE] = 4;
	pieces.pieces[0].of[PAGES_SWAPPED] = 1;
	sums = page_pieces_between(&pieces, 0, 0x1003);
	assert_int_equal(sums.known, 3);
	assert_int_equal(sums.of[PAGES_ABSENT], 0);
	assert_int_equal(sums.of[PAGES_FILE], 3);
	assert_int_equal(sums.of[PAGES_SWAPPED], 0);
	assert_int_equal(sums.huge, 2);
	assert_true(sums.blurred);
	sums = page_pieces_between(&pieces, 0x1003, 0x2000);
	assert_int_equal(sums.known, 4);
	assert_int_equal(sums.of[PAGES_ABSENT], 1);
	assert_int_equal(sums.of[PAGES_FILE], 3);
	assert_true(sums.blurred);
	sums = page_pieces_between(&pieces, 0x1000, 0x1007);
	assert_int_equal(sums.of[PAGES_SWAPPED], 1);
	assert_int_equal(sums.huge, 5);
	assert_false(sums.blurred);
	/* Of one sort alone nothing is blurred. */
	pieces.pieces[0].of[PAGES_ABSENT] = pieces.pieces[0].of[PAGES_SWAPPED] = 0;
	pieces.pieces[0].of[PAGES_FILE] = 7;
	sums = page_pieces_between(&pieces, 0, 0x1003);
	assert_int_equal(sums.of[PAGES_FILE], 3);
	assert_false(sums.blurred);
	sums = page_pieces_between(&pieces, 0x1007, 0x2000);
	assert_int_equal(sums.known, 0);
	assert_int_equal(page_sums_only(&sums, 0), PAGE_SORT_COUNT);
}

static void every_sort_has_a_name(void **state)
{
	(void)state;
	assert_string_equal(page_sort_name(PAGES_ABSENT), "absent");
	assert_string_equal(page_sort_name(PAGES_ANON), "anonymous");
	assert_string_equal(page_sort_name(PAGES_FILE), "file");
	assert_string_equal(page_sort_name(PAGES_ZERO), "zero");
	assert_string_equal(page_sort_name(PAGES_SUSPECT), "shared-or-zero");
	assert_string_equal(page_sort_name(PAGES_SWAPPED), "swapped");
	assert_string_equal(page_sort_name(PAGES_AWAY), "swapped-or-guard");
	assert_string_equal(page_sort_name(PAGES_GUARD), "guard");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_not_added_is_absent),
		cmocka_unit_test(what_lies_outside_is_cut_off),
		cmocka_unit_test(neighbours_of_one_sort_are_one_piece),
		cmocka_unit_test(sums_of_several_sorts_are_of_none_alone),
		cmocka_unit_test(blocks_keep_their_sums),
		cmocka_unit_test(parts_of_a_block_are_shares),
		cmocka_unit_test(blocks_are_no_larger_than_needed),
		cmocka_unit_test(shares_are_rounded_to_the_largest_sort),
		cmocka_unit_test(every_sort_has_a_name),
	};

	return cmocka_run_group_tests_name("page_pieces", tests, NULL, NULL);
}
