/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/procfs_options.h"
#include "scan_child.h"

#include "residency/scan_scope.h"
#include "residency/scan_result.h"
#include "residency/scan_walk.h"

/* Walks from the given address on, all steps at once. */
static struct residency *walk_from(struct scan_target *target, unsigned avoid,
				   const struct scan_scope *look, uint64_t start)
{
	uint64_t held, expected, cost;
	struct residency *residency;
	struct scan_walk walk;
	int more;

	if (scan_walk_begin(&walk, target, avoid, look->ranges, look->count, start))
		return NULL;
	while ((more = scan_walk_step(&walk, &held, &expected)) == 1)
		assert_true(expected > 0);
	assert_int_equal(more, 0);
	assert_true(scan_walk_is_over(&walk));
	scan_result(&walk, target, NULL);
	assert_int_equal(walk.uncertain, walk.source == RESIDENCY_PAGEMAP);
	residency = scan_result_take(&walk, &cost);
	assert_false(residency->partial);
	/* 20 TB of entries are not read. */
	for (size_t i = 0; i < look->count; i++) {
		uint64_t size = look->ranges[i].end - look->ranges[i].start;
		bool covered = residency_covered(residency, look->ranges[i].start,
						 look->ranges[i].end) == size;

		if (walk.source == RESIDENCY_PAGEMAP_SCAN || size < UINT64_C(1) << 30)
			assert_true(covered);
		else if (size > UINT64_C(1) << 40)
			assert_false(covered);
	}
	scan_walk_finish(&walk);
	return residency;
}

static void where_it_begins_is_all_the_same(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	pid_t child = scan_child_start();
	struct address_space *space = read_space(&options, child);
	struct scan_scope look = scan_scope_at(space, 0, 0);
	struct scan_target target;

	(void)state;
	scan_scope_list(&look);
	assert_int_equal(scan_target_open(&target, &options, child), 0);
	for (size_t i = 0; i < SOURCE_COUNT; i++) {
		struct residency *first = walk_from(&target, scan_sources[i], &look, 0);

		assert_int_equal(!first, !!(scan_sources[i] & AVOID_PAGEMAP));
		for (size_t v = 0; first && v < look.count; v++) {
			struct residency *other =
				walk_from(&target, scan_sources[i], &look, look.ranges[v].start);

			assert_int_equal(other->count, first->count);
			for (size_t r = 0; r < first->count; r++) {
				assert_true(other->runs[r].start == first->runs[r].start);
				assert_true(other->runs[r].end == first->runs[r].end);
				assert_int_equal(other->runs[r].flags, first->runs[r].flags);
			}
			residency_destroy(other);
		}
		residency_destroy(first);
	}
	scan_target_close(&target);
	scan_scope_finish(&look);
	address_space_destroy(space);
	child_end(child);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(where_it_begins_is_all_the_same),
	};

	return cmocka_run_group_tests_name("scan_walk", tests, NULL, NULL);
}
