/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "screen/canvas.h"
#include "ui/picture/legend.h"
#include "ui/scene.h"

/* The lower border of a pane of so many columns. */
static const char *draw(struct text *text, const struct scene *scene, int columns,
			const struct legend_lines *lines)
{
	struct canvas *canvas = canvas_create(columns, 3, false);

	canvas_draw_box(canvas, 0, 0, columns, 3, ROLE_BORDER);
	legend_draw(canvas, (struct rect){0, 0, columns, 3}, scene, lines);
	text_clear(text);
	canvas_append_text(text, canvas);
	canvas_destroy(canvas);
	/* The third line. */
	return strchr(strchr(text_string(text), '\n') + 1, '\n') + 1;
}

static struct legend_lines every_kind(void)
{
	struct legend_lines lines;

	for (unsigned kind = 0; kind < KIND_COUNT; kind++)
		lines.of_kind[kind] = 1;
	return lines;
}

static void kinds_that_are_there_in_their_order(void **state)
{
	const struct scene scene = {.glyphs = glyphs_get(true)};
	const struct legend_lines none = {0}, some = {{
						      [KIND_STACK] = 1,
						      [KIND_TEXT] = 3,
						      [KIND_GUARD] = 2,
						      [KIND_GAP] = 9,
					      }};
	struct text text = {0};

	(void)state;
	assert_string_equal(draw(&text, &scene, 40, &some),
			    "╰ █ text  █ stack  ░ guard ────────────╯\n");
	assert_string_equal(draw(&text, &scene, 20, &none), "╰──────────────────╯\n");
	/* Where not all fit, those of the most lines stay. */
	assert_string_equal(draw(&text, &scene, 24, &some), "╰ █ text  ░ guard ─────╯\n");
	assert_string_equal(draw(&text, &scene, 16, &some), "╰ █ text ──────╯\n");
	text_finish(&text);
}

/* However narrow, the corners stay and no word is cut. */
static void as_many_as_fit_whole(void **state)
{
	const struct scene scene = {.glyphs = glyphs_get(true)};
	const struct legend_lines lines = every_kind();
	struct text text = {0};

	(void)state;
	for (int columns = 4; columns < 300; columns++) {
		const char *line = draw(&text, &scene, columns, &lines);

		assert_memory_equal(line, "╰", strlen("╰"));
		assert_string_equal(line + strlen(line) - strlen("╯\n"), "╯\n");
		assert_null(strstr(line, "…"));
		assert_int_equal(strstr(line, "text") != NULL, columns >= 2 + 6 + 2 + 1);
	}
	assert_non_null(strstr(draw(&text, &scene, 299, &lines), "█ vsyscall ─"));
	assert_null(strstr(text_string(&text), "unmapped"));
	text_finish(&text);
}

static void other_lenses_list_their_answers(void **state)
{
	struct scene scene = {.glyphs = glyphs_get(true), .colours = COLOUR_MODE_GROWTH};
	const struct legend_lines lines = every_kind();
	struct text text = {0};

	(void)state;
	assert_string_equal(draw(&text, &scene, 60, &lines),
			    "╰ █ appeared  █ grew  █ shrank  █ unchanged ───────────────╯\n");
	scene.colours = COLOUR_MODE_RESIDENCY;
	assert_non_null(strstr(draw(&text, &scene, 80, &lines), "█ not in memory ─"));
	/* What bars are hatched with, where there is room beside. */
	assert_non_null(strstr(draw(&text, &scene, 80, &lines), "─ ▒ fold  · unknown ─╯"));
	scene.colours = COLOUR_MODE_KIND;
	assert_non_null(strstr(draw(&text, &scene, 60, &lines), "─ ▒ fold  · unknown ─╯"));
	assert_null(strstr(draw(&text, &scene, 40, &lines), "fold"));
	text_finish(&text);
}

static void letters_stand_for_colours(void **state)
{
	const struct scene scene = {.glyphs = glyphs_get(true), .letters = true};
	const struct legend_lines some = {{[KIND_STACK] = 1, [KIND_TEXT] = 3, [KIND_GUARD] = 2}};
	struct text text = {0};

	(void)state;
	assert_string_equal(draw(&text, &scene, 40, &some),
			    "╰ t text  s stack  g guard ────────────╯\n");
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_that_are_there_in_their_order),
		cmocka_unit_test(as_many_as_fit_whole),
		cmocka_unit_test(other_lenses_list_their_answers),
		cmocka_unit_test(letters_stand_for_colours),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("legend", tests, NULL, NULL);
}
