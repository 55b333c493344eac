/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "band_of_regions.h"
#include "base/memory.h"
#include "inside/heap_usage.h"
#include "layout/diagram.h"
#include "model/residency.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/picture/band_usage.h"

#define HEAP 0x55b5f7c8d000

static void set_rss(struct stage *stage, size_t vma, uint64_t rss)
{
	struct usage usage = usage_table_at(&stage->usage, vma);

	usage.rss = rss;
	usage_list_set(&stage->usage.vmas, vma, &usage);
}

static void without_a_survey_nothing_is_known(void **state)
{
	struct band_usage usage;
	struct row_usage row;
	struct stage stage;
	struct scene scene;
	struct band band;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	scene = stage_scene(&stage);
	band = band_of(&stage, HEAP, 1);
	band_usage_find(&scene, &band, &usage);
	assert_true(usage.rss == TARGET_UNKNOWN && usage.swap == TARGET_UNKNOWN);
	assert_int_equal(usage.size, 0x1fa000);
	band_usage_row(&scene, &band, &usage, 0, &row);
	assert_false(row.known);
	stage_close(&stage);
}

static void folds_sum_up(void **state)
{
	struct band_usage usage, one, other;
	struct row_usage row;
	struct stage stage;
	struct scene scene;
	struct band band;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_scan(&stage, false);
	scene = stage_scene(&stage);
	/* libc text and rodata adjoin. */
	band = band_of(&stage, 0x7f83aa564000, 1);
	band_usage_find(&scene, &band, &one);
	assert_int_equal(one.rss, 0x155000);
	band = band_of(&stage, 0x7f83aa6b9000, 1);
	band_usage_find(&scene, &band, &other);
	assert_int_equal(other.rss, 0x29000);
	assert_int_equal(other.swap, 0xa000);
	band = band_of(&stage, 0x7f83aa564000, 2);
	band_usage_find(&scene, &band, &usage);
	assert_int_equal(usage.rss, one.rss + other.rss);
	assert_int_equal(usage.swap, one.swap + other.swap);
	assert_int_equal(usage.size, one.size + other.size);
	/* A sum with an unknown part is unknown. */
	set_rss(&stage, scene.regions->regions[band.region].vma, TARGET_UNKNOWN);
	band_usage_find(&scene, &band, &usage);
	assert_true(usage.rss == TARGET_UNKNOWN);
	assert_int_equal(usage.swap, one.swap + other.swap);
	/* What is known of the larger part stays, as the value that was last known; not a smaller.
	 */
	assert_true(usage.last == (one.size > other.size ? TARGET_UNKNOWN : other.rss));
	scene.residency = NULL; /* only sums are known */
	set_rss(&stage, scene.regions->regions[band.region].vma, one.rss);
	set_rss(&stage, scene.regions->regions[band.region + 1].vma, TARGET_UNKNOWN);
	band_usage_find(&scene, &band, &usage);
	assert_int_equal(band_usage_last(&usage), one.rss);
	band_usage_row(&scene, &band, &usage, 0, &row);
	assert_true(row.known && row.resident == one.rss && row.size == usage.size);
	assert_int_equal(row.swapped, one.swap + other.swap);
	stage_close(&stage);
}

/* What is of hugetlb is in memory, whatever the kernel calls Rss. */
static void huge_pages_of_hugetlb_are_in_memory(void **state)
{
	struct band_usage usage;
	struct row_usage row;
	struct stage stage;
	struct scene scene;
	struct band band;
	struct usage heap;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_scan(&stage, false);
	scene = stage_scene(&stage);
	band = band_of(&stage, HEAP, 1);
	heap = usage_table_at(&stage.usage, scene.regions->regions[band.region].vma);
	heap.rss = 0;
	heap.hugetlb = 0x100000;
	usage_list_set(&stage.usage.vmas, scene.regions->regions[band.region].vma, &heap);
	scene.residency = NULL; /* only sums are known */
	band_usage_find(&scene, &band, &usage);
	assert_int_equal(usage.rss, 0x100000);
	assert_int_equal(usage.hugetlb, 0x100000);
	band_usage_row(&scene, &band, &usage, 0, &row);
	assert_true(row.known);
	assert_int_equal(row.resident, 0x100000);
	stage_close(&stage);
}

/* Gone into, the heap fills the picture: its lower rows are in memory, the upper ones are not. */
static void rows_have_their_own_share(void **state)
{
	struct band_usage usage;
	struct stage stage;
	struct scene scene;
	struct row_usage low, high;
	const struct band *band;
	uint64_t resident = 0, swapped = 0;

	(void)state;
	stage_open(&stage, sample_python(), 80, 40, true);
	stage_scan(&stage, false);
	view_enter(&stage.ui.view, stage.ui.shown.picture.diagram);
	ui_layout(&stage.ui);
	scene = stage_scene(&stage);
	band = &scene.diagram->bands[0];
	assert_int_equal(band->count, 1);
	band_usage_find(&scene, band, &usage);
	band_usage_row(&scene, band, &usage, 0, &low);
	band_usage_row(&scene, band, &usage, band->rows - 1, &high);
	assert_true(low.known && low.resident == low.size && low.swapped == 0);
	assert_true(high.known && high.resident == 0 && high.swapped == 0);
	for (uint64_t i = 0; i < band->rows; i++) {
		band_usage_row(&scene, band, &usage, i, &low);
		resident += low.resident;
		swapped += low.swapped;
	}
	assert_int_equal(resident, usage.rss);
	assert_int_equal(swapped, usage.swap);
	/* Where only sums of mappings are known, every row has the mapping's share. */
	stage.residency->source = RESIDENCY_SMAPS;
	band_usage_row(&scene, band, &usage, band->rows - 1, &high);
	assert_int_equal(high.resident, usage.rss);
	assert_int_equal(high.size, usage.size);
	stage.residency->source = RESIDENCY_PAGEMAP_SCAN;
	stage_close(&stage);
}

/* The heap has grown: what was looked at stays known, row by row. */
static void what_nobody_looked_at_is_unknown(void **state)
{
	const uint32_t enter[] = {13, 0};
	struct residency_range *covered = memory_alloc(sizeof(*covered));
	struct band_usage usage;
	struct stage stage;
	struct scene scene;
	struct row_usage row;
	const struct band *band;
	uint64_t start, end;

	(void)state;
	stage_open(&stage, sample_python(), 80, 40, true);
	stage_scan(&stage, false);
	stage_press(&stage, enter);
	scene = stage_scene(&stage);
	band = &scene.diagram->bands[0];
	band_usage_find(&scene, band, &usage);
	*covered = (struct residency_range){0, HEAP + 0x100000};
	residency_cover(stage.residency, covered, 1);
	for (uint64_t i = 0; i < band->rows; i++) {
		diagram_row_range(scene.diagram, i, &start, &end);
		band_usage_row(&scene, band, &usage, i, &row);
		if (end <= HEAP + 0x100000)
			assert_true(row.known && row.size == end - start);
		if (start >= HEAP + 0x100000)
			assert_false(row.known);
		assert_true(row.resident <= row.size);
	}
	stage_close(&stage);
}

/* The heap grew since the last scan: what that found is not forgotten. */
static void what_was_known_before_it_grew_stays(void **state)
{
	struct residency_range *covered = memory_alloc(sizeof(*covered));
	struct residency_sum sum;
	struct band_usage usage;
	struct stage stage;
	struct scene scene;
	struct band band;
	struct usage heap;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_scan(&stage, false);
	scene = stage_scene(&stage);
	band = band_of(&stage, HEAP, 1);
	sum = residency_between(stage.residency, band.start, band.end);
	assert_true(sum.swapped > 0);
	*covered = (struct residency_range){0, band.end - 4096};
	residency_cover(stage.residency, covered, 1);
	heap = usage_table_at(&stage.usage, scene.regions->regions[band.region].vma);
	heap.rss = heap.swap = TARGET_UNKNOWN;
	heap.last = sum.resident;
	usage_list_set(&stage.usage.vmas, scene.regions->regions[band.region].vma, &heap);
	band_usage_find(&scene, &band, &usage);
	assert_true(usage.swap == TARGET_UNKNOWN);
	assert_int_equal(usage.last_swap, sum.swapped);
	assert_int_equal(band_usage_last(&usage), sum.resident);
	stage_close(&stage);
}

static void parts_have_what_their_pages_tell(void **state)
{
	struct band_usage usage;
	struct stage stage;
	struct scene scene;
	struct band band;

	(void)state;
	stage_open(&stage, sample_stacks(2), 80, 24, true);
	stage_scan(&stage, true);
	scene = stage_scene(&stage);
	band = band_of(&stage, 0x7f83a7f80000, 2);
	band_usage_find(&scene, &band, &usage);
	assert_int_equal(usage.size, 0x801000);
	assert_int_equal(usage.rss,
			 residency_between(scene.residency, band.start, band.end).resident);
	band = band_of(&stage, 0x7f83a7f80000, 4); /* all of the mapping */
	band_usage_find(&scene, &band, &usage);
	assert_int_equal(
		usage.rss,
		usage_table_at(scene.usage, stage.ui.shown.regions.regions[band.region].vma).rss);
	scene.residency = NULL;
	band_usage_find(&scene, &band, &usage);
	assert_true(usage.rss != TARGET_UNKNOWN);
	band = band_of(&stage, 0x7f83a7f81000, 1);
	band_usage_find(&scene, &band, &usage);
	assert_true(usage.rss == TARGET_UNKNOWN);
	stage_close(&stage);
}

/* Whatever is folded, gaps at both ends included: its sum is that of its mappings. */
static void any_fold_is_the_sum_of_its_mappings(void **state)
{
	struct stage stage;
	struct scene scene;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_scan(&stage, true);
	scene = stage_scene(&stage);
	for (size_t first = 0; first < scene.regions->count; first++)
		for (size_t count = 1; count <= 8 && first + count <= scene.regions->count;
		     count++) {
			const struct region *regions = &scene.regions->regions[first];
			struct band band = band_of(&stage, regions->start, (uint32_t)count);
			struct band_usage all, one;
			uint64_t rss = 0, swap = 0, size = 0;

			band_usage_find(&scene, &band, &all);
			for (size_t i = 0; i < count; i++) {
				if (regions[i].vma == REGION_GAP)
					continue;
				band = band_of(&stage, regions[i].start, 1);
				band_usage_find(&scene, &band, &one);
				rss += one.rss;
				swap += one.swap;
				size += one.size;
			}
			assert_int_equal(all.rss, rss);
			assert_int_equal(all.swap, swap);
			assert_int_equal(all.size, size);
		}
	stage_close(&stage);
}

/* Page tables do not show what of shared memory is swapped out, where it may be. */
static void swap_that_may_hide_is_not_known(void **state)
{
	static const uint64_t starts[] = {HEAP, 0x7f83a8f82000};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_scan(&stage, false);
	for (int shared = 0; shared < 2; shared++) {
		const struct band band = band_of(&stage, starts[shared], 1);
		const uint32_t vma = stage.ui.shown.regions.regions[band.region].vma;
		struct usage usage = usage_table_at(&stage.usage, vma);
		const uint64_t swap = usage.swap;

		assert_true(swap && swap != TARGET_UNKNOWN);
		usage.swap = TARGET_UNKNOWN;
		usage_list_set(&stage.usage.vmas, vma, &usage);
		for (int hides = 0; hides < 2; hides++) {
			const struct scene scene = stage_scene(&stage);
			struct band_usage found;

			stage.residency->swap_hides = hides;
			band_usage_find(&scene, &band, &found);
			assert_true(found.swap == TARGET_UNKNOWN);
			assert_true(found.last_swap == (shared && hides ? TARGET_UNKNOWN : swap));
		}
	}
	stage.residency->swap_hides = false;
	stage_close(&stage);
}

/* Neither their huge pages nor what is free in a heap are those of what is shown beside them. */
static void what_is_hidden_has_no_part_in_it(void **state)
{
	static const struct {
		uint32_t keys[9];
		uint64_t huge, spare;
	} cases[] = {
		{{0}, 0x1b1000, 0x3000},
		{{'f', '!', 'a', 'n', 'o', 'n', KEY_RETURN, 'f'}, 0, 0x3000},
		{{'f', '!', 'h', 'e', 'a', 'p', KEY_RETURN, 'f'}, 0x1b1000, 0},
	};
	struct heap_piece piece = {HEAP, HEAP + 0x3000, 0x3000, HEAP_USE_FREE, 0};
	uint64_t below[] = {0, 0x3000};
	const struct heap_usage heap = {.pieces = &piece, .piece_count = 1, .free_before = below};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct band_usage usage;
		struct row_usage row;
		struct stage stage;
		struct scene scene;
		struct band band;

		stage_open(&stage, sample_python(), 80, 24, true);
		stage_scan(&stage, false);
		stage_press(&stage, cases[i].keys);
		scene = stage_scene(&stage);
		scene.heap = &heap;
		band = band_of(&stage, 0, (uint32_t)scene.regions->count);
		band_usage_find(&scene, &band, &usage);
		assert_int_equal(usage.huge, cases[i].huge);
		band_usage_row(&scene, &band, &usage, 0, &row);
		assert_true(row.huge == cases[i].huge && row.spare == cases[i].spare);
		stage_close(&stage);
	}
}

/* A picture of a part of the space may cut mappings: they count as wholes, in huge pages too. */
static void what_is_cut_is_huge_as_a_whole(void **state)
{
	struct stage stage;
	struct scene scene;
	size_t some = 0;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_scan(&stage, false);
	scene = stage_scene(&stage);
	for (size_t i = 0; i + 1 < scene.regions->count; i++) {
		struct band band = band_of(&stage, scene.regions->regions[i].start, 2);
		struct band_usage whole, cut;

		band_usage_find(&scene, &band, &whole);
		band.start = scene.regions->regions[i].end - 1;
		band_usage_find(&scene, &band, &cut);
		assert_true(cut.rss == whole.rss && cut.huge == whole.huge);
		some += whole.huge != 0;
	}
	assert_true(some > 0);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_survey_nothing_is_known),
		cmocka_unit_test(folds_sum_up),
		cmocka_unit_test(huge_pages_of_hugetlb_are_in_memory),
		cmocka_unit_test(rows_have_their_own_share),
		cmocka_unit_test(what_nobody_looked_at_is_unknown),
		cmocka_unit_test(what_was_known_before_it_grew_stays),
		cmocka_unit_test(parts_have_what_their_pages_tell),
		cmocka_unit_test(any_fold_is_the_sum_of_its_mappings),
		cmocka_unit_test(swap_that_may_hide_is_not_known),
		cmocka_unit_test(what_is_hidden_has_no_part_in_it),
		cmocka_unit_test(what_is_cut_is_huge_as_a_whole),
	};

	return cmocka_run_group_tests_name("band_usage", tests, NULL, NULL);
}
