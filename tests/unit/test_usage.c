/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/memory.h"
#include "maps_space.h"
#include "model/residency.h"
#include "model/usage.h"
#include "random_space.h"
#include "support/told.h"
#include "usage_made.h"

#define KB UINT64_C(1024)

static const char three_maps[] = "10000-20000 rw-p 0 00:00 0 \n"
				 "20000-40000 rw-s 0 00:01 9 /dev/shm/x (deleted)\n"
				 "7000000-7400000 rw-p 0 00:0f 8 /anon_hugepage (deleted)\n";

static void assert_usage(struct usage usage, const struct usage *expected)
{
	assert_memory_equal(&usage, expected, sizeof(usage));
}

static void what_nobody_said_is_unknown(void **state)
{
	struct address_space *space = maps_space_create(NULL, three_maps);
	struct usage unknown = usage_unknown();
	struct usage_table table;

	(void)state;
	assert_true(unknown.rss == TARGET_UNKNOWN && unknown.flags == TARGET_UNKNOWN);
	usage_table_init(&table, space, NULL, NULL, 99);
	assert_int_equal(table.vmas.count, 3);
	assert_int_equal(table.source, RESIDENCY_NONE);
	assert_int_equal(table.smaps_ns, 0);
	for (size_t i = 0; i < 3; i++)
		assert_usage(usage_table_at(&table, i), &unknown);
	assert_usage(table.total, &unknown);
	for (size_t i = 0; i < 3; i++)
		assert_usage(table.by_kind[space->vmas[i].kind], &unknown);
	/* Of nothing there is nothing. */
	assert_int_equal(table.by_kind[KIND_GAP].rss, 0);
	assert_true(table.by_kind[KIND_GAP].flags == TARGET_UNKNOWN);
	usage_table_finish(&table);
	address_space_destroy(space);
}

static void residency_alone_gives_rss_and_swap(void **state)
{
	struct address_space *space = maps_space_create(NULL, three_maps);
	struct residency *residency = one_run(0x18000, 0x28000, RUN_RESIDENT, RESIDENCY_PAGEMAP);
	struct usage_table table;

	(void)state;
	usage_table_init(&table, space, residency, NULL, 0);
	assert_int_equal(table.source, RESIDENCY_PAGEMAP);
	assert_int_equal(usage_table_at(&table, 0).rss, 0x8000);
	assert_int_equal(usage_table_at(&table, 1).rss, 0x8000);
	assert_int_equal(usage_table_at(&table, 2).rss, 0);
	assert_int_equal(usage_table_at(&table, 0).swap, 0);
	assert_true(usage_table_at(&table, 0).pss == TARGET_UNKNOWN);
	assert_true(usage_table_at(&table, 0).flags == TARGET_UNKNOWN);
	assert_int_equal(table.total.rss, 0x10000);
	assert_int_equal(table.total.swap, 0);
	assert_true(table.total.pss == TARGET_UNKNOWN);
	usage_table_finish(&table);
	residency_destroy(residency);
	address_space_destroy(space);
}

static void smaps_alone_gives_all(void **state)
{
	struct address_space *space = maps_space_create(NULL, three_maps);
	const struct told smaps[] = {
		{0x10000, 0x20000, numbered(100)},
		{0x20000, 0x40000, numbered(1000)},
		{0x7000000, 0x7400000, numbered(10000)},
	};
	/* Sums of mappings have no runs: they are no residency of nothing. */
	struct residency *residency = residency_create(NULL, 0, RESIDENCY_SMAPS, 0, 0);
	struct usage expected = numbered(100), sum;
	struct usage_table table;

	(void)state;
	told_table(&table, space, residency, smaps, 3, 77);
	assert_int_equal(table.source, RESIDENCY_SMAPS);
	assert_int_equal(table.smaps_ns, 77);
	assert_usage(usage_table_at(&table, 0), &expected);
	sum = table.total;
	assert_int_equal(sum.rss, 11100);
	assert_int_equal(sum.swap, 11103);
	assert_int_equal(sum.pss, 11106);
	assert_int_equal(sum.uss, 11109);
	assert_int_equal(sum.private_dirty, 11112);
	assert_int_equal(sum.shared_dirty, 11115);
	assert_int_equal(sum.referenced, 11118);
	assert_int_equal(sum.anonymous, 11121);
	assert_int_equal(sum.huge, 11124);
	assert_int_equal(sum.locked, 11127);
	assert_true(sum.page_size == TARGET_UNKNOWN && sum.flags == TARGET_UNKNOWN);
	usage_table_finish(&table);
	residency_destroy(residency);
	address_space_destroy(space);
}

static void residency_wins_but_for_shared_swap(void **state)
{
	struct address_space *space = maps_space_create(NULL, three_maps);
	const struct told smaps[] = {
		{0x10000, 0x20000, numbered(100)},
		{0x20000, 0x40000, numbered(1000)},
	};
	struct residency *residency =
		one_run(0x1f000, 0x21000, RUN_SWAPPED, RESIDENCY_PAGEMAP_SCAN);
	struct usage_table table;

	(void)state;
	told_table(&table, space, residency, smaps, 2, 77);
	assert_int_equal(table.source, RESIDENCY_PAGEMAP_SCAN);
	assert_int_equal(usage_table_at(&table, 0).rss, 0);
	assert_int_equal(usage_table_at(&table, 0).swap, 0x1000);
	assert_int_equal(usage_table_at(&table, 0).pss, 102);
	assert_int_equal(usage_table_at(&table, 1).rss, 0);
	assert_int_equal(usage_table_at(&table, 1).swap, 1001);
	assert_int_equal(table.total.swap, 0x1000 + 1001);
	/* The third one's is unknown, and the sum of its kind; the total is all that smaps told. */
	assert_true(usage_table_at(&table, 2).pss == TARGET_UNKNOWN);
	assert_true(table.by_kind[space->vmas[2].kind].pss == TARGET_UNKNOWN);
	assert_int_equal(table.total.pss, 1104);
	assert_int_equal(table.by_kind[KIND_SHARED].pss, 1002);
	usage_table_finish(&table);
	residency_destroy(residency);
	address_space_destroy(space);
}

static void only_exactly_the_same_range_is_taken(void **state)
{
	struct address_space *space = maps_space_create(NULL, three_maps);
	const struct told smaps[] = {
		{0x1000, 0x2000, numbered(1)},       {0x10000, 0x1f000, numbered(2)},
		{0x1f000, 0x20000, numbered(3)},     {0x20000, 0x40000, numbered(4)},
		{0x6fff000, 0x7400000, numbered(5)}, {0x8000000, 0x8001000, numbered(6)},
	};
	struct usage_table table;

	(void)state;
	told_table(&table, space, NULL, smaps, 6, 77);
	assert_true(usage_table_at(&table, 0).pss == TARGET_UNKNOWN);
	assert_int_equal(usage_table_at(&table, 1).pss, 6);
	assert_true(usage_table_at(&table, 2).pss == TARGET_UNKNOWN);
	assert_true(usage_table_at(&table, 2).rss == TARGET_UNKNOWN);
	usage_table_finish(&table);
	address_space_destroy(space);
}

static void a_sum_beyond_64_bits_is_unknown(void **state)
{
	struct address_space *space = maps_space_create(NULL, three_maps);
	struct told smaps[] = {
		{0x10000, 0x20000, numbered(100)},
		{0x20000, 0x40000, numbered(1000)},
		{0x7000000, 0x7400000, numbered(10000)},
	};
	struct usage_table table;

	(void)state;
	smaps[0].usage.pss = UINT64_MAX - 500;
	told_table(&table, space, NULL, smaps, 3, 77);
	assert_true(table.total.pss == TARGET_UNKNOWN);
	assert_int_equal(table.total.rss, 11100);
	usage_table_finish(&table);
	address_space_destroy(space);
}

static void cover(struct residency *residency, uint64_t start, uint64_t end)
{
	struct residency_range *range = memory_alloc(sizeof(*range));

	*range = (struct residency_range){start, end};
	residency_cover(residency, range, 1);
}

/* Of three mappings the lowest is new: the others are not forgotten for it. */
static void a_new_mapping_leaves_what_was_known_of_its_kind(void **state)
{
	struct address_space *space = maps_space_create(NULL, "10000-20000 rw-p 0 00:00 0 \n"
							      "30000-40000 r--p 0 00:00 0 \n"
							      "50000-60000 rw-p 0 00:00 0 \n");
	struct residency *residency = one_run(0x38000, 0x58000, RUN_RESIDENT, RESIDENCY_PAGEMAP);
	const struct usage *anon;
	struct usage_table table;

	(void)state;
	cover(residency, 0x20000, 0x60000);
	usage_table_init(&table, space, residency, NULL, 0);
	anon = &table.by_kind[KIND_ANON];
	assert_true(anon->rss == TARGET_UNKNOWN);
	assert_int_equal(usage_last_in_memory(anon), 0x10000);
	usage_table_finish(&table);
	/* Where more is unknown than is known, nothing is said. */
	cover(residency, 0x30000, 0x40000);
	usage_table_init(&table, space, residency, NULL, 0);
	assert_true(usage_last_in_memory(anon) == TARGET_UNKNOWN);
	usage_table_finish(&table);
	residency_destroy(residency);
	address_space_destroy(space);
}

/* What smaps says of a random space: some ranges are missing, some are of an older layout. */
static size_t random_smaps(struct random *random, const struct address_space *space,
			   struct told *smaps)
{
	size_t count = 0;

	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];
		struct told *range = &smaps[count];
		uint64_t what = random_below(random, 20);

		if (what == 0)
			continue;
		*range = (struct told){vma->start, vma->end,
				       numbered(random_below(random, 100) * KB)};
		if (what == 1)
			range->end -= PAGE;
		if (what == 2)
			range->usage.locked = TARGET_UNKNOWN;
		count += range->start < range->end;
	}
	return count;
}

static const struct usage *find_exact(const struct told *smaps, size_t count, const struct vma *vma)
{
	for (size_t i = 0; i < count; i++)
		if (smaps[i].start == vma->start && smaps[i].end == vma->end)
			return &smaps[i].usage;
	return NULL;
}

/* Adds as a person would: one unknown part, and the sum is. */
static void add(uint64_t *sum, uint64_t part)
{
	*sum = *sum == TARGET_UNKNOWN || part == TARGET_UNKNOWN ? TARGET_UNKNOWN : *sum + part;
}

static void check_random(struct random *random, const struct address_space *space)
{
	struct told *smaps = memory_alloc(space->vma_count * sizeof(*smaps));
	size_t count = random_smaps(random, space, smaps);
	uint64_t pss = 0, locked = 0, kind_pss[KIND_COUNT] = {0};
	struct usage unknown = usage_unknown();
	struct usage_table table;

	told_table(&table, space, NULL, smaps, count, 1);
	assert_int_equal(table.vmas.count, space->vma_count);
	for (size_t i = 0; i < space->vma_count; i++) {
		const struct usage *said = find_exact(smaps, count, &space->vmas[i]);

		assert_usage(usage_table_at(&table, i), said ? said : &unknown);
		add(&kind_pss[space->vmas[i].kind], usage_table_at(&table, i).pss);
	}
	for (size_t i = 0; i < count; i++) {
		add(&pss, smaps[i].usage.pss);
		add(&locked, smaps[i].usage.locked);
	}
	assert_true(table.total.pss == pss);
	assert_true(table.total.locked == locked);
	for (int kind = 0; kind < KIND_COUNT; kind++)
		assert_true(table.by_kind[kind].pss == kind_pss[kind]);
	usage_table_finish(&table);
	free(smaps);
}

static void random_spaces_equal_a_naive_search(void **state)
{
	struct random random = {3};

	(void)state;
	for (int round = 0; round < 200; round++) {
		size_t count = random_magnitude(&random, 300);
		struct vma *vmas = memory_alloc(count * sizeof(*vmas));
		struct address_space *space;

		random_vmas(&random, vmas, count);
		space = space_of(vmas, count);
		check_random(&random, space);
		address_space_destroy(space);
		free(vmas);
	}
}

static void nodes_are_found_by_their_mapping(void **state)
{
	static const struct usage_node nodes[] = {
		{0x1000, 0, 1}, {0x1000, 1, 2}, {0x3000, 1, 3}, {0x4000, 0, 4}};
	const struct usage_table table = {.nodes = nodes, .node_count = 4}, none = {0};
	size_t count;

	(void)state;
	assert_ptr_equal(usage_table_nodes(&table, 0x1000, &count), &nodes[0]);
	assert_int_equal(count, 2);
	assert_ptr_equal(usage_table_nodes(&table, 0x4000, &count), &nodes[3]);
	assert_int_equal(count, 1);
	assert_null(usage_table_nodes(&table, 0x2000, &count));
	assert_null(usage_table_nodes(&table, 0x5000, &count));
	assert_null(usage_table_nodes(&none, 0, &count));
	assert_int_equal(count, 0);
}

/* What was last known of half of them stands for all; less does not. */
static void the_last_known_needs_half_of_all(void **state)
{
	struct usage_last sum = {0};

	(void)state;
	assert_int_equal(usage_last_known(&sum), 0);
	usage_last_add(&sum, 4096, 16384);
	assert_int_equal(usage_last_known(&sum), 4096);
	usage_last_add(&sum, TARGET_UNKNOWN, 16384);
	assert_int_equal(sum.known, 16384);
	assert_int_equal(sum.size, 32768);
	assert_int_equal(usage_last_known(&sum), 4096);
	usage_last_add(&sum, TARGET_UNKNOWN, 4096);
	assert_true(usage_last_known(&sum) == TARGET_UNKNOWN);
	usage_last_add(&sum, 8192, 8192);
	assert_int_equal(usage_last_known(&sum), 12288);
}

static void a_sum_is_known_while_all_is_and_it_fits(void **state)
{
	static const uint64_t cases[][3] = {
		{0, 0, 0},
		{3, 4, 7},
		{TARGET_UNKNOWN, 0, TARGET_UNKNOWN},
		{0, TARGET_UNKNOWN, TARGET_UNKNOWN},
		{TARGET_UNKNOWN, 5, TARGET_UNKNOWN},
		{TARGET_UNKNOWN - 2, 1, TARGET_UNKNOWN - 1},
		{TARGET_UNKNOWN - 2, 3, TARGET_UNKNOWN},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint64_t sum = cases[i][0];

		usage_add(&sum, cases[i][1]);
		assert_true(sum == cases[i][2]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sum_is_known_while_all_is_and_it_fits),
		cmocka_unit_test(what_nobody_said_is_unknown),
		cmocka_unit_test(residency_alone_gives_rss_and_swap),
		cmocka_unit_test(smaps_alone_gives_all),
		cmocka_unit_test(residency_wins_but_for_shared_swap),
		cmocka_unit_test(only_exactly_the_same_range_is_taken),
		cmocka_unit_test(a_sum_beyond_64_bits_is_unknown),
		cmocka_unit_test(a_new_mapping_leaves_what_was_known_of_its_kind),
		cmocka_unit_test(random_spaces_equal_a_naive_search),
		cmocka_unit_test(nodes_are_found_by_their_mapping),
		cmocka_unit_test(the_last_known_needs_half_of_all),
	};

	return cmocka_run_group_tests_name("usage", tests, NULL, NULL);
}
