/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "layout/diagram.h"
#include "model/address_space.h"
#include "support/sample.h"
#include "scenario.h"

#define MOST_VMAS 66000 /* about 100 000 regions */

static void check_same(const struct diagram *a, const struct diagram *b)
{
	assert_int_equal(a->band_count, b->band_count);
	assert_memory_equal(a->bands, b->bands, a->band_count * sizeof(*a->bands));
}

static void check_random(uint64_t seed, size_t most_vmas, uint64_t most_rows)
{
	struct scenario scenario;
	struct diagram *diagram, *again;

	scenario_init(&scenario, seed, most_vmas, most_rows);
	diagram = diagram_build(&scenario.request);
	scenario_check(diagram, &scenario);
	again = diagram_build(&scenario.request);
	check_same(diagram, again);
	diagram_destroy(again);
	/* What did not change does not move, either. */
	scenario.request.hint = diagram;
	again = diagram_build(&scenario.request);
	check_same(diagram, again);
	diagram_destroy(again);
	diagram_destroy(diagram);
	scenario_finish(&scenario);
}

static void holds_for_random_spaces(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 1500; seed++)
		check_random(seed, 300, 300);
	for (uint64_t seed = 0; seed < 100; seed++)
		check_random(seed, 5000, 5000);
	for (uint64_t seed = 0; seed < 100; seed++)
		check_random(seed, 100, UINT64_C(5000) << 16);
}

static void holds_for_huge_spaces(void **state)
{
	const struct {
		uint64_t rows;
		enum scale scale;
	} cases[] = {{1, SCALE_LOG},      {5000, SCALE_LINEAR}, {24, SCALE_LOG},
		     {5000, SCALE_LOG},   {80000, SCALE_LOG},   {UINT64_C(5000) << 16, SCALE_LOG},
		     {60000, SCALE_EQUAL}};
	struct scenario scenario = {.random = {7}, .vma_count = MOST_VMAS};

	(void)state;
	scenario.vmas = calloc(MOST_VMAS, sizeof(struct vma));
	random_vmas(&scenario.random, scenario.vmas, MOST_VMAS);
	scenario_list_again(&scenario);
	scenario.request = (struct diagram_request){.regions = &scenario.list};
	scenario.request.end = scenario_end(&scenario);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct diagram *diagram;

		scenario.request.rows = cases[i].rows;
		scenario.request.scale = cases[i].scale;
		diagram = diagram_build(&scenario.request);
		scenario_check(diagram, &scenario);
		diagram_destroy(diagram);
	}
	scenario_finish(&scenario);
}

/* Every band of a of one region is one in b, too. */
static void check_nested(const struct diagram *few, const struct diagram *many)
{
	for (size_t i = 0; i < few->band_count; i++) {
		const struct band *band = &few->bands[i];

		if (band->count == 1)
			assert_int_equal(
				many->bands[diagram_band_at_address(many, band->start)].count, 1);
	}
}

static void what_is_shown_alone_is_shown_alone_at_more_rows(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 300; seed++) {
		struct diagram *few, *many, *with_hint;
		struct scenario scenario;

		scenario_init(&scenario, seed, 300, 400);
		few = diagram_build(&scenario.request);
		scenario.request.rows += random_magnitude(&scenario.random, 300);
		many = diagram_build(&scenario.request);
		scenario.request.hint = few;
		with_hint = diagram_build(&scenario.request);
		check_nested(few, many);
		check_nested(few, with_hint);
		diagram_destroy(few);
		diagram_destroy(many);
		diagram_destroy(with_hint);
		scenario_finish(&scenario);
	}
}

/* Lets one VMA grow by a page into the gap above it, within the window; false where it cannot. */
static bool grow(struct scenario *scenario, size_t index)
{
	struct vma *vma = &scenario->vmas[index];
	uint64_t limit = index + 1 < scenario->vma_count ? vma[1].start : scenario->list.user_end;

	if (vma->end > scenario->list.user_end || limit > scenario->list.user_end)
		limit = vma->end < scenario->list.user_end ? scenario->list.user_end : vma->end;
	if (limit > scenario->request.end)
		limit = scenario->request.end;
	if (vma->end <= scenario->request.start || vma->end + PAGE >= limit)
		return false;
	vma->end += PAGE;
	scenario_list_again(scenario);
	return true;
}

/* Between two diagrams no band but those that the address is in or next to moved much. */
static void check_calm(const struct diagram *before, const struct diagram *now, uint64_t grown)
{
	assert_int_equal(before->band_count, now->band_count);
	for (size_t i = 0; i < now->band_count; i++) {
		const struct band *a = &before->bands[i], *b = &now->bands[i];
		uint64_t row_a = a->row, row_b = b->row;

		assert_true(a->region == b->region && a->count == b->count);
		assert_true(row_a <= row_b + 1 && row_b <= row_a + 1);
		if (grown < b->start || grown >= b->end)
			assert_true(a->rows <= b->rows + 1 && b->rows <= a->rows + 1);
	}
}

static void growth_by_a_page_moves_one_row(void **state)
{
	unsigned grown = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 8000; seed++) {
		struct diagram *before, *now;
		struct scenario scenario;

		/* Small regions at many rows: the hardest to keep calm. */
		scenario_init(&scenario, seed, 100, seed % 2 ? 5000 : 100);
		before = diagram_build(&scenario.request);
		for (size_t n = 0; n < scenario.vma_count; n++) {
			size_t i = random_below(&scenario.random, scenario.vma_count);

			if (!grow(&scenario, i))
				continue;
			scenario.request.hint = before;
			now = diagram_build(&scenario.request);
			scenario_check(now, &scenario);
			check_calm(before, now, scenario.vmas[i].end - 1);
			diagram_destroy(now);
			grown++;
			break;
		}
		diagram_destroy(before);
		scenario_finish(&scenario);
	}
	assert_true(grown > 1000);
}

static void all_holds_while_regions_grow(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 40; seed++) {
		struct diagram *diagram, *before;
		struct scenario scenario;

		scenario_init(&scenario, seed, 60, seed % 2 ? 3000 : 60);
		diagram = diagram_build(&scenario.request);
		for (unsigned step = 0; step < 200 && scenario.vma_count; step++) {
			grow(&scenario, random_below(&scenario.random, scenario.vma_count));
			before = diagram;
			scenario.request.hint = before;
			diagram = diagram_build(&scenario.request);
			diagram_destroy(before);
			scenario_check(diagram, &scenario);
		}
		diagram_destroy(diagram);
		scenario_finish(&scenario);
	}
}

/* One region more or less, or one that is now something else. */
static void disturb(struct scenario *scenario)
{
	size_t i = random_below(&scenario->random, scenario->vma_count);

	if (random_below(&scenario->random, 3) == 0)
		memmove(&scenario->vmas[i], &scenario->vmas[i + 1],
			(--scenario->vma_count - i) * sizeof(struct vma));
	else
		scenario->vmas[i].kind = random_below(&scenario->random, 2) ? KIND_ANON : KIND_TEXT;
	scenario_list_again(scenario);
}

/* Regions vanish and change at random; window, rows and scale change. */
static void all_holds_with_any_hint(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 100; seed++) {
		struct diagram *diagram, *before;
		struct scenario scenario;

		scenario_init(&scenario, seed, 200, 300);
		diagram = diagram_build(&scenario.request);
		for (unsigned round = 0; round < 50 && scenario.vma_count; round++) {
			disturb(&scenario);
			if (round % 3 == 0)
				scenario.request.rows = random_magnitude(&scenario.random, 300);
			if (round % 5 == 0)
				scenario.request.scale =
					(enum scale)random_below(&scenario.random, SCALE_COUNT);
			if (round % 7 == 0 || scenario.request.end > scenario_end(&scenario))
				scenario_choose_window(&scenario);
			before = diagram;
			scenario.request.hint = before;
			diagram = diagram_build(&scenario.request);
			diagram_destroy(before);
			scenario_check(diagram, &scenario);
		}
		diagram_destroy(diagram);
		scenario_finish(&scenario);
	}
}

static void another_scale_shares_afresh(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 200; seed++) {
		struct diagram *before, *now, *fresh;
		struct scenario scenario;

		scenario_init(&scenario, seed, 50, 200);
		scenario.request.scale = SCALE_LINEAR;
		before = diagram_build(&scenario.request);
		scenario.request.scale = SCALE_LOG;
		fresh = diagram_build(&scenario.request);
		scenario.request.hint = before;
		now = diagram_build(&scenario.request);
		check_same(now, fresh);
		diagram_destroy(before);
		diagram_destroy(now);
		diagram_destroy(fresh);
		scenario_finish(&scenario);
	}
}

/* Four mappings of 1, 3, 7 and 15 pages: log2(1 + pages) is 1, 2, 3, 4 to the digit. */
static struct diagram *build_known(uint64_t rows, enum scale scale)
{
	struct vma vmas[4] = {{0}};
	struct diagram_request request = {.rows = rows, .scale = scale};
	struct address_space *space;
	struct diagram *diagram;
	struct region_list list;
	uint64_t cursor = 0;

	for (unsigned i = 0; i < 4; i++) {
		vmas[i].name = "";
		vmas[i].kind = KIND_ANON;
		vmas[i].owner = OWNER_OTHER;
		vmas[i].start = cursor;
		cursor += ((UINT64_C(2) << i) - 1) * PAGE;
		vmas[i].end = cursor;
	}
	space = space_of(vmas, 4);
	region_list_init(&list, space);
	request.regions = &list;
	request.end = cursor;
	diagram = diagram_build(&request);
	region_list_finish(&list);
	address_space_destroy(space);
	return diagram;
}

static void shares_rows_by_the_scale(void **state)
{
	/* 20 rows beyond the first four: by tenths, by 26ths (3.85, 2.31, ...), by quarters. */
	const uint64_t expected[SCALE_COUNT][4] = {
		[SCALE_LOG] = {3, 5, 7, 9},
		[SCALE_LINEAR] = {2, 3, 6, 13},
		[SCALE_EQUAL] = {6, 6, 6, 6},
	};

	(void)state;
	for (unsigned scale = 0; scale < SCALE_COUNT; scale++) {
		struct diagram *diagram = build_known(24, (enum scale)scale);

		assert_int_equal(diagram->band_count, 4);
		for (unsigned i = 0; i < 4; i++)
			assert_int_equal(diagram->bands[i].rows, expected[scale][i]);
		diagram_destroy(diagram);
	}
}

static void an_odd_row_goes_to_the_largest_remainder(void **state)
{
	/* One row beyond the four: 0.1, 0.2, 0.3 and 0.4 of it are due. */
	struct diagram *diagram = build_known(5, SCALE_LOG);

	(void)state;
	assert_int_equal(diagram->bands[3].rows, 2);
	diagram_destroy(diagram);
	/* All due the same: the larger one has it. */
	diagram = build_known(5, SCALE_EQUAL);
	assert_int_equal(diagram->bands[3].rows, 2);
	diagram_destroy(diagram);
}

static void a_window_above_the_list_becomes_all_of_it(void **state)
{
	struct address_space *space = space_of(NULL, 0);
	struct diagram_request request = {.start = UINT64_C(1) << 50, .end = UINT64_MAX};
	struct region_list list;
	struct diagram *diagram;

	(void)state;
	region_list_init(&list, space);
	request.regions = &list;
	request.rows = 3;
	diagram = diagram_build(&request);
	assert_true(diagram->start == 0 && diagram->end == list.user_end);
	assert_true(diagram->band_count == 1 && diagram->bands[0].rows == 3);
	assert_true(diagram_address_row(diagram, UINT64_MAX) == 2);
	/* Of all of the list it has no copy. */
	assert_ptr_equal(diagram->inside.regions, list.regions);
	diagram_destroy(diagram);
	request.start = PAGE;
	diagram = diagram_build(&request);
	assert_true(diagram->start == PAGE && diagram->end == list.user_end);
	assert_true(diagram_address_row(diagram, 0) == 0);
	assert_ptr_not_equal(diagram->inside.regions, list.regions);
	diagram_destroy(diagram);
	diagram_destroy(NULL);
	region_list_finish(&list);
	address_space_destroy(space);
}

static void a_range_is_a_band_of_its_regions(void **state)
{
	struct address_space *space = sample_python();
	struct region_list list;
	struct band band;

	(void)state;
	region_list_init(&list, space);
	band = diagram_band_of(&list, space->vmas[0].start + 1, space->vmas[2].start + 1);
	assert_int_equal(band.start, space->vmas[0].start);
	assert_int_equal(band.end, space->vmas[2].end);
	assert_int_equal(band.region, region_list_find(&list, band.start));
	assert_true(band.count == 3 && band.rows == 1);
	region_list_finish(&list);
	address_space_destroy(space);
}

static void scales_have_names(void **state)
{
	(void)state;
	assert_string_equal(scale_name(SCALE_LOG), "log");
	assert_string_equal(scale_name(SCALE_LINEAR), "linear");
	assert_string_equal(scale_name(SCALE_EQUAL), "equal");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(holds_for_random_spaces),
		cmocka_unit_test(holds_for_huge_spaces),
		cmocka_unit_test(what_is_shown_alone_is_shown_alone_at_more_rows),
		cmocka_unit_test(growth_by_a_page_moves_one_row),
		cmocka_unit_test(all_holds_while_regions_grow),
		cmocka_unit_test(all_holds_with_any_hint),
		cmocka_unit_test(another_scale_shares_afresh),
		cmocka_unit_test(shares_rows_by_the_scale),
		cmocka_unit_test(an_odd_row_goes_to_the_largest_remainder),
		cmocka_unit_test(a_window_above_the_list_becomes_all_of_it),
		cmocka_unit_test(a_range_is_a_band_of_its_regions),
		cmocka_unit_test(scales_have_names),
	};

	return cmocka_run_group_tests_name("diagram", tests, NULL, NULL);
}
