/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/inside/inside_draw.h"

#include "base/format.h"
#include "base/text.h"
#include "inside/heap_usage.h"
#include "model/address_space.h"
#include "model/kind.h"
#include "screen/canvas.h"
#include "ui/box.h"
#include "ui/colour_mode.h"
#include "ui/inside/inside.h"
#include "ui/inside/inside_columns.h"
#include "ui/inside/inside_title.h"
#include "ui/inside/inside_words.h"
#include "ui/picture/band_usage.h"
#include "ui/picture/bar.h"
#include "ui/picture/legend.h"
#include "ui/scene.h"
#include "ui/text/chunk_words.h"
#include "ui/text/part_words.h"
#include "ui/text/words.h"

#define WORDS_FROM 10 /* lines of the pane from which words have two */
#define MUCH_FROM  16 /* and from which they have three, where there is much to say: */
#define MUCH_BELOW 72 /* of chunks, in fewer columns than that */

/* One line of the rows. */
struct line {
	struct canvas *canvas;
	const struct scene *scene;
	const struct inside *inside;
	const struct inside_level *level;
	const struct inside_columns *columns;
	const struct vma *vma; /* the mapping */
	const struct band *band;
	enum kind kind; /* that the band has the colour of */
	uint64_t row;
	int at;     /* line on the canvas */
	bool first; /* the band's topmost line on the screen */
	bool named; /* the line where address, name and size stand */
	bool cursor;
};

static int words_lines(const struct inside *inside, struct rect area)
{
	const struct inside_level *level = inside_level_const(inside);

	if (level && level->grain == INSIDE_CHUNKS && area.lines >= MUCH_FROM &&
	    area.columns < MUCH_BELOW)
		return 3;
	return area.lines < WORDS_FROM ? 1 : 2;
}

struct rect inside_draw_rows(const struct frame *frame, struct rect rect,
			     const struct inside *inside)
{
	struct rect rows = frame_inside(frame, rect);

	rows.lines -= words_lines(inside, rows);
	return rows;
}

/* Of a fold the kind that most of its bytes have; chunks are of the mapping's own kind. */
static enum kind band_kind(const struct inside *inside, const struct band *band)
{
	const struct inside_level *level = inside_level_const(inside);
	uint64_t bytes[KIND_COUNT] = {0};
	enum kind most = KIND_GAP;

	if (level->grain == INSIDE_CHUNKS)
		return (enum kind)inside->stuff.kind;

	for (size_t i = band->region; i < band->region + band->count; i++) {
		const struct region *region = &level->regions.regions[i];

		bytes[region->kind] += region->end - region->start;
	}
	bytes[KIND_GAP] = 0;
	for (int kind = 0; kind < KIND_GAP; kind++)
		if (bytes[kind] > bytes[most])
			most = (enum kind)kind;
	return most;
}

static struct row_usage usage_of(const struct page_sums *sums, uint64_t size)
{
	/* Of less than half nothing is said. */
	if (!sums->known || sums->known < size - sums->known)
		return (struct row_usage){.size = 1};
	return (struct row_usage){.known = true,
				  .size = sums->known,
				  .resident = page_sums_resident(sums),
				  .swapped = page_sums_swapped(sums),
				  .huge = sums->huge};
}

/* The line's own addresses; of a fold, those of all that it holds. */
static void find_range(const struct line *line, uint64_t *ret_start, uint64_t *ret_end)
{
	*ret_start = line->band->start;
	*ret_end = line->band->end;
	if (line->band->count == 1)
		diagram_row_range(line->level->diagram, line->row, ret_start, ret_end);
	/* Where there are more rows than bytes. */
	*ret_end += *ret_start == *ret_end;
}

/* What of the addresses is in memory. */
static struct row_usage range_usage(const struct line *line, uint64_t start, uint64_t end)
{
	const struct page_sums sums = page_pieces_between(&line->inside->pieces, start, end);
	struct row_usage usage = usage_of(&sums, end - start);

	usage.spare = band_usage_spare(line->scene, start, end, usage.resident);
	return usage;
}

/* Whether it stands for several things. */
static bool is_fold(const struct line *line)
{
	const struct inside_part *part = inside_level_part(line->level, line->band);

	return !part || part->type == PART_CHUNKS;
}

static void draw_bar(const struct line *line)
{
	const struct glyphs *glyphs = line->scene->glyphs;
	uint64_t start, end;
	struct row_usage usage;
	bool idle = line->kind == KIND_GUARD || line->kind == KIND_RESERVE;
	enum role role = colour_mode_band_role(line->scene, &line->scene->selected, line->kind);

	if (line->kind == KIND_GAP) {
		canvas_put(line->canvas, line->columns->bar, line->at, glyphs->gap, ROLE_KIND_GAP);
		return;
	}
	find_range(line, &start, &end);
	usage = range_usage(line, start, end);
	bar_draw(line->canvas, glyphs,
		 &(struct bar){
			 .column = line->columns->bar,
			 .line = line->at,
			 .columns = line->columns->bar_columns,
			 .glyph = is_fold(line) ? glyphs->fold
				  : idle        ? glyphs->no_access
				  : line->first ? glyphs->bar_top
						: glyphs->bar,
			 .role = colour_mode_row_role(line->scene, role, start, end, &usage),
			 .row = &usage,
		 });
}

static void draw_address(const struct line *line, uint64_t address, enum role role)
{
	char digits[WORDS_ADDRESS_LENGTH];

	if (line->columns->address)
		canvas_write(line->canvas, line->columns->address, line->at, INSIDE_ADDRESS_COLUMNS,
			     words_address(digits, address, line->scene->glyphs), role);
}

/* The address of the cursor's line where it does not carry the band's own. */
static void draw_tick(const struct line *line)
{
	uint64_t start, end;

	if (!line->cursor)
		return;
	diagram_row_range(line->level->diagram, line->row, &start, &end);
	draw_address(line, start, ROLE_ADDRESS);
}

static void draw_state(const struct line *line)
{
	const struct inside_columns *columns = line->columns;
	uint64_t start = line->band->start, end = line->band->end;
	struct page_sums bytes = page_pieces_between(&line->inside->pieces, start, end);
	struct page_sums pages = inside_pages(line->inside, start, end);
	struct row_usage usage = usage_of(&bytes, end - start);
	char size[FORMAT_SIZE_LENGTH];
	struct text text = {0};

	if (columns->rss) {
		canvas_write(line->canvas, columns->rss, line->at, INSIDE_RSS_COLUMNS, "rss",
			     ROLE_MUTED);
		canvas_write_right(line->canvas, columns->rss, line->at, INSIDE_RSS_COLUMNS,
				   usage.known ? format_size(size, usage.resident)
					       : line->scene->glyphs->unknown,
				   usage.known ? ROLE_DEFAULT : ROLE_MUTED);
	}
	if (columns->state && line->vma)
		part_words_append_state(&text, &pages, line->inside->stuff.page_size, line->vma);
	canvas_write(line->canvas, columns->state, line->at, INSIDE_STATE_COLUMNS,
		     text_string(&text), ROLE_MUTED);
	text_finish(&text);
}

/* The state of pages, which are what they are, stands behind their number. */
static void draw_page_state(const struct line *line, int column, int columns)
{
	struct page_sums sums = inside_pages(line->inside, line->band->start, line->band->end);
	struct text text = {0};

	if (!line->vma || !sums.known || line->columns->state)
		return;
	part_words_append_state(&text, &sums, line->inside->stuff.page_size, line->vma);
	canvas_write(line->canvas, column, line->at, columns, text_string(&text), ROLE_MUTED);
	text_finish(&text);
}

static void draw_name(const struct line *line)
{
	const struct part_source *source = &line->inside->stuff.source;
	const struct inside_columns *columns = line->columns;
	const struct inside_part *part = inside_level_part(line->level, line->band);
	uint64_t page_size = line->inside->stuff.page_size;
	const char *type = part && part_name(part, source) ? part_type_name(part, source) : NULL;
	struct text text = {0}, share = {0};
	enum role role = ROLE_DEFAULT;
	int written;

	if (line->level->grain == INSIDE_CHUNKS && is_fold(line)) {
		chunk_words_append_share(&share, source->heap, line->band->start, line->band->end);
		type = text_string(&share);
	}
	if (part && part->type != PART_CHUNKS)
		part_words_append(&text, part, source, page_size,
				  line->level->grain == INSIDE_SYMBOLS);
	else
		part_words_append_fold(&text, &line->level->parts.parts[line->band->region],
				       line->band->count, source, (size_t)columns->label_columns,
				       line->scene->glyphs->ellipsis);
	if (is_fold(line) || part->type == PART_SYMBOLS)
		role = ROLE_FOLD;
	else if (part->type == PART_NAMELESS ||
		 (part->type == PART_CHUNK && part->index == HEAP_USE_UNKNOWN))
		role = ROLE_MUTED;
	written = canvas_write(line->canvas, columns->label, line->at, columns->label_columns,
			       text_string(&text), role);
	if (line->level->grain == INSIDE_PAGES)
		draw_page_state(line, columns->label + written + 1,
				columns->size - columns->label - written - 2);
	else if (columns->type && type)
		canvas_write(line->canvas, columns->type, line->at, INSIDE_TYPE_COLUMNS, type,
			     ROLE_MUTED);
	text_finish(&text);
	text_finish(&share);
}

static void draw_line(const struct line *line)
{
	const struct inside_columns *columns = line->columns;
	char size[FORMAT_SIZE_LENGTH];
	uint32_t letter;

	if (line->cursor)
		canvas_put(line->canvas, columns->marker, line->at, line->scene->glyphs->marker,
			   ROLE_MARKER);
	draw_bar(line);
	if (!line->named) {
		draw_tick(line);
		return;
	}
	draw_address(line, line->band->start, ROLE_ADDRESS);
	draw_name(line);
	canvas_write_right(line->canvas, columns->size, line->at, INSIDE_SIZE_COLUMNS,
			   format_size(size, line->band->end - line->band->start),
			   line->kind == KIND_GAP ? ROLE_KIND_GAP : ROLE_VALUE);
	draw_state(line);
	letter = line->scene->letters ? colour_mode_letter(ROLE_KIND_TEXT + line->kind) : 0;
	if (letter && line->kind != KIND_GAP)
		canvas_put(line->canvas, columns->bar, line->at, letter,
			   ROLE_KIND_TEXT + line->kind);
}

/* Counts the lines that have the colour of each kind. */
static void draw_rows(struct canvas *canvas, struct rect rows, const struct inside *inside,
		      const struct scene *scene, struct legend_lines *lines)
{
	const struct inside_level *level = inside_level_const(inside);
	const struct view *view = &level->view;
	const struct diagram *diagram = level->diagram;
	uint64_t cursor_row = diagram_address_row(diagram, view->cursor);
	const struct band *previous = NULL;
	struct inside_columns columns;
	struct line line = {.canvas = canvas,
			    .scene = scene,
			    .inside = inside,
			    .level = level,
			    .columns = &columns,
			    .vma = inside_mapping(inside, scene->space)};

	inside_columns_lay(&columns, rows);
	for (int i = 0; i < rows.lines && view->top + (uint64_t)i < diagram->rows; i++) {
		/* Where the lowest row is below the screen, the last line carries the name. */
		bool last = i + 1 == rows.lines && !view->low_on_top;

		line.row = view_row_of_line(view, diagram, view->top + (uint64_t)i);
		line.band = &diagram->bands[diagram_band_at_row(diagram, line.row)];
		line.at = rows.line + i;
		line.first =
			line.row == line.band->row + (view->low_on_top ? 0 : line.band->rows - 1);
		line.named = line.row == diagram_address_row(diagram, line.band->start) || last ||
			     (view->low_on_top && line.band != previous);
		line.cursor = scene->cursor && line.row == cursor_row;
		if (line.band != previous)
			line.kind = band_kind(inside, line.band);
		draw_line(&line);
		if (line.cursor)
			canvas_set_ground(canvas, rows.column, line.at, rows.columns, 1,
					  ROLE_CURSOR);
		lines->of_kind[line.kind]++;
		previous = line.band;
	}
}

/* What is under the cursor, or why there is nothing. */
static void draw_words(struct canvas *canvas, struct rect area, const struct inside *inside,
		       const struct scene *scene)
{
	int lines = words_lines(inside, area);
	struct text text = {0};

	inside_words_append(&text, inside, scene, area.columns - 2, lines);
	box_write_wrapped(canvas, area.column + 1, area.line + area.lines - lines, area.columns - 2,
			  lines, text_string(&text), ROLE_DEFAULT);
	text_finish(&text);
}

void inside_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		 const struct inside *inside, const struct scene *scene)
{
	const struct inside_level *level = inside_level_const(inside);
	struct rect rows = inside_draw_rows(frame, rect, inside);
	struct legend_lines lines = {0};

	inside_title_draw(canvas, frame, rect, inside, scene);
	draw_words(canvas, frame_inside(frame, rect), inside, scene);
	if (!level || !level->diagram || inside->gone)
		return;
	draw_rows(canvas, rows, inside, scene, &lines);
	if (!frame->bordered)
		return;
	box_draw_thumb(canvas, scene->glyphs->thumb,
		       &(struct box_part){.column = rows.column + rows.columns,
					  .line = rows.line,
					  .lines = rows.lines,
					  .from = level->view.top,
					  .all = level->diagram->rows});
	legend_draw(canvas, rect, scene, &lines);
}
