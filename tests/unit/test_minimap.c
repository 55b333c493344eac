/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/address_space.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/picture/minimap.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})
#define HEAP      0x55b5f7c8d000

/* From the top on, the lines cover the whole space in order. */
static void check_covers(const struct stage *stage)
{
	const struct minimap *minimap = &stage->ui.shown.picture.minimap;
	size_t last = minimap->count - 1;

	assert_int_equal(minimap->count, stage->ui.view.lines);
	assert_int_equal(minimap->lines[last].start, 0);
	assert_int_equal(minimap->lines[0].end,
			 stage->ui.shown.regions.regions[stage->ui.shown.regions.count - 1].end);
	for (size_t i = 0; i < last; i++)
		assert_int_equal(minimap->lines[i].start, minimap->lines[i + 1].end);
}

static void it_is_the_picture_while_that_shows_the_whole(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	check_covers(&stage);
	assert_null(stage.ui.shown.picture.minimap.whole);
	for (size_t i = 0; i < stage.ui.shown.picture.minimap.count; i++) {
		uint64_t row = view_row_of_line(&stage.ui.view, stage.ui.shown.picture.diagram, i),
			 start, end;

		diagram_row_range(stage.ui.shown.picture.diagram, row, &start, &end);
		assert_int_equal(stage.ui.shown.picture.minimap.lines[i].start, start);
		assert_int_equal(stage.ui.shown.picture.minimap.lines[i].end, end);
	}
	stage_close(&stage);
}

/* What it shows stays where it was when the picture zooms or goes in. */
static void it_stays_when_the_picture_zooms(void **state)
{
	struct minimap_line *before;
	struct stage stage;
	size_t size;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	size = stage.ui.shown.picture.minimap.count * sizeof(*before);
	before = memory_alloc(size);
	memcpy(before, stage.ui.shown.picture.minimap.lines, size);
	stage_press(&stage, KEYS('+', '+'));
	assert_non_null(stage.ui.shown.picture.minimap.whole);
	assert_memory_equal(stage.ui.shown.picture.minimap.lines, before, size);
	stage_press(&stage, KEYS('0'));
	view_enter(&stage.ui.view, stage.ui.shown.picture.diagram);
	ui_layout(&stage.ui);
	assert_int_equal(stage.ui.view.depth, 1);
	assert_memory_equal(stage.ui.shown.picture.minimap.lines, before, size);
	check_covers(&stage);
	stage_press(&stage, KEYS(KEY_ESC));
	assert_null(stage.ui.shown.picture.minimap.whole);
	assert_memory_equal(stage.ui.shown.picture.minimap.lines, before, size);
	free(before);
	stage_close(&stage);
}

/* Made anew for another snapshot, size or scale, and for nothing else. */
static void it_is_made_anew_only_when_needed(void **state)
{
	const struct minimap_line *lines;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('+'));
	lines = stage.ui.shown.picture.minimap.lines;
	stage_press(&stage, KEYS('+', KEY_ARROW_DOWN, KEY_PAGE_UP, 'c'));
	assert_ptr_equal(stage.ui.shown.picture.minimap.lines, lines);
	/* A later snapshot with the same list shows nothing else. */
	stage_add(&stage,
		  address_space_again(stage.session.now, &stage.session.now->target,
				      stage.session.now->time_ns + 1, 0),
		  1);
	stage_press(&stage, KEYS('-', '+'));
	assert_ptr_equal(stage.ui.shown.picture.minimap.lines, lines);
	stage_add(&stage, sample_python_grown(UINT64_C(1) << 30), 1);
	check_covers(&stage);
	stage_press(&stage, KEYS('s'));
	assert_int_equal(stage.ui.shown.picture.minimap.whole->scale, SCALE_LINEAR);
	stage_resize(&stage, 120, 30);
	check_covers(&stage);
	stage_close(&stage);
}

static void lines_lead_to_addresses(void **state)
{
	struct minimap nothing = {0};
	struct stage stage;
	bool heap = false;

	(void)state;
	assert_int_equal(minimap_address_at(&nothing, 3), 0);
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('+', '+', '+'));
	for (int i = 0; i < (int)stage.ui.shown.picture.minimap.count; i++)
		if (stage.ui.shown.picture.minimap.lines[i].kind == KIND_HEAP)
			heap |= minimap_address_at(&stage.ui.shown.picture.minimap, i) == HEAP;
	assert_true(heap);
	assert_int_equal(minimap_address_at(&stage.ui.shown.picture.minimap, 1000), 0);
	assert_int_equal(minimap_address_at(&stage.ui.shown.picture.minimap,
					    (int)stage.ui.shown.picture.minimap.count),
			 0);
	assert_int_equal(minimap_address_at(&stage.ui.shown.picture.minimap, 0),
			 stage.ui.shown.picture.minimap.lines[0].start);
	assert_int_equal(minimap_address_at(&stage.ui.shown.picture.minimap, -1),
			 stage.ui.shown.picture.minimap.lines[0].start);
	/* Turned over, the top is address 0. */
	stage_press(&stage, KEYS('o'));
	assert_int_equal(minimap_address_at(&stage.ui.shown.picture.minimap, 0), 0);
	stage_close(&stage);
}

static void a_bracket_stands_beside_what_is_shown(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('+', '+'));
	stage_check_panes(&stage, "minimap_zoomed");
	stage_press(&stage, KEYS('0'));
	view_enter(&stage.ui.view, stage.ui.shown.picture.diagram);
	ui_layout(&stage.ui);
	stage_check_panes(&stage, "minimap_inside");
	stage_close(&stage);
	stage_open(&stage, sample_python(), 120, 40, false);
	stage_press(&stage, KEYS('+'));
	stage_check_panes(&stage, "minimap_ascii");
	stage_close(&stage);
}

static enum kind kind_under_cursor(const struct stage *stage)
{
	const struct band *band = view_band(&stage->ui.view, stage->ui.shown.picture.diagram);

	return (enum kind)stage->ui.shown.regions.regions[band->region].kind;
}

static void click(struct stage *stage, int line)
{
	struct rect inside = frame_inside(&stage->ui.frame, stage->ui.frame.main);

	stage_click(stage, &(struct mouse){MOUSE_LEFT, 0, inside.column + inside.columns - 1,
					   inside.line + line, 1});
}

/* Where the whole is shown as where a part is: the cursor goes there, out of what lacks it. */
static void a_click_goes_there(void **state)
{
	const struct minimap *minimap;
	struct stage stage;
	int stack = 0;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	minimap = &stage.ui.shown.picture.minimap;
	while (minimap->lines[stack].kind != KIND_STACK)
		stack++;
	click(&stage, stack);
	assert_int_equal(kind_under_cursor(&stage), KIND_STACK);
	stage_press(&stage, KEYS('+', '+', '+', KEY_TO_END));
	assert_int_equal(kind_under_cursor(&stage), KIND_GAP);
	click(&stage, stack);
	assert_int_equal(kind_under_cursor(&stage), KIND_STACK);
	assert_int_equal(view_window(&stage.ui.view)->zoom, 3);
	view_enter(&stage.ui.view, stage.ui.shown.picture.diagram);
	ui_layout(&stage.ui);
	assert_int_equal(stage.ui.view.depth, 1);
	click(&stage, (int)minimap->count - 1);
	assert_int_equal(stage.ui.view.depth, 0);
	assert_int_equal(stage.ui.view.cursor, 0);
	stage_close(&stage);
}

/* Kinds that a filter leaves out are muted. */
static void a_filter_dims_kinds(void **state)
{
	const struct minimap *minimap;
	struct stage stage;
	size_t kept = 0, muted = 0;
	struct rect inside;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage,
		    KEYS('f', 'k', 'i', 'n', 'd', ':', 's', 't', 'a', 'c', 'k', KEY_RETURN));
	stage_draw(&stage);
	minimap = &stage.ui.shown.picture.minimap;
	inside = frame_inside(&stage.ui.frame, stage.ui.frame.main);
	for (int i = 0; i < (int)minimap->count; i++) {
		const struct cell *cell = &stage.canvas->cells[(inside.line + i) * 120 +
							       inside.column + inside.columns - 1];

		if (minimap->lines[i].kind == KIND_GAP) {
			assert_int_equal(cell->role, ROLE_KIND_GAP);
			continue;
		}
		assert_int_equal(cell->role, minimap->lines[i].kind == KIND_STACK ? ROLE_KIND_STACK
										  : ROLE_MUTED);
		kept += cell->role != ROLE_MUTED;
		muted += cell->role == ROLE_MUTED;
	}
	assert_true(kept > 0 && muted > 3);
	stage_close(&stage);
}

/* What the picture shows is bracketed from its first line to its last, at the ends of all, too. */
static void brackets_begin_and_end(void **state)
{
	const struct glyphs *glyphs = glyphs_get(true);
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	for (int end = 0; end < 2; end++) {
		struct canvas *canvas = canvas_create(2, 60, false);
		struct scene scene;
		int first = -1, last = -1;
		int lines = (int)stage.ui.shown.picture.minimap.count;

		stage_press(&stage, KEYS('+', '+', end ? KEY_TO_END : KEY_TO_HOME));
		scene = stage_scene(&stage);
		minimap_draw(canvas, (struct rect){0, 0, 2, lines}, &scene);
		for (int line = 0; line < lines; line++)
			if (canvas->cells[2 * line].role == ROLE_SCROLL) {
				first = first < 0 ? line : first;
				last = line;
			}
		assert_true(last > first);
		assert_int_equal(end ? last : first, end ? lines - 1 : 0);
		for (int line = 0; line < lines; line++)
			assert_int_equal(canvas->cells[2 * line].glyph,
					 line < first || line > last ? ' '
					 : line == first             ? glyphs->window_top
					 : line == last              ? glyphs->window_bottom
								     : glyphs->window);
		for (int line = lines; line < 60; line++)
			assert_int_equal(canvas->cells[2 * line + 1].glyph, ' ');
		/* In fewer lines, and in more than it has. */
		canvas_clear(canvas, 0, 0, 2, 60);
		minimap_draw(canvas, (struct rect){0, 0, 2, 5}, &scene);
		for (int line = 0; line < 60; line++)
			assert_int_equal(canvas->cells[2 * line + 1].glyph != ' ', line < 5);
		minimap_draw(canvas, (struct rect){0, 0, 2, lines + 9}, &scene);
		for (int line = 0; line < 60; line++)
			assert_int_equal(canvas->cells[2 * line + 1].glyph != ' ', line < lines);
		canvas_destroy(canvas);
	}
	stage_close(&stage);
}

/* It is made again where something that it was made of is another one, and only there. */
static void it_is_made_again_when_it_is_another(void **state)
{
	struct stage stage;
	struct minimap *minimap = &stage.ui.shown.picture.minimap;
	struct view *view = &stage.ui.view;
	const uint8_t mark = KIND_COUNT;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('+'));
	for (int what = 0; what < 5; what++) {
		const struct minimap_source source = {.space = stage.ui.shown.space,
						      .regions = &stage.ui.shown.regions,
						      .view = view,
						      .diagram = stage.ui.shown.picture.diagram};

		minimap_update(minimap, &source);
		minimap->lines[0].kind = mark;
		minimap_update(minimap, &source);
		assert_int_equal(minimap->lines[0].kind, mark);
		switch (what) {
		case 0: minimap->current = false; break;
		case 1: view->low_on_top = true; break;
		case 2: view->lines--; break;
		case 3: view->scale = SCALE_EQUAL; break;
		default: view->windows[0].zoom = 0; break;
		}
		minimap_update(minimap, &source);
		assert_int_not_equal(minimap->lines[0].kind, mark);
		view->windows[0].zoom = 1;
	}
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_the_picture_while_that_shows_the_whole),
		cmocka_unit_test(it_stays_when_the_picture_zooms),
		cmocka_unit_test(it_is_made_anew_only_when_needed),
		cmocka_unit_test(lines_lead_to_addresses),
		cmocka_unit_test(a_click_goes_there),
		cmocka_unit_test(a_bracket_stands_beside_what_is_shown),
		cmocka_unit_test(a_filter_dims_kinds),
		cmocka_unit_test(brackets_begin_and_end),
		cmocka_unit_test(it_is_made_again_when_it_is_another),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("minimap", tests, NULL, NULL);
}
