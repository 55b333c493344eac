/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/memory.h"
#include "model/residency.h"
#include "random_space.h"

#define ROUNDS 500
#define PAGES  200 /* of the small address space that is also kept page by page */

/* Takes a copy of the runs. */
static struct residency *make(const struct residency_run *runs, size_t count)
{
	struct residency_run *copy = memory_alloc(count * sizeof(*copy));

	if (count)
		memcpy(copy, runs, count * sizeof(*copy));
	return residency_create(copy, count, RESIDENCY_PAGEMAP_SCAN, 5, 7);
}

static void assert_sum(const struct residency *residency, uint64_t start, uint64_t end,
		       uint64_t resident, uint64_t swapped, uint64_t huge)
{
	struct residency_sum sum = residency_between(residency, start, end);

	assert_int_equal(sum.resident, resident);
	assert_int_equal(sum.swapped, swapped);
	assert_int_equal(sum.huge, huge);
}

static void nothing_is_in_memory(void **state)
{
	struct residency *residency = residency_create(NULL, 0, RESIDENCY_PAGEMAP, 5, 7);

	(void)state;
	assert_int_equal(residency->count, 0);
	assert_int_equal(residency->source, RESIDENCY_PAGEMAP);
	assert_int_equal(residency->time_ns, 5);
	assert_int_equal(residency->held_ns, 7);
	assert_sum(residency, 0, UINT64_MAX, 0, 0, 0);
	residency_destroy(residency);
	residency_destroy(NULL);
}

static void sums_are_cut_at_both_ends(void **state)
{
	static const struct residency_run runs[] = {
		{0x1000, 0x3000, RUN_RESIDENT},
		{0x5000, 0x6000, RUN_SWAPPED},
		{0x200000, 0x400000, RUN_RESIDENT | RUN_HUGE},
	};
	struct residency *residency = make(runs, 3);

	(void)state;
	assert_int_equal(residency->count, 3);
	assert_sum(residency, 0, UINT64_MAX, 0x202000, 0x1000, 0x200000);
	assert_sum(residency, 0x2000, 0x5800, 0x1000, 0x800, 0);
	assert_sum(residency, 0x3000, 0x5000, 0, 0, 0);
	assert_sum(residency, 0x5000, 0x6000, 0, 0x1000, 0);
	assert_sum(residency, 0x250000, 0x260000, 0x10000, 0, 0x10000);
	assert_sum(residency, 0x400000, UINT64_MAX, 0, 0, 0);
	assert_sum(residency, 0x2000, 0x2000, 0, 0, 0);
	assert_sum(residency, 0x2000, 0x1000, 0, 0, 0);
	residency_destroy(residency);
}

static void equal_neighbours_become_one_run(void **state)
{
	static const struct residency_run runs[] = {
		{0x1000, 0x2000, RUN_RESIDENT}, {0x2000, 0x3000, RUN_RESIDENT},
		{0x3000, 0x3000, RUN_SWAPPED},  {0x3000, 0x4000, RUN_SWAPPED},
		{0x5000, 0x6000, RUN_SWAPPED},  {0x6000, 0x7000, RUN_RESIDENT | RUN_HUGE},
		{0x7000, 0x8000, RUN_RESIDENT},
	};
	struct residency *residency = make(runs, sizeof(runs) / sizeof(runs[0]));

	(void)state;
	assert_int_equal(residency->count, 5);
	assert_int_equal(residency->runs[0].end, 0x3000);
	assert_int_equal(residency->runs[1].start, 0x3000);
	assert_int_equal(residency->runs[1].end, 0x4000);
	residency_destroy(residency);
}

static void runs_in_disorder_are_put_in_order(void **state)
{
	static const struct residency_run runs[] = {
		{0x8000, 0x9000, RUN_RESIDENT}, {0x1000, 0x5000, RUN_SWAPPED},
		{0x4000, 0x6000, RUN_RESIDENT}, {0x2000, 0x3000, RUN_RESIDENT},
		{0x9000, 0x8000, RUN_RESIDENT},
	};
	struct residency *residency = make(runs, sizeof(runs) / sizeof(runs[0]));

	(void)state;
	assert_int_equal(residency->count, 3);
	assert_sum(residency, 0x1000, 0x5000, 0, 0x4000, 0);
	assert_sum(residency, 0x5000, 0x6000, 0x1000, 0, 0);
	assert_sum(residency, 0, UINT64_MAX, 0x2000, 0x4000, 0);
	residency_destroy(residency);
}

/* The highest addresses that there are, as of [vsyscall]. */
static void the_top_of_all_addresses(void **state)
{
	const struct residency_run run = {UINT64_MAX - 0xfff, UINT64_MAX, RUN_RESIDENT};
	struct residency *residency = make(&run, 1);

	(void)state;
	assert_sum(residency, 0, UINT64_MAX, 0xfff, 0, 0);
	assert_sum(residency, UINT64_MAX - 1, UINT64_MAX, 1, 0, 0);
	residency_destroy(residency);
}

static uint8_t random_flags(struct random *random)
{
	static const uint8_t flags[] = {RUN_RESIDENT, RUN_SWAPPED, RUN_RESIDENT | RUN_HUGE};

	return flags[random_below(random, 3)];
}

/* Sorted runs, and the same page by page. */
static size_t make_runs(struct random *random, struct residency_run *runs, uint8_t *pages)
{
	uint64_t page = random_below(random, 5);
	size_t count = 0;

	memset(pages, 0, PAGES);
	while (page < PAGES) {
		uint64_t length = 1 + random_below(random, 9);
		uint8_t flags = random_flags(random);

		if (page + length > PAGES)
			length = PAGES - page;
		runs[count++] = (struct residency_run){page * PAGE, (page + length) * PAGE, flags};
		memset(pages + page, flags, length);
		page += length + random_below(random, 4);
	}
	return count;
}

static void shuffle(struct random *random, struct residency_run *runs, size_t count)
{
	for (size_t i = count; i > 1; i--) {
		size_t other = random_below(random, i);
		struct residency_run run = runs[i - 1];

		runs[i - 1] = runs[other];
		runs[other] = run;
	}
}

static void check_against_pages(const struct residency *residency, const uint8_t *pages,
				uint64_t start, uint64_t end)
{
	struct residency_sum sum = {0};

	for (uint64_t page = start; page < end; page++) {
		sum.resident += pages[page] & RUN_RESIDENT ? PAGE : 0;
		sum.swapped += pages[page] & RUN_SWAPPED ? PAGE : 0;
		sum.huge += pages[page] & RUN_HUGE ? PAGE : 0;
	}
	assert_sum(residency, start * PAGE, end * PAGE, sum.resident, sum.swapped, sum.huge);
}

static void equals_counting_page_by_page(void **state)
{
	struct residency_run runs[PAGES];
	struct random random = {1};
	uint8_t pages[PAGES];

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		size_t count = make_runs(&random, runs, pages);
		struct residency *residency;

		if (round % 2)
			shuffle(&random, runs, count);
		residency = make(runs, count);
		for (size_t i = 0; i < residency->count; i++) {
			const struct residency_run *run = &residency->runs[i];

			assert_true(run->start < run->end);
			if (i)
				assert_true(
					run[-1].end < run->start ||
					(run[-1].end == run->start && run[-1].flags != run->flags));
		}
		check_against_pages(residency, pages, 0, PAGES);
		for (int i = 0; i < 50; i++) {
			uint64_t start = random_below(&random, PAGES);

			check_against_pages(residency, pages, start,
					    start + random_below(&random, PAGES - start + 1));
		}
		residency_destroy(residency);
	}
}

/* The parts of a range add up to it, wherever it is cut. */
static void parts_add_up(void **state)
{
	struct random random = {2};

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		size_t count = random_below(&random, 40);
		struct residency_run *runs = memory_alloc(count * sizeof(*runs));
		struct residency *residency;

		for (size_t i = 0; i < count; i++) {
			uint64_t start = random_magnitude(&random, UINT64_C(1) << 47);

			runs[i] = (struct residency_run){
				start, start + random_magnitude(&random, UINT64_C(1) << 40),
				random_flags(&random)};
		}
		residency = residency_create(runs, count, RESIDENCY_PAGEMAP_SCAN, 0, 0);
		for (int i = 0; i < 20; i++) {
			uint64_t cut = random_magnitude(&random, UINT64_C(1) << 47);
			struct residency_sum low = residency_between(residency, 0, cut);
			struct residency_sum high = residency_between(residency, cut, UINT64_MAX);

			assert_sum(residency, 0, UINT64_MAX, low.resident + high.resident,
				   low.swapped + high.swapped, low.huge + high.huge);
			assert_true(low.resident + low.swapped <= cut);
		}
		residency_destroy(residency);
	}
}

/* Random ranges, page by page as well. */
static void cover_randomly(struct random *random, struct residency *residency, uint8_t *covered)
{
	size_t count = random_below(random, 6);
	struct residency_range *ranges = memory_alloc((count + 1) * sizeof(*ranges));

	memset(covered, 0, PAGES);
	for (size_t i = 0; i < count; i++) {
		uint64_t start = random_below(random, PAGES);
		uint64_t end = start + random_below(random, PAGES - start + 1);

		ranges[i] = (struct residency_range){start * PAGE, end * PAGE};
		memset(covered + start, 1, end - start);
	}
	residency_cover(residency, ranges, count);
}

static void drop_uncovered(uint8_t *pages, const uint8_t *covered, struct residency_run *runs,
			   size_t *ret_count)
{
	*ret_count = 0;
	for (uint64_t i = 0; i < PAGES; i++) {
		if (!covered[i])
			pages[i] = 0;
		if (pages[i])
			runs[(*ret_count)++] =
				(struct residency_run){i * PAGE, (i + 1) * PAGE, pages[i]};
	}
}

/* A residency of random runs that are covered, with the same page by page. */
static struct residency *make_covered(struct random *random, uint8_t *pages, uint8_t *covered)
{
	struct residency_run runs[PAGES];
	struct residency *ranges = make(NULL, 0), *residency;
	size_t count;

	cover_randomly(random, ranges, covered);
	make_runs(random, runs, pages);
	drop_uncovered(pages, covered, runs, &count);
	residency = make(runs, count);
	residency_cover(residency, ranges->covered, ranges->covered_count);
	ranges->covered = NULL;
	residency_destroy(ranges);
	return residency;
}

static void what_is_covered_equals_counting_page_by_page(void **state)
{
	uint8_t pages[PAGES], covered[PAGES];
	struct random random = {3};

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct residency *residency = make_covered(&random, pages, covered);

		for (size_t i = 1; i < residency->covered_count; i++)
			assert_true(residency->covered[i - 1].end < residency->covered[i].start);
		for (int i = 0; i < 50; i++) {
			uint64_t start = random_below(&random, PAGES), count = 0;
			uint64_t end = start + random_below(&random, PAGES - start + 1);

			for (uint64_t page = start; page < end; page++)
				count += covered[page];
			assert_int_equal(residency_covered(residency, start * PAGE, end * PAGE),
					 count * PAGE);
		}
		residency_destroy(residency);
	}
}

static void a_part_renews_only_what_it_covers(void **state)
{
	uint8_t old[PAGES], old_covered[PAGES], new[PAGES], new_covered[PAGES];
	struct random random = {4};
	struct residency *residency;

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct residency *older = make_covered(&random, old, old_covered);
		struct residency *newer = make_covered(&random, new, new_covered), *both;

		newer->partial = round % 4 != 0;
		both = residency_renew(older, newer);
		for (uint64_t i = 0; i < PAGES && round % 4; i++) {
			new[i] = new_covered[i] ? new[i] : old[i];
			new_covered[i] |= old_covered[i];
		}
		assert_false(both->partial);
		for (uint64_t i = 0; i < PAGES; i++) {
			assert_int_equal(residency_covered(both, i * PAGE, (i + 1) * PAGE),
					 new_covered[i] ? PAGE : 0);
			check_against_pages(both, new, i, i + 1);
		}
		residency_destroy(both);
	}
	/* Without anything before it stays a part. */
	residency = make(NULL, 0);
	residency->partial = true;
	residency = residency_renew(NULL, residency);
	assert_true(residency->partial);
	residency_destroy(residency);
}

static void sources_have_names(void **state)
{
	(void)state;
	assert_string_equal(residency_source_name(RESIDENCY_NONE), "none");
	assert_string_equal(residency_source_name(RESIDENCY_PAGEMAP_SCAN), "pagemap-scan");
	assert_string_equal(residency_source_name(RESIDENCY_PAGEMAP), "pagemap");
	assert_string_equal(residency_source_name(RESIDENCY_SMAPS), "smaps");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_in_memory),
		cmocka_unit_test(sums_are_cut_at_both_ends),
		cmocka_unit_test(equal_neighbours_become_one_run),
		cmocka_unit_test(runs_in_disorder_are_put_in_order),
		cmocka_unit_test(the_top_of_all_addresses),
		cmocka_unit_test(equals_counting_page_by_page),
		cmocka_unit_test(parts_add_up),
		cmocka_unit_test(what_is_covered_equals_counting_page_by_page),
		cmocka_unit_test(a_part_renews_only_what_it_covers),
		cmocka_unit_test(sources_have_names),
	};

	return cmocka_run_group_tests_name("residency", tests, NULL, NULL);
}
