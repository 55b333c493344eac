/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Scans of children whose memory is known: from each source the same, and as smaps has it. */

#include "kernel/procfs_options.h"
#include "model/residency.h"
#include "scan_child.h"

static void every_source_equals_smaps(void **state)
{
	pid_t child = scan_child_start();

	(void)state;
	for (size_t i = 0; i < SOURCE_COUNT; i++) {
		const struct procfs_options options = {.root = "/proc", .avoid = scan_sources[i]};
		struct address_space *space = read_space(&options, child);
		struct scan scan, smaps;

		assert_int_equal(scan_once(&options, child, space, false, &scan), 0);
		assert_non_null(scan.residency);
		if (scan_sources[i] & AVOID_PAGEMAP)
			assert_int_equal(scan.residency->source, RESIDENCY_SMAPS);
		else if (scan_sources[i] & AVOID_PAGEMAP_SCAN)
			assert_int_equal(scan.residency->source, RESIDENCY_PAGEMAP);
		assert_int_equal(scan_once(&options, child, space, true, &smaps), 0);
		assert_non_null(smaps.smaps);
		check_usage(space, &smaps);
		/* What the other source found beside it. */
		residency_destroy(smaps.residency);
		smaps.residency = scan.residency;
		scan.residency = NULL;
		check_usage(space, &smaps);
		scan_finish(&scan);
		scan_finish(&smaps);
		address_space_destroy(space);
	}
	child_end(child);
}

static void smaps_makes_a_walk_needless(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	pid_t child = scan_child_start();
	struct address_space *space = read_space(&options, child);
	struct scan scan;

	(void)state;
	assert_int_equal(scan_once(&options, child, space, true, &scan), 0);
	assert_int_equal(scan.residency->source, RESIDENCY_SMAPS);
	assert_int_equal(scan.residency->count, 0);
	scan_finish(&scan);
	address_space_destroy(space);
	child_end(child);
}

static void what_was_not_asked_for_is_not_told(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	pid_t child = scan_child_start();
	struct address_space *space = read_space(&options, child);
	struct scan scan;

	(void)state;
	assert_int_equal(scan_once(&options, child, space, false, &scan), 0);
	if (scan.residency->source != RESIDENCY_SMAPS)
		assert_null(scan.smaps);
	scan_finish(&scan);
	child_end(child);
	assert_int_equal(scan_once(&options, child, space, true, &scan), -ESRCH);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_source_equals_smaps),
		cmocka_unit_test(smaps_makes_a_walk_needless),
		cmocka_unit_test(what_was_not_asked_for_is_not_told),
	};

	return cmocka_run_group_tests_name("scan_once", tests, NULL, NULL);
}
