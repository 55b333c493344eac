/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/legend.h"

#include "base/text.h"
#include "base/utf8.h"
#include "inside/call_sites.h"
#include "screen/canvas.h"
#include "ui/colour_mode.h"
#include "ui/scene.h"
#include "ui/site_colours.h"
#include "ui/text/site_words.h"

#define SWATCH_COLUMNS 2  /* a block and a blank */
#define APART_COLUMNS  2  /* between two entries, and around them all */
#define WORD_MOST      24 /* columns: names of functions have no end */
#define KINDS_LEAST    24 /* columns: the colours of a few kinds are worth more than signs */

struct legend {
	struct canvas *canvas;
	bool letters;          /* stand for colours */
	int column, line, end; /* where the next entry goes; the corner of the border */
};

/* Adds a block and a word; false, and nothing is drawn, where there is no room for both. */
static bool add(struct legend *legend, uint32_t glyph, enum role role, const char *word)
{
	const int whole = (int)utf8_columns(word);
	const int columns = SWATCH_COLUMNS + (whole < WORD_MOST ? whole : WORD_MOST);
	uint32_t letter = legend->letters ? colour_mode_letter(role) : 0;

	if (legend->column + columns + APART_COLUMNS > legend->end)
		return false;
	canvas_fill(legend->canvas, legend->column - 1, legend->line, columns + 2, 1, ' ',
		    ROLE_DEFAULT);
	canvas_put(legend->canvas, legend->column, legend->line, letter ? letter : glyph, role);
	canvas_write(legend->canvas, legend->column + SWATCH_COLUMNS, legend->line,
		     columns - SWATCH_COLUMNS, word, ROLE_MUTED);
	legend->column += columns + APART_COLUMNS;
	return true;
}

static int kind_columns(enum kind kind)
{
	return SWATCH_COLUMNS + (int)utf8_columns(kind_name(kind)) + APART_COLUMNS;
}

/* The kinds that have room, as bits. */
static uint32_t choose_kinds(const struct legend_lines *lines, int room)
{
	uint32_t chosen = 0;
	int needed = 0;

	for (unsigned kind = 0; kind < KIND_GAP; kind++)
		if (lines->of_kind[kind]) {
			chosen |= UINT32_C(1) << kind;
			needed += kind_columns((enum kind)kind);
		}
	while (needed > room) {
		unsigned least = KIND_GAP;

		for (unsigned kind = 0; kind < KIND_GAP; kind++)
			if ((chosen & UINT32_C(1) << kind) &&
			    (least == KIND_GAP || lines->of_kind[kind] <= lines->of_kind[least]))
				least = kind;
		chosen &= ~(UINT32_C(1) << least);
		needed -= kind_columns((enum kind)least);
	}
	return chosen;
}

static void add_kinds(struct legend *legend, const struct glyphs *glyphs,
		      const struct legend_lines *lines)
{
	uint32_t chosen = choose_kinds(lines, legend->end - legend->column);

	for (unsigned kind = 0; kind < KIND_GAP; kind++) {
		bool access = kind != KIND_GUARD && kind != KIND_RESERVE;

		if (chosen & UINT32_C(1) << kind)
			add(legend, access ? glyphs->bar : glyphs->no_access, ROLE_KIND_TEXT + kind,
			    kind_name((enum kind)kind));
	}
}

/* The signs that bars are hatched with. */
struct sign {
	uint32_t glyph;
	const char *word;
};

#define SIGNS_MAX 3

struct signs {
	struct sign signs[SIGNS_MAX];
	int count;
};

static void find_signs(const struct scene *scene, struct signs *signs)
{
	const struct glyphs *glyphs = scene->glyphs;

	*signs = (struct signs){.count = 0};
	signs->signs[signs->count++] = (struct sign){glyphs->fold, "fold"};
	if (scene->heap)
		signs->signs[signs->count++] = (struct sign){glyphs->spare, "free"};
	signs->signs[signs->count++] = scene->usage ? (struct sign){glyphs->absent, "absent"}
						    : (struct sign){glyphs->untold, "unknown"};
}

static int signs_columns(const struct signs *signs)
{
	int columns = 0;

	for (int i = 0; i < signs->count; i++)
		columns += SWATCH_COLUMNS + (int)utf8_columns(signs->signs[i].word) + APART_COLUMNS;
	return columns;
}

/* At the right end, if so many columns are left for others, which then have to keep away. */
static void add_signs(struct legend *legend, const struct scene *scene, int left)
{
	struct signs signs;
	int columns, first = legend->column;

	find_signs(scene, &signs);
	columns = signs_columns(&signs);
	if (legend->end - legend->column < columns + left)
		return;
	legend->column = legend->end - columns;
	for (int i = 0; i < signs.count; i++)
		add(legend, signs.signs[i].glyph, ROLE_MUTED, signs.signs[i].word);
	legend->end -= columns;
	legend->column = first;
}

/* The call sites by name, the heaviest first, then what is of others and what is not known. */
static void add_sites(struct legend *legend, const struct scene *scene)
{
	int slots[SITE_COLOURS];
	const int count = scene->sites && scene->site_colours
				  ? site_colours_sort(scene->site_colours, slots)
				  : 0;
	struct text name = {0};

	for (int i = 0; i < count; i++) {
		const uint32_t site = scene->site_colours->slots[slots[i]].site - 1;

		text_clear(&name);
		site_words_append_function(&name, scene->sites->sites[site].frame);
		if (!add(legend, scene->glyphs->bar, ROLE_SITE_A + (enum role)slots[i],
			 text_string(&name)))
			break;
	}
	text_finish(&name);
	if (count)
		add(legend, scene->glyphs->bar, ROLE_SITE_OTHER, "others");
	add(legend, scene->glyphs->bar, ROLE_UNCHANGED, "unknown");
}

void legend_draw(struct canvas *canvas, struct rect rect, const struct scene *scene,
		 const struct legend_lines *lines)
{
	struct legend legend = {canvas, scene->letters, rect.column + APART_COLUMNS,
				rect.line + rect.lines - 1, rect.column + rect.columns - 1};
	const struct colour_mode_class *classes;
	size_t count;

	if (scene->colours == COLOUR_MODE_KIND) {
		add_signs(&legend, scene, KINDS_LEAST);
		add_kinds(&legend, scene->glyphs, lines);
		return;
	}
	if (scene->colours == COLOUR_MODE_SITES) {
		add_sites(&legend, scene);
		return;
	}
	classes = colour_mode_classes(scene->colours, &count);
	for (size_t i = 0; i < count; i++)
		if (!add(&legend, scene->glyphs->bar, classes[i].role, classes[i].word))
			return;
	add_signs(&legend, scene, 0);
}
