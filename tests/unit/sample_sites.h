/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_SAMPLE_SITES_H
#define TESTS_SAMPLE_SITES_H

/*
 * Call sites for tests: json_decode() with three quarters of 400 KiB, most of it in the heap at
 * 0x5000000 and by two stacks; code without a name with nearly a quarter; and 4 KiB of others.
 */

#include <string.h>

#include "base/memory.h"
#include "inside/call_sites.h"
#include "inside/frame_store.h"

#define SAMPLE_SITES_KIB UINT64_C(1024)

static inline struct call_sites *sample_sites_create(void)
{
	const struct code_frame decode[] = {
		{.address = 0x401000,
		 .module = "/lib/libc.so.6",
		 .function = "malloc",
		 .offset = 16},
		{.address = 0x402000,
		 .module = "/bin/x",
		 .function = "json_decode",
		 .offset = 32,
		 .file = "src/json.c",
		 .line = 12},
		{.address = 0x403000,
		 .module = "/bin/x",
		 .function = "handle;request",
		 .offset = 8},
	};
	const struct code_frame deep[] = {decode[1], decode[2], decode[2]};
	const struct code_frame nameless[] = {{.address = 0x7f00, .module = "", .offset = 0x7f00}};
	struct frame_store *store = frame_store_create();
	struct call_sites *sites = call_sites_create(store);
	const struct code_frame *kept[] = {frame_store_keep(store, decode, 3),
					   frame_store_keep(store, deep, 3),
					   frame_store_keep(store, nameless, 1)};
	const struct called_stack stacks[] = {
		{kept[0], 3, 1, 0, CALL_STACK_UNWOUND, 200 * SAMPLE_SITES_KIB},
		{kept[1], 3, 0, 0, CALL_STACK_FRAME_POINTERS, 100 * SAMPLE_SITES_KIB},
		{kept[2], 1, 0, 1, CALL_STACK_ADDRESS, 96 * SAMPLE_SITES_KIB},
		{NULL, 0, 0, 2, CALL_STACK_ADDRESS, 4 * SAMPLE_SITES_KIB},
	};
	const struct call_site list[] = {
		{.frame = &kept[0][1],
		 .stack = 0,
		 .stacks = 2,
		 .bytes = 300 * SAMPLE_SITES_KIB,
		 .kinds = {[KIND_HEAP] = 200 * SAMPLE_SITES_KIB,
			   [KIND_ANON] = 100 * SAMPLE_SITES_KIB},
		 .by = {[CALL_STACK_FRAME_POINTERS] = 100 * SAMPLE_SITES_KIB,
			[CALL_STACK_UNWOUND] = 200 * SAMPLE_SITES_KIB},
		 .steps = {[13] = 100 * SAMPLE_SITES_KIB, [14] = 200 * SAMPLE_SITES_KIB}},
		{.frame = kept[2],
		 .stack = 2,
		 .stacks = 1,
		 .bytes = 96 * SAMPLE_SITES_KIB,
		 .by = {[CALL_STACK_ADDRESS] = 96 * SAMPLE_SITES_KIB}},
		{.frame = NULL,
		 .stack = CALL_SITES_NONE,
		 .stacks = 1,
		 .bytes = 4 * SAMPLE_SITES_KIB,
		 .by = {[CALL_STACK_ADDRESS] = 4 * SAMPLE_SITES_KIB}},
	};
	const struct site_place places[] = {
		{0x5000000, 0x5100000, 200 * SAMPLE_SITES_KIB, 0},
		{0x5000000, 0x5100000, 96 * SAMPLE_SITES_KIB, 1},
	};
	const struct site_touch touches[] = {
		{0x5000000, 4096, 0},
		{0x5001000, 4096, 1},
		{0x5002000, 4096, 1},
		{0x5010000, 4096, 0},
	};

	sites->sites = memory_alloc(sizeof(list));
	sites->stacks = memory_alloc(sizeof(stacks));
	sites->places = memory_alloc(sizeof(places));
	sites->touches = memory_alloc(sizeof(touches));
	memcpy(sites->sites, list, sizeof(list));
	memcpy(sites->stacks, stacks, sizeof(stacks));
	memcpy(sites->places, places, sizeof(places));
	memcpy(sites->touches, touches, sizeof(touches));
	sites->site_count = 3;
	sites->stack_count = 4;
	sites->place_count = 2;
	sites->touch_count = 4;
	sites->bytes = 400 * SAMPLE_SITES_KIB;
	sites->listening = (struct listening){
		.start_ns = INT64_C(1700000000000000000),
		.elapsed_ns = 2500000000,
		.listened_ns = 2500000000,
		.window_ns = 1000000000,
		.step_ns = 1000000000,
		.steps = 2,
		.period = 7,
		.samples = 15,
		.faults = 105,
		.slowdown = 0.0125,
		.kernel_share = 0.25,
		.copies = true,
	};
	frame_store_unref(store);
	return sites;
}

#endif
