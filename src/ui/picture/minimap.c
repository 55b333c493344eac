/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/minimap.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "screen/canvas.h"
#include "ui/find.h"
#include "ui/picture/band_folds.h"
#include "ui/scene.h"

void minimap_finish(struct minimap *minimap)
{
	free(minimap->lines);
	diagram_destroy(minimap->whole);
	*minimap = (struct minimap){0};
}

static bool shows_whole(const struct view *view)
{
	return view->depth == 0 && view_window(view)->zoom == 0;
}

static bool is_current(const struct minimap *minimap, const struct minimap_source *source)
{
	const struct view *view = source->view;

	return minimap->current && minimap->whole && !shows_whole(view) &&
	       minimap->low_on_top == view->low_on_top && minimap->count == view->lines &&
	       minimap->whole->scale == view->scale;
}

/* A line for each row of the diagram of the whole. Each band is looked through once. */
static void make_lines(struct minimap *minimap, const struct minimap_source *source,
		       const struct diagram *whole)
{
	free(minimap->lines);
	minimap->count = (size_t)whole->rows;
	minimap->lines = memory_alloc(minimap->count * sizeof(*minimap->lines));
	for (size_t i = 0; i < whole->band_count; i++) {
		const struct band *band = &whole->bands[i];
		struct fold fold;

		band_folds_find(source->folds, source->space, source->regions, band, &fold);
		for (uint64_t row = band->row; row < band->row + band->rows; row++) {
			struct minimap_line *line =
				&minimap->lines[view_line_of_row(source->view, whole, row)];

			diagram_row_range(whole, row, &line->start, &line->end);
			line->kind = fold.kind;
		}
	}
}

void minimap_update(struct minimap *minimap, const struct minimap_source *source)
{
	const struct view *view = source->view;
	struct diagram *whole = NULL;

	if (is_current(minimap, source))
		return;
	if (!shows_whole(view))
		whole = diagram_build(&(struct diagram_request){
			.regions = source->regions,
			.found = source->found,
			.start = view->windows[0].start,
			.end = view->windows[0].end,
			.rows = view->lines,
			.scale = view->scale,
			.hint = minimap->whole ? minimap->whole : source->before,
		});
	make_lines(minimap, source, whole ? whole : source->diagram);
	diagram_destroy(minimap->whole);
	minimap->whole = whole;
	minimap->current = true;
	minimap->low_on_top = view->low_on_top;
}

uint64_t minimap_address_at(const struct minimap *minimap, int line)
{
	size_t index = line < 0 ? 0 : (size_t)line;

	if (minimap->count == 0)
		return 0;
	return minimap->lines[index < minimap->count ? index : minimap->count - 1].start;
}

/* kinds: those that a filter keeps, bit 1 << kind; all without one. */
static void draw_cell(struct canvas *canvas, struct rect rect, const struct scene *scene, int line,
		      bool shown, uint32_t kinds)
{
	const struct glyphs *glyphs = scene->glyphs;
	enum kind kind = (enum kind)scene->minimap->lines[line].kind;
	bool dimmed = kind != KIND_GAP && !(kinds & UINT32_C(1) << kind);

	canvas_put(canvas, rect.column + 1, rect.line + line,
		   kind == KIND_GAP ? glyphs->gap
		   : shown          ? glyphs->bar
				    : glyphs->absent,
		   dimmed ? ROLE_MUTED : ROLE_KIND_TEXT + kind);
}

static void draw_bracket(struct canvas *canvas, struct rect rect, const struct glyphs *glyphs,
			 int line, bool above, bool below)
{
	uint32_t glyph = above && below ? glyphs->window
			 : above        ? glyphs->window_bottom
			 : below        ? glyphs->window_top
					: glyphs->window_only;

	canvas_put(canvas, rect.column, rect.line + line, glyph, ROLE_SCROLL);
}

/* Addresses that the picture shows. */
struct range {
	uint64_t start, end;
};

/* Whether the picture shows a part of what the line stands for. */
static bool is_shown(const struct minimap *minimap, int line, const struct range *range)
{
	if (line < 0 || (size_t)line >= minimap->count)
		return false;
	return minimap->lines[line].start < range->end && minimap->lines[line].end > range->start;
}

void minimap_draw(struct canvas *canvas, struct rect rect, const struct scene *scene)
{
	const struct minimap *minimap = scene->minimap;
	int lines = (size_t)rect.lines < minimap->count ? rect.lines : (int)minimap->count;
	bool filtered = find_filtered(scene->find) != NULL;
	uint32_t kinds = filtered ? find_filtered_kinds(scene->find, scene->space) : UINT32_MAX;
	struct range range;

	view_visible(scene->view, scene->diagram, &range.start, &range.end);
	for (int i = 0; i < lines; i++) {
		bool shown = is_shown(minimap, i, &range);

		draw_cell(canvas, rect, scene, i, shown, kinds);
		/* Of the whole there is nothing to point out. */
		if (shown && minimap->whole)
			draw_bracket(canvas, rect, scene->glyphs, i,
				     is_shown(minimap, i - 1, &range),
				     is_shown(minimap, i + 1, &range));
	}
}
