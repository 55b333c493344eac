/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/inside/inside.h"

#include <string.h>

#include "inside/heap_usage.h"
#include "inside/inside_object.h"
#include "model/address_space.h"
#include "ui/text/part_words.h"

struct inside_level *inside_level(struct inside *inside)
{
	return inside->depth ? &inside->levels[inside->depth - 1] : NULL;
}

const struct inside_level *inside_level_const(const struct inside *inside)
{
	return inside->depth ? &inside->levels[inside->depth - 1] : NULL;
}

static uint64_t origin_of(const struct vma *vma)
{
	return vma_has_file(vma) ? vma->start - vma->offset : 0;
}

static void set_place(struct inside *inside, const struct vma *vma)
{
	inside->place = (struct inside_place){.start = vma->start,
					      .end = vma->end,
					      .origin = origin_of(vma),
					      .inode = vma->inode,
					      .dev_major = vma->dev_major,
					      .dev_minor = vma->dev_minor};
}

void inside_start(struct inside *inside, const struct vma *vma, uint64_t page_size,
		  const struct view *like)
{
	inside_finish(inside);
	set_place(inside, vma);
	inside->stuff.page_size = page_size;
	inside->stuff.kind = vma->kind;
	inside->depth = 1;
	inside_level_init(&inside->levels[0], INSIDE_PAGES, vma->start, vma->end, like);
}

void inside_finish(struct inside *inside)
{
	while (inside->depth)
		inside_level_finish(&inside->levels[--inside->depth]);
	inside_object_unref((struct inside_object *)inside->stuff.source.object);
	*inside = (struct inside){0};
}

const struct vma *inside_mapping(const struct inside *inside, const struct address_space *space)
{
	const struct inside_place *place = &inside->place;
	const struct vma *vma = NULL;

	if (place->start < place->end)
		vma = address_space_at(space, place->start);
	/* A stack keeps its upper end. */
	if (!vma && place->start < place->end)
		vma = address_space_at(space, place->end - 1);
	if (!vma || origin_of(vma) != place->origin || vma->inode != place->inode ||
	    vma->dev_major != place->dev_major || vma->dev_minor != place->dev_minor)
		return NULL;
	return vma;
}

/* Levels of what is no longer mapped end; the first one is of all there is. */
static void cut_levels(struct inside *inside)
{
	struct inside_level *first = &inside->levels[0];

	for (size_t i = 1; i < inside->depth; i++)
		if (inside->levels[i].start < inside->place.start ||
		    inside->levels[i].end > inside->place.end)
			while (inside->depth > i)
				inside_level_finish(&inside->levels[--inside->depth]);
	inside_level_change(first, first->grain, inside->place.start, inside->place.end);
}

void inside_follow(struct inside *inside, const struct address_space *space)
{
	const struct vma *vma = inside_mapping(inside, space);

	inside->gone = inside->depth && !vma;
	if (!inside->depth || !vma)
		return;
	set_place(inside, vma);
	inside->stuff.kind = vma->kind;
	cut_levels(inside);
}

/* As what the range is shown at first: by the largest named parts that it has. */
static enum inside_grain choose_grain(const struct inside *inside, uint64_t start, uint64_t end)
{
	const struct part_source *source = &inside->stuff.source;
	const struct inside_object *object = source->object;
	const struct section_list *sections;
	const struct symbol_list *symbols;
	size_t index;

	if (source->heap)
		return heap_usage_covers(source->heap, start, end) ? INSIDE_CHUNKS : INSIDE_PAGES;
	if (!object)
		return INSIDE_PAGES;
	sections = &object->sections;
	index = section_list_from(sections, start - source->bias);
	if (index < sections->count && sections->sections[index].start + source->bias < end)
		return INSIDE_SECTIONS;
	symbols = &object->symbols;
	index = symbol_list_from(symbols, start - source->bias);
	if (index < symbols->symbol_count && symbols->symbols[index].start + source->bias < end)
		return INSIDE_SYMBOLS;
	return INSIDE_PAGES;
}

static bool has_symbols(const struct inside *inside, uint64_t start, uint64_t end)
{
	const struct part_source *source = &inside->stuff.source;
	const struct symbol_list *symbols;
	size_t index;

	if (!source->object)
		return false;
	symbols = &source->object->symbols;
	index = symbol_list_from(symbols, start - source->bias);
	return index < symbols->symbol_count && symbols->symbols[index].start + source->bias < end;
}

void inside_take_object(struct inside *inside, const struct inside_found *found)
{
	struct inside_level *first = &inside->levels[0];

	/* Sections say more than the chunks in what a program left over of its data, as musl's. */
	if (found->object)
		inside_use_heap(inside, NULL, false);
	inside_object_unref((struct inside_object *)inside->stuff.source.object);
	inside->stuff.source.object = found->object;
	inside->stuff.source.bias = found->bias;
	inside->told = true;
	inside->why = found->why;
	if (!inside->depth)
		return;
	/* What lies deeper may be named otherwise now. */
	for (size_t i = 1; i < inside->depth; i++)
		inside->levels[i].stale |= inside->levels[i].grain != INSIDE_PAGES;
	if (!inside_level_is_switched(first))
		inside_level_change(first, choose_grain(inside, first->start, first->end),
				    first->start, first->end);
	first->stale = true;
	if (inside->wishes)
		inside_show(inside, inside->wish);
}

bool inside_has_chunks(const struct inside *inside)
{
	return inside->depth && inside->levels[0].named == INSIDE_CHUNKS;
}

/* Memory of others is walked once, to find out whether a chunk has it as a mapping of its own. */
bool inside_may_have_chunks(const struct inside *inside)
{
	if (inside->place.inode || inside->place.origin)
		return false;
	if (inside->stuff.kind == KIND_ANON)
		return !inside->heap_told || inside_has_chunks(inside);
	return inside->stuff.kind == KIND_HEAP || inside->stuff.kind == KIND_ARENA;
}

void inside_use_heap(struct inside *inside, const struct heap_usage *heap, bool renewed)
{
	/* One that is no longer shown is going to be walked again. */
	if (renewed || (!heap && inside->stuff.source.heap))
		inside->heap_told = renewed;
	if (heap && (inside->stuff.source.object ||
		     !heap_usage_covers(heap, inside->place.start, inside->place.end)))
		heap = NULL;
	inside->stuff.source.heap = heap;
	for (size_t i = 0; i < inside->depth; i++) {
		struct inside_level *level = &inside->levels[i];
		enum inside_grain grain = choose_grain(inside, level->start, level->end);

		if (level->named == INSIDE_CHUNKS ? grain != INSIDE_CHUNKS
						  : i == 0 && grain == INSIDE_CHUNKS) {
			inside_level_change(level, grain, level->start, level->end);
			level->named = grain;
		}
		level->stale |= level->grain == INSIDE_CHUNKS && renewed;
	}
	if (renewed && inside->wishes)
		inside_show(inside, inside->wish);
}

void inside_lay(struct inside *inside, uint64_t lines)
{
	struct inside_level *level = inside_level(inside);

	if (level)
		inside_level_lay(level, &inside->stuff, lines);
}

/* The range under the cursor, and as what going in shows it. */
struct next {
	uint64_t start, end;
	enum inside_grain grain;
	const struct inside_part *part; /* NULL: several */
};

static bool is_one_page(const struct inside *inside, uint64_t start, uint64_t end)
{
	return (end - 1) / inside->stuff.page_size == start / inside->stuff.page_size;
}

static struct next find_next(const struct inside *inside)
{
	const struct inside_level *level = inside_level_const(inside);
	const struct band *band = inside_level_band(level);
	const struct inside_part *part = inside_level_part(level, band);
	struct next next = {band->start, band->end, level->grain, part};

	if (part && (part->type == PART_CHUNKS || part->type == PART_SYMBOLS))
		return next;
	if (part && part->type == PART_SECTION && has_symbols(inside, next.start, next.end))
		next.grain = INSIDE_SYMBOLS;
	else if (part)
		next.grain = INSIDE_PAGES;
	return next;
}

/* Of what is no chunk, or is not known to be one, there are only pages. */
static bool is_chunk(enum heap_use use)
{
	return use != HEAP_USE_UNKNOWN && use != HEAP_USE_OTHER;
}

const struct heap_piece *inside_chunk(const struct inside *inside, unsigned word,
				      uint64_t *ret_data)
{
	const struct inside_level *level = inside_level_const(inside);
	const struct inside_part *part = inside_level_part(level, inside_level_band(level));
	const struct heap_usage *heap = inside->stuff.source.heap;
	const struct heap_piece *piece;
	size_t index;

	if (!heap || !part || part->type != PART_CHUNK || !is_chunk((enum heap_use)part->index))
		return NULL;
	index = heap_usage_find(heap, part->start);
	piece = &heap->pieces[index];
	if (index == heap->piece_count || piece->start > part->start)
		return NULL;
	*ret_data = heap_usage_data(heap, piece, word);
	return *ret_data < piece->end ? piece : NULL;
}

enum inside_step inside_step_in(const struct inside *inside)
{
	const struct inside_level *level = inside_level_const(inside);
	struct next next = find_next(inside);

	if (next.part && next.part->type == PART_CHUNK && is_chunk((enum heap_use)next.part->index))
		return INSIDE_STEP_BYTES;
	if (next.grain == INSIDE_PAGES && is_one_page(inside, next.start, next.end))
		return INSIDE_STEP_BYTES;
	if (inside->depth == INSIDE_LEVELS)
		return INSIDE_STEP_NONE;
	if (next.grain == level->grain && next.start == level->start && next.end == level->end)
		return INSIDE_STEP_NONE;
	return INSIDE_STEP_IN;
}

static void append_next_name(struct text *name, const struct inside *inside,
			     const struct next *next)
{
	const struct inside_level *level = inside_level_const(inside);
	const struct band *band = inside_level_band(level);
	const struct part_source *source = &inside->stuff.source;

	if (next->part)
		part_words_append(name, next->part, source, inside->stuff.page_size,
				  level->grain == INSIDE_SYMBOLS);
	else
		part_words_append_count(name, &level->parts.parts[band->region], band->count,
					source);
}

void inside_enter(struct inside *inside)
{
	struct next next = find_next(inside);
	struct text name = {0};
	struct inside_level *level;

	if (inside_step_in(inside) != INSIDE_STEP_IN)
		return;
	append_next_name(&name, inside, &next);
	level = &inside->levels[inside->depth];
	inside_level_init(level, next.grain, next.start, next.end, &level[-1].view);
	level->name = name;
	/* A variable is read from its beginning. */
	if (next.part && next.part->type == PART_SYMBOL)
		level->home = level->view.cursor = next.start;
	inside->depth++;
}

bool inside_out(struct inside *inside)
{
	if (inside->depth < 2)
		return false;
	inside_level_finish(&inside->levels[--inside->depth]);
	return true;
}

/* The cursor goes there; what is there has a band of its own. */
static void point_at(struct inside_level *level, uint64_t address)
{
	level->view.cursor = level->view.pin = address;
	level->view.pinned = level->grain != INSIDE_PAGES;
	level->view.cursor_at = level->view.lines / 2;
}

/* Goes from a level of sections into the one at the address, if symbols are in it. */
static void go_into_section(struct inside *inside, uint64_t address)
{
	const struct inside_level *level = inside_level_const(inside);
	struct part_list sections;
	const struct inside_part *part;

	part_list_sections(&sections, &inside->stuff.source, level->start, level->end);
	part = part_list_at(&sections, address);
	if (part->type == PART_SECTION && has_symbols(inside, part->start, part->end)) {
		struct inside_level *next = &inside->levels[inside->depth++];

		inside_level_init(next, INSIDE_SYMBOLS, part->start, part->end, &level->view);
		part_words_append(&next->name, part, &inside->stuff.source, inside->stuff.page_size,
				  false);
	}
	part_list_finish(&sections);
}

void inside_show(struct inside *inside, uint64_t address)
{
	inside->wish = address;
	inside->wishes = !inside->told || (!inside->heap_told && inside_may_have_chunks(inside));
	while (inside->depth > 1 &&
	       (address < inside_level(inside)->start || address >= inside_level(inside)->end ||
		inside_level(inside)->grain == INSIDE_PAGES))
		inside_out(inside);
	if (!inside->depth || address < inside->place.start || address >= inside->place.end)
		return;
	point_at(inside_level(inside), address);
	if (inside_level(inside)->grain != INSIDE_SECTIONS || inside->depth == INSIDE_LEVELS)
		return;
	go_into_section(inside, address);
	point_at(inside_level(inside), address);
}

struct page_sums inside_pages(const struct inside *inside, uint64_t start, uint64_t end)
{
	uint64_t size = inside->stuff.page_size;

	return page_pieces_between(&inside->pieces, start / size * size,
				   (end - 1) / size * size + size);
}
