/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "band_of_regions.h"
#include "base/memory.h"
#include "layout/diagram.h"
#include "model/address_space.h"
#include "model/residency.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/picture/band_sum.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void forget(struct stage *stage, size_t vma, size_t field)
{
	usage_list_fill(&stage->usage.vmas, field, vma, 1, TARGET_UNKNOWN);
}

static void add(uint64_t *sum, uint64_t value)
{
	*sum = *sum == TARGET_UNKNOWN || value == TARGET_UNKNOWN ? TARGET_UNKNOWN : *sum + value;
}

static void add_last(struct usage_last *sum, const struct usage_last *one)
{
	sum->bytes += one->bytes;
	sum->known += one->known;
	sum->size += one->size;
}

static void add_sum(struct band_sum *sum, const struct band_sum *one)
{
	sum->size += one->size;
	add(&sum->rss, one->rss);
	add(&sum->swap, one->swap);
	add(&sum->hugetlb, one->hugetlb);
	add(&sum->pss, one->pss);
	add_last(&sum->last, &one->last);
	add_last(&sum->last_swap, &one->last_swap);
}

/* Of all folds from that region on: what they hold one by one. */
static void check_folds(const struct stage *stage, size_t first)
{
	const struct region_list *regions = &stage->ui.shown.regions;
	const struct scene scene = stage_scene(stage);
	struct band_sum sum = {0};

	/* With parts, each mapping is looked at. */
	assert_int_equal(scene.space->part_count, 0);
	for (size_t i = first; i < regions->count; i++) {
		const struct band one = band_of(stage, regions->regions[i].start, 1);
		const struct band all =
			band_of(stage, regions->regions[first].start, (uint32_t)(i + 1 - first));
		struct band_sum found;

		band_sum_find(&scene, &one, &found);
		add_sum(&sum, &found);
		band_sum_find(&scene, &all, &found);
		assert_memory_equal(&found, &sum, sizeof(sum));
	}
}

/* The same of the one of all. */
static void check_whole(const struct stage *stage)
{
	const struct region_list *regions = &stage->ui.shown.regions;
	const struct scene scene = stage_scene(stage);
	const struct band all = band_of(stage, 0, (uint32_t)regions->count);
	struct band_sum sum = {0}, found;

	for (size_t i = 0; i < regions->count; i++) {
		const struct band one = band_of(stage, regions->regions[i].start, 1);

		band_sum_find(&scene, &one, &found);
		add_sum(&sum, &found);
	}
	band_sum_find(&scene, &all, &found);
	assert_memory_equal(&found, &sum, sizeof(sum));
}

/* Also where not all is known. */
static void check_all_folds(struct stage *stage)
{
	const size_t count = stage->ui.shown.regions.count;

	for (size_t first = 0; first < count; first++)
		check_folds(stage, first);
	forget(stage, 7, USAGE_FIELD(rss));
	forget(stage, 11, USAGE_FIELD(swap));
	forget(stage, 12, USAGE_FIELD(swap));
	forget(stage, 12, USAGE_FIELD(hugetlb));
	for (size_t first = 0; first < count; first++)
		check_folds(stage, first);
}

static void folds_are_the_sums_of_what_they_hold(void **state)
{
	(void)state;
	for (int smaps = 0; smaps < 2; smaps++) {
		struct stage stage;

		stage_open(&stage, sample_python(), 80, 24, true);
		stage_scan(&stage, smaps);
		check_all_folds(&stage);
		stage_close(&stage);
	}
}

/* A picture of a part of the space may cut its first and last mapping: these count as wholes. */
static void what_is_cut_counts_as_a_whole(void **state)
{
	struct stage stage;
	size_t cut = 0;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_scan(&stage, true);
	for (size_t i = 0; i + 3 < stage.ui.shown.regions.count; i++) {
		const struct scene scene = stage_scene(&stage);
		const struct region *regions = &scene.regions->regions[i];
		struct band band = band_of(&stage, regions[0].start, 4);
		struct band_sum whole, found;

		band_sum_find(&scene, &band, &whole);
		band.start += 4096;
		band.end -= (regions[3].end - regions[3].start) / 2;
		band_sum_find(&scene, &band, &found);
		assert_memory_equal(&found, &whole, sizeof(whole));
		cut += regions[0].vma != REGION_GAP && regions[3].vma != REGION_GAP;
	}
	assert_true(cut > 10);
	stage_close(&stage);
}

/* What pages tell of a part that was not looked at altogether is what was last known. */
static void of_a_part_that_grew_something_is_known(void **state)
{
	struct residency_range *covered = memory_alloc(sizeof(*covered));
	struct residency_sum pages;
	struct band_sum sum;
	struct stage stage;
	struct scene scene;
	struct band band;

	(void)state;
	stage_open(&stage, sample_stacks(2), 80, 24, true);
	stage_scan(&stage, true);
	scene = stage_scene(&stage);
	band = band_of(&stage, 0x7f83a7f81000, 1);
	*covered = (struct residency_range){0, band.end - 4096};
	residency_cover(stage.residency, covered, 1);
	pages = residency_between(stage.residency, band.start, band.end);
	assert_true(pages.resident > 0);
	band_sum_find(&scene, &band, &sum);
	assert_true(sum.rss == TARGET_UNKNOWN);
	assert_int_equal(sum.last.bytes, pages.resident);
	assert_int_equal(sum.last.known, band.end - band.start);
	stage_close(&stage);
}

/* Of shared memory they do not tell what is swapped out, where it may be; stacks in it are of it.
 */
static void swap_of_a_part_may_hide(void **state)
{
	struct band_sum sum;
	struct stage stage;
	struct scene scene;
	struct band band;
	struct vma *vma;

	(void)state;
	stage_open(&stage, sample_stacks(2), 80, 24, true);
	stage_scan(&stage, true);
	scene = stage_scene(&stage);
	for (uint64_t row = 0; row < 4; row++) {
		band = band_of(&stage, 0x7f83a7f80000, 4);
		band = band_of(&stage, scene.regions->regions[band.region + row].start, 1);
		vma = (struct vma *)&scene.space->vmas[scene.regions->regions[band.region].vma];
		for (int hides = 0; hides < 2; hides++)
			for (int kind = 0; kind < 2; kind++) {
				vma->kind = kind ? KIND_SHARED : KIND_ANON;
				stage.residency->swap_hides = hides;
				band_sum_find(&scene, &band, &sum);
				assert_true(sum.rss != TARGET_UNKNOWN);
				assert_int_equal(sum.swap == TARGET_UNKNOWN, kind && hides);
				assert_int_equal(sum.last_swap.known == 0, kind && hides);
			}
	}
	stage_close(&stage);
}

/* Of few mappings, of many, and of all. */
static void of_any_number_not_all_may_be_known(void **state)
{
	static const size_t steps[] = {1000, 2, 1};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_large(10000), 80, 24, true);
	stage_scan(&stage, false);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		for (size_t vma = 0; vma < stage.usage.vmas.count; vma += steps[i])
			forget(&stage, vma, USAGE_FIELD(rss));
		check_folds(&stage, stage.ui.shown.regions.count - 200);
		check_whole(&stage);
	}
	stage_close(&stage);
}

/* Also of those that a filter keeps, of any part of what is hidden between them. */
static void what_is_hidden_is_not_summed_up(void **state)
{
	static const char *const filters[] = {"rw-p", "!rw-p", "name:python", "heap"};

	(void)state;
	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
		struct stage stage;

		stage_open(&stage, sample_python(), 80, 24, true);
		stage_scan(&stage, true);
		stage_press(&stage, KEYS('f'));
		for (const char *c = filters[i]; *c; c++)
			stage_press(&stage, KEYS((unsigned char)*c));
		stage_press(&stage, KEYS(KEY_RETURN, 'f'));
		assert_true(stage.ui.shown.regions.filtered);
		check_all_folds(&stage);
		stage_close(&stage);
	}
}

/* A recording can say anything: no sum is less than what it is of. */
static void what_64_bits_do_not_hold_is_unknown(void **state)
{
	static const size_t fields[] = {USAGE_FIELD(rss), USAGE_FIELD(swap), USAGE_FIELD(pss)};
	const uint64_t much = TARGET_UNKNOWN - 4096;
	struct band_sum found;
	struct stage stage;
	struct scene scene;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_scan(&stage, true);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		usage_list_fill(&stage.usage.vmas, fields[i], 0, stage.usage.vmas.count, 0);
		usage_list_fill(&stage.usage.vmas, fields[i], 3, 2, much);
	}
	usage_list_fill(&stage.usage.vmas, USAGE_FIELD(hugetlb), 0, stage.usage.vmas.count, 0);
	scene = stage_scene(&stage);
	/* Also where the two are added up each by itself. */
	for (int unknown = 0; unknown < 2; unknown++) {
		const size_t first = region_list_find(scene.regions, scene.space->vmas[3].start);

		assert_int_equal(scene.regions->regions[first + 1].vma, 4);
		for (uint32_t count = 1; first + count < scene.regions->count; count++) {
			const struct band band =
				band_of(&stage, scene.regions->regions[first].start, count);

			band_sum_find(&scene, &band, &found);
			assert_true(found.rss == (count == 1 ? much : TARGET_UNKNOWN));
			assert_true(found.swap == found.rss && found.pss == found.rss);
			assert_true(found.last.bytes == found.rss);
			assert_true(found.last_swap.bytes == found.rss);
		}
		usage_list_fill(&stage.usage.vmas, USAGE_FIELD(rss), 5, 1, TARGET_UNKNOWN);
	}
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folds_are_the_sums_of_what_they_hold),
		cmocka_unit_test(what_is_cut_counts_as_a_whole),
		cmocka_unit_test(of_a_part_that_grew_something_is_known),
		cmocka_unit_test(swap_of_a_part_may_hide),
		cmocka_unit_test(of_any_number_not_all_may_be_known),
		cmocka_unit_test(what_is_hidden_is_not_summed_up),
		cmocka_unit_test(what_64_bits_do_not_hold_is_unknown),
	};

	return cmocka_run_group_tests_name("band_sum", tests, NULL, NULL);
}
