/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "files/code_namer.h"
#include "growth/site.h"
#include "inlined_code.h"
#include "kernel/procfs_options.h"
#include "model/call_stack.h"
#include "own_space.h"

static const struct procfs_options proc = {.root = "/proc"};

static struct site find(const struct call_stack *stack, struct code_namer *namer)
{
	struct address_space *space = own_space_read();
	struct site site;

	site_learn(namer, space, &stack, 1, true);
	address_space_destroy(space);
	site_find(namer, stack, &site);
	return site;
}

/* The program here, called from malloc(), called from the program: as a hook would be. */
static void the_site_is_who_asked_for_memory(void **state)
{
	struct code_namer *namer = code_namer_create(&proc);
	struct call_stack stack;
	struct site site;

	(void)state;
	call_stack_clear(&stack);
	call_stack_append(&stack, (uintptr_t)malloc);
	call_stack_append(&stack, (uintptr_t)the_site_is_who_asked_for_memory + 1);
	site = find(&stack, namer);
	assert_int_equal(site.count, 2);
	assert_int_equal(site.index, 1);
	/* A return address stands for the call before it. */
	assert_string_equal(site.frames[1].function, "the_site_is_who_asked_for_memory");
	assert_int_equal(site.frames[1].offset, 0);
	code_namer_destroy(namer);
}

static void inlined_functions_are_levels(void **state)
{
	struct code_namer *namer = code_namer_create(&proc);
	struct call_stack stack;
	struct site site;

	(void)state;
	call_stack_clear(&stack);
	call_stack_append(&stack, (uintptr_t)inlined_code_label);
	site = find(&stack, namer);
	assert_int_equal(site.index, 0);
	assert_string_equal(site.frames[site.count - 1].function, "inlined_code_outer");
	if (site.frames[0].file)
		assert_string_equal(site.frames[0].function, "inlined_code_inner");
	assert_int_equal(inlined_code_outer(2), 3);
	code_namer_destroy(namer);
}

static void what_was_not_learned_has_addresses(void **state)
{
	struct code_namer *namer = code_namer_create(&proc);
	struct call_stack stack;
	struct site site;

	(void)state;
	call_stack_clear(&stack);
	while (call_stack_append(&stack, 0x1000 + stack.count))
		;
	site_find(namer, &stack, &site);
	assert_int_equal(site.count, CALL_STACK_FRAMES_MAX);
	assert_int_equal(site.index, 0);
	assert_null(site.frames[0].function);
	assert_int_equal(site.frames[1].address, 0x1000);
	code_namer_destroy(namer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_site_is_who_asked_for_memory),
		cmocka_unit_test(inlined_functions_are_levels),
		cmocka_unit_test(what_was_not_learned_has_addresses),
	};

	return cmocka_run_group_tests_name("site", tests, NULL, NULL);
}
