/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "growth/attribution.h"
#include "growth/site_maker.h"
#include "inside/call_sites.h"
#include "inside/code_frame.h"
#include "inside/frame_store.h"

/* What is made of stacks, shares and touches that are written down here. */

static const char module[] = "/bin/x", other_module[] = "/lib/y", function[] = "f", other[] = "g";
static const char file[] = "f.c", other_file[] = "g.c";

/* Frames of stacks, each of which is a site of its own but for the first two. */
static const struct code_frame frames[][2] = {
	{{.module = module, .function = function, .file = file, .offset = 1}},
	{{.module = module, .function = other},
	 {.module = module, .function = function, .file = file}},
	{{.module = module, .function = function, .file = other_file}},
	{{.module = module, .offset = 5}},
	{{.module = module, .offset = 6}},
	{{.module = other_module, .function = function, .file = file}},
	{{.module = module, .function = other, .file = file}},
};

#define NAMED (sizeof(frames) / sizeof(frames[0]))

static void add_stack(struct attribution *attribution, size_t index, const struct code_frame *of,
		      uint32_t site, uint64_t bytes)
{
	struct stack_entry *entry = &attribution->stacks.entries[index];

	entry->functions = of;
	entry->function_count = of ? 2 : 0;
	entry->site = site;
	entry->bytes = bytes;
	entry->source = (uint8_t)(index % CALL_STACK_SOURCE_COUNT);
	for (unsigned kind = 0; kind < KIND_COUNT; kind++)
		entry->kinds[kind] = bytes + kind;
	for (unsigned step = 0; step < STACK_TABLE_STEPS; step++)
		entry->steps[step] = 2 * bytes + step;
	attribution->stacks.bytes += bytes;
}

static void fill(struct attribution *attribution)
{
	static const struct hash_key key = {{7, 8}};
	static const uint64_t bytes[NAMED] = {100, 300, 50, 200, 250, 60, 70};

	attribution_init(attribution, &key);
	for (size_t i = 0; i < NAMED; i++)
		add_stack(attribution, i, frames[i], i == 1, bytes[i]);
	add_stack(attribution, NAMED, NULL, 0, 1000); /* the store was full */
	add_stack(attribution, NAMED + 1, frames[0], 0, 0);
	add_stack(attribution, STACK_TABLE_OTHER, NULL, 0, 400);
	attribution->stacks.count = NAMED + 2;
}

static void check_site(const struct call_site *site, const struct code_frame *frame, uint32_t stack,
		       uint32_t stacks, uint64_t bytes)
{
	assert_ptr_equal(site->frame, frame);
	assert_int_equal(site->stack, stack);
	assert_int_equal(site->stacks, stacks);
	assert_int_equal(site->bytes, bytes);
	for (unsigned kind = 0; kind < KIND_COUNT; kind++)
		assert_int_equal(site->kinds[kind], bytes + stacks * kind);
	for (unsigned step = 0; step < CALL_SITES_STEPS; step++)
		assert_int_equal(site->steps[step], 2 * bytes + stacks * step);
}

static void sites_add_up_what_their_stacks_have(void **state)
{
	struct frame_store *store = frame_store_create();
	struct attribution attribution;
	struct call_sites *sites;

	(void)state;
	fill(&attribution);
	sites = site_maker_make(&attribution, store);
	assert_int_equal(sites->bytes, 2430);
	assert_int_equal(sites->site_count, 7);
	check_site(&sites->sites[0], &frames[1][1], 2, 2, 400);
	check_site(&sites->sites[1], &frames[4][0], 3, 1, 250);
	check_site(&sites->sites[2], &frames[3][0], 4, 1, 200);
	check_site(&sites->sites[3], &frames[6][0], 6, 1, 70);
	check_site(&sites->sites[4], &frames[5][0], 7, 1, 60);
	check_site(&sites->sites[5], &frames[2][0], 8, 1, 50);
	check_site(&sites->sites[6], NULL, CALL_SITES_NONE, 2, 1400);
	assert_int_equal(sites->sites[0].by[0], 100);
	assert_int_equal(sites->sites[0].by[1], 300);
	assert_int_equal(sites->sites[0].by[2], 0);
	call_sites_unref(sites);
	attribution_finish(&attribution);
	frame_store_unref(store);
}

/* The heaviest first; each knows its site, also where that has no frame. */
static void stacks_lead_to_their_sites(void **state)
{
	static const struct {
		uint64_t bytes;
		const struct code_frame *frames;
		uint32_t count, own, site;
	} cases[] = {
		{1000, NULL, 0, 0, 6},     {400, NULL, 0, 0, 6},      {300, frames[1], 2, 1, 0},
		{250, frames[4], 2, 0, 1}, {200, frames[3], 2, 0, 2}, {100, frames[0], 2, 0, 0},
		{70, frames[6], 2, 0, 3},  {60, frames[5], 2, 0, 4},  {50, frames[2], 2, 0, 5},
	};
	struct frame_store *store = frame_store_create();
	struct attribution attribution;
	struct call_sites *sites;

	(void)state;
	fill(&attribution);
	sites = site_maker_make(&attribution, store);
	assert_int_equal(sites->stack_count, 9);
	for (size_t i = 0; i < 9; i++) {
		assert_int_equal(sites->stacks[i].bytes, cases[i].bytes);
		assert_ptr_equal(sites->stacks[i].frames, cases[i].frames);
		assert_int_equal(sites->stacks[i].count, cases[i].count);
		assert_int_equal(sites->stacks[i].own, cases[i].own);
		assert_int_equal(sites->stacks[i].site, cases[i].site);
	}
	assert_int_equal(sites->stacks[0].source, NAMED % CALL_STACK_SOURCE_COUNT);
	assert_int_equal(sites->stacks[4].source, 3 % CALL_STACK_SOURCE_COUNT);
	call_sites_unref(sites);
	attribution_finish(&attribution);
	frame_store_unref(store);
}

/* Shares of one site in one mapping are one place; what is of a mapping that is gone is none. */
static void places_and_touches_are_those_of_sites(void **state)
{
	struct frame_store *store = frame_store_create();
	struct attribution attribution;
	struct place_table *table = &attribution.places;
	struct call_sites *sites;

	(void)state;
	fill(&attribution);
	table->mappings[0] = (struct place_mapping){0x7000, 0x8000};
	table->mappings[1] = (struct place_mapping){0x5000, 0x6000};
	table->mappings[2] = (struct place_mapping){0x9000, 0x9000}; /* is gone */
	table->mapping_count = 3;
	table->shares[5] = (struct place_share){.mapping = 0, .stack = 0, .bytes = 10};
	table->shares[6] = (struct place_share){.mapping = 0, .stack = 4, .bytes = 40};
	table->shares[7] = (struct place_share){.mapping = 0, .stack = 1, .bytes = 20};
	table->shares[8] = (struct place_share){.mapping = 1, .stack = 3, .bytes = 5};
	table->shares[9] = (struct place_share){.mapping = 2, .stack = 3, .bytes = 5};
	table->share_count = 5;
	table->touches[3] = (struct place_touch){.address = 0x7500, .bytes = 8, .stack = 1};
	table->touches[4] =
		(struct place_touch){.address = 0x5500, .bytes = 9, .stack = STACK_TABLE_OTHER};
	sites = site_maker_make(&attribution, store);
	assert_int_equal(sites->place_count, 3);
	assert_memory_equal(&sites->places[0], (&(struct site_place){0x5000, 0x6000, 5, 2}),
			    offsetof(struct site_place, site) + sizeof(uint32_t));
	assert_memory_equal(&sites->places[1], (&(struct site_place){0x7000, 0x8000, 40, 1}),
			    offsetof(struct site_place, site) + sizeof(uint32_t));
	assert_memory_equal(&sites->places[2], (&(struct site_place){0x7000, 0x8000, 30, 0}),
			    offsetof(struct site_place, site) + sizeof(uint32_t));
	assert_int_equal(sites->touch_count, 2);
	assert_memory_equal(&sites->touches[0], (&(struct site_touch){0x5500, 9, 6}),
			    offsetof(struct site_touch, site) + sizeof(uint32_t));
	assert_memory_equal(&sites->touches[1], (&(struct site_touch){0x7500, 8, 0}),
			    offsetof(struct site_touch, site) + sizeof(uint32_t));
	call_sites_unref(sites);
	attribution_finish(&attribution);
	frame_store_unref(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sites_add_up_what_their_stacks_have),
		cmocka_unit_test(stacks_lead_to_their_sites),
		cmocka_unit_test(places_and_touches_are_those_of_sites),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
