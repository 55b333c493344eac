/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/inside/inside_level.h"

#include <stdlib.h>

#include "base/memory.h"
#include "inside/chunk_parts.h"
#include "layout/selection.h"
#include "model/kind.h"

/* Sections and symbols are to scale in units of this many bytes: the alignment of code and data. */
#define UNIT 16

/* Addresses of the kernel's half are no exception here. */
#define NO_END UINT64_MAX

void inside_level_init(struct inside_level *level, enum inside_grain grain, uint64_t start,
		       uint64_t end, const struct view *like)
{
	*level = (struct inside_level){
		.grain = grain,
		.named = grain,
		.view = {.scale = like->scale, .low_on_top = like->low_on_top}};
	inside_level_change(level, grain, start, end);
}

void inside_level_finish(struct inside_level *level)
{
	text_finish(&level->name);
	part_list_finish(&level->parts);
	region_list_finish(&level->regions);
	diagram_destroy(level->diagram);
	*level = (struct inside_level){0};
}

void inside_level_change(struct inside_level *level, enum inside_grain grain, uint64_t start,
			 uint64_t end)
{
	bool moved = level->diagram && level->view.cursor != level->home;

	if (!moved && (!level->diagram || level->grain != grain))
		level->home = level->view.cursor = level->view.low_on_top ? start : end - 1;
	if (level->grain != grain)
		level->named = grain;
	level->stale |= level->grain != grain || level->start != start || level->end != end ||
			!level->parts.count;
	level->grain = grain;
	level->start = start;
	level->end = end;
	level->view.windows[0].start = start;
	level->view.windows[0].end = end;
}

void inside_level_switch(struct inside_level *level)
{
	enum inside_grain named = level->named;

	inside_level_change(level, level->grain == INSIDE_PAGES ? named : INSIDE_PAGES,
			    level->start, level->end);
	level->named = named;
}

bool inside_level_is_switched(const struct inside_level *level)
{
	return level->grain == INSIDE_PAGES && level->named != INSIDE_PAGES;
}

/* Whether the parts are as many as there is room for, and others with another number of rows. */
static bool are_as_many_as_rows(const struct inside_level *level)
{
	return level->grain == INSIDE_PAGES || level->grain == INSIDE_CHUNKS;
}

/* Cells of chunks leave rows, so that heights can differ and large chunks stand alone. */
static void make_chunks(struct inside_level *level, const struct heap_usage *heap)
{
	chunk_parts_make(&level->parts, heap, level->start, level->end,
			 selection_budget(view_rows(&level->view)),
			 level->view.pinned ? &level->view.pin : NULL);
}

static void make_parts(struct inside_level *level, const struct inside_stuff *stuff)
{
	part_list_finish(&level->parts);
	switch (level->grain) {
	case INSIDE_SECTIONS:
		part_list_sections(&level->parts, &stuff->source, level->start, level->end);
		break;
	case INSIDE_SYMBOLS:
		part_list_symbols(&level->parts, &stuff->source, level->start, level->end);
		break;
	case INSIDE_CHUNKS: make_chunks(level, stuff->source.heap); break;
	case INSIDE_PAGES:
		part_list_pages(&level->parts, level->start, level->end, stuff->page_size,
				view_rows(&level->view));
		break;
	}
}

/*
 * Only what lies between sections is nothing: between symbols there is code and data without names.
 * To the layout, chunks are plain data: a heap would be a landmark, and equal pieces of anonymous
 * memory one fold.
 */
static uint8_t region_kind(const struct inside_level *level, const struct inside_part *part,
			   const struct inside_stuff *stuff)
{
	if (level->grain == INSIDE_CHUNKS)
		return KIND_DATA;
	if (part->kind != KIND_GAP)
		return part->kind;
	return part->type == PART_NAMELESS && level->grain == INSIDE_SECTIONS ? KIND_GAP
									      : stuff->kind;
}

static void make_regions(struct inside_level *level, const struct inside_stuff *stuff)
{
	const struct part_list *parts = &level->parts;

	region_list_finish(&level->regions);
	level->regions = (struct region_list){
		.regions = memory_resize(NULL, parts->count * sizeof(struct region)),
		.count = parts->count,
		.user_end = NO_END,
		.page_size = level->grain == INSIDE_PAGES ? stuff->page_size : UNIT,
	};
	/* The diagram has them, too. */
	region_list_adopt(&level->regions);
	for (size_t i = 0; i < parts->count; i++)
		level->regions.regions[i] = (struct region){
			.start = parts->parts[i].start,
			.end = parts->parts[i].end,
			.vma = (uint32_t)i,
			.kind = region_kind(level, &parts->parts[i], stuff),
			.owner = OWNER_OTHER,
		};
}

static void build_diagram(struct inside_level *level)
{
	const struct view *view = &level->view;
	struct diagram *before = level->diagram;

	level->diagram = diagram_build(&(struct diagram_request){
		.regions = &level->regions,
		.start = level->start,
		.end = level->end,
		.rows = view_rows(view),
		.scale = view->scale,
		.hint = before,
		.pin = view->pinned ? &view->pin : NULL,
	});
	diagram_destroy(before);
}

const struct band *inside_level_band(const struct inside_level *level)
{
	return view_band(&level->view, level->diagram);
}

static bool is_same_pin(const struct view *a, const struct view *b)
{
	return a->pinned == b->pinned && (!a->pinned || a->pin == b->pin);
}

/* Whether the diagram of one view is that of the other. */
static bool is_same(const struct view *a, const struct view *b)
{
	return view_rows(a) == view_rows(b) && a->scale == b->scale && is_same_pin(a, b);
}

void inside_level_lay(struct inside_level *level, const struct inside_stuff *stuff, uint64_t lines)
{
	struct view *view = &level->view;

	view->lines = lines;
	/* Pages fold evenly, so that each row says as much as the others. */
	if (are_as_many_as_rows(level) && view_rows(view) != view_rows(&level->laid))
		level->stale = true;
	if (level->grain == INSIDE_CHUNKS && !is_same_pin(view, &level->laid))
		level->stale = true;
	if (level->stale) {
		make_parts(level, stuff);
		make_regions(level, stuff);
	}
	if (level->stale || !level->diagram || !is_same(view, &level->laid))
		build_diagram(level);
	level->stale = false;
	level->laid = *view;
	/* A band is selected where its address and name stand. */
	if (view->cursor == level->home && !view->pinned)
		level->home = view->cursor = inside_level_band(level)->start;
	view_settle(view, level->diagram);
}

const struct inside_part *inside_level_part(const struct inside_level *level,
					    const struct band *band)
{
	return band->count == 1 ? &level->parts.parts[band->region] : NULL;
}
