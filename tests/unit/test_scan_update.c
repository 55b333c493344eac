/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/scan_update.h"
#include "base/memory.h"
#include "model/address_space.h"
#include "model/residency.h"
#include "model/usage_ranges.h"
#include "support/sample.h"

#define HEAP      UINT64_C(0x55b5f7c8d000)
#define HEAP_END  UINT64_C(0x55b5f7e87000)
#define STACK     UINT64_C(0x7fff7725a000)
#define PAGE      UINT64_C(4096)
#define SMAPS_NS  INT64_C(5000)
#define LATER_NS  INT64_C(9000)
#define SMAPS_RSS (7 * PAGE)

static struct address_space *space;
static size_t heap;

static int open_space(void **state)
{
	(void)state;
	space = sample_python();
	heap = address_space_find(space, HEAP);
	assert_true(heap < space->vma_count);
	assert_int_equal(space->vmas[heap].end, HEAP_END);
	return 0;
}

static int close_space(void **state)
{
	(void)state;
	address_space_destroy(space);
	return 0;
}

/* So many bytes from start on are resident; where covered is not 0, only so many are known. */
static struct residency *resident(uint64_t start, uint64_t bytes, uint64_t covered)
{
	struct residency_run *run = memory_alloc(sizeof(*run));
	struct residency_range *range;
	struct residency *residency;

	*run = (struct residency_run){start, start + bytes, RUN_RESIDENT};
	residency = residency_create(run, 1, RESIDENCY_PAGEMAP_SCAN, 0, 0);
	if (covered) {
		range = memory_alloc(sizeof(*range));
		*range = (struct residency_range){start, start + covered};
		residency_cover(residency, range, 1);
		residency->partial = true;
	}
	return residency;
}

static struct usage_ranges *said(uint64_t rss)
{
	struct usage_ranges smaps = {.count = 0};
	struct usage usage = usage_unknown();

	usage.rss = rss;
	usage_ranges_add(&smaps, HEAP, HEAP_END, &usage);
	return usage_ranges_take(&smaps);
}

static void a_new_snapshot_is_told_by_what_was_known(void **state)
{
	struct residency *known = resident(HEAP, 3 * PAGE, 0);
	struct scan_update update = {.residency = known};

	(void)state;
	scan_update_make(&update, space);
	assert_int_equal(update.table.vmas.count, space->vma_count);
	assert_int_equal(usage_table_at(&update.table, heap).rss, 3 * PAGE);
	assert_int_equal(update.table.source, RESIDENCY_PAGEMAP_SCAN);
	assert_null(update.found.residency);
	assert_ptr_equal(update.residency, known);
	scan_update_finish(&update);
	assert_null(update.residency);
	assert_int_equal(update.table.vmas.count, 0);
	residency_destroy(known);
}

/* What was known before is on the screen meanwhile. */
static void a_part_completes_what_was_known(void **state)
{
	struct residency *known = resident(STACK, PAGE, 0);
	struct scan_update update = {.residency = known,
				     .found.residency = resident(HEAP, 5 * PAGE, HEAP_END - HEAP)};

	(void)state;
	scan_update_make(&update, space);
	assert_int_equal(usage_table_at(&update.table, heap).rss, 5 * PAGE);
	assert_false(update.found.residency->partial);
	assert_int_equal(update.found.residency->count, 2);
	assert_int_equal(known->count, 1);
	assert_int_equal(known->runs[0].start, STACK);
	scan_update_finish(&update);
	residency_destroy(known);
}

static void the_first_part_is_all_that_is_known(void **state)
{
	struct scan_update update = {.found.residency = resident(HEAP, 5 * PAGE, HEAP_END - HEAP)};

	(void)state;
	scan_update_make(&update, space);
	assert_int_equal(usage_table_at(&update.table, heap).rss, 5 * PAGE);
	assert_true(update.found.residency->partial);
	scan_update_finish(&update);
}

static void the_newest_smaps_counts(void **state)
{
	struct usage_ranges *known = said(PAGE);
	struct scan_update update = {.smaps = known, .smaps_ns = SMAPS_NS};

	(void)state;
	scan_update_make(&update, space);
	assert_int_equal(usage_table_at(&update.table, heap).rss, PAGE);
	assert_int_equal(update.table.smaps_ns, SMAPS_NS);
	usage_table_finish(&update.table);
	update.found.smaps = said(SMAPS_RSS);
	update.found.smaps_ns = LATER_NS;
	scan_update_make(&update, space);
	assert_int_equal(usage_table_at(&update.table, heap).rss, SMAPS_RSS);
	assert_int_equal(update.table.smaps_ns, LATER_NS);
	scan_update_finish(&update);
	usage_ranges_destroy(known);
}

static void what_was_of_another_program_is_forgotten(void **state)
{
	struct residency *known = resident(HEAP, 3 * PAGE, 0);
	struct usage_ranges *smaps = said(PAGE);
	struct scan_update update = {.residency = known, .smaps = smaps, .smaps_ns = SMAPS_NS};

	(void)state;
	scan_update_forget(&update);
	scan_update_make(&update, space);
	assert_true(usage_table_at(&update.table, heap).rss == TARGET_UNKNOWN);
	assert_int_equal(update.table.source, RESIDENCY_NONE);
	assert_int_equal(update.table.smaps_ns, 0);
	scan_update_finish(&update);
	residency_destroy(known);
	usage_ranges_destroy(smaps);
}

#define OF_SPACE(test) cmocka_unit_test_setup_teardown(test, open_space, close_space)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OF_SPACE(a_new_snapshot_is_told_by_what_was_known),
		OF_SPACE(a_part_completes_what_was_known),
		OF_SPACE(the_first_part_is_all_that_is_known),
		OF_SPACE(the_newest_smaps_counts),
		OF_SPACE(what_was_of_another_program_is_forgotten),
	};

	return cmocka_run_group_tests_name("scan_update", tests, NULL, NULL);
}
