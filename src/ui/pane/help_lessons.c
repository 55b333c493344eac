/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/help_lessons.h"

#include "base/text.h"
#include "base/utf8.h"
#include "model/kind.h"
#include "model/permission.h"
#include "screen/canvas.h"
#include "ui/colour_mode.h"
#include "ui/glyphs.h"
#include "ui/pane/help_sheet.h"
#include "ui/text/chunk_words.h"

#define SWATCH_COLUMNS 3
#define LABEL_COLUMN   4
#define TEXT_COLUMN    22 /* behind a swatch and the longest label */
#define BESIDE_FROM    72 /* columns from which text stands beside its label, not below it */
#define SIGN_COLUMNS   40 /* a sign with its words */
#define SIGN_WORDS     4

static bool is_beside(const struct help_sheet *sheet)
{
	return sheet->columns >= BESIDE_FROM;
}

static void write_swatch(struct help_sheet *sheet, enum kind kind)
{
	const struct glyphs *glyphs = sheet->glyphs;
	bool access = kind != KIND_GUARD && kind != KIND_RESERVE;

	if (!sheet->canvas)
		return;
	if (kind == KIND_GAP)
		canvas_put(sheet->canvas, 0, sheet->line, glyphs->gap, ROLE_KIND_GAP);
	else
		canvas_fill(sheet->canvas, 0, sheet->line, SWATCH_COLUMNS, 1,
			    access ? glyphs->bar_top : glyphs->no_access, ROLE_KIND_TEXT + kind);
	if (sheet->letters && kind != KIND_GAP)
		canvas_put(sheet->canvas, 0, sheet->line, colour_mode_letter(ROLE_KIND_TEXT + kind),
			   ROLE_KIND_TEXT + kind);
}

static void write_kinds(struct help_sheet *sheet)
{
	struct text text = {0};

	help_sheet_heading(sheet, "What mappings are, and what makes them grow");
	for (unsigned i = 0; i < KIND_COUNT; i++) {
		enum kind kind = (enum kind)i;

		write_swatch(sheet, kind);
		help_sheet_label(sheet, LABEL_COLUMN, kind_name(kind), ROLE_DEFAULT);
		sheet->line += !is_beside(sheet);
		text_clear(&text);
		text_append_format(&text, "%s %s", kind_meaning(kind), kind_growth(kind));
		help_sheet_text(sheet, is_beside(sheet) ? TEXT_COLUMN : LABEL_COLUMN,
				text_string(&text), ROLE_MUTED);
	}
	text_finish(&text);
}

static void write_permission(struct help_sheet *sheet, const char *letter, const char *sentence,
			     const char *calls)
{
	struct text text = {0};

	text_append_format(&text, calls ? "%s %s" : "%s", sentence, calls);
	help_sheet_label(sheet, 0, letter, ROLE_VALUE);
	help_sheet_text(sheet, LABEL_COLUMN, text_string(&text), ROLE_MUTED);
	text_finish(&text);
}

static void write_permissions(struct help_sheet *sheet)
{
	size_t count;
	const struct permission *permissions = permission_table(&count);

	help_sheet_heading(sheet, "Permissions: with the letter, and without it");
	for (size_t i = 0; i < count; i++) {
		write_permission(sheet, permissions[i].letter, permissions[i].allows,
				 permissions[i].calls);
		write_permission(sheet, permissions[i].absent, permissions[i].forbids, NULL);
	}
}

/* The other colour modes, a line each where it fits. */
static void write_lenses(struct help_sheet *sheet)
{
	help_sheet_heading(sheet, "Other colour modes (c and C)");
	for (unsigned colours = COLOUR_MODE_KIND + 1; colours < COLOUR_MODE_COUNT; colours++) {
		size_t count;
		const struct colour_mode_class *classes =
			colour_mode_classes((enum colour_mode)colours, &count);
		int column = is_beside(sheet) ? TEXT_COLUMN : LABEL_COLUMN;

		help_sheet_label(sheet, LABEL_COLUMN, colour_mode_title((enum colour_mode)colours),
				 ROLE_DEFAULT);
		sheet->line += !is_beside(sheet);
		for (size_t i = 0; i < count; i++) {
			int columns = 2 + (int)utf8_columns(classes[i].word);

			if (column + columns > sheet->columns) {
				column = is_beside(sheet) ? TEXT_COLUMN : LABEL_COLUMN;
				sheet->line++;
			}
			if (sheet->canvas)
				canvas_put(sheet->canvas, column, sheet->line, sheet->glyphs->bar,
					   classes[i].role);
			help_sheet_label(sheet, column + 2, classes[i].word, ROLE_MUTED);
			column += columns + 2;
		}
		sheet->line++;
	}
}

/* What is seen after going into a heap. */
static void write_chunks(struct help_sheet *sheet)
{
	struct text text = {0};

	help_sheet_heading(sheet, "What is inside a heap of malloc");
	for (unsigned use = 0; use < HEAP_USE_COUNT; use++) {
		help_sheet_label(sheet, LABEL_COLUMN, chunk_words_name((enum heap_use)use),
				 ROLE_DEFAULT);
		sheet->line += !is_beside(sheet);
		text_clear(&text);
		text_append_format(&text, "%s.", chunk_words_meaning((enum heap_use)use));
		help_sheet_text(sheet, is_beside(sheet) ? TEXT_COLUMN : LABEL_COLUMN,
				text_string(&text), ROLE_MUTED);
	}
	text_finish(&text);
}

static void write_signs(struct help_sheet *sheet)
{
	const struct glyphs *glyphs = sheet->glyphs;
	const struct {
		uint32_t glyph;
		enum role role;
		const char *words;
	} signs[] = {
		{glyphs->bar, ROLE_KIND_HEAP, "in memory, of one mapping"},
		{glyphs->fold, ROLE_KIND_HEAP, "in memory, of a fold of several"},
		{glyphs->huge, ROLE_KIND_HEAP, "in memory, in huge pages"},
		{glyphs->spare, ROLE_KIND_HEAP, "in memory, free in the heap"},
		{glyphs->swapped, ROLE_SWAPPED, "swapped out"},
		{glyphs->absent, ROLE_KIND_HEAP, "not in memory"},
		{glyphs->untold, ROLE_KIND_HEAP, "not known whether in memory"},
		{glyphs->no_access, ROLE_KIND_GUARD, "no access: guard or reserve"},
		{glyphs->gap, ROLE_KIND_GAP, "nothing is mapped"},
		{glyphs->marker, ROLE_MARKER, "the band under the cursor"},
		{glyphs->thumb, ROLE_SCROLL, "the rows on the screen"},
		{glyphs->window_only, ROLE_SCROLL, "their part of the whole"},
		{glyphs->appeared, ROLE_APPEARED, "appeared just now"},
		{glyphs->vanished, ROLE_GHOST, "vanished"},
		{glyphs->grew, ROLE_GREW, "grew"},
		{glyphs->shrank, ROLE_SHRANK, "shrank"},
		{glyphs->moved, ROLE_DEFAULT, "moved by mremap"},
		{glyphs->protected, ROLE_PROTECTED, "permissions changed"},
		{glyphs->other, ROLE_DEFAULT, "name changed"},
		{0, ROLE_MUTED, "unknown"},
	};
	const int count = sizeof(signs) / sizeof(signs[0]);
	int abreast = sheet->columns / SIGN_COLUMNS, lines;

	abreast = abreast < 1 ? 1 : abreast;
	lines = (count + abreast - 1) / abreast;
	help_sheet_heading(sheet, "Signs of the picture");
	for (int i = 0; i < count && sheet->canvas; i++) {
		int column = i / lines * SIGN_COLUMNS, line = sheet->line + i % lines;

		if (signs[i].glyph)
			canvas_put(sheet->canvas, column, line, signs[i].glyph, signs[i].role);
		else
			canvas_write(sheet->canvas, column, line, 1, glyphs->unknown, ROLE_MUTED);
		canvas_write(sheet->canvas, column + SIGN_WORDS, line,
			     SIGN_COLUMNS - SIGN_WORDS - 1, signs[i].words, ROLE_MUTED);
	}
	sheet->line += lines;
}

void help_lessons_write(struct help_sheet *sheet)
{
	write_kinds(sheet);
	write_permissions(sheet);
	write_lenses(sheet);
	write_chunks(sheet);
	write_signs(sheet);
}
