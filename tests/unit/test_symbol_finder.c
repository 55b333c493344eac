/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#include "files/inside_cache.h"
#include "files/symbol_finder.h"
#include "kernel/procfs_options.h"
#include "model/place.h"
#include "own_space.h"

static const struct procfs_options proc = {.root = "/proc"};

int symbol_finder_counter = 5;

/* Names that begin alike, and with which nothing that the test is linked with begins. */
int several_names_one = 1, several_names_two = 2;

static int find(const char *expression, uint64_t *ret_address, struct place_mistake *mistake)
{
	struct inside_cache *cache = inside_cache_create(&proc);
	const struct place_symbols symbols = symbol_finder_make(cache);
	struct address_space *space = own_space_read();
	int error = place_find_with(space, &symbols, expression, strlen(expression), ret_address,
				    mistake);

	/* What is meant belongs to the space, and is not looked at any more. */
	address_space_destroy(space);
	inside_cache_destroy(cache);
	return error;
}

static void check(const char *expression, const void *expected)
{
	struct place_mistake mistake;
	uint64_t address = 7;

	assert_int_equal(find(expression, &address, &mistake), 0);
	assert_int_equal(address, (uintptr_t)expected);
}

static void finds_what_the_program_has(void **state)
{
	(void)state;
	check("symbol_finder_counter", &symbol_finder_counter);
	check("symbol_finder_count", &symbol_finder_counter);
	check("program:symbol_finder_counter", &symbol_finder_counter);
	check("finds_what_the_program_has", (void *)(uintptr_t)finds_what_the_program_has);
}

/* Not every C library is a file of its own that has names. */
static void finds_what_libraries_have(void **state)
{
	struct place_mistake mistake;
	uint64_t address;

	(void)state;
	if (find("libc:environ", &address, &mistake) || address != (uintptr_t)&environ) {
		/* A program that uses it may have a copy of its own. */
		check("environ", &environ);
		return;
	}
	check("libc:environ", &environ);
}

static void says_what_there_is_not(void **state)
{
	struct place_mistake mistake;
	uint64_t address;

	(void)state;
	assert_int_equal(find("no_such_symbol", &address, &mistake), -EINVAL);
	assert_int_equal(mistake.fault, PLACE_NAME);
	assert_int_equal(find("program:no_such_symbol", &address, &mistake), -EINVAL);
	assert_int_equal(mistake.fault, PLACE_SYMBOL);
	assert_int_equal(find("several_names_", &address, &mistake), -EINVAL);
	assert_int_equal(mistake.fault, PLACE_SYMBOL_SEVERAL);
	/* Both of one object. */
	assert_int_equal(mistake.meant_count, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_the_program_has),
		cmocka_unit_test(finds_what_libraries_have),
		cmocka_unit_test(says_what_there_is_not),
	};

	return cmocka_run_group_tests_name("symbol_finder", tests, NULL, NULL);
}
