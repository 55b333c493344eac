/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/inside/inside_wants.h"

#include <string.h>

#include "inside/heap_usage.h"
#include "inside/inside_object.h"
#include "inside/memory_reader.h"
#include "model/address_space.h"
#include "ui/arrange.h"
#include "ui/inside/inside_pane.h"
#include "ui/text/needle_words.h"
#include "ui/ui.h"

/* What the pane shows; NULL: nothing. */
static struct inside *shown(const struct ui *ui)
{
	struct inside_pane *self = (struct inside_pane *)arrange_pane(ui, &inside_pane);

	if (!ui->shown.space || !arrange_is_open(ui, &inside_pane) || self->inside.gone)
		return NULL;
	return &self->inside;
}

/* A runtime names its code while it makes it. */
static bool is_growing(const struct inside *inside)
{
	const struct inside_object *object = inside->stuff.source.object;

	return object && object->source == INSIDE_SOURCE_PERF_MAP;
}

bool inside_wants_object(const struct ui *ui, size_t *ret_vma)
{
	const struct inside *inside = shown(ui);
	size_t index;

	if (!inside || (inside->told && !is_growing(inside)))
		return false;
	index = address_space_find(ui->shown.space, inside->place.start);
	if (index == ui->shown.space->vma_count)
		return false;
	*ret_vma = index;
	return true;
}

void inside_wants_take_object(struct ui *ui, uint64_t address, const struct inside_found *found)
{
	struct inside *inside = shown(ui);

	if (!inside || address < inside->place.start || address >= inside->place.end) {
		inside_object_unref(found->object);
		return;
	}
	if (inside->told && inside->stuff.source.object == found->object) {
		inside_object_unref(found->object);
		return;
	}
	inside_take_object(inside, found);
	ui_want(ui, UI_LAYOUT | UI_DRAW);
}

/* Memory is looked at as it is now: a past moment, and a process that has ended, have none. */
static bool is_now(const struct ui *ui)
{
	return !ui->shown.paused && !ui->shown.ended;
}

bool inside_wants_heap(const struct ui *ui)
{
	const struct inside *inside = is_now(ui) ? shown(ui) : NULL;

	return inside && arrange_is_seen(ui, &inside_pane) && inside_may_have_chunks(inside);
}

bool inside_wants_has_heap(const struct ui *ui)
{
	const struct inside *inside = shown(ui);

	return inside && inside_has_chunks(inside);
}

void inside_wants_take_heap(struct ui *ui)
{
	struct inside *inside = shown(ui);

	if (!inside)
		return;
	/* What was found of now says nothing of a past moment. */
	inside_use_heap(inside, shown_heap(&ui->shown), shown_is_newest(&ui->shown));
	ui_want(ui, UI_LAYOUT | UI_DRAW);
}

bool inside_wants_bytes(const struct ui *ui, uint64_t *ret_address, size_t *ret_size)
{
	const struct inside *inside = is_now(ui) ? shown(ui) : NULL;
	const struct inside_level *level = inside ? inside_level_const(inside) : NULL;
	const struct heap_piece *piece;
	uint64_t address;

	if (!level || !level->diagram || !arrange_is_seen(ui, &inside_pane))
		return false;
	piece = inside_chunk(inside, needle_words_word(ui->shown.space), &address);
	if (!piece || piece->use == HEAP_USE_TOP)
		return false;
	*ret_address = address;
	*ret_size = piece->end - address < CHUNK_FIRST_MAX ? (size_t)(piece->end - address)
							   : CHUNK_FIRST_MAX;
	return true;
}

void inside_wants_take_bytes(struct ui *ui, uint64_t address, const uint8_t *bytes, size_t size,
			     const uint8_t *absent, uint64_t page_size)
{
	struct inside *inside = shown(ui);
	uint64_t wanted;
	size_t wanted_size;

	if (!inside || !inside_wants_bytes(ui, &wanted, &wanted_size) || wanted != address ||
	    size < wanted_size)
		return;
	inside->first = (struct chunk_first){.address = address, .size = wanted_size};
	/* Of two pages, both have to be there. */
	inside->first.absent = memory_reader_is_absent(absent, address, 0, page_size) ||
			       memory_reader_is_absent(absent, address, wanted_size - 1, page_size);
	memcpy(inside->first.bytes, bytes, wanted_size);
	ui_want(ui, UI_DRAW);
}

/* Whether the kernel tells of its pages: not of what has none of its own, as a device's memory. */
static bool has_pages(const struct vma *vma)
{
	return vma->kind != KIND_DEVICE && vma->kind != KIND_VVAR && vma->kind != KIND_VSYSCALL;
}

bool inside_wants_pages(const struct ui *ui, struct inside_range *ret_range)
{
	const struct inside *inside = is_now(ui) ? shown(ui) : NULL;
	const struct inside_level *level = inside ? inside_level_const(inside) : NULL;
	const struct vma *vma = inside ? inside_mapping(inside, ui->shown.space) : NULL;
	uint64_t start, end, size;

	if (!vma || !level || !level->diagram || !has_pages(vma))
		return false;
	size = inside->stuff.page_size;
	view_visible(&level->view, level->diagram, &start, &end);
	start = start / size * size;
	end = (end - 1) / size * size + size;
	*ret_range = (struct inside_range){
		.start = start > vma->start ? start : vma->start,
		.end = end < vma->end ? end : vma->end,
		.page_size = size,
		.anonymous = !vma_has_file(vma) && !(vma->perms & PERM_SHARED),
	};
	return ret_range->start < ret_range->end;
}

void inside_wants_take_pages(struct ui *ui, const struct page_pieces *pieces, int error)
{
	struct inside *inside = is_now(ui) ? shown(ui) : NULL;

	if (!inside)
		return;
	inside->pieces = *pieces;
	inside->pieces_error = error;
	ui_tell_news(ui, PANE_NEWS_USAGE);
}
