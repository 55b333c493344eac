/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/procfs_options.h"
#include "model/usage_sum.h"
#include "scan_child.h"

#include "residency/scan_smaps.h"
#include "residency/scan_target.h"

/* What nodes have is what the mappings have, but for pages of zeroes and of devices. */
static void check_nodes(const struct scan_smaps *smaps)
{
	uint64_t rss = 0, nodes = 0;

	rss = usage_sum(&smaps->parser.told.usages, USAGE_FIELD(rss), 0, smaps->parser.told.count);
	for (size_t i = 0; i < smaps->nodes.count; i++)
		nodes += smaps->nodes.nodes[i].bytes;
	assert_in_range(nodes, rss - rss / 4, rss + rss / 4);
}

static void read_all_in_steps(bool nodes)
{
	const struct procfs_options options = {.root = "/proc"};
	int more;
	pid_t child = scan_child_start();
	struct address_space *space = read_space(&options, child);
	struct scan_target target;
	struct scan_smaps smaps;
	uint64_t held = 0;

	assert_int_equal(scan_target_open(&target, &options, child), 0);
	assert_int_equal(scan_smaps_begin(&smaps, &target, nodes), 0);
	while ((more = scan_smaps_step(&smaps, &held)) == 1)
		assert_true(held > 0);
	assert_int_equal(more, 0);
	assert_int_equal(smaps.parser.told.count, space->vma_count);
	assert_true(smaps.time_ns > 0 && smaps.held_ns > 0);
	if (nodes && access("/proc/self/numa_maps", R_OK) == 0)
		check_nodes(&smaps);
	else
		assert_int_equal(smaps.nodes.count, 0);
	scan_smaps_finish(&smaps);
	scan_target_close(&target);
	address_space_destroy(space);
	child_end(child);
}

static void reads_all_in_steps(void **state)
{
	(void)state;
	read_all_in_steps(false);
}

static void reads_nodes_as_well(void **state)
{
	(void)state;
	read_all_in_steps(true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_all_in_steps),
		cmocka_unit_test(reads_nodes_as_well),
	};

	return cmocka_run_group_tests_name("scan_smaps", tests, NULL, NULL);
}
