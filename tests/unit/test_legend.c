/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "inside/heap_usage.h"
#include "model/usage.h"
#include "sample_sites.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "ui/picture/legend.h"
#include "ui/scene.h"
#include "ui/site_colours.h"

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

/* Who touched the pages, by name where there is room, cut where it is long. */
static void call_sites_have_their_names(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct code_frame lengthy = {.module = "/bin/x",
				     .function = "a_function_with_a_name_of_more_columns"};
	struct site_colours colours = {0};
	struct scene scene = {.glyphs = glyphs_get(true), .colours = COLOUR_MODE_SITES};
	const struct legend_lines lines = every_kind();
	struct text text = {0};

	(void)state;
	assert_string_equal(draw(&text, &scene, 30, &lines), "╰ █ unknown ─────────────────╯\n");
	scene.site_colours = &colours;
	assert_string_equal(draw(&text, &scene, 30, &lines), "╰ █ unknown ─────────────────╯\n");
	site_colours_renew(&colours, sites);
	assert_string_equal(draw(&text, &scene, 30, &lines), "╰ █ unknown ─────────────────╯\n");
	scene.sites = sites;
	assert_string_equal(draw(&text, &scene, 61, &lines),
			    "╰ █ json_decode  █ code+0x7f00  █ others  █ unknown ────────╯\n");
	/* What has no room is left out, and what comes behind it has its place. */
	assert_string_equal(draw(&text, &scene, 31, &lines), "╰ █ json_decode  █ others ────╯\n");
	scene.site_colours = NULL;
	assert_string_equal(draw(&text, &scene, 30, &lines), "╰ █ unknown ─────────────────╯\n");
	scene.site_colours = &colours;
	sites->sites[1].frame = &lengthy;
	assert_non_null(
		strstr(draw(&text, &scene, 90, &lines), "█ a_function_with_a_name_…  █ others"));
	call_sites_unref(sites);
	text_finish(&text);
}

/* The lines of all widths at which another entry finds room. */
static void append_widths(struct text *all, const char *title, const struct scene *scene,
			  const struct legend_lines *lines)
{
	struct text line = {0};
	size_t before = 0;

	text_append_format(all, "%s\n", title);
	for (int columns = 4; columns < 110; columns++) {
		const char *border = draw(&line, scene, columns, lines);
		size_t blanks = 0;

		for (const char *c = border; *c; c++)
			blanks += *c == ' ';
		if (blanks != before)
			text_append_format(all, "%3d %s", columns, border);
		before = blanks;
	}
	text_finish(&line);
}

static void what_has_room_at_all_widths(void **state)
{
	const struct legend_lines some = {{
		[KIND_TEXT] = 2,
		[KIND_STACK] = 2,
		[KIND_GUARD] = 2,
		[KIND_RESERVE] = 1,
		[KIND_HEAP] = 3,
	}};
	const struct heap_usage heap = {0};
	const struct usage_table usage = {0};
	struct call_sites *sites = sample_sites_create();
	struct site_colours colours = {0};
	struct scene scene = {.glyphs = glyphs_get(true)};
	struct text all = {0};

	(void)state;
	append_widths(&all, "kinds", &scene, &some);
	scene.usage = &usage;
	scene.heap = &heap;
	append_widths(&all, "kinds, usage and the heap known", &scene, &some);
	scene.colours = COLOUR_MODE_GROWTH;
	append_widths(&all, "growth, usage and the heap known", &scene, &some);
	scene.glyphs = glyphs_get(false);
	scene.colours = COLOUR_MODE_RESIDENCY;
	append_widths(&all, "residency in ASCII", &scene, &some);
	scene.colours = COLOUR_MODE_SITES;
	scene.sites = sites;
	scene.site_colours = &colours;
	site_colours_renew(&colours, sites);
	append_widths(&all, "call sites", &scene, &some);
	golden_check("legend_widths", text_string(&all));
	call_sites_unref(sites);
	text_finish(&all);
}

/* Each block has the colour of what it stands for, each word that of all words. */
static void blocks_have_their_roles(void **state)
{
	static const struct {
		int column;
		enum role role;
	} cells[] = {
		{2, ROLE_KIND_TEXT}, {4, ROLE_MUTED},   {10, ROLE_KIND_TEXT + KIND_GUARD},
		{19, ROLE_BORDER},   {46, ROLE_MUTED},  {48, ROLE_MUTED},
		{54, ROLE_MUTED},    {65, ROLE_BORDER},
	};
	const struct legend_lines some = {{[KIND_TEXT] = 3, [KIND_GUARD] = 2}};
	const struct scene scene = {.glyphs = glyphs_get(true)};
	struct canvas *canvas = canvas_create(66, 3, false);

	(void)state;
	canvas_draw_box(canvas, 0, 0, 66, 3, ROLE_BORDER);
	legend_draw(canvas, (struct rect){0, 0, 66, 3}, &scene, &some);
	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++)
		assert_int_equal(canvas->cells[2 * 66 + cells[i].column].role, cells[i].role);
	canvas_destroy(canvas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_that_are_there_in_their_order),
		cmocka_unit_test(as_many_as_fit_whole),
		cmocka_unit_test(other_lenses_list_their_answers),
		cmocka_unit_test(letters_stand_for_colours),
		cmocka_unit_test(call_sites_have_their_names),
		cmocka_unit_test(what_has_room_at_all_widths),
		cmocka_unit_test(blocks_have_their_roles),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("legend", tests, NULL, NULL);
}
