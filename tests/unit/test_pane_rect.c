/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Each pane draws in its rectangle, all of it and nothing else, wherever that lies; but for the
 * header, which some write anew.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "screen/canvas.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/command/commands.h"
#include "ui/pane.h"

#define COLUMNS 120
#define LINES   40
#define UNDRAWN 0xe000 /* of private use: no pane draws it */

/* What the pane draws there; the caller destroys it. */
static struct canvas *draw(const struct stage *stage, struct pane *pane, struct rect rect)
{
	const struct scene scene = stage_scene(stage);
	const struct rect before = pane->rect;
	struct canvas *canvas = canvas_create(2 * COLUMNS, 2 * LINES, false);

	canvas_fill(canvas, 0, 0, canvas->columns, canvas->lines, UNDRAWN, ROLE_DEFAULT);
	pane->rect = rect;
	pane->ops->draw(pane, canvas, &stage->ui.frame, &scene);
	pane->rect = before;
	return canvas;
}

static bool is_in(struct rect rect, int column, int line)
{
	return column >= rect.column && column < rect.column + rect.columns && line >= rect.line &&
	       line < rect.line + rect.lines;
}

static void assert_drawn_inside(const struct stage *stage, const struct canvas *canvas,
				const struct pane *pane, struct rect rect)
{
	for (int i = 0; i < canvas->columns * canvas->lines; i++) {
		const int column = i % canvas->columns, line = i / canvas->columns;
		const bool inside = is_in(rect, column, line);

		if ((canvas->cells[i].glyph == UNDRAWN) == inside &&
		    !is_in(stage->ui.frame.header, column, line))
			fail_msg("%s: column %d, line %d of %dx%d", pane->ops->name,
				 column - rect.column, line - rect.line, rect.columns, rect.lines);
	}
}

static void assert_same(const struct canvas *canvas, const struct canvas *other,
			const struct pane *pane, struct rect at, struct rect there)
{
	for (int line = 0; line < at.lines; line++) {
		const struct cell *a =
			&canvas->cells[(at.line + line) * canvas->columns + at.column];
		const struct cell *b =
			&other->cells[(there.line + line) * other->columns + there.column];

		if (memcmp(a, b, (size_t)at.columns * sizeof(*a)))
			fail_msg("%s: line %d is another one elsewhere", pane->ops->name, line);
	}
}

static void check_pane(const struct stage *stage, struct pane *pane)
{
	struct rect at = pane->rect, there = at;
	struct canvas *canvas = draw(stage, pane, at), *other;

	there.column += 7;
	there.line += 5;
	other = draw(stage, pane, there);
	assert_drawn_inside(stage, canvas, pane, at);
	assert_drawn_inside(stage, other, pane, there);
	assert_same(canvas, other, pane, at, there);
	canvas_destroy(canvas);
	canvas_destroy(other);
	/* The bottom and the sides may be less than what it was laid out for. */
	for (there.columns = at.columns; there.columns > 20; there.columns -= 13) {
		other = draw(stage, pane, there);
		assert_drawn_inside(stage, other, pane, there);
		canvas_destroy(other);
	}
}

static void check_panes(struct stage *stage)
{
	const struct pane_stack *panes = &stage->ui.panes;

	for (size_t i = 0; i < panes->count; i++)
		if (panes->panes[i]->rect.lines > 0 && panes->panes[i]->rect.columns > 0 &&
		    pane_stack_is_open(panes, panes->panes[i]))
			check_pane(stage, panes->panes[i]);
}

static void every_pane_draws_in_its_place(void **state)
{
	size_t count;
	const struct command *commands = commands_table(&count);
	struct stage stage;

	(void)state;
	for (size_t i = 0; i < count; i++) {
		if (!commands[i].pane)
			continue;
		stage_open(&stage, sample_python(), COLUMNS, LINES, true);
		stage_add(&stage, sample_python_grown(1 << 20), 1);
		stage_scan(&stage, true);
		stage_press(&stage, (const uint32_t[]){commands[i].keys[0], 0});
		check_panes(&stage);
		stage_close(&stage);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_pane_draws_in_its_place),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("pane_rect", tests, NULL, NULL);
}
