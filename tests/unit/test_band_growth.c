/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "band_of_regions.h"
#include "maps_space.h"
#include "model/address_space.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/picture/band_growth.h"

#define HEAP     0x55b5f7c8d000
#define HEAP_END 0x55b5f7e87000

static struct band_growth find(struct stage *stage, uint64_t address)
{
	const struct scene scene = stage_scene(stage);
	struct band_growth growth;

	band_growth_find(
		&scene,
		&stage->ui.shown.picture.diagram
			 ->bands[diagram_band_at_address(stage->ui.shown.picture.diagram, address)],
		&growth);
	return growth;
}

static void nothing_became_of_nothing(void **state)
{
	struct stage stage;
	struct band_growth growth;

	(void)state;
	stage_open(&stage, sample_python(), 80, 300, true);
	growth = find(&stage, HEAP);
	assert_int_equal(growth.delta, 0);
	assert_int_equal(growth.from, growth.to);
	assert_false(growth.marked);
	stage_close(&stage);
}

static void a_heap_that_grew_is_new_at_its_high_end(void **state)
{
	struct stage stage;
	struct band_growth growth;

	(void)state;
	stage_open(&stage, sample_python(), 80, 300, true);
	stage_add(&stage, sample_python_grown(8192), 1);
	growth = find(&stage, HEAP);
	assert_int_equal(growth.delta, 8192);
	assert_int_equal(growth.from, HEAP_END);
	assert_int_equal(growth.to, HEAP_END + 8192);
	assert_true(growth.marked);
	assert_int_equal(growth.role, ROLE_GREW);
	assert_int_equal(growth.sign, stage.ui.glyphs->grew);
	/* Its neighbours are as they were. */
	assert_int_equal(find(&stage, 0x55b5c4349000).delta, 0);
	stage_close(&stage);
}

static void a_fold_adds_its_mappings_up(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 12, true);
	stage_add(&stage, sample_python_grown(4096), 1);
	stage.ui.shown.picture.diagram->bands[0].end = HEAP_END + 4096;
	stage.ui.shown.picture.diagram->bands[0].region = 0;
	stage.ui.shown.picture.diagram->bands[0].count =
		(uint32_t)region_list_find(&stage.ui.shown.regions, HEAP) + 1;
	assert_int_equal(find(&stage, 0).delta, 4096);
	stage_close(&stage);
}

static void what_vanished_is_a_ghost(void **state)
{
	struct stage stage;
	struct band_growth growth;

	(void)state;
	stage_open(&stage, sample_python(), 80, 300, true);
	stage_add(&stage, sample_python_without(0x7f83a9200000), 1);
	growth = find(&stage, 0x7f83a9200000);
	assert_true(growth.marked && growth.ghost);
	assert_int_equal(growth.ghost_size, 0x2e9000);
	stage_close(&stage);
}

static void a_new_stack_in_a_mapping_is_new_by_itself(void **state)
{
	struct band_growth growth;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_stacks(1), 80, 300, true);
	stage_add(&stage, sample_stacks(2), 1);
	growth = find(&stage, 0x7f83a7f81000);
	assert_int_equal(growth.delta, 0x800000);
	assert_int_equal(growth.from, 0x7f83a7f81000);
	assert_int_equal(growth.to, 0x7f83a8781000);
	growth = find(&stage, 0x7f83a8782000);
	assert_int_equal(growth.delta, 0);
	assert_int_equal(growth.from, growth.to);
	stage_close(&stage);
}

/* Of all parts of a mapping together what it lost counts, too, which no part tells. */
static void a_mapping_that_is_whole_may_shrink(void **state)
{
	const struct region_list *regions;
	struct stage stage;
	size_t first, parts = 0;

	(void)state;
	stage_open(&stage, sample_stacks(3), 80, 12, true);
	stage_add(&stage, sample_stacks(2), 1);
	regions = &stage.ui.shown.regions;
	first = region_list_find(regions, 0x7f83a7f80000);
	while (regions->regions[first + parts].vma == regions->regions[first].vma)
		parts++;
	assert_int_equal(parts, 4);
	stage.ui.shown.picture.diagram->bands[0].region = (uint32_t)first;
	stage.ui.shown.picture.diagram->bands[0].count = (uint32_t)parts;
	assert_int_equal(find(&stage, 0).delta, -0x801000);
	stage.ui.shown.picture.diagram->bands[0].end =
		stage.ui.shown.regions.regions[stage.ui.shown.regions.count - 1].end;
	stage.ui.shown.picture.diagram->bands[0].region = 0;
	stage.ui.shown.picture.diagram->bands[0].count = (uint32_t)stage.ui.shown.regions.count;
	assert_int_equal(find(&stage, 0).delta,
			 (int64_t)stage.session.now->size - (int64_t)stage.session.baseline->size);
	assert_true(find(&stage, 0).delta < 0);
	stage_close(&stage);
}

/* What a change of each sort looks like. */
static void each_change_has_its_sign(void **state)
{
	static const struct {
		enum change_type type;
		enum role role;
	} cases[] = {
		{CHANGE_MAPPED, ROLE_APPEARED},     {CHANGE_UNMAPPED, ROLE_GHOST},
		{CHANGE_GREW, ROLE_GREW},           {CHANGE_SHRANK, ROLE_SHRANK},
		{CHANGE_MOVED, ROLE_LABEL},         {CHANGE_RENAMED, ROLE_LABEL},
		{CHANGE_PROTECTED, ROLE_PROTECTED},
	};
	const struct glyphs *glyphs = glyphs_get(true);
	const uint32_t signs[] = {glyphs->appeared, glyphs->vanished, glyphs->grew,
				  glyphs->shrank,   glyphs->moved,    glyphs->other,
				  glyphs->protected};
	const struct band band = {.start = 0x1000, .end = 0x5000};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct change change = {.type = cases[i].type,
					.start = 0x2000,
					.end = 0x4000,
					.old_start = 0x2000,
					.old_end = 0x4000};
		const struct change_list list = {.changes = &change, .count = 1};
		struct highlights highlights = {0};
		const struct scene scene = {.glyphs = glyphs, .highlights = &highlights};
		struct band_growth growth;

		highlights_add(&highlights, &list, 1);
		band_growth_find(&scene, &band, &growth);
		assert_true(growth.marked);
		assert_int_equal(growth.sign, signs[i]);
		assert_int_equal(growth.role, cases[i].role);
		assert_int_equal(growth.ghost, cases[i].type == CHANGE_UNMAPPED);
		assert_int_equal(growth.ghost_size, cases[i].type == CHANGE_UNMAPPED ? 0x2000 : 0);
		highlights_finish(&highlights);
	}
}

/* As a recording may say: the sum of what a fold holds is the most that there is. */
static void growth_has_63_bits(void **state)
{
	static const char before[] = "1000-2000 rw-p 0 00:00 0 \n",
			  now[] = "1000-2000 rw-p 0 00:00 0 \n"
				  "1000000000000000-3000000000000000 rw-p 0 00:00 0 \n"
				  "4000000000000000-6000000000000000 rw-p 0 00:00 0 \n"
				  "7000000000000000-9000000000000000 rw-p 0 00:00 0 \n"
				  "a000000000000000-c000000000000000 rw-p 0 00:00 0 \n";
	struct band_growth growth;
	struct stage stage;
	struct scene scene;
	struct band band;

	(void)state;
	stage_open(&stage, maps_space_create(NULL, before), 80, 24, true);
	stage_add(&stage, maps_space_create(NULL, now), 1);
	scene = stage_scene(&stage);
	band = band_of(&stage, 0, (uint32_t)scene.regions->count);
	band_growth_find(&scene, &band, &growth);
	assert_true(growth.delta == INT64_MAX);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_became_of_nothing),
		cmocka_unit_test(a_heap_that_grew_is_new_at_its_high_end),
		cmocka_unit_test(a_fold_adds_its_mappings_up),
		cmocka_unit_test(what_vanished_is_a_ghost),
		cmocka_unit_test(a_new_stack_in_a_mapping_is_new_by_itself),
		cmocka_unit_test(a_mapping_that_is_whole_may_shrink),
		cmocka_unit_test(each_change_has_its_sign),
		cmocka_unit_test(growth_has_63_bits),
	};

	return cmocka_run_group_tests_name("band_growth", tests, NULL, NULL);
}
