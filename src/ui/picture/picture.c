/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/picture.h"

#include "base/format.h"
#include "base/text.h"
#include "model/usage.h"
#include "model/wx_history.h"
#include "screen/canvas.h"
#include "ui/colour_mode.h"
#include "ui/picture/band_death.h"
#include "ui/picture/band_folds.h"
#include "ui/picture/band_growth.h"
#include "ui/picture/band_match.h"
#include "ui/picture/band_usage.h"
#include "ui/picture/bar.h"
#include "ui/picture/fold_label.h"
#include "ui/picture/legend.h"
#include "ui/picture/picture_columns.h"
#include "ui/picture/picture_edge.h"
#include "ui/scene.h"
#include "ui/text/amounts.h"
#include "ui/text/words.h"

#define TICK_LINES 4 /* tall bands say an address at every so many lines */
#define TALL_LINES 8

/* One line of the picture. */
struct line {
	struct canvas *canvas;
	const struct scene *scene;
	const struct picture_columns *columns;
	const struct band *band;
	const struct fold *fold; /* the band's sums when it is a fold */
	const struct band_growth *growth;
	const struct band_usage *usage;
	const struct band_match *match;
	enum role role; /* of the band's bar */
	uint64_t row;
	int at;     /* line on the canvas */
	bool first; /* the band's topmost line on the screen */
	bool named; /* the line where address, name and size stand */
	bool cursor;
};

static void draw_address(const struct line *line, uint64_t address, enum role role)
{
	char digits[WORDS_ADDRESS_LENGTH];

	canvas_write(line->canvas, line->columns->address, line->at, PICTURE_ADDRESS_COLUMNS,
		     words_address(digits, address, line->scene->glyphs), role);
}

/* The address of a line that does not carry the band's name: the cursor's, and some in between. */
static void draw_tick(const struct line *line)
{
	uint64_t start, end, up = line->row - line->band->row;
	bool tick = line->band->rows >= TALL_LINES && up % TICK_LINES == 0;
	const struct region *region = &line->scene->regions->regions[line->band->region];

	if (line->band->count > 1 || region->vma == REGION_GAP)
		tick = false;
	if (!tick && !line->cursor)
		return;
	diagram_row_range(line->scene->diagram, line->row, &start, &end);
	/* Rows may begin within a page; its address is what one can look up. */
	start &= ~(line->scene->regions->page_size - 1);
	draw_address(line, start, line->cursor ? ROLE_ADDRESS : ROLE_MUTED);
}

/* What is new since the highlight: as much of the row's bar, at its right end, as of its addresses.
 */
static int new_cells(const struct line *line)
{
	const struct band_growth *growth = line->growth;
	uint64_t start, end, from, to;
	int part;

	diagram_row_range(line->scene->diagram, line->row, &start, &end);
	from = growth->from > start ? growth->from : start;
	to = growth->to < end ? growth->to : end;
	if (from >= to || line->match->dimmed || line->scene->colours != COLOUR_MODE_KIND)
		return 0;
	part = (int)((unsigned __int128)(to - from) * (unsigned)line->columns->bar_columns /
		     (end - start));
	return part ? part : 1;
}

/* The bar of mappings: how much of the row is in memory. */
static void draw_usage(const struct line *line, uint32_t glyph)
{
	const struct scene *scene = line->scene;
	uint64_t start = line->band->start, end = line->band->end;
	struct row_usage row;

	band_usage_row(scene, line->band, line->usage, line->row, &row);
	if (line->band->count == 1)
		diagram_row_range(scene->diagram, line->row, &start, &end);
	bar_draw(line->canvas, scene->glyphs,
		 &(struct bar){
			 .column = line->columns->bar,
			 .line = line->at,
			 .columns = line->columns->bar_columns,
			 .glyph = glyph,
			 .role = line->match->dimmed ? ROLE_MUTED
						     : colour_mode_row_role(scene, line->role,
									    start, end, &row),
			 .grew = new_cells(line),
			 .row = &row,
		 });
}

static void draw_bar(const struct line *line, const struct region *region)
{
	const struct glyphs *glyphs = line->scene->glyphs;

	if (region->kind == KIND_GAP)
		canvas_put(line->canvas, line->columns->bar, line->at, glyphs->gap, ROLE_KIND_GAP);
	else if (region->kind == KIND_GUARD || region->kind == KIND_RESERVE)
		bar_draw(line->canvas, glyphs,
			 &(struct bar){
				 .column = line->columns->bar,
				 .line = line->at,
				 .columns = line->columns->bar_columns,
				 .glyph = glyphs->no_access,
				 .role = line->match->dimmed ? ROLE_MUTED : line->role,
				 .grew = new_cells(line),
			 });
	else
		draw_usage(line, line->first ? glyphs->bar_top : glyphs->bar);
}

static void draw_size(const struct line *line, uint64_t bytes, enum role role)
{
	char size[FORMAT_SIZE_LENGTH];

	canvas_write_right(line->canvas, line->columns->size, line->at, PICTURE_SIZE_COLUMNS,
			   format_size(size, bytes), role);
}

/* An amount with its name, where there is a column for it. */
static void draw_amount(const struct line *line, int column, const char *name, uint64_t bytes,
			enum role role)
{
	char size[FORMAT_SIZE_LENGTH];

	if (!column)
		return;
	canvas_write(line->canvas, column, line->at, PICTURE_RSS_COLUMNS, name, ROLE_MUTED);
	canvas_write_right(line->canvas, column, line->at, PICTURE_RSS_COLUMNS,
			   bytes == TARGET_UNKNOWN ? line->scene->glyphs->unknown
						   : format_size(size, bytes),
			   bytes == TARGET_UNKNOWN ? ROLE_MUTED : role);
}

/* What is in memory of the band, pss, and what is swapped out; what was last known of it dim. */
static void draw_usage_amounts(const struct line *line)
{
	const struct picture_columns *columns = line->columns;
	const struct band_usage *usage = line->usage;

	draw_amount(line, columns->rss, "rss", band_usage_last(usage),
		    usage->rss == TARGET_UNKNOWN ? ROLE_MUTED : ROLE_DEFAULT);
	draw_amount(line, columns->pss, "pss", usage->pss, ROLE_DEFAULT);
	if (usage->swap == TARGET_UNKNOWN)
		draw_amount(line, columns->swap, "swap", usage->last_swap, ROLE_MUTED);
	else if (usage->swap)
		draw_amount(line, columns->swap, "swap", usage->swap, ROLE_SWAPPED);
}

/* What became of the band: since the highlight in figures, a moment ago by a sign. */
static void draw_growth(const struct line *line)
{
	const struct band_growth *growth = line->growth;
	char delta[AMOUNTS_LENGTH];

	if (growth->marked)
		canvas_put(line->canvas, line->columns->label - 1, line->at, growth->sign,
			   growth->role);
	if (growth->delta && line->columns->delta)
		canvas_write_right(line->canvas, line->columns->delta, line->at,
				   PICTURE_DELTA_COLUMNS, amounts_delta(delta, growth->delta),
				   growth->delta > 0 ? ROLE_GREW : ROLE_SHRANK);
}

/* A gap: what it is for, or what vanished in it a moment ago. */
static void draw_gap(const struct line *line)
{
	const struct scene *scene = line->scene;
	const struct picture_columns *columns = line->columns;
	const struct band_growth *growth = line->growth;
	int label = columns->bar + 2, end = columns->label + columns->label_columns;
	const struct region *region = &scene->regions->regions[line->band->region];
	bool ghost = growth->ghost && !region->hidden;
	char size[FORMAT_SIZE_LENGTH];
	struct text text = {0};

	if (ghost)
		text_append_format(&text, "vanished: %s", format_size(size, growth->ghost_size));
	else
		words_append_region(&text, scene->space, scene->regions, line->band->region);
	canvas_write(line->canvas, label, line->at, end - label, text_string(&text),
		     ghost ? ROLE_GHOST : ROLE_KIND_GAP);
	if (ghost)
		canvas_put(line->canvas, columns->bar, line->at, growth->sign, ROLE_GHOST);
	/* Behind "mapping hidden" a size is read as that of the mapping. */
	draw_size(line,
		  region->hidden ? region_list_hidden(scene->regions, region).mapped
				 : line->band->end - line->band->start,
		  ROLE_KIND_GAP);
	text_finish(&text);
}

/* Where a name ends at most: before the growth, if there is any, the permissions (0: none) or the
 * size. */
static int label_end(const struct line *line, int perms)
{
	const struct picture_columns *columns = line->columns;

	if (columns->delta && line->growth->delta)
		return columns->delta - 1;
	return (perms ? perms : columns->size) - 1;
}

static void draw_region(const struct line *line)
{
	const struct scene *scene = line->scene;
	const struct region *region = &scene->regions->regions[line->band->region];
	const struct picture_columns *columns = line->columns;
	const struct vma *vma;
	struct text text = {0};
	char perms[PERMS_LENGTH];
	bool danger;

	draw_bar(line, region);
	if (!line->named)
		return;
	if (region->vma == REGION_GAP) {
		draw_gap(line);
		return;
	}
	words_append_region(&text, scene->space, scene->regions, line->band->region);
	vma = region_mapping(region, scene->space);
	/* What ever was writable and executable stays flagged. */
	danger = vma_is_writable_executable(vma) ||
		 (scene->wx_history && wx_history_contains(scene->wx_history, vma->start, vma->end,
							   scene->space->time_ns));
	if (vma_is_writable_executable(vma) && !columns->perms)
		text_append(&text, " w+x");
	canvas_write(line->canvas, columns->label, line->at,
		     label_end(line, columns->perms) - columns->label, text_string(&text),
		     band_match_role(line->match, danger ? ROLE_DANGER : ROLE_DEFAULT));
	if (columns->perms)
		canvas_write(line->canvas, columns->perms, line->at, PICTURE_PERMS_COLUMNS,
			     vma_perms(vma, perms), danger ? ROLE_DANGER : ROLE_MUTED);
	draw_size(line, line->band->end - line->band->start, ROLE_VALUE);
	draw_usage_amounts(line);
	draw_growth(line);
	text_finish(&text);
}

static void draw_fold(const struct line *line)
{
	const struct picture_columns *columns = line->columns;

	bool gap = !line->fold->mappings;

	if (gap)
		canvas_put(line->canvas, columns->bar, line->at, line->scene->glyphs->gap,
			   ROLE_KIND_GAP);
	else
		draw_usage(line, line->scene->glyphs->fold);
	if (!line->named)
		return;
	fold_label_draw(line->canvas, line->scene, line->band, line->fold, line->match,
			gap ? columns->bar + 2 : columns->label, line->at, label_end(line, 0));
	if (gap) {
		draw_size(line, line->fold->hidden_bytes, ROLE_KIND_GAP);
		return;
	}
	draw_size(line, line->fold->mapped, ROLE_VALUE);
	draw_usage_amounts(line);
	draw_growth(line);
}

/* What the colour of the bar would be. */
static void draw_letter(const struct line *line)
{
	uint32_t letter = colour_mode_letter(line->role);

	if (letter && line->fold->mappings)
		canvas_put(line->canvas, line->columns->bar, line->at, letter,
			   line->match->dimmed ? ROLE_MUTED : line->role);
}

static void draw_line(const struct line *line)
{
	const struct picture_columns *columns = line->columns;

	if (line->cursor)
		canvas_put(line->canvas, columns->marker, line->at, line->scene->glyphs->marker,
			   ROLE_MARKER);
	if (line->named)
		draw_address(line, line->band->start, ROLE_ADDRESS);
	else
		draw_tick(line);
	if (line->band->count > 1)
		draw_fold(line);
	else
		draw_region(line);
	if (line->named && line->scene->letters)
		draw_letter(line);
	if (line->named)
		band_death_draw(line->canvas, line->scene, line->band, columns, line->at);
}

/* What is found out once for a band, whatever rows of it are on the screen. */
struct facts {
	struct fold fold;
	struct band_growth growth;
	struct band_usage usage;
	struct band_match match;
	enum kind kind; /* that it has the colour of */
	enum role role;
};

static void find_facts(const struct scene *scene, const struct band *band, struct facts *facts)
{
	band_growth_find(scene, band, &facts->growth);
	band_usage_find(scene, band, &facts->usage);
	band_folds_find(scene->folds, scene->space, scene->regions, band, &facts->fold);
	band_match_find(scene, band, &facts->match);
	facts->kind = facts->match.kept == KIND_COUNT ? facts->fold.kind : facts->match.kept;
	facts->role = colour_mode_band_role(scene, band, facts->kind);
}

/* Counts the lines that have the colour of each kind. */
static void draw_lines(struct canvas *canvas, const struct rect *inside, const struct scene *scene,
		       const struct picture_columns *columns, struct legend_lines *lines)
{
	const struct view *view = scene->view;
	const struct diagram *diagram = scene->diagram;
	uint64_t cursor_row = diagram_address_row(diagram, view->cursor);
	const struct band *previous = NULL;
	struct facts facts;

	for (int i = 0; i < inside->lines && view->top + (uint64_t)i < diagram->rows; i++) {
		uint64_t row = view_row_of_line(view, diagram, view->top + (uint64_t)i);
		const struct band *band = &diagram->bands[diagram_band_at_row(diagram, row)];
		/* Where the lowest row is below the screen, the last line carries the name. */
		bool last = i + 1 == inside->lines && !view->low_on_top;
		struct line line = {
			.canvas = canvas,
			.scene = scene,
			.columns = columns,
			.band = band,
			.fold = &facts.fold,
			.growth = &facts.growth,
			.usage = &facts.usage,
			.match = &facts.match,
			.row = row,
			.at = inside->line + i,
			.first = view->low_on_top ? row == band->row
						  : row == band->row + band->rows - 1,
			.named = row == band->row || last || (view->low_on_top && band != previous),
			.cursor = scene->cursor && row == cursor_row,
		};

		if (band != previous)
			find_facts(scene, band, &facts);
		line.role = facts.role;
		draw_line(&line);
		if (line.cursor)
			canvas_set_ground(canvas, inside->column, line.at, columns->line_columns, 1,
					  ROLE_CURSOR);
		if (!facts.match.dimmed)
			lines->of_kind[facts.kind]++;
		previous = band;
	}
}

void picture_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		  const struct scene *scene)
{
	struct rect inside = frame_inside(frame, rect);
	struct picture_columns columns;
	const struct usage *total = scene->usage ? &scene->usage->total : NULL;
	struct legend_lines lines = {0};

	picture_columns_lay(&columns, inside,
			    &(struct picture_wish){
				    .growth = scene->growth,
				    .rss = scene->growth || scene->usage,
				    .pss = total && total->pss != TARGET_UNKNOWN,
				    .swap = total && total->swap != TARGET_UNKNOWN && total->swap,
				    .minimap = scene->minimap,
			    });
	picture_edge_draw_pane(canvas, frame, rect, scene);
	draw_lines(canvas, &inside, scene, &columns, &lines);
	picture_edge_draw_guides(canvas, frame, rect, scene, &columns, &lines);
}
