/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "maps_space.h"
#include "model/address_space.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/pane/summary.h"
#include "ui/pane/usage_draw.h"

static const struct frame bordered = {.bordered = true}, bare = {.bordered = false};

/* A process of three kinds, of which nothing can access one. */
static void open_small(struct stage *stage, bool scanned)
{
	stage_open(stage,
		   maps_space_create(NULL,
				     "10000-20000 rw-p 0 00:00 0 \n"
				     "30000-40000 ---p 0 00:00 0 \n"
				     "50000-70000 r--p 0 08:01 7 /srv/a_file_with_a_long_name.dat\n"
				     "7ffc00000000-7ffc00021000 rw-p 0 00:00 0 [stack]\n"),
		   80, 24, true);
	if (scanned)
		stage_scan(stage, true);
}

static struct usage_draw make_pane(const struct stage *stage, struct summary *summary)
{
	summary_make(summary, stage->session.now, stage->ui.shown.usage);
	return (struct usage_draw){
		.summary = summary,
		.space = stage->session.now,
		.limits = &stage->ui.shown.limits,
	};
}

static void append_pane(struct text *text, const struct usage_draw *pane, const struct frame *frame,
			int columns, int lines, bool roles)
{
	const struct rect rect = {0, 0, columns, lines};
	struct canvas *canvas = canvas_create(columns, lines, false);

	usage_draw(canvas, frame, rect, pane);
	text_append_format(text, "%d x %d: %d\n", columns, lines,
			   usage_draw_fixed(pane->limits, frame, rect));
	canvas_append_text(text, canvas);
	for (int line = 0; roles && line < lines; line++) {
		golden_append_roles(text, &canvas->cells[line * columns], columns);
		text_append(text, "\n");
	}
	canvas_destroy(canvas);
}

/* Each column comes at a width of its own, and where it is one narrower it is not there. */
static void columns_come_with_the_width(void **state)
{
	struct text text = {0}, last = {0};
	struct summary summary;
	struct usage_draw pane;
	struct stage stage;

	(void)state;
	open_small(&stage, true);
	pane = make_pane(&stage, &summary);
	for (int columns = 14; columns < 170; columns++) {
		const struct frame *frame = columns % 2 ? &bare : &bordered;
		struct canvas *canvas = canvas_create(columns, 12, true);

		usage_draw(canvas, frame, (struct rect){0, 0, columns, 12}, &pane);
		text_clear(&last);
		canvas_append_text(&last, canvas);
		/* The heading of the columns, wherever it is. */
		text_append_format(&text, "%3d ", columns);
		for (const char *at = text_string(&last); *at;) {
			const size_t length = strcspn(at, "\n");
			const char *kind = strstr(at, "    kind");

			if (kind && kind < at + length)
				text_append_bytes(&text, at, length);
			at += length + (at[length] == '\n');
		}
		text_append(&text, "\n");
		canvas_destroy(canvas);
	}
	golden_check("usage_draw_columns", text_string(&text));
	text_finish(&text);
	text_finish(&last);
	stage_close(&stage);
}

/* Limits have up to a third of the lines above, and all of them beside. */
static void lines_are_shared_with_limits(void **state)
{
	struct text text = {0};
	struct summary summary;
	struct usage_draw pane;
	struct stage stage;

	(void)state;
	open_small(&stage, false);
	pane = make_pane(&stage, &summary);
	for (int lines = 2; lines < 14; lines++)
		append_pane(&text, &pane, &bordered, 60, lines, false);
	for (int lines = 2; lines < 9; lines++)
		append_pane(&text, &pane, &bare, 130, lines, false);
	stage_close(&stage);
	/* Without any mapping there is none that is the largest. */
	stage_open(&stage, sample_empty(), 80, 24, true);
	pane = make_pane(&stage, &summary);
	append_pane(&text, &pane, &bare, 160, 5, false);
	stage_close(&stage);
	golden_check("usage_draw_lines", text_string(&text));
	text_finish(&text);
}

/* Kinds that the filter hides, unknown amounts, swap and the line under the cursor have roles. */
static void cells_have_roles(void **state)
{
	struct text text = {0};
	struct summary summary;
	struct usage_draw pane;
	struct stage stage;

	(void)state;
	open_small(&stage, false);
	pane = make_pane(&stage, &summary);
	append_pane(&text, &pane, &bordered, 100, 10, true);
	stage_scan(&stage, true);
	pane = make_pane(&stage, &summary);
	pane.cursor = 1;
	append_pane(&text, &pane, &bordered, 130, 10, true);
	pane.filter = "kind:stack";
	pane.kinds = UINT32_C(1) << KIND_STACK;
	pane.letters = true;
	pane.cursor = 0;
	pane.top = 1;
	append_pane(&text, &pane, &bare, 90, 8, true);
	golden_check("usage_draw_roles", text_string(&text));
	text_finish(&text);
	stage_close(&stage);
}

/* The signs of bars are in the title as long as the filter is, too. */
static void the_title_has_the_filter_first(void **state)
{
	struct text text = {0};
	struct summary summary;
	struct usage_draw pane;
	struct stage stage;

	(void)state;
	open_small(&stage, false);
	pane = make_pane(&stage, &summary);
	for (int columns = 60; columns < 96; columns++) {
		struct canvas *canvas = canvas_create(columns, 2, false);

		pane.filter = columns % 4 ? "kind:heap" : NULL;
		usage_draw(canvas, &bordered, (struct rect){0, 0, columns, 2}, &pane);
		text_append_format(&text, "%d ", columns);
		canvas_append_text(&text, canvas);
		canvas_destroy(canvas);
	}
	golden_check("usage_draw_titles", text_string(&text));
	text_finish(&text);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_come_with_the_width),
		cmocka_unit_test(lines_are_shared_with_limits),
		cmocka_unit_test(cells_have_roles),
		cmocka_unit_test(the_title_has_the_filter_first),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("usage draw widths", tests, NULL, NULL);
}
