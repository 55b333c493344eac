/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/musl_groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "inside/heap_memory.h"
#include "inside/memory_window.h"
#include "inside/musl_context.h"

/* Pages held of meta areas, and while groups are gone through in ascending order. */
#define AREA_PAGES  1
#define GROUP_PAGES 64

/* The sizes of slots in units, four steps to each doubling (musl, mallocng/malloc.c). */
static const uint16_t classes[] = {
	1,    2,    3,    4,    5,    6,    7,    8,    /* to 128 bytes */
	9,    10,   12,   15,                           /* to 240 */
	18,   20,   25,   31,                           /* and so on */
	36,   42,   50,   63,   72,   84,   102,  127,  /**/
	146,  170,  204,  255,  292,  340,  409,  511,  /**/
	584,  682,  818,  1023, 1169, 1364, 1637, 2047, /**/
	2340, 2730, 3276, 4095, 4680, 5460, 6552, 8191, /* to 131056 */
};

#define CLASS_COUNT  (sizeof(classes) / sizeof(classes[0]))
#define CLASS_SINGLE 63u

/* The last word of a meta: bits from the lowest one up. */
#define LAST_SLOT_BITS 5
#define FREEABLE_BITS  1
#define CLASS_BITS     6
#define PAGES_SHIFT    (LAST_SLOT_BITS + FREEABLE_BITS + CLASS_BITS)
#define PAGE_UNIT      UINT64_C(4096)

/* More pages than that are in no address space. */
#define PAGES_MAX (UINT64_C(1) << 40)

/* Where in the bytes of an area, and of a meta, each thing stands. */
struct shape {
	unsigned word;
	size_t next, count, metas;                       /* of an area */
	size_t memory, free_now, free_later, bits, size; /* of a meta */
};

static struct shape shape_of(unsigned word)
{
	return (struct shape){
		.word = word,
		.next = 8,
		.count = 8 + word,
		.metas = 8 + 2 * (size_t)word,
		.memory = 2 * (size_t)word,
		.free_now = 3 * (size_t)word,
		.free_later = 3 * (size_t)word + 4,
		.bits = 3 * (size_t)word + 8,
		.size = 4 * (size_t)word + 8,
	};
}

static uint64_t word_at(const struct shape *shape, const uint8_t *bytes)
{
	uint64_t word = 0;
	uint32_t half;

	if (shape->word == sizeof(word))
		memcpy(&word, bytes, sizeof(word));
	else {
		memcpy(&half, bytes, sizeof(half));
		word = half;
	}
	return word;
}

static uint32_t half_at(const uint8_t *bytes)
{
	uint32_t half;

	memcpy(&half, bytes, sizeof(half));
	return half;
}

uint64_t musl_group_slot(const struct musl_group *group, unsigned slot)
{
	return group->start + MUSL_UNIT + slot * group->stride;
}

/* What a meta says of its group; false when it has none, or says what cannot be. */
static bool read_meta(const struct shape *shape, const uint8_t *bytes, struct musl_group *group)
{
	uint64_t bits = word_at(shape, bytes + shape->bits), pages = bits >> PAGES_SHIFT;
	unsigned class = bits >> (LAST_SLOT_BITS + FREEABLE_BITS) & ((1u << CLASS_BITS) - 1);
	uint32_t now = half_at(bytes + shape->free_now), later = half_at(bytes + shape->free_later);

	group->start = word_at(shape, bytes + shape->memory);
	group->slots = (unsigned)(bits & ((1u << LAST_SLOT_BITS) - 1)) + 1;
	group->is_single = class == CLASS_SINGLE;
	if (!group->start || group->start % MUSL_UNIT || pages >= PAGES_MAX ||
	    (class >= CLASS_COUNT && (!group->is_single || !pages || group->slots > 1)))
		return false;
	/* One slot takes all of its pages. */
	group->stride = group->slots == 1 && pages ? pages * PAGE_UNIT - MUSL_UNIT
						   : (uint64_t)classes[class] * MUSL_UNIT;
	group->end =
		pages ? group->start + pages * PAGE_UNIT : musl_group_slot(group, group->slots);
	group->free = now | later;
	group->is_sure = !(now & later) && (uint64_t)group->free >> group->slots == 0 &&
			 musl_group_slot(group, group->slots) <= group->end;
	/* A group that is torn is one if it has pages of its own. */
	return group->end > group->start && (group->is_sure || pages);
}

static void add(struct musl_groups *groups, const struct musl_group *group)
{
	groups->groups = memory_array_grow(groups->groups, groups->count, &groups->capacity,
					   sizeof(*groups->groups));
	groups->groups[groups->count++] = *group;
}

/* Adds the groups of an area; returns the next one, 0: there is none. */
static uint64_t read_area(struct musl_groups *groups, const struct shape *shape, uint64_t area,
			  const uint8_t *bytes)
{
	size_t count = half_at(bytes + shape->count);
	size_t most = (MUSL_AREA_SIZE - shape->metas) / shape->size;

	for (size_t i = 0; i < count && i < most; i++) {
		size_t at = shape->metas + i * shape->size;
		struct musl_group group = {.meta = area + at};

		if (read_meta(shape, bytes + at, &group))
			add(groups, &group);
	}
	return word_at(shape, bytes + shape->next);
}

static int compare_addresses(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* A list that leads back to itself has some of them more than once. */
static void sort_areas(struct musl_groups *groups)
{
	size_t kept = 0;

	if (groups->area_count)
		qsort(groups->areas, groups->area_count, sizeof(*groups->areas), compare_addresses);
	for (size_t i = 0; i < groups->area_count; i++)
		if (!kept || groups->areas[kept - 1] != groups->areas[i])
			groups->areas[kept++] = groups->areas[i];
	groups->area_count = kept;
}

/*
 * Goes through the list of areas. One that leads back to itself ends once it has come round: of
 * the areas gone through, one is remembered that is further on each time the way has doubled
 * (Brent).
 */
static void read_areas(struct musl_groups *groups, const struct heap_memory *memory,
		       const struct musl_context *context)
{
	const struct shape shape = shape_of(memory->word);
	uint8_t bytes[MUSL_AREA_SIZE];
	struct memory_window window;
	uint64_t area = context->areas, remembered = 0, check;

	memory_window_init(&window, memory->reader, memory->word, AREA_PAGES);
	while (area && area != remembered && groups->area_count < MUSL_AREAS_MAX) {
		if (area % MUSL_AREA_SIZE ||
		    !memory_window_read(&window, area, bytes, sizeof(bytes)))
			break;
		memcpy(&check, bytes, sizeof(check));
		if (check != context->secret)
			break;
		groups->areas = memory_array_grow(groups->areas, groups->area_count,
						  &groups->area_capacity, sizeof(*groups->areas));
		groups->areas[groups->area_count++] = area;
		if ((groups->area_count & (groups->area_count - 1)) == 0)
			remembered = area;
		area = read_area(groups, &shape, area, bytes);
	}
	groups->complete = !area;
	sort_areas(groups);
	memory_window_finish(&window);
}

static int compare(const void *a, const void *b)
{
	const struct musl_group *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (x->end < y->end) - (x->end > y->end);
}

/* Whether the group is its meta's: it points back. */
static bool check_back(struct memory_window *window, const struct heap_memory *memory,
		       struct musl_group *group)
{
	uint64_t back;
	bool known = memory_window_word(window, group->start, &back);

	if (known && back != group->meta)
		return false;
	group->is_sure &= known && heap_ranges_find(&memory->writable, group->start,
						    group->end - group->start);
	return true;
}

/* The slot of the group that holds all of the other one; -1: none does. */
static int find_slot(const struct musl_group *group, const struct musl_group *other)
{
	uint64_t first = musl_group_slot(group, 0), slot;

	if (!group->is_sure || other->start < first)
		return -1;
	slot = (other->start - first) / group->stride;
	if (slot >= group->slots || other->end > musl_group_slot(group, (unsigned)slot + 1) ||
	    (group->free >> slot & 1))
		return -1;
	return (int)slot;
}

#define NONE SIZE_MAX

/* Keeps what can all be true together. */
static void arrange(struct musl_groups *groups, const struct heap_memory *memory)
{
	struct memory_window window;
	size_t kept = 0, outer = NONE;

	memory_window_init(&window, memory->reader, memory->word, GROUP_PAGES);
	for (size_t i = 0; i < groups->count; i++) {
		struct musl_group group = groups->groups[i];
		int slot;

		if (!check_back(&window, memory, &group))
			continue;
		while (outer != NONE && groups->groups[outer].end <= group.start)
			outer = groups->groups[outer].outer;
		group.outer = outer;
		if (outer != NONE) {
			slot = find_slot(&groups->groups[outer], &group);
			if (slot < 0)
				continue;
			groups->groups[outer].holds |= UINT32_C(1) << slot;
			group.is_inner = true;
		}
		groups->groups[kept] = group;
		outer = kept++;
	}
	groups->count = kept;
	memory_window_finish(&window);
}

void musl_groups_init(struct musl_groups *groups, const struct heap_memory *memory,
		      const struct musl_context *context)
{
	*groups = (struct musl_groups){0};
	read_areas(groups, memory, context);
	if (groups->count)
		qsort(groups->groups, groups->count, sizeof(*groups->groups), compare);
	arrange(groups, memory);
}

void musl_groups_finish(struct musl_groups *groups)
{
	free(groups->groups);
	free(groups->areas);
	*groups = (struct musl_groups){0};
}
