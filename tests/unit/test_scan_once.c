/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Scans of children whose memory is known: from each source the same, and as smaps has it. */

#include "kernel/procfs_options.h"
#include "scan_child.h"

static void every_source_equals_smaps(void **state)
{
	pid_t child = scan_child_start();

	(void)state;
	for (size_t i = 0; i < SOURCE_COUNT; i++) {
		const struct procfs_options options = {.root = "/proc", .avoid = scan_sources[i]};
		struct address_space *space = read_space(&options, child);
		struct scan scan;

		assert_int_equal(scan_once(&options, child, space, true, &scan), 0);
		assert_non_null(scan.residency);
		assert_non_null(scan.smaps);
		check_usage(space, &scan);
		if (scan_sources[i] & AVOID_PAGEMAP)
			assert_int_equal(scan.residency->source, RESIDENCY_SMAPS);
		else if (scan_sources[i] & AVOID_PAGEMAP_SCAN)
			assert_int_equal(scan.residency->source, RESIDENCY_PAGEMAP);
		scan_finish(&scan);
		address_space_destroy(space);
	}
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
		cmocka_unit_test(what_was_not_asked_for_is_not_told),
	};

	return cmocka_run_group_tests_name("scan_once", tests, NULL, NULL);
}
