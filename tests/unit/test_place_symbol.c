/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/address_space.h"
#include "model/place.h"
#include "model/place_symbol.h"
#include "support/sample.h"

#define LIBC   0x7f83aa53e000
#define PYTHON 0x55b5c3c00000

/* What there is, by the object's lowest address; 0: where no object is named. */
static const struct {
	uint64_t object;
	const char *name;
	uint64_t address; /* 0: several */
} known[] = {
	{0, "main", PYTHON + 0x100},
	{PYTHON, "main", PYTHON + 0x100},
	{LIBC, "environ", LIBC + 0x200},
	{0, "environ", LIBC + 0x200},
	{0, "a::f", PYTHON + 0x300},
	{0, "operator+", PYTHON + 0x400},
	{0, "operator", PYTHON + 0x500},
	{0, "init", 0},
	{LIBC, "init", 0},
	{0, "heap", 0x1234},
	{0, "libc", 0x1234},
	{0, "py", 0x5678},
};

static int find(void *context, const struct address_space *space, const struct place_symbol *wanted,
		struct place_name *ret_name)
{
	uint64_t object = wanted->object ? wanted->object->start : 0;

	++*(unsigned *)context;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (known[i].object != object ||
		    strncmp(known[i].name, wanted->name, wanted->length) != 0 ||
		    (!wanted->beginning && known[i].name[wanted->length]))
			continue;
		ret_name->address = known[i].address;
		ret_name->meant[0] = space->vmas;
		ret_name->meant_count = !known[i].address;
		return known[i].address ? 0 : -ENOTUNIQ;
	}
	return -ENOENT;
}

static unsigned check(const char *expression, uint64_t expected)
{
	struct address_space *space = sample_python();
	unsigned asked = 0;
	const struct place_symbols symbols = {find, &asked};
	struct place_mistake mistake;
	uint64_t address = 7;

	assert_int_equal(place_find_with(space, &symbols, expression, strlen(expression), &address,
					 &mistake),
			 0);
	assert_int_equal(address, expected);
	assert_int_equal(asked > 0, place_needs_symbols(space, expression, strlen(expression)));
	address_space_destroy(space);
	return asked;
}

static void check_mistake(const char *expression, enum place_fault fault, size_t offset,
			  size_t length)
{
	struct address_space *space = sample_python();
	unsigned asked = 0;
	const struct place_symbols symbols = {find, &asked};
	struct place_mistake mistake;
	uint64_t address = 7;

	assert_int_equal(place_find_with(space, &symbols, expression, strlen(expression), &address,
					 &mistake),
			 -EINVAL);
	assert_int_equal(mistake.fault, fault);
	assert_int_equal(mistake.offset, offset);
	assert_int_equal(mistake.length, length);
	assert_true(mistake.symbols);
	assert_int_equal(address, 7);
	address_space_destroy(space);
}

static void symbols_are_places(void **state)
{
	(void)state;
	check("main", PYTHON + 0x100);
	check("main+0x10", PYTHON + 0x110);
	check("libc:environ - 8", LIBC + 0x1f8);
	/* Where an object is named, its symbol is asked for and nothing else. */
	assert_int_equal(check("libc.so.6:environ", LIBC + 0x200), 1);
	check("program:main", PYTHON + 0x100);
	check("a::f", PYTHON + 0x300);
	check("heap+main-main", 0x55b5f7c8d000);
}

static void the_longest_name_is_meant(void **state)
{
	(void)state;
	check("operator+", PYTHON + 0x400);
	check("operator+ + 4", PYTHON + 0x404);
	check("operator+4", PYTHON + 0x504);
}

static void a_beginning_will_do(void **state)
{
	(void)state;
	check("mai", PYTHON + 0x100);
	check("libc:env+1", LIBC + 0x201);
}

/* What every process has, and names of files, are not looked up; beginnings of them are. */
static void other_names_come_first(void **state)
{
	(void)state;
	assert_int_equal(check("heap", 0x55b5f7c8d000), 0);
	assert_int_equal(check("libc", LIBC), 0);
	assert_int_equal(check("7f83aa53e000+10", LIBC + 10), 0);
	check("py", 0x5678);
	check("pyth", PYTHON);
}

static void what_is_wrong_is_said(void **state)
{
	(void)state;
	check_mistake("nothing", PLACE_NAME, 0, 7);
	check_mistake("init+1", PLACE_SYMBOL_SEVERAL, 0, 4);
	check_mistake("1+libc:init", PLACE_SYMBOL_SEVERAL, 2, 9);
	check_mistake("libc:nothing+1", PLACE_SYMBOL, 0, 12);
	check_mistake("nothing:main", PLACE_NAME, 0, 12);
	check_mistake("libc:", PLACE_NAME, 0, 5);
	check_mistake("12main", PLACE_NUMBER, 0, 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(symbols_are_places),
		cmocka_unit_test(the_longest_name_is_meant),
		cmocka_unit_test(a_beginning_will_do),
		cmocka_unit_test(other_names_come_first),
		cmocka_unit_test(what_is_wrong_is_said),
	};

	return cmocka_run_group_tests_name("place_symbol", tests, NULL, NULL);
}
