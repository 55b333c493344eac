/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "layout/fold.h"
#include "maps_space.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/picture/band_match.h"
#include "ui/picture/fold_label.h"

/* A band of the regions from the first address to the last. */
static struct band band_of(const struct scene *scene, uint64_t first, uint64_t last)
{
	struct band band = {.rows = 1};

	band.region = (uint32_t)region_list_find(scene->regions, first);
	band.count = (uint32_t)region_list_find(scene->regions, last) - band.region + 1;
	band.start = scene->regions->regions[band.region].start;
	band.end = scene->regions->regions[band.region + band.count - 1].end;
	return band;
}

/* Writes the label of the band from the first address to the last, 30 columns and then 12. */
static void write_label(struct stage *stage, int line, uint64_t first, uint64_t last)
{
	const struct scene scene = stage_scene(stage);
	const struct band band = band_of(&scene, first, last);
	struct band_match match;
	struct fold fold;

	fold_summarize(scene.space, scene.regions, &band, &fold);
	band_match_find(&scene, &band, &match);
	fold_label_draw(stage->canvas, &scene, &band, &fold, &match, 1, line, 31);
	fold_label_draw(stage->canvas, &scene, &band, &fold, &match, 33, line, 45);
}

static void filter(struct stage *stage, const char *line)
{
	const struct find_space in = {stage->ui.shown.space, NULL};
	struct text why = {0};
	size_t offset;

	assert_int_equal(
		find_look_for(&stage->ui.find, &stage->ui.find.filtered, line, &in, &why, &offset),
		0);
	stage->ui.find.filter = FILTER_HIDE;
	ui_take_find(&stage->ui);
	ui_layout(&stage->ui);
}

/* The label at each width at which it is another one. */
static void append_widths(struct text *text, const struct stage *stage, uint64_t first,
			  uint64_t last)
{
	const struct scene scene = stage_scene(stage);
	const struct band band = band_of(&scene, first, last);
	struct text before = {0};
	struct band_match match;
	struct fold fold;

	fold_summarize(scene.space, scene.regions, &band, &fold);
	band_match_find(&scene, &band, &match);
	for (int columns = 6; columns < 50; columns++) {
		struct canvas *canvas = canvas_create(52, 1, false);
		struct text label = {0};

		fold_label_draw(canvas, &scene, &band, &fold, &match, 1, 0, 1 + columns);
		canvas_append_text(&label, canvas);
		if (!before.length || strcmp(text_string(&label), text_string(&before)) != 0)
			text_append_format(text, "%2d%s", columns, text_string(&label));
		text_finish(&before);
		before = label;
		canvas_destroy(canvas);
	}
	text_finish(&before);
}

static void what_has_room_at_all_widths(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 46, 12, true);
	append_widths(&text, &stage, 0x7f83a9782000, 0x7f83aa712000);
	append_widths(&text, &stage, 0x55b5f7c8d000, 0x55b5f7e87000);
	append_widths(&text, &stage, 0x7f83a9082000, 0x7f83a9110000);
	append_widths(&text, &stage, 0x7fff77361000, 0xffffffffff600000);
	append_widths(&text, &stage, 0x7f83aa53e000, 0x7f83aa712000);
	filter(&stage, "libc perm:w");
	append_widths(&text, &stage, 0x7f83a9782000, 0x7f83aa712000);
	stage_close(&stage);
	stage_open(&stage,
		   maps_space_create(NULL, "100000-200000 rw-p 0 00:00 0 \n"
					   "300000-500000 ---p 0 00:00 0 [anon:mine]\n"
					   "600000-700000 rw-p 0 00:00 0 \n"),
		   46, 12, true);
	append_widths(&text, &stage, 0x200000, 0x500000);
	append_widths(&text, &stage, 0x200000, 0x600000);
	golden_check("fold_label_widths", text_string(&text));
	text_finish(&text);
	stage_close(&stage);
}

static void says_what_a_fold_holds(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 46, 12, true);
	canvas_fill(stage.canvas, 0, 0, 46, 12, ' ', ROLE_DEFAULT);
	write_label(&stage, 0, 0x7f83a9782000, 0x7f83aa712000);
	write_label(&stage, 1, 0x55b5f7c8d000, 0x55b5f7e87000);
	write_label(&stage, 2, 0x7f83a9110000, 0x7f83a9200000);
	write_label(&stage, 3, 0x7f83a9082000, 0x7f83a9110000);
	write_label(&stage, 4, 0x7f83a9100000, 0x7f83a9200000);
	/* The same where a filter hides most. */
	filter(&stage, "libc perm:w");
	write_label(&stage, 6, 0x7f83a9782000, 0x7f83aa712000);
	filter(&stage, "libc perm:x");
	write_label(&stage, 7, 0x7f83a9782000, 0x7f83aa712000);
	filter(&stage, "heap");
	write_label(&stage, 8, 0x7f83a9782000, 0xffffffffff600000);
	write_label(&stage, 9, 0, 0x55b5f7c8d000);
	golden_check_canvas("fold_label", stage.canvas);
	stage_close(&stage);
}

/* [vsyscall] is not where the band begins: what is there is said first. */
static void what_lies_beyond_user_addresses_is_not_called_near(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 46, 12, true);
	canvas_fill(stage.canvas, 0, 0, 46, 12, ' ', ROLE_DEFAULT);
	write_label(&stage, 0, 0x7fff77361000, 0xffffffffff600000);
	canvas_append_text(&text, stage.canvas);
	assert_null(strstr(text_string(&text), "[vsyscall] and"));
	/* Where both have no room, what has the bar and the size is named. */
	assert_non_null(strstr(text_string(&text), " unmapped, [vsyscall] "));
	text_finish(&text);
	stage_close(&stage);
}

static void parts_of_one_mapping_are_counted_as_such(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_stacks(2), 46, 3, true);
	canvas_fill(stage.canvas, 0, 0, 46, 3, ' ', ROLE_DEFAULT);
	write_label(&stage, 0, 0x7f83a7f80000, 0x7f83a8782000); /* all of it */
	write_label(&stage, 1, 0x7f83a8781000, 0x7f83a8782000);
	write_label(&stage, 2, 0x7f83a8782000, 0x7f83a8f82000); /* a stack and its neighbour */
	golden_check_canvas("fold_label_parts", stage.canvas);
	stage_close(&stage);
}

/* "3 × 132K" is not all of 192M: what else there is, is said. */
static void reservations_beside_like_mappings_are_named(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage,
		   maps_space_create(NULL, "7f0000000000-7f0000021000 rw-p 0 00:00 0 \n"
					   "7f0000021000-7f0004000000 ---p 0 00:00 0 \n"
					   "7f0004000000-7f0004021000 rw-p 0 00:00 0 \n"
					   "7f0004021000-7f0008000000 ---p 0 00:00 0 \n"
					   "7f0008000000-7f0008021000 rw-p 0 00:00 0 \n"
					   "7f0008021000-7f000c000000 ---p 0 00:00 0 \n"),
		   46, 12, true);
	canvas_fill(stage.canvas, 0, 0, 46, 12, ' ', ROLE_DEFAULT);
	write_label(&stage, 0, 0x7f0000000000, 0x7f0008021000);
	write_label(&stage, 1, 0x7f0000000000, 0x7f0008000000);
	canvas_append_text(&text, stage.canvas);
	assert_non_null(strstr(text_string(&text), " 3 × 132K anon and reserves      3 × 132K"));
	text_finish(&text);
	stage_close(&stage);
}

/* A guard or a reservation between gaps is named; the gaps are no mappings. */
static void the_only_mapping_of_a_fold_is_named(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage,
		   maps_space_create(NULL, "100000-200000 rw-p 0 00:00 0 \n"
					   "300000-500000 ---p 0 00:00 0 [anon:mine]\n"
					   "600000-700000 rw-p 0 00:00 0 \n"),
		   46, 12, true);
	canvas_fill(stage.canvas, 0, 0, 46, 12, ' ', ROLE_DEFAULT);
	write_label(&stage, 0, 0x200000, 0x500000);
	write_label(&stage, 1, 0x300000, 0x500000);
	canvas_append_text(&text, stage.canvas);
	assert_true(!strncmp(text_string(&text),
			     " [anon:mine] and gaps            [anon:mine]\n"
			     " [anon:mine] and a gap           [anon:mine]\n",
			     90));
	text_finish(&text);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_a_fold_holds),
		cmocka_unit_test(what_has_room_at_all_widths),
		cmocka_unit_test(what_lies_beyond_user_addresses_is_not_called_near),
		cmocka_unit_test(parts_of_one_mapping_are_counted_as_such),
		cmocka_unit_test(reservations_beside_like_mappings_are_named),
		cmocka_unit_test(the_only_mapping_of_a_fold_is_named),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("fold_label", tests, NULL, NULL);
}
