/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/heap_draw.h"

#include <inttypes.h>

#include "base/format.h"
#include "base/text.h"
#include "screen/canvas.h"
#include "ui/box.h"
#include "ui/glyphs.h"
#include "ui/pane/heap_classes.h"
#include "ui/pane/heap_room.h"
#include "ui/text/heap_words.h"

#define NAME_COLUMNS  13 /* an address, or a word */
#define VALUE_COLUMNS 8

/* The values of a line, in the order in which they stand. */
enum value {
	VALUE_SYSTEM,
	VALUE_USED,
	VALUE_CACHED,
	VALUE_FREE,
	VALUE_TOP,
	VALUE_LARGEST,
	VALUE_CHUNKS,
	VALUE_TRIM,
	VALUE_PINNED,
	VALUES
};

static const struct {
	const char *heading;
	int rank; /* the lower, the longer it stays when it gets narrow */
} values[VALUES] = {
	[VALUE_SYSTEM] = {"size", 2},   [VALUE_USED] = {"used", 0},
	[VALUE_CACHED] = {"cached", 6}, [VALUE_FREE] = {"free", 1},
	[VALUE_TOP] = {"top", 3},       [VALUE_LARGEST] = {"largest", 5},
	[VALUE_CHUNKS] = {"chunks", 8}, [VALUE_TRIM] = {"to trim", 4},
	[VALUE_PINNED] = {"pinned", 7},
};

/* Of a line with all values. */
#define LIST_COLUMNS (NAME_COLUMNS + 1 + VALUES * (VALUE_COLUMNS + 1))

struct drawing {
	struct canvas *canvas;
	const struct heap_draw *pane;
	const struct glyphs *glyphs;
	struct rect inside;
	int first, shown; /* where values begin, and how many ranks there is room for */
};

/* Lines of words that all of them take as a rule: a number that does not depend on the figures, so
 * that the pane stays as it is. */
static int words_lines(int columns)
{
	return columns >= 160 ? 3 : columns >= 100 ? 4 : 6;
}

static struct heap_room lay_room(struct rect inside, size_t arenas, const struct frame *frame)
{
	/* Text keeps away from a border. */
	inside.column += frame->bordered;
	inside.columns -= 2 * frame->bordered;
	return heap_room_lay(inside, arenas, LIST_COLUMNS, words_lines(inside.columns));
}

size_t heap_draw_lines(const struct heap_usage *heap)
{
	if (!heap)
		return 0;
	return heap->count > 1 ? heap->count + 1 : heap->count;
}

struct heap_arena heap_draw_arena(const struct heap_usage *heap, size_t line)
{
	if (heap->count > 1 && line == 0)
		return heap_usage_sum(heap);
	return heap->arenas[heap->count > 1 ? line - 1 : line];
}

static uint64_t value_of(const struct heap_arena *arena, enum value value)
{
	switch (value) {
	case VALUE_SYSTEM: return arena->system;
	case VALUE_USED: return arena->used;
	case VALUE_CACHED: return arena->cached;
	case VALUE_FREE: return arena->free;
	case VALUE_TOP: return arena->top;
	case VALUE_LARGEST: return arena->largest_free;
	case VALUE_CHUNKS: return arena->used_chunks + arena->free_chunks;
	case VALUE_TRIM: return arena->resident_free;
	default: return arena->pinned;
	}
}

static void write_value(const struct drawing *drawing, int line, enum value value,
			const char *string, enum role role)
{
	int column = drawing->first;

	if (values[value].rank >= drawing->shown)
		return;
	for (unsigned i = 0; i < (unsigned)value; i++)
		column += values[i].rank < drawing->shown ? VALUE_COLUMNS + 1 : 0;
	canvas_write_right(drawing->canvas, column, line, VALUE_COLUMNS, string, role);
}

static void draw_heading(const struct drawing *drawing, int line)
{
	/* It has no malloc_trim(3). */
	bool is_musl = drawing->pane->heap->allocator == ALLOCATOR_MUSL;

	canvas_write(drawing->canvas, drawing->first - NAME_COLUMNS - 1, line, NAME_COLUMNS,
		     "arena", ROLE_LABEL);
	for (unsigned i = 0; i < VALUES; i++)
		write_value(drawing, line, (enum value)i,
			    i == VALUE_TRIM && is_musl ? "in pages" : values[i].heading,
			    ROLE_LABEL);
}

static void draw_arena(const struct drawing *drawing, int at, size_t line)
{
	const struct heap_usage *heap = drawing->pane->heap;
	const struct heap_arena arena = heap_draw_arena(heap, line);
	bool is_sum = heap->count > 1 && line == 0;
	char words[FORMAT_NUMBER_LENGTH];
	struct text name = {0};

	if (is_sum)
		text_append_format(&name, "%zu arenas", heap->count);
	else if (arena.is_main)
		text_append(&name, "main arena");
	else
		text_append_format(&name, "%" PRIx64, arena.address);
	canvas_write(drawing->canvas, drawing->first - NAME_COLUMNS - 1, at, NAME_COLUMNS,
		     text_string(&name), is_sum || arena.is_main ? ROLE_DEFAULT : ROLE_ADDRESS);
	text_finish(&name);
	for (unsigned i = 0; i < VALUES; i++) {
		uint64_t value = value_of(&arena, (enum value)i);

		write_value(drawing, at, (enum value)i,
			    i == VALUE_CHUNKS ? format_number(words, value)
					      : format_size(words, value),
			    value ? ROLE_VALUE : ROLE_MUTED);
	}
}

/* What the figures mean; a sentence that does not fit is left out. */
static void draw_meaning(const struct drawing *drawing, const struct heap_arena *arena,
			 struct rect area)
{
	enum allocator allocator = drawing->pane->heap->allocator;
	struct text text = {0}, longer = {0};

	heap_words_append_meaning(&text, arena, allocator);
	if (drawing->pane->beside)
		text_append(&text, drawing->pane->beside);
	for (unsigned figure = 0; figure < HEAP_WORDS_FIGURES; figure++) {
		text_clear(&longer);
		text_append(&longer, text_string(&text));
		heap_words_append_figure(&longer, arena, allocator, figure);
		if (box_wrapped_lines(area.columns, text_string(&longer)) > area.lines)
			continue;
		text_clear(&text);
		text_append(&text, text_string(&longer));
	}
	box_write_wrapped(drawing->canvas, area.column, area.line, area.columns, area.lines,
			  text_string(&text), ROLE_MUTED);
	text_finish(&text);
	text_finish(&longer);
}

static void draw_list(const struct drawing *drawing, const struct frame *frame, struct rect rect)
{
	const struct heap_draw *pane = drawing->pane;
	struct rect inside = drawing->inside;
	size_t all = heap_draw_lines(pane->heap);
	struct heap_room room = lay_room(inside, all, frame);
	const struct heap_arena arena = heap_draw_arena(pane->heap, pane->cursor);

	draw_heading(drawing, inside.line);
	for (int i = 0; i < room.list_lines && pane->top + (size_t)i < all; i++) {
		int at = inside.line + HEAP_ROOM_HEADING + i;

		draw_arena(drawing, at, pane->top + (size_t)i);
		if (pane->top + (size_t)i == pane->cursor)
			canvas_set_ground(drawing->canvas, inside.column, at,
					  room.classes.lines && room.classes.column > inside.column
						  ? LIST_COLUMNS
						  : inside.columns,
					  1, ROLE_CURSOR);
	}
	if (room.classes.lines)
		heap_classes_draw(drawing->canvas, drawing->glyphs, room.classes, &arena);
	if (room.words.lines)
		draw_meaning(drawing, &arena, room.words);
	if (frame->bordered)
		box_draw_thumb(drawing->canvas, drawing->glyphs->thumb,
			       &(struct box_part){.column = rect.column + rect.columns - 1,
						  .line = inside.line + HEAP_ROOM_HEADING,
						  .lines = room.list_lines,
						  .from = pane->top,
						  .all = all});
}

/* What is said of all at the right of the title. */
static void append_note(struct text *note, const struct heap_usage *heap)
{
	double certain = heap_usage_certain(heap);
	char size[FORMAT_SIZE_LENGTH];

	if (heap->mapped_chunks == 1)
		text_append_format(note, "1 large chunk of %s in a mapping of its own",
				   format_size(size, heap->mapped));
	else if (heap->mapped_chunks)
		text_append_format(note, "%" PRIu64 " large chunks, %s, in mappings of their own",
				   heap->mapped_chunks, format_size(size, heap->mapped));
	/* Rounded down: what is not certain is never called so. */
	if (certain < 1)
		text_append_format(note, "%s%u %% certain", note->length ? ", " : "",
				   (unsigned)(certain * 100));
}

static void lay_columns(struct drawing *drawing, bool bordered)
{
	int left = drawing->inside.column + bordered;

	drawing->first = left + NAME_COLUMNS + 1;
	drawing->shown = (drawing->inside.column + drawing->inside.columns - drawing->first) /
			 (VALUE_COLUMNS + 1);
}

void heap_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
	       const struct heap_draw *pane)
{
	struct drawing drawing = {.canvas = canvas,
				  .pane = pane,
				  .glyphs = glyphs_get(!canvas->ascii),
				  .inside = frame_inside(frame, rect)};
	struct text title = {0}, note = {0};

	text_append_format(&title, "heap%s%s", pane->allocator ? ", " : "",
			   pane->allocator ? pane->allocator : "");
	if (pane->heap)
		append_note(&note, pane->heap);
	box_draw(canvas, frame, rect,
		 &(struct box){.title = text_string(&title),
			       .note = note.length ? text_string(&note) : NULL});
	lay_columns(&drawing, frame->bordered);
	if (pane->heap)
		draw_list(&drawing, frame, rect);
	else
		box_write_wrapped(canvas, drawing.inside.column + frame->bordered,
				  drawing.inside.line, drawing.inside.columns - 2 * frame->bordered,
				  drawing.inside.lines, pane->sentence, ROLE_MUTED);
	text_finish(&title);
	text_finish(&note);
}

int heap_draw_wanted(const struct frame *frame, int columns, const struct heap_draw *pane)
{
	const struct rect rect = {0, 0, columns, 3};
	struct rect inside = frame_inside(frame, rect);
	int border = rect.lines - inside.lines;

	if (pane->heap)
		return border + heap_room_wanted(inside.columns - 2 * frame->bordered,
						 heap_draw_lines(pane->heap), LIST_COLUMNS,
						 words_lines(inside.columns));
	return border + box_wrapped_lines(inside.columns - 2 * frame->bordered, pane->sentence);
}

size_t heap_draw_scroll(const struct frame *frame, struct rect rect, const struct heap_draw *pane)
{
	size_t all = heap_draw_lines(pane->heap);
	struct heap_room room = lay_room(frame_inside(frame, rect), all, frame);

	return box_scroll(pane->top, pane->cursor, pane->cursor, (size_t)room.list_lines, all);
}
