/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/site_maker.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "growth/attribution.h"
#include "growth/site.h"
#include "inside/call_sites.h"
#include "inside/frame_store.h"
#include "model/address_space.h"

#define TRIES 10

_Static_assert(STACK_TABLE_STEPS == CALL_SITES_STEPS, "one trend");

static struct call_stack stack_of(const struct stack_entry *entry)
{
	struct call_stack stack = {.count = entry->count,
				   .source = (enum call_stack_source)entry->source};

	memcpy(stack.frames, entry->frames, entry->count * sizeof(*stack.frames));
	return stack;
}

static void name_one(struct stack_entry *entry, const struct call_stack *stack,
		     const struct code_namer *namer, struct frame_store *store)
{
	static const size_t size = sizeof(struct site);
	struct site *site = memory_alloc(size);
	const struct code_frame *functions;
	bool known;

	site_find(namer, stack, site);
	known = site->frames[site->index].function != NULL;
	entry->tries++;
	entry->named = known || entry->tries == TRIES;
	/* What is not known yet is kept the first time only: it is the same the next time. */
	if (known || !entry->functions) {
		functions = frame_store_keep(store, site->frames, site->count);
		if (functions) {
			entry->functions = functions;
			entry->function_count = (uint32_t)site->count;
			entry->site = (uint32_t)site->index;
		}
	}
	free(site);
}

void site_maker_name(struct stack_table *stacks, struct code_namer *namer,
		     struct frame_store *store, const struct address_space *space, bool hurry)
{
	const struct call_stack **list = memory_alloc((stacks->count + 1) * sizeof(*list));
	struct call_stack *copies = memory_alloc(stacks->count * sizeof(*copies));
	struct stack_entry **entries = memory_alloc((stacks->count + 1) * sizeof(*entries));
	size_t count = 0;

	for (size_t i = 0; i < stacks->count; i++) {
		struct stack_entry *entry = &stacks->entries[i];

		if (entry->named || !entry->bytes)
			continue;
		copies[count] = stack_of(entry);
		list[count] = &copies[count];
		entries[count++] = entry;
	}
	if (count)
		site_learn(namer, space, list, count, hurry);
	for (size_t i = 0; i < count; i++)
		name_one(entries[i], list[i], namer, store);
	free(list);
	free(copies);
	free(entries);
}

/* A stack that touched something, and the frame by which its site differs from others. */
struct candidate {
	uint32_t index; /* in the table */
	uint64_t bytes;
	const struct code_frame *frame; /* NULL: of none that was kept */
};

static int compare_numbers(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int compare_pointers(const void *a, const void *b)
{
	return compare_numbers((uint64_t)(uintptr_t)a, (uint64_t)(uintptr_t)b);
}

/* Equal strings have one pointer. Where the function is not known, each place is a site. */
static int compare_frames(const struct code_frame *a, const struct code_frame *b)
{
	int order = compare_pointers(a->module, b->module);

	if (!order)
		order = compare_pointers(a->function, b->function);
	if (!order)
		order = a->function ? compare_pointers(a->file, b->file)
				    : compare_numbers(a->offset, b->offset);
	return order;
}

static int compare_candidates(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	int order = !x->frame - !y->frame;

	if (!order && x->frame)
		order = compare_frames(x->frame, y->frame);
	if (!order)
		order = compare_numbers(y->bytes, x->bytes);
	return order ? order : compare_numbers(x->index, y->index);
}

static size_t list_candidates(const struct stack_table *stacks, struct candidate *list)
{
	size_t count = 0;

	for (size_t i = 0; i <= STACK_TABLE_OTHER; i++) {
		const struct stack_entry *entry = &stacks->entries[i];

		if (!entry->bytes)
			continue;
		list[count++] = (struct candidate){
			.index = (uint32_t)i,
			.bytes = entry->bytes,
			.frame = entry->functions ? &entry->functions[entry->site] : NULL,
		};
	}
	qsort(list, count, sizeof(*list), compare_candidates);
	return count;
}

static void add_to_site(struct call_site *site, const struct stack_entry *entry)
{
	site->stacks++;
	site->bytes += entry->bytes;
	site->by[entry->source] += entry->bytes;
	for (int kind = 0; kind < KIND_COUNT; kind++)
		site->kinds[kind] += entry->kinds[kind];
	for (int i = 0; i < CALL_SITES_STEPS; i++)
		site->steps[i] += entry->steps[i];
}

static int compare_sites(const void *a, const void *b)
{
	const struct call_site *x = a, *y = b;
	int order = !x->frame - !y->frame;

	if (!order)
		order = compare_numbers(y->bytes, x->bytes);
	return order ? order : compare_numbers(x->stack, y->stack);
}

static int compare_stacks(const void *a, const void *b)
{
	const struct called_stack *x = a, *y = b;

	return compare_numbers(y->bytes, x->bytes);
}

/*
 * The sites of the candidates, sorted; site->stack is the index in the table, as long as the
 * stacks have no place.
 */
static void make_sites(struct call_sites *sites, const struct stack_table *stacks,
		       const struct candidate *list, size_t count)
{
	sites->sites = memory_alloc((count + 1) * sizeof(*sites->sites));
	for (size_t i = 0; i < count; i++) {
		struct call_site *site;

		if (!i || !list[i].frame != !list[i - 1].frame ||
		    (list[i].frame && compare_frames(list[i].frame, list[i - 1].frame))) {
			site = &sites->sites[sites->site_count++];
			site->frame = list[i].frame;
			site->stack = list[i].index;
		}
		site = &sites->sites[sites->site_count - 1];
		add_to_site(site, &stacks->entries[list[i].index]);
	}
	qsort(sites->sites, sites->site_count, sizeof(*sites->sites), compare_sites);
}

/* Which site a stack of the table leads to. */
static void number_sites(const struct call_sites *sites, const struct candidate *list, size_t count,
			 uint32_t *of_stack)
{
	uint32_t *of_first = memory_alloc((STACK_TABLE_MAX + 1) * sizeof(*of_first));
	uint32_t first = 0;

	for (uint32_t i = 0; i < sites->site_count; i++)
		of_first[sites->sites[i].stack] = i;
	for (size_t i = 0; i < count; i++) {
		if (!i || !list[i].frame != !list[i - 1].frame ||
		    (list[i].frame && compare_frames(list[i].frame, list[i - 1].frame)))
			first = list[i].index;
		of_stack[list[i].index] = of_first[first];
	}
	free(of_first);
}

static void make_stacks(struct call_sites *sites, const struct stack_table *stacks,
			const struct candidate *list, size_t count, const uint32_t *of_stack)
{
	sites->stacks = memory_alloc((count + 1) * sizeof(*sites->stacks));
	for (size_t i = 0; i < count; i++) {
		const struct stack_entry *entry = &stacks->entries[list[i].index];

		sites->stacks[sites->stack_count++] = (struct called_stack){
			.frames = entry->functions,
			.count = entry->function_count,
			.own = entry->site,
			.site = of_stack[list[i].index],
			.source = entry->source,
			.bytes = entry->bytes,
		};
	}
	qsort(sites->stacks, sites->stack_count, sizeof(*sites->stacks), compare_stacks);
	for (uint32_t i = 0; i < sites->site_count; i++)
		sites->sites[i].stack = CALL_SITES_NONE;
	for (uint32_t i = 0; i < sites->stack_count; i++) {
		struct call_site *site = &sites->sites[sites->stacks[i].site];

		if (sites->stacks[i].frames && site->stack == CALL_SITES_NONE) {
			site->stack = i;
			site->frame = &sites->stacks[i].frames[sites->stacks[i].own];
		}
	}
}

static int compare_places(const void *a, const void *b)
{
	const struct site_place *x = a, *y = b;
	int order = compare_numbers(x->start, y->start);

	if (!order)
		order = compare_numbers(x->site, y->site);
	return order;
}

static int compare_places_by_bytes(const void *a, const void *b)
{
	const struct site_place *x = a, *y = b;
	int order = compare_numbers(x->start, y->start);

	return order ? order : compare_numbers(y->bytes, x->bytes);
}

static void make_places(struct call_sites *sites, const struct place_table *table,
			const uint32_t *of_stack)
{
	size_t count = 0, kept = 0;
	struct site_place *places = memory_alloc((table->share_count + 1) * sizeof(*places));

	for (size_t i = 0; i < PLACE_TABLE_SHARES; i++) {
		const struct place_share *share = &table->shares[i];
		const struct place_mapping *mapping = &table->mappings[share->mapping];

		if (share->bytes && mapping->start < mapping->end)
			places[count++] = (struct site_place){mapping->start, mapping->end,
							      share->bytes, of_stack[share->stack]};
	}
	qsort(places, count, sizeof(*places), compare_places);
	for (size_t i = 0; i < count; i++) {
		if (kept && !compare_places(&places[kept - 1], &places[i]))
			places[kept - 1].bytes += places[i].bytes;
		else
			places[kept++] = places[i];
	}
	qsort(places, kept, sizeof(*places), compare_places_by_bytes);
	sites->places = places;
	sites->place_count = kept;
}

static int compare_touches(const void *a, const void *b)
{
	const struct site_touch *x = a, *y = b;

	return compare_numbers(x->address, y->address);
}

static void make_touches(struct call_sites *sites, const struct place_table *table,
			 const uint32_t *of_stack)
{
	size_t count = 0;

	sites->touches = memory_alloc(PLACE_TABLE_TOUCHES * sizeof(*sites->touches));
	for (size_t i = 0; i < PLACE_TABLE_TOUCHES; i++) {
		const struct place_touch *touch = &table->touches[i];

		if (touch->bytes)
			sites->touches[count++] = (struct site_touch){touch->address, touch->bytes,
								      of_stack[touch->stack]};
	}
	sites->touches = memory_resize(sites->touches, (count + 1) * sizeof(*sites->touches));
	qsort(sites->touches, count, sizeof(*sites->touches), compare_touches);
	sites->touch_count = count;
}

struct call_sites *site_maker_make(const struct attribution *attribution, struct frame_store *store)
{
	const struct stack_table *stacks = &attribution->stacks;
	struct call_sites *sites = call_sites_create(store);
	struct candidate *list = memory_alloc((STACK_TABLE_MAX + 1) * sizeof(*list));
	uint32_t *of_stack = memory_alloc((STACK_TABLE_MAX + 1) * sizeof(*of_stack));
	const size_t count = list_candidates(stacks, list);

	make_sites(sites, stacks, list, count);
	number_sites(sites, list, count, of_stack);
	make_stacks(sites, stacks, list, count, of_stack);
	make_places(sites, &attribution->places, of_stack);
	make_touches(sites, &attribution->places, of_stack);
	sites->bytes = stacks->bytes;
	free(list);
	free(of_stack);
	return sites;
}
