/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "maps_space.h"
#include "model/growth_balance.h"

#define MIB (UINT64_C(1) << 20)
#define RW  "rw-p 00000000 00:00 0"

static struct address_space *space_of(const char *maps, uint64_t rss, uint64_t swap)
{
	struct target target = maps_space_target();

	target.rss = rss;
	target.swap = swap;
	return maps_space_create(&target, maps);
}

static struct growth_balance balance(struct address_space *before, struct address_space *now,
				     uint64_t touched)
{
	struct growth_balance balance;

	growth_balance_make(&balance, before, now, touched);
	address_space_destroy(before);
	address_space_destroy(now);
	return balance;
}

/* 16 MiB more are mapped, 4 of them touched; a reservation is no growth before it has access. */
static void what_grew_untouched_is_told(void **state)
{
	struct growth_balance told = balance(space_of("10000000-11000000 " RW "\n", 8 * MIB, 0),
					     space_of("10000000-12000000 " RW
						      "\n20000000-30000000 ---p 00000000 00:00 0\n",
						      12 * MIB, 0),
					     4 * MIB);

	(void)state;
	assert_true(told.known);
	assert_int_equal(told.mapped, 16 * MIB);
	assert_int_equal(told.unmapped, 0);
	assert_int_equal(told.rss, 4 * MIB);
	assert_int_equal(told.untouched, 12 * MIB);
	assert_int_equal(told.gone, 0);
}

static void what_went_again_is_told(void **state)
{
	struct growth_balance told =
		balance(space_of("10000000-11000000 " RW "\n", 8 * MIB, MIB),
			space_of("10000000-11000000 " RW "\n", 6 * MIB, 3 * MIB), 4 * MIB);

	(void)state;
	assert_int_equal(told.gone, 6 * MIB);
	assert_int_equal(told.swapped, 2 * MIB);
	assert_int_equal(told.untouched, 0);
}

static void another_program_is_told(void **state)
{
	struct target target = maps_space_target();
	struct address_space *before = maps_space_create(&target, "10000000-11000000 " RW "\n"),
			     *now;

	(void)state;
	assert_false(growth_balance_is_other_program(before, before));
	target.start_stack += 16;
	now = maps_space_create(&target, "10000000-11000000 " RW "\n");
	assert_true(growth_balance_is_other_program(before, now));
	address_space_destroy(before);
	address_space_destroy(now);
}

static void what_is_not_known_is_not_told(void **state)
{
	struct growth_balance told =
		balance(space_of("10000000-11000000 " RW "\n", TARGET_UNKNOWN, 0),
			space_of("10000000-12000000 " RW "\n", 6 * MIB, 0), 4 * MIB);

	(void)state;
	assert_false(told.known);
	told = balance(space_of("10000000-11000000 " RW "\n", MIB, TARGET_UNKNOWN),
		       space_of("10000000-10800000 " RW "\n", MIB, 0), MIB);
	assert_true(told.known);
	assert_false(told.swap_known);
	assert_int_equal(told.unmapped, 8 * MIB);
	assert_int_equal(told.gone, MIB);
}

/* More cannot be untouched than was mapped, nor swapped out than went. */
static void sums_end_at_what_there_is(void **state)
{
	struct growth_balance told = balance(
		space_of("10000000-10800000 " RW "\n20000000-20100000 " RW "\n", 8 * MIB, 0),
		space_of("10000000-10a00000 " RW "\n", 4 * MIB, 7 * MIB), 5 * MIB);

	(void)state;
	assert_int_equal(told.mapped, 2 * MIB);
	assert_int_equal(told.unmapped, MIB);
	assert_int_equal(told.rss, -4 * (int64_t)MIB);
	assert_int_equal(told.swap, 7 * MIB);
	assert_int_equal(told.untouched, 0);
	assert_int_equal(told.gone, 9 * MIB);
	assert_int_equal(told.swapped, 7 * MIB);
	told = balance(space_of("10000000-10800000 " RW "\n20000000-20100000 " RW "\n", 8 * MIB, 0),
		       space_of("10000000-10c00000 " RW "\n", 9 * MIB, 0), MIB);
	assert_int_equal(told.untouched, 2 * MIB);
	assert_int_equal(told.gone, 0);
	told = balance(space_of("10000000-10800000 " RW "\n", 8 * MIB, 3 * MIB),
		       space_of("10000000-10a00000 " RW "\n", 7 * MIB, 0), 0);
	assert_int_equal(told.untouched, 2 * MIB);
	assert_int_equal(told.gone, MIB);
	assert_int_equal(told.swap, -3 * (int64_t)MIB);
	assert_int_equal(told.swapped, 0);
	told = balance(space_of("10000000-10800000 " RW "\n", 8 * MIB, 0),
		       space_of("10000000-10800000 " RW "\n", 8 * MIB, 4 * MIB), 3 * MIB);
	assert_int_equal(told.gone, 3 * MIB);
	assert_int_equal(told.swapped, 3 * MIB);
}

/* What was opened is mapped, what was closed is unmapped, also where it stays the same place. */
static void access_counts(void **state)
{
	struct growth_balance told = balance(space_of("10000000-10100000 ---p 00000000 00:00 0\n"
						      "20000000-20300000 " RW "\n",
						      MIB, 0),
					     space_of("10000000-10100000 " RW "\n"
						      "20000000-20300000 ---p 00000000 00:00 0\n",
						      MIB, 0),
					     0);

	(void)state;
	assert_int_equal(told.mapped, MIB);
	assert_int_equal(told.unmapped, 3 * MIB);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_grew_untouched_is_told),
		cmocka_unit_test(what_went_again_is_told),
		cmocka_unit_test(another_program_is_told),
		cmocka_unit_test(what_is_not_known_is_not_told),
		cmocka_unit_test(sums_end_at_what_there_is),
		cmocka_unit_test(access_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
