/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "model/address_space.h"
#include "model/place.h"
#include "support/sample.h"

#define HEAP 0x55b5f7c8d000
#define LIBC 0x7f83aa53e000

static void check(const char *expression, uint64_t expected)
{
	struct address_space *space = sample_python();
	struct place_mistake mistake;
	uint64_t address = 7;

	assert_int_equal(place_find(space, expression, strlen(expression), &address, &mistake), 0);
	assert_int_equal(address, expected);
	address_space_destroy(space);
}

static void check_mistake(const char *expression, enum place_fault fault, size_t offset,
			  size_t length)
{
	struct address_space *space = sample_python();
	struct place_mistake mistake;
	uint64_t address = 7;

	assert_int_equal(place_find(space, expression, strlen(expression), &address, &mistake),
			 -EINVAL);
	assert_int_equal(address, 7);
	assert_int_equal(mistake.fault, fault);
	assert_int_equal(mistake.offset, offset);
	assert_int_equal(mistake.length, length);
	address_space_destroy(space);
}

static void addresses_are_hexadecimal(void **state)
{
	(void)state;
	check("7f83aa53e000", LIBC);
	check("0x7f83aa53e000", LIBC);
	check("0X7F83AA53E000", LIBC);
	check("  10  ", 0x10);
	check("0", 0);
	check("ffffffffffffffff", UINT64_MAX);
	check("64K", 65536);
}

static void numbers_behind_them_are_decimal(void **state)
{
	(void)state;
	check("1000+16", 0x1010);
	check("1000+0x16", 0x1016);
	check("1000-0x10", 0xff0);
	check("0+4K", 4096);
	check("0+1.5M", 0x180000);
	check("0+2g", UINT64_C(2) << 30);
	check("0+1T", UINT64_C(1) << 40);
	check("0-1+2", 1); /* only the whole has to be an address */
	check("ffffffffffffffff+1-1", UINT64_MAX);
}

static void names_stand_for_where_things_begin(void **state)
{
	(void)state;
	check("heap+0x100", HEAP + 0x100);
	check("stack-64K", 0x7fff7725a000 - 65536);
	check("libc+0x2a000", LIBC + 0x2a000);
	check("libc.so.6 + 0x2a000", LIBC + 0x2a000);
	check("program", 0x55b5c3c00000);
	check("python3", 0x55b5c3c00000);
	check("loader", 0x7f83aa75d000);
	check("brk", 0x55b5f7e87000);
	check("heap + brk - heap", 0x55b5f7e87000);
	check("[vdso]", 0x7fff7735f000);
	check("vdso", 0x7fff7735f000);
	check("stack:20715", 0x7f83a8782000);
	check("stack:20712", 0x7fff7725a000);
	check("[stack]+0", 0x7fff7725a000);
}

static void mistakes_tell_where(void **state)
{
	(void)state;
	check_mistake("", PLACE_EMPTY, 0, 0);
	check_mistake("   ", PLACE_EMPTY, 0, 0);
	check_mistake("+1", PLACE_TERM, 0, 1);
	check_mistake("heap+", PLACE_TERM, 5, 0);
	check_mistake("heap + + 1", PLACE_TERM, 7, 1);
	check_mistake("heap 1", PLACE_SIGN, 5, 1);
	check_mistake("heap+1f", PLACE_NUMBER_HEX, 5, 2);
	check_mistake("heap+ff", PLACE_NUMBER_HEX, 5, 2);
	check_mistake("12xyz", PLACE_NUMBER, 0, 5);
	check_mistake("heap+0x", PLACE_NUMBER, 5, 2);
	check_mistake("heap+0x1g", PLACE_NUMBER, 5, 4);
	check_mistake("heap+1.5", PLACE_NUMBER, 5, 3);
	check_mistake("hepa+1", PLACE_NAME, 0, 4);
	check_mistake("libc+hepa", PLACE_NAME, 5, 4);
	check_mistake("stack:1", PLACE_NAME_ABSENT, 0, 7);
}

static void what_64_bits_do_not_hold_is_no_address(void **state)
{
	(void)state;
	check_mistake("10000000000000000", PLACE_RANGE, 0, 17);
	check_mistake("0+99999999999999999999", PLACE_RANGE, 2, 20);
	check_mistake("0+16777216T", PLACE_RANGE, 2, 9);
	check_mistake("ffffffffffffffff+1", PLACE_RANGE, 0, 18);
	check_mistake("  heap-stack ", PLACE_RANGE, 0, 12);
	check_mistake("0-1", PLACE_RANGE, 0, 3);
}

static void several_that_are_meant_are_told(void **state)
{
	struct address_space *space = sample_python();
	struct place_mistake mistake;
	uint64_t address = 7;

	(void)state;
	assert_int_equal(place_find(space, "heap+lib", 8, &address, &mistake), -EINVAL);
	assert_int_equal(mistake.fault, PLACE_NAME_SEVERAL);
	assert_int_equal(mistake.offset, 5);
	assert_int_equal(mistake.length, 3);
	assert_int_equal(mistake.meant_count, 2);
	assert_ptr_equal(mistake.meant[1], &space->vmas[address_space_find(space, LIBC)]);
	assert_int_equal(address, 7);
	address_space_destroy(space);
}

static void long_expressions_are_refused(void **state)
{
	char expression[PLACE_LENGTH_MAX + 2];

	(void)state;
	memset(expression, '1', sizeof(expression) - 1);
	expression[sizeof(expression) - 1] = '\0';
	check_mistake(expression, PLACE_LONG, 0, PLACE_LENGTH_MAX + 1);
	check("1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1", 16);
	check_mistake("1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1", PLACE_LONG, 32, 1);
}

static void bytes_that_are_no_text_are_a_mistake(void **state)
{
	struct address_space *space = sample_hostile();
	struct place_mistake mistake;
	uint64_t address = 7;

	(void)state;
	assert_int_equal(place_find(space, "\0\xff+1", 4, &address, &mistake), -EINVAL);
	assert_int_equal(mistake.fault, PLACE_NAME);
	assert_int_equal(place_find(space, "\033[31mred", 8, &address, &mistake), 0);
	assert_int_equal(address, 0x10000);
	address_space_destroy(space);
}

/* The longest expression that is read, and one that is longer by a byte. */
static void expressions_have_a_greatest_length(void **state)
{
	struct address_space *space = sample_python();
	char expression[PLACE_LENGTH_MAX + 1];
	struct place_mistake mistake;
	uint64_t address = 0;

	(void)state;
	memset(expression, '0', sizeof(expression));
	memcpy(expression, "heap+", 5);
	assert_int_equal(place_find(space, expression, PLACE_LENGTH_MAX, &address, &mistake), 0);
	assert_int_equal(address, 0x55b5f7c8d000);
	assert_int_not_equal(
		place_find(space, expression, PLACE_LENGTH_MAX + 1, &address, &mistake), 0);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_hexadecimal),
		cmocka_unit_test(numbers_behind_them_are_decimal),
		cmocka_unit_test(names_stand_for_where_things_begin),
		cmocka_unit_test(mistakes_tell_where),
		cmocka_unit_test(what_64_bits_do_not_hold_is_no_address),
		cmocka_unit_test(several_that_are_meant_are_told),
		cmocka_unit_test(long_expressions_are_refused),
		cmocka_unit_test(bytes_that_are_no_text_are_a_mistake),
		cmocka_unit_test(expressions_have_a_greatest_length),
	};

	return cmocka_run_group_tests_name("place", tests, NULL, NULL);
}
