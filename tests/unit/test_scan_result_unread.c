/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What is made of mappings that are too large to be read: what smaps says of them. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "residency/scan_result.h"
#include "residency/scan_runs.h"
#include "residency/scan_target.h"
#include "residency/scan_walk.h"
#include "support/told.h"

/* As scan_result(). */
static void scan_told(struct scan_walk *walk, struct scan_target *target, const struct told *told)
{
	struct usage_ranges *smaps = told_ranges(told, 1);

	scan_result(walk, target, smaps);
	usage_ranges_destroy(smaps);
}

/* Where smaps is all that there is for a mapping that is too large to be read. */
static void huge_pages_that_were_not_read_are_those_of_smaps(void **state)
{
	static const struct scan_range ranges[] = {
		{.start = 0x200000, .end = 0x800000, .hugetlb = true}};
	struct told smaps = {0x200000, 0x800000, usage_unknown()};
	struct scan_range none;
	struct scan_walk walk = {.source = RESIDENCY_PAGEMAP,
				 .pagemap = -1,
				 .page_size = 4096,
				 .ranges = ranges,
				 .count = 1,
				 .read = &none};
	struct scan_target target = {.directory = -1, .memory = -1};
	struct residency *residency;
	uint64_t cost;

	(void)state;
	smaps.usage.rss = smaps.usage.swap = 0;
	smaps.usage.page_size = 0x200000;
	smaps.usage.hugetlb = 0x200000;
	scan_runs_init(&walk.runs, ranges, 1, SCAN_RUNS_MAX);
	scan_told(&walk, &target, &smaps);
	residency = scan_result_take(&walk, &cost);
	assert_int_equal(residency_between(residency, 0, UINT64_MAX).resident, 0x200000);
	residency_destroy(residency);
	/* Kernels before 4.4 do not tell. */
	smaps.usage.hugetlb = TARGET_UNKNOWN;
	scan_told(&walk, &target, &smaps);
	residency = scan_result_take(&walk, &cost);
	assert_int_equal(residency_covered(residency, 0x200000, 0x800000), 0);
	residency_destroy(residency);
	scan_runs_finish(&walk.runs);
	free(walk.truths);
}

/* smaps has to know both what is there and what is swapped. */
static void what_was_not_read_is_as_sure_as_smaps(void **state)
{
	static const struct scan_range ranges[] = {{.start = 0x200000, .end = 0x800000}};
	struct scan_target target = {.directory = -1, .memory = -1};

	(void)state;
	for (unsigned known = 0; known < 4; known++) {
		struct told smaps = {0x200000, 0x800000, usage_unknown()};
		struct scan_range none;
		struct scan_walk walk = {.source = RESIDENCY_PAGEMAP,
					 .pagemap = -1,
					 .page_size = 4096,
					 .ranges = ranges,
					 .count = 1,
					 .read = &none};
		struct residency *residency;
		uint64_t cost;

		smaps.usage.page_size = 4096;
		if (known & 1)
			smaps.usage.rss = 0x100000;
		if (known & 2)
			smaps.usage.swap = 0x3000;
		scan_runs_init(&walk.runs, ranges, 1, SCAN_RUNS_MAX);
		scan_told(&walk, &target, &smaps);
		assert_int_equal(walk.uncertain, known != 3);
		residency = scan_result_take(&walk, &cost);
		if (known == 3) {
			assert_int_equal(residency_covered(residency, 0x200000, 0x800000),
					 0x600000);
			assert_int_equal(residency_between(residency, 0, UINT64_MAX).resident,
					 0x100000);
			assert_int_equal(residency_between(residency, 0, UINT64_MAX).swapped,
					 0x3000);
		}
		residency_destroy(residency);
		scan_runs_finish(&walk.runs);
		free(walk.truths);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(huge_pages_that_were_not_read_are_those_of_smaps),
		cmocka_unit_test(what_was_not_read_is_as_sure_as_smaps),
	};

	return cmocka_run_group_tests_name("scan_result_unread", tests, NULL, NULL);
}
