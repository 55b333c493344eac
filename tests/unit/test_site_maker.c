/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "files/code_namer.h"
#include "growth/attribution.h"
#include "growth/site_maker.h"
#include "inside/call_sites.h"
#include "inside/frame_store.h"
#include "kernel/procfs_options.h"
#include "own_space.h"

static const struct hash_key key = {{7, 8}};
static const struct procfs_options proc = {.root = "/proc"};

static struct call_stack stack_of(const uint64_t *frames, uint32_t count)
{
	struct call_stack stack;

	call_stack_clear(&stack);
	for (uint32_t i = 0; i < count; i++)
		call_stack_append(&stack, frames[i]);
	stack.source = CALL_STACK_FRAME_POINTERS;
	return stack;
}

/* Two ways to one function are one site; what malloc() touches is its caller's. */
static void stacks_of_one_function_are_one_site(void **state)
{
	const uint64_t own = (uintptr_t)stacks_of_one_function_are_one_site;
	const uint64_t direct[] = {own, own + 1}, by_malloc[] = {(uintptr_t)malloc, own + 1};
	const uint64_t nowhere[] = {16};
	struct code_namer *namer = code_namer_create(&proc);
	struct frame_store *store = frame_store_create();
	struct address_space *space = own_space_read();
	struct attribution attribution;
	struct call_sites *sites;
	struct call_stack stack;

	(void)state;
	attribution_init(&attribution, &key);
	attribution_renew(&attribution, space);
	stack = stack_of(direct, 2);
	attribution_take(&attribution, (uintptr_t)&stack, &stack, 4096);
	stack = stack_of(by_malloc, 2);
	attribution_take(&attribution, (uintptr_t)&stack, &stack, 8192);
	stack = stack_of(nowhere, 1);
	attribution_take(&attribution, (uintptr_t)&stack, &stack, 4096);
	site_maker_name(&attribution.stacks, namer, store, space, true);
	sites = site_maker_make(&attribution, store);
	assert_int_equal(sites->bytes, 16384);
	assert_int_equal(sites->site_count, 2);
	assert_int_equal(sites->sites[0].bytes, 12288);
	assert_int_equal(sites->sites[0].stacks, 2);
	assert_string_equal(sites->sites[0].frame->function, "stacks_of_one_function_are_one_site");
	assert_null(sites->sites[1].frame->function);
	assert_int_equal(sites->stack_count, 3);
	assert_int_equal(sites->stacks[0].bytes, 8192);
	assert_int_equal(sites->stacks[0].own, 1);
	assert_int_equal(sites->sites[0].stack, 0);
	assert_int_equal(sites->place_count, 2); /* of the stack, for each site */
	assert_int_equal(sites->places[0].bytes, 12288);
	assert_int_equal(sites->touch_count, 1); /* the newest of one page */
	call_sites_unref(sites);
	attribution_finish(&attribution);
	address_space_destroy(space);
	code_namer_destroy(namer);
	frame_store_unref(store);
}

static void nothing_touched_is_no_site(void **state)
{
	struct frame_store *store = frame_store_create();
	struct attribution attribution;
	struct call_sites *sites;

	(void)state;
	attribution_init(&attribution, &key);
	sites = site_maker_make(&attribution, store);
	assert_int_equal(sites->site_count, 0);
	assert_int_equal(sites->stack_count, 0);
	frame_store_unref(store);
	call_sites_unref(sites);
	attribution_finish(&attribution);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stacks_of_one_function_are_one_site),
		cmocka_unit_test(nothing_touched_is_no_site),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
