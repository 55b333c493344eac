/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "screen/colour.h"
#include "screen/theme.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/colour_mode.h"
#include "ui/picture/band_usage.h"
#include <string.h>

/* The role of count regions from the one at the address on, as one band. */
static enum role role_of(struct stage *stage, enum colour_mode colours, uint64_t address,
			 uint32_t count)
{
	const struct region_list *regions = &stage->ui.shown.regions;
	uint32_t first = (uint32_t)region_list_find(regions, address);
	const struct band band = {.start = regions->regions[first].start,
				  .end = regions->regions[first + count - 1].end,
				  .rows = 1,
				  .region = first,
				  .count = count};
	struct scene scene = stage_scene(stage);

	scene.colours = colours;
	return colour_mode_band_role(&scene, &band, (enum kind)regions->regions[first].kind);
}

static void protection_is_read_from_the_permissions(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_int_equal(role_of(&stage, COLOUR_MODE_PROTECTION, 0x55b5c3c00000, 1),
			 ROLE_READ_ONLY);
	assert_int_equal(role_of(&stage, COLOUR_MODE_PROTECTION, 0x55b5c3c6a000, 1),
			 ROLE_EXECUTABLE);
	assert_int_equal(role_of(&stage, COLOUR_MODE_PROTECTION, 0x55b5f7c8d000, 1), ROLE_WRITABLE);
	assert_int_equal(role_of(&stage, COLOUR_MODE_PROTECTION, 0x7f83a8781000, 1),
			 ROLE_NO_ACCESS);
	assert_int_equal(role_of(&stage, COLOUR_MODE_PROTECTION, 0x7f83a9100000, 1),
			 ROLE_WRITABLE_EXECUTABLE);
	stage_close(&stage);
}

static void a_fold_shows_the_most_telling_of_what_it_holds(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	/* Read-only and code; with the data that is above. A guard and a stack. */
	assert_int_equal(role_of(&stage, COLOUR_MODE_PROTECTION, 0x55b5c3c00000, 2),
			 ROLE_EXECUTABLE);
	assert_int_equal(role_of(&stage, COLOUR_MODE_PROTECTION, 0x55b5c3efb000, 3), ROLE_WRITABLE);
	assert_int_equal(role_of(&stage, COLOUR_MODE_PROTECTION, 0x7f83a8781000, 2), ROLE_WRITABLE);
	/* One that is writable and executable among many outweighs all. */
	assert_int_equal(role_of(&stage, COLOUR_MODE_PROTECTION, 0x7f839c000000, 20),
			 ROLE_WRITABLE_EXECUTABLE);
	/* Nothing but a gap has no answer. */
	assert_int_equal(role_of(&stage, COLOUR_MODE_PROTECTION, 0x1000, 1), ROLE_MUTED);
	stage_close(&stage);
}

static void sharing_tells_files_from_anonymous_memory(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_int_equal(role_of(&stage, COLOUR_MODE_SHARING, 0x7f83a8f82000, 1), ROLE_SHARED);
	assert_int_equal(role_of(&stage, COLOUR_MODE_SHARING, 0x55b5c41f4000, 1),
			 ROLE_PRIVATE_FILE);
	assert_int_equal(role_of(&stage, COLOUR_MODE_SHARING, 0x55b5f7c8d000, 1), ROLE_PRIVATE);
	assert_int_equal(role_of(&stage, COLOUR_MODE_SHARING, 0x55b5c41f4000, 2),
			 ROLE_PRIVATE_FILE);
	assert_int_equal(role_of(&stage, COLOUR_MODE_SHARING, 0x7f83a8782000, 2), ROLE_SHARED);
	stage_close(&stage);
}

static void growth_counts_from_the_mark(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python_without(0x7f83a9100000), 80, 24, true);
	assert_int_equal(role_of(&stage, COLOUR_MODE_GROWTH, 0x55b5f7c8d000, 1), ROLE_UNCHANGED);
	stage_add(&stage, sample_python_grown(8192), 1);
	assert_int_equal(role_of(&stage, COLOUR_MODE_GROWTH, 0x55b5f7c8d000, 1), ROLE_GREW);
	assert_int_equal(role_of(&stage, COLOUR_MODE_GROWTH, 0x7f83a9100000, 1), ROLE_APPEARED);
	assert_int_equal(role_of(&stage, COLOUR_MODE_GROWTH, 0x7fff7725a000, 1), ROLE_UNCHANGED);
	/* Of a fold, what changed by most bytes: here 64K that appeared against 8K that grew. */
	assert_int_equal(role_of(&stage, COLOUR_MODE_GROWTH, 0x55b5f7c8d000, 12), ROLE_APPEARED);
	assert_int_equal(role_of(&stage, COLOUR_MODE_GROWTH, 0x55b5f7c8d000, 3), ROLE_GREW);
	stage_press(&stage, (const uint32_t[]){'m', 0});
	ui_layout(&stage.ui);
	assert_int_equal(role_of(&stage, COLOUR_MODE_GROWTH, 0x55b5f7c8d000, 1), ROLE_UNCHANGED);
	stage_add(&stage, sample_python(), 2);
	assert_int_equal(role_of(&stage, COLOUR_MODE_GROWTH, 0x55b5f7c8d000, 1), ROLE_SHRANK);
	stage_close(&stage);
}

static void residency_is_told_row_by_row(void **state)
{
	const struct row_usage rows[] = {{true, 8, 8, 0, 0, 0},
					 {true, 8, 3, 0, 0, 0},
					 {true, 8, 0, 2, 0, 0},
					 {true, 8, 0, 0, 0, 0},
					 {false, 1, 0, 0, 0, 0}};
	const enum role roles[] = {ROLE_RESIDENT, ROLE_PARTLY, ROLE_SWAPPED, ROLE_ABSENT,
				   ROLE_MUTED};
	struct scene scene = {.colours = COLOUR_MODE_RESIDENCY};

	(void)state;
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(colour_mode_row_role(&scene, ROLE_ABSENT, 0, 1, &rows[i]),
				 roles[i]);
	scene.colours = COLOUR_MODE_SHARING;
	assert_int_equal(colour_mode_row_role(&scene, ROLE_SHARED, 0, 1, &rows[1]), ROLE_SHARED);
}

static void kinds_have_their_own_roles(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_int_equal(role_of(&stage, COLOUR_MODE_KIND, 0x55b5f7c8d000, 1), ROLE_KIND_HEAP);
	assert_int_equal(role_of(&stage, COLOUR_MODE_KIND, 0x7f83a8781000, 1), ROLE_KIND_GUARD);
	stage_close(&stage);
}

static void every_lens_has_its_words(void **state)
{
	size_t count;

	(void)state;
	assert_null(colour_mode_title(COLOUR_MODE_KIND));
	colour_mode_classes(COLOUR_MODE_KIND, &count);
	assert_int_equal(count, 0);
	for (unsigned colours = 0; colours < COLOUR_MODE_COUNT; colours++) {
		const char *message = colour_mode_message((enum colour_mode)colours);

		assert_int_equal(message[strlen(message) - 1], '.');
		if (colours == COLOUR_MODE_KIND)
			continue;
		assert_memory_equal(colour_mode_title((enum colour_mode)colours), "by ", 3);
		colour_mode_classes((enum colour_mode)colours, &count);
		assert_true(count >= 3);
	}
}

/* In the theme that is compiled in, no two answers of a colours look the same in 256 colours. */
static void answers_can_be_told_apart(void **state)
{
	struct theme theme;

	(void)state;
	theme_parse(theme_default_text, theme_default_length, &theme, NULL, 0);
	for (unsigned colours = 0; colours < COLOUR_MODE_COUNT; colours++) {
		size_t count;
		const struct colour_mode_class *classes =
			colour_mode_classes((enum colour_mode)colours, &count);

		for (size_t i = 0; i < count; i++)
			for (size_t j = 0; j < i; j++) {
				struct shade a = colour_shade(&theme.styles[classes[i].role],
							      COLOUR_DEPTH_256);
				struct shade b = colour_shade(&theme.styles[classes[j].role],
							      COLOUR_DEPTH_256);

				assert_int_not_equal(a.foreground, b.foreground);
			}
	}
}

static void expect_own_letter(enum role role, bool *used)
{
	uint32_t letter = colour_mode_letter(role);

	assert_in_range(letter, 'A', 'z');
	assert_false(used[letter]);
	used[letter] = true;
}

static void every_answer_has_a_letter_of_its_own(void **state)
{
	(void)state;
	for (unsigned colours = 0; colours < COLOUR_MODE_COUNT; colours++) {
		bool used[128] = {false};
		size_t count;
		const struct colour_mode_class *classes =
			colour_mode_classes((enum colour_mode)colours, &count);

		for (size_t i = 0; i < count; i++)
			expect_own_letter(classes[i].role, used);
		for (unsigned kind = 0; count == 0 && kind < KIND_GAP; kind++)
			expect_own_letter(ROLE_KIND_TEXT + kind, used);
	}
	assert_int_equal(colour_mode_letter(ROLE_MUTED), 0);
	assert_int_equal(colour_mode_letter(ROLE_KIND_GAP), 0);
}

/* Parts of a mapping of stacks: what is new of each, not what became of the mapping. */
static void parts_grow_by_what_is_new_of_them(void **state)
{
	const uint64_t third = 0x7f83a8f82000 - 3 * UINT64_C(0x801000);
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_stacks(2), 80, 24, true);
	assert_int_equal(role_of(&stage, COLOUR_MODE_GROWTH, third + 0x801000, 1), ROLE_UNCHANGED);
	stage_add(&stage, sample_stacks(3), 1);
	assert_int_equal(role_of(&stage, COLOUR_MODE_GROWTH, third, 1), ROLE_APPEARED);
	assert_int_equal(role_of(&stage, COLOUR_MODE_GROWTH, third + 0x1000, 1), ROLE_APPEARED);
	assert_int_equal(role_of(&stage, COLOUR_MODE_GROWTH, third + 0x801000, 1), ROLE_UNCHANGED);
	assert_int_equal(role_of(&stage, COLOUR_MODE_GROWTH, third + 0x802000, 1), ROLE_UNCHANGED);
	/* Together, what is most of it. */
	assert_int_equal(role_of(&stage, COLOUR_MODE_GROWTH, third + 0x1000, 3), ROLE_APPEARED);
	stage_close(&stage);
}

/* Growth needs a diagram that remembers the one before; a site needs sites. */
static void what_is_not_known_is_unchanged(void **state)
{
	struct scene scene = {.colours = COLOUR_MODE_GROWTH};
	const struct band band = {.start = 0x1000, .end = 0x2000, .rows = 1, .count = 1};
	const struct row_usage row = {true, 8, 8, 0, 0, 0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	scene = stage_scene(&stage);
	scene.colours = COLOUR_MODE_GROWTH;
	scene.growth = NULL;
	assert_int_equal(colour_mode_band_role(&scene, &band, KIND_TEXT), ROLE_UNCHANGED);
	scene.colours = COLOUR_MODE_SITES;
	scene.site_colours = NULL;
	assert_int_equal(colour_mode_band_role(&scene, &band, KIND_TEXT), ROLE_UNCHANGED);
	assert_int_equal(colour_mode_row_role(&scene, ROLE_SHARED, 0, 1, &row), ROLE_UNCHANGED);
	scene.colours = COLOUR_MODE_RESIDENCY;
	assert_int_equal(colour_mode_band_role(&scene, &band, KIND_TEXT), ROLE_ABSENT);
	stage_close(&stage);
}

/* Mappings that a filter leaves out do not colour their fold. */
static void what_is_filtered_does_not_tell(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_int_equal(role_of(&stage, COLOUR_MODE_PROTECTION, 0x55b5c3c00000, 2),
			 ROLE_EXECUTABLE);
	stage_press(&stage, (const uint32_t[]){'f', 'k', 'i', 'n', 'd', ':', 'r', 'o', 'd', 'a',
					       't', 'a', 13, 0});
	assert_int_equal(role_of(&stage, COLOUR_MODE_PROTECTION, 0x55b5c3c00000, 2),
			 ROLE_READ_ONLY);
	assert_int_equal(role_of(&stage, COLOUR_MODE_PROTECTION, 0x55b5c3c6a000, 1), ROLE_MUTED);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_answer_has_a_letter_of_its_own),
		cmocka_unit_test(protection_is_read_from_the_permissions),
		cmocka_unit_test(a_fold_shows_the_most_telling_of_what_it_holds),
		cmocka_unit_test(sharing_tells_files_from_anonymous_memory),
		cmocka_unit_test(growth_counts_from_the_mark),
		cmocka_unit_test(residency_is_told_row_by_row),
		cmocka_unit_test(kinds_have_their_own_roles),
		cmocka_unit_test(every_lens_has_its_words),
		cmocka_unit_test(answers_can_be_told_apart),
		cmocka_unit_test(parts_grow_by_what_is_new_of_them),
		cmocka_unit_test(what_is_not_known_is_unchanged),
		cmocka_unit_test(what_is_filtered_does_not_tell),
	};

	return cmocka_run_group_tests_name("colour_mode", tests, NULL, NULL);
}
