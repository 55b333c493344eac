/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/heap_classes.h"

#include <inttypes.h>

#include "base/format.h"
#include "base/text.h"
#include "screen/canvas.h"
#include "ui/glyphs.h"

#define LABEL_COLUMNS 13 /* "of sizes from" */
#define BAR_COLUMNS   4
#define CLASS_COLUMNS 7 /* a bar with its bytes and what stands between two */
#define WORDS_LINES   2 /* below the bars */
#define STEPS         8 /* of a cell's height */

struct heap_classes_range heap_classes_find(const struct heap_arena *arena, int columns)
{
	unsigned most =
		columns > LABEL_COLUMNS ? (unsigned)(columns - LABEL_COLUMNS) / CLASS_COLUMNS : 0;
	struct heap_classes_range range = {0};
	unsigned end = 0;

	for (unsigned class = 0; class < HEAP_CLASSES; class ++)
		if (arena->free_by_class[class]) {
			if (!end)
				range.first = class;
			end = class + 1;
		}
	range.count = end - range.first;
	range.more = range.count > most;
	if (range.more)
		range.count = most;
	return range;
}

/* What the bar stands for: the last one for all that is larger. */
static uint64_t bytes_of(const struct heap_arena *arena, const struct heap_classes_range *range,
			 unsigned bar)
{
	unsigned class = range->first + bar;
	uint64_t bytes = arena->free_by_class[class];

	if (range->more && bar + 1 == range->count)
		while (++class < HEAP_CLASSES)
			bytes += arena->free_by_class[class];
	return bytes;
}

/* "32", "1K", "4M": a power of two in full. */
static void append_size(struct text *text, unsigned class)
{
	static const char units[] = " KMGT";

	text_append_format(text, "%u", 1u << class % 10);
	if (class >= 10)
		text_append_char(text, units[class / 10]);
}

/* Of what there is a little, there is something to be seen. */
static unsigned steps_of(uint64_t bytes, uint64_t most, int lines)
{
	unsigned steps = (unsigned)((unsigned __int128)bytes * (unsigned)lines * STEPS / most);

	return bytes && !steps ? 1 : steps;
}

static void draw_bar(struct canvas *canvas, const struct glyphs *glyphs, int column, int bottom,
		     unsigned steps)
{
	for (; steps; bottom--) {
		unsigned here = steps < STEPS ? steps : STEPS;

		canvas_fill(canvas, column, bottom, BAR_COLUMNS, 1, glyphs->trend[here - 1],
			    ROLE_KIND_HEAP);
		steps -= here;
	}
}

static void draw_words(struct canvas *canvas, int column, int bottom, uint64_t bytes,
		       const char *size)
{
	char words[FORMAT_SIZE_LENGTH];

	canvas_write_right(canvas, column, bottom + 1, CLASS_COLUMNS - 1, format_size(words, bytes),
			   bytes ? ROLE_VALUE : ROLE_MUTED);
	canvas_write_right(canvas, column, bottom + 2, CLASS_COLUMNS - 1, size, ROLE_MUTED);
}

void heap_classes_draw(struct canvas *canvas, const struct glyphs *glyphs, struct rect rect,
		       const struct heap_arena *arena)
{
	const struct heap_classes_range range = heap_classes_find(arena, rect.columns);
	int lines = rect.lines < HEAP_CLASSES_TALL ? rect.lines : HEAP_CLASSES_TALL;
	int bottom = rect.line + lines - WORDS_LINES - 1;
	struct text size = {0};
	uint64_t most = 0;

	canvas_write(canvas, rect.column, bottom, LABEL_COLUMNS, "holes", ROLE_LABEL);
	if (!range.count) {
		canvas_write(canvas, rect.column, bottom + 1, rect.columns, "There are none.",
			     ROLE_MUTED);
		return;
	}
	canvas_write(canvas, rect.column, bottom + 1, LABEL_COLUMNS, "bytes in them", ROLE_LABEL);
	canvas_write(canvas, rect.column, bottom + 2, LABEL_COLUMNS, "of sizes from", ROLE_LABEL);
	for (unsigned bar = 0; bar < range.count; bar++) {
		uint64_t bytes = bytes_of(arena, &range, bar);

		most = bytes > most ? bytes : most;
	}
	for (unsigned bar = 0; bar < range.count; bar++) {
		int column = rect.column + LABEL_COLUMNS + 1 + (int)bar * CLASS_COLUMNS;
		uint64_t bytes = bytes_of(arena, &range, bar);

		text_clear(&size);
		append_size(&size, range.first + bar);
		draw_bar(canvas, glyphs, column + CLASS_COLUMNS - 1 - BAR_COLUMNS, bottom,
			 steps_of(bytes, most, lines - WORDS_LINES));
		draw_words(canvas, column, bottom, bytes, text_string(&size));
	}
	text_finish(&size);
}
