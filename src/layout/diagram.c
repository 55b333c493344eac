/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "layout/diagram.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/search.h"
#include "layout/calm.h"
#include "layout/selection.h"
#include "layout/share.h"
#include "layout/weight.h"
#include "model/kind.h"

_Static_assert(KIND_COUNT <= SHARE_GROUPS, "every kind is a group that rows are shared in");

static const char *const scales[SCALE_COUNT] = {
	[SCALE_LOG] = "log",
	[SCALE_LINEAR] = "linear",
	[SCALE_EQUAL] = "equal",
};

const char *scale_name(enum scale scale)
{
	return scales[scale];
}

/* Copies count regions from the first one on, cut to the window. */
static void cut(struct diagram *diagram, const struct region_list *list, size_t first, size_t count)
{
	struct region *inside = memory_resize(NULL, count * sizeof(*inside));

	memcpy(inside, &list->regions[first], count * sizeof(*inside));
	inside[0].start = diagram->start;
	inside[count - 1].end = diagram->end;
	diagram->inside = (struct region_list){.regions = inside,
					       .count = count,
					       .user_end = list->user_end,
					       .page_size = list->page_size,
					       .filtered = list->filtered};
}

/* The regions of the window; returns the index of the first in the list. */
static uint32_t set_window(struct diagram *diagram, const struct diagram_request *request)
{
	const struct region_list *list = request->regions;
	uint64_t list_end = list->regions[list->count - 1].end;
	bool is_above = request->start >= list_end;
	size_t first, last;

	diagram->start = is_above ? list->regions[0].start : request->start;
	diagram->end = is_above || request->end > list_end ? list_end : request->end;
	first = region_list_find(list, diagram->start);
	last = region_list_find(list, diagram->end - 1);
	if (list->lists && diagram->start == list->regions[0].start && diagram->end == list_end)
		diagram->inside = region_list_share(list);
	else
		cut(diagram, list, first, last - first + 1);
	return (uint32_t)first;
}

static void choose(struct diagram *diagram, const struct diagram_request *request)
{
	const struct diagram *hint = request->hint;
	const uint64_t *pin = request->pin;
	const bool is_whole = diagram->inside.regions == request->regions->regions;
	struct selection before;
	size_t pinned = SELECTION_NO_PIN;

	if (pin && *pin >= diagram->start && *pin < diagram->end)
		pinned = region_list_find(&diagram->inside, *pin);
	diagram->choice = memory_resize(NULL, diagram->inside.count * sizeof(*diagram->choice));
	if (hint)
		before = (struct selection){&hint->inside, hint->choice, hint->rows};
	selection_choose(&diagram->inside, diagram->rows, hint ? &before : NULL,
			 is_whole ? request->found : NULL, pinned, diagram->choice);
}

/* A band from each border to the next. */
static void make_bands(struct diagram *diagram)
{
	const struct region *regions = diagram->inside.regions;
	size_t count = diagram->inside.count, capacity = 0;

	for (size_t i = 0, next; i < count; i = next) {
		for (next = i + 1; next < count && !(diagram->choice[next] & SELECTION_BORDER);
		     next++)
			;
		diagram->bands = memory_array_grow(diagram->bands, diagram->band_count, &capacity,
						   sizeof(*diagram->bands));
		diagram->bands[diagram->band_count++] = (struct band){
			.start = regions[i].start,
			.end = regions[next - 1].end,
			.region = (uint32_t)i,
			.count = (uint32_t)(next - i),
		};
	}
}

static uint64_t count_pages(const struct diagram *diagram, const struct band *band)
{
	const struct region *regions = &diagram->inside.regions[band->region];
	uint64_t pages = 0;

	if (band->count == 1)
		return region_pages(regions, &diagram->inside);
	for (size_t i = 0; i < band->count; i++)
		if (regions[i].kind != KIND_GAP)
			pages += region_pages(&regions[i], &diagram->inside);
	return pages;
}

/* What the bands weigh; fills the pages on the way. */
static struct share_item *weigh_bands(struct diagram *diagram)
{
	const struct region_list *inside = &diagram->inside;
	struct share_item *items = memory_alloc(diagram->band_count * sizeof(*items));

	diagram->pages = memory_resize(NULL, diagram->band_count * sizeof(*diagram->pages));
	for (size_t i = 0; i < diagram->band_count; i++) {
		const struct band *band = &diagram->bands[i];
		const struct region *first = &inside->regions[band->region];
		bool is_compared = band->count == 1 && !region_is_beyond(first, inside);

		diagram->pages[i] = count_pages(diagram, band);
		items[i].size = band->end - band->start;
		items[i].group = is_compared ? first->kind : SHARE_FREE;
		items[i].weight = band->count == 1 ? weight_of_region(first, inside, diagram->scale)
						   : weight_of_fold(first, band->count, inside,
								    diagram->scale);
	}
	return items;
}

/* The kind of a band of one region; KIND_COUNT for a fold. */
static unsigned band_kind(const struct diagram *diagram, size_t index, uint32_t first)
{
	const struct band *band = &diagram->bands[index];

	return band->count == 1 ? diagram->inside.regions[band->region - first].kind : KIND_COUNT;
}

/* Whether the bands are those of the hint, each at most grown or shrunk at one end. */
static bool has_same_bands(const struct diagram *diagram, const struct diagram *hint,
			   uint32_t hint_first)
{
	if (!hint || hint->rows != diagram->rows || hint->scale != diagram->scale ||
	    hint->band_count != diagram->band_count ||
	    hint->inside.user_end != diagram->inside.user_end ||
	    hint->inside.page_size != diagram->inside.page_size)
		return false;
	for (size_t i = 0; i < diagram->band_count; i++)
		if ((diagram->bands[i].start != hint->bands[i].start &&
		     diagram->bands[i].end != hint->bands[i].end) ||
		    band_kind(diagram, i, 0) != band_kind(hint, i, hint_first))
			return false;
	return true;
}

/* Starts from the rows of the hint; false when they are no help. */
static bool share_calmly(const struct diagram *diagram, const struct diagram *hint,
			 struct share_item *items, uint64_t *rows)
{
	uint64_t changed = 0;

	if (!has_same_bands(diagram, hint, hint ? hint->bands[0].region : 0))
		return false;
	for (size_t i = 0; i < diagram->band_count; i++) {
		uint64_t before = hint->pages[i], now = diagram->pages[i];

		items[i].before_rows = hint->bands[i].rows;
		items[i].before_size = hint->bands[i].end - hint->bands[i].start;
		changed += now > before ? now - before : before - now;
	}
	/* A page that a mapping gains, its gap loses: one change, not two. */
	return calm_rows(items, diagram->band_count, diagram->rows, (changed + 1) / 2, rows);
}

struct diagram *diagram_build(const struct diagram_request *request)
{
	struct diagram *diagram = memory_alloc(sizeof(*diagram));
	struct share_item *items;
	uint64_t *rows, row = 0;
	uint32_t first;

	diagram->rows = request->rows;
	diagram->scale = request->scale;
	first = set_window(diagram, request);
	choose(diagram, request);
	make_bands(diagram);
	items = weigh_bands(diagram);
	rows = memory_resize(NULL, diagram->band_count * sizeof(*rows));
	if (!share_calmly(diagram, request->hint, items, rows))
		share_rows(items, diagram->band_count, diagram->rows, rows);
	for (size_t i = 0; i < diagram->band_count; i++) {
		diagram->bands[i].row = row;
		diagram->bands[i].rows = rows[i];
		diagram->bands[i].region += first;
		row += rows[i];
	}
	free(rows);
	free(items);
	return diagram;
}

struct diagram *diagram_share(struct diagram *diagram)
{
	atomic_fetch_add(&diagram->others, 1);
	return diagram;
}

void diagram_destroy(struct diagram *diagram)
{
	if (!diagram || atomic_fetch_sub(&diagram->others, 1) > 0)
		return;
	region_list_finish(&diagram->inside);
	free(diagram->choice);
	free(diagram->bands);
	free(diagram->pages);
	free(diagram);
}

size_t diagram_band_at_row(const struct diagram *diagram, uint64_t row)
{
	size_t above = SEARCH_ABOVE(diagram->bands, diagram->band_count, row, row);

	return above ? above - 1 : 0;
}

size_t diagram_band_at_address(const struct diagram *diagram, uint64_t address)
{
	size_t above = SEARCH_ABOVE(diagram->bands, diagram->band_count, start, address);

	return above ? above - 1 : 0;
}

/* Where row number index of the band begins; index may be band->rows: its end. */
static uint64_t row_start(const struct band *band, uint64_t index)
{
	uint64_t size = band->end - band->start;

	return band->start + (uint64_t)((unsigned __int128)size * index / band->rows);
}

struct band diagram_band_of(const struct region_list *list, uint64_t start, uint64_t end)
{
	const size_t first = region_list_find(list, start), last = region_list_find(list, end - 1);

	return (struct band){.start = list->regions[first].start,
			     .end = list->regions[last].end,
			     .rows = 1,
			     .region = (uint32_t)first,
			     .count = (uint32_t)(last - first + 1)};
}

void diagram_row_range(const struct diagram *diagram, uint64_t row, uint64_t *ret_start,
		       uint64_t *ret_end)
{
	const struct band *band = &diagram->bands[diagram_band_at_row(diagram, row)];

	*ret_start = row_start(band, row - band->row);
	*ret_end = row_start(band, row - band->row + 1);
}

/*
 * Row r begins at floor(size * r / rows), so the last row that begins at or below the offset is
 * the greatest r with size * r < (offset + 1) * rows.
 */
uint64_t diagram_address_row(const struct diagram *diagram, uint64_t address)
{
	const struct band *band = &diagram->bands[diagram_band_at_address(diagram, address)];
	unsigned __int128 reach;

	if (address < band->start)
		return band->row;
	if (address >= band->end)
		return band->row + band->rows - 1;
	reach = (unsigned __int128)(address - band->start + 1) * band->rows;
	return band->row + (uint64_t)((reach - 1) / (band->end - band->start));
}
