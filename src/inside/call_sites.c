/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/call_sites.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/search.h"
#include "inside/frame_store.h"

#define SECOND_NS  UINT64_C(1000000000)
#define RATE_STEPS 5

/* The references lie behind what everybody sees. */
struct counted_sites {
	struct call_sites sites;
	atomic_uint references;
};

struct call_sites *call_sites_create(struct frame_store *store)
{
	struct counted_sites *counted = memory_alloc(sizeof(*counted));

	atomic_init(&counted->references, 1);
	counted->sites.store = frame_store_ref(store);
	return &counted->sites;
}

struct call_sites *call_sites_ref(struct call_sites *sites)
{
	atomic_fetch_add(&((struct counted_sites *)sites)->references, 1);
	return sites;
}

void call_sites_unref(struct call_sites *sites)
{
	struct counted_sites *counted = (struct counted_sites *)sites;

	if (!sites || atomic_fetch_sub(&counted->references, 1) != 1)
		return;
	frame_store_unref(sites->store);
	free(sites->sites);
	free(sites->stacks);
	free(sites->places);
	free(sites->touches);
	free(counted);
}

static void scale(uint64_t *values, size_t count, double factor)
{
	for (size_t i = 0; i < count; i++)
		values[i] = (uint64_t)((double)values[i] * factor);
}

void call_sites_scale(struct call_sites *sites, double factor)
{
	sites->bytes = 0;
	for (size_t i = 0; i < sites->site_count; i++) {
		struct call_site *site = &sites->sites[i];

		scale(&site->bytes, 1, factor);
		scale(site->kinds, KIND_COUNT, factor);
		scale(site->by, CALL_STACK_SOURCE_COUNT, factor);
		sites->bytes += site->bytes;
	}
	for (size_t i = 0; i < sites->stack_count; i++)
		scale(&sites->stacks[i].bytes, 1, factor);
	for (size_t i = 0; i < sites->place_count; i++)
		scale(&sites->places[i].bytes, 1, factor);
	for (size_t i = 0; i < sites->touch_count; i++)
		scale(&sites->touches[i].bytes, 1, factor);
}

uint64_t call_site_rate(const struct call_site *site, const struct listening *listening)
{
	const uint64_t steps = listening->steps < RATE_STEPS ? listening->steps : RATE_STEPS;
	uint64_t sum = 0;

	for (uint64_t i = 0; i < steps; i++)
		sum += site->steps[CALL_SITES_STEPS - 2 - i];
	if (!steps)
		return listening->elapsed_ns ? (uint64_t)((double)site->bytes * (double)SECOND_NS /
							  (double)listening->elapsed_ns)
					     : 0;
	return (uint64_t)((double)sum * (double)SECOND_NS / (double)(steps * listening->step_ns));
}

enum call_stack_source call_site_source(const struct call_site *site)
{
	enum call_stack_source most = CALL_STACK_FRAME_POINTERS;

	for (int source = 1; source < CALL_STACK_SOURCE_COUNT; source++)
		if (site->by[source] > site->by[most])
			most = (enum call_stack_source)source;
	return most;
}

/* The few sites that are met in a range; those beyond count for nothing. */
struct met {
	uint32_t sites[32];
	uint64_t bytes[32];
	size_t count;
};

static void meet(struct met *met, uint32_t site, uint64_t bytes)
{
	size_t i = 0;

	while (i < met->count && met->sites[i] != site)
		i++;
	if (i == sizeof(met->sites) / sizeof(met->sites[0]))
		return;
	if (i == met->count) {
		met->sites[met->count] = site;
		met->bytes[met->count++] = 0;
	}
	met->bytes[i] += bytes;
}

/* The mappings that lie in the range as a whole. */
static void meet_places(struct met *met, const struct call_sites *sites, uint64_t start,
			uint64_t end)
{
	size_t i = SEARCH_FROM(sites->places, sites->place_count, start, start);

	for (; i < sites->place_count && sites->places[i].start < end; i++)
		if (sites->places[i].end <= end)
			meet(met, sites->places[i].site, sites->places[i].bytes);
}

uint32_t call_sites_of_range(const struct call_sites *sites, uint64_t start, uint64_t end,
			     uint64_t *ret_bytes)
{
	struct met met = {.count = 0};
	size_t i = SEARCH_FROM(sites->touches, sites->touch_count, address, start), most = 0;

	for (; i < sites->touch_count && sites->touches[i].address < end; i++)
		meet(&met, sites->touches[i].site, sites->touches[i].bytes);
	if (!met.count)
		meet_places(&met, sites, start, end);
	if (!met.count)
		return CALL_SITES_NONE;
	for (i = 1; i < met.count; i++)
		if (met.bytes[i] > met.bytes[most])
			most = i;
	*ret_bytes = met.bytes[most];
	return met.sites[most];
}

const struct site_place *call_sites_places(const struct call_sites *sites, uint64_t start,
					   size_t *ret_count)
{
	const size_t first = SEARCH_FROM(sites->places, sites->place_count, start, start);
	const size_t last = SEARCH_ABOVE(sites->places, sites->place_count, start, start);

	*ret_count = last - first;
	return first < last ? &sites->places[first] : NULL;
}
