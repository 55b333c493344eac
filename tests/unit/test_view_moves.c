/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>

#include "base/text.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/view.h"

/* Where each movement leads, on pictures of few lines and of many, zoomed or not, turned over. */

static void append(struct text *text, const char *step, long by, const struct view *view,
		   bool moved)
{
	text_append_format(text, "%s%ld:%" PRIx64 ",%d,%d%s ", step, by, view->cursor,
			   (int)view->top, (int)view->cursor_at, moved ? "" : "!");
}

static void move(struct text *text, struct view *view, const struct diagram *diagram)
{
	static const int scrolls[] = {-1, 1, 1, -3, 3, 100, -2, -100};
	static const uint64_t lines[] = {1, 2, 4, 1000};

	for (int direction = -1; direction < 2; direction += 2) {
		for (int i = 0; i < 5; i++) {
			view_move_band(view, diagram, direction);
			append(text, "band", direction, view, true);
		}
		for (size_t i = 0; i < 4; i++) {
			view_move_lines(view, diagram, lines[i], -direction);
			append(text, "lines", (long)lines[i] * -direction, view, true);
		}
	}
	view_move_end(view, diagram, -1);
	append(text, "end", -1, view, true);
	view_move_end(view, diagram, 1);
	append(text, "end", 1, view, true);
	for (size_t i = 0; i < sizeof(scrolls) / sizeof(scrolls[0]); i++) {
		bool moved = view_scroll(view, diagram, scrolls[i]);

		append(text, "scroll", scrolls[i], view, moved);
	}
	for (uint64_t line = 0; line < 15; line += 3) {
		view_select(view, diagram, line);
		append(text, "select", (long)line, view, true);
	}
	text_append(text, "\n");
}

static void every_movement_has_its_place(void **state)
{
	static const int heights[] = {12, 13, 14, 16, 24};
	struct text text = {0};
	struct stage stage;

	(void)state;
	for (size_t i = 0; i < sizeof(heights) / sizeof(heights[0]); i++)
		for (unsigned zoom = 0; zoom < 3; zoom++) {
			struct view *view;

			stage_open(&stage, sample_python(), 60, heights[i], true);
			view = &stage.ui.view;
			view->low_on_top = zoom % 2;
			view_set_zoom(view, zoom * 2);
			ui_layout(&stage.ui);
			text_append_format(&text, "== %d lines, zoom %u\n", (int)view->lines, zoom);
			move(&text, view, stage.ui.shown.picture.diagram);
			stage_close(&stage);
		}
	golden_check("view_moves", text_string(&text));
	text_finish(&text);
}

/* Going in ends where there is nothing more to go into, and leads back by the same steps. */
static void going_in_and_out_has_ends(void **state)
{
	struct stage stage;
	struct view *view;
	unsigned depth = 0;

	(void)state;
	stage_open(&stage, sample_large(400), 80, 24, true);
	view = &stage.ui.view;
	assert_false(view_leave(view));
	while (view_enter(view, stage.ui.shown.picture.diagram)) {
		depth++;
		ui_layout(&stage.ui);
		assert_int_equal(view->depth, depth);
		assert_true(view_window(view)->start <= view->cursor &&
			    view->cursor < view_window(view)->end);
	}
	assert_true(depth > 0 && depth < VIEW_DEPTH);
	while (view_leave(view))
		depth--;
	assert_int_equal(depth, 0);
	assert_true(view_set_zoom(view, VIEW_ZOOM_MAX));
	assert_false(view_set_zoom(view, VIEW_ZOOM_MAX));
	assert_false(view_set_zoom(view, VIEW_ZOOM_MAX + 1));
	assert_int_equal(view_window(view)->zoom, VIEW_ZOOM_MAX);
	assert_true(view_rows(view) == (uint64_t)view->lines << VIEW_ZOOM_MAX);
	view->lines = 0;
	assert_true(view_rows(view) == UINT64_C(1) << VIEW_ZOOM_MAX);
	assert_false(view_unpin(view));
	view_show(view, 0x1000);
	assert_int_equal(view->pin, 0x1000);
	assert_true(view_unpin(view));
	assert_false(view_unpin(view));
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_movement_has_its_place),
		cmocka_unit_test(going_in_and_out_has_ends),
	};

	return cmocka_run_group_tests_name("view_moves", tests, NULL, NULL);
}
