/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "maps_space.h"
#include "model/grow_down.h"
#include "model/page_facts.h"
#include "model/usage.h"

#define ABOVE UINT64_C(0x40000000)

static struct address_space *space_with(const char *maps, uint64_t stack, uint64_t as)
{
	struct target target = maps_space_target();

	target.limits = (struct target_limits){TARGET_UNLIMITED, stack, as, TARGET_UNLIMITED};
	return maps_space_create(&target, maps);
}

static enum grow_down_answer find(struct address_space *space, uint64_t address, uint64_t flags,
				  uint64_t below, struct grow_down *ret_growth)
{
	const struct page_facts facts = {.flags = flags, .below = below};

	return grow_down_find(space, address, &facts, ret_growth);
}

/* The answer about an address 16 pages below the mapping at ABOVE. */
static enum grow_down_answer ask(const char *maps, uint64_t flags, uint64_t below)
{
	struct address_space *space = space_with(maps, TARGET_UNLIMITED, TARGET_UNLIMITED);
	struct grow_down growth;
	enum grow_down_answer answer = find(space, ABOVE - 0x10000 + 5, flags, below, &growth);

	if (answer != GROW_DOWN_NO) {
		assert_int_equal(growth.vma->start, ABOVE);
		assert_int_equal(growth.more, 0x10000);
	}
	address_space_destroy(space);
	return answer;
}

static void flags_decide(void **state)
{
	static const char anonymous[] = "40000000-40001000 rw-p 00000000 00:00 0\n";
	static const char file[] = "40000000-40001000 rw-p 00000000 08:01 5 /file\n";
	static const char shared[] = "40000000-40001000 rw-s 00000000 00:01 5 /memfd:x (deleted)\n";
	static const char stack[] = "40000000-40001000 rw-p 00000000 00:00 0 [stack]\n";
	const uint64_t gd = usage_flag_bit("gd");

	(void)state;
	assert_int_equal(ask(anonymous, gd, 0), GROW_DOWN_YES);
	assert_int_equal(ask(anonymous, 0, 0), GROW_DOWN_NO);
	assert_int_equal(ask(anonymous, TARGET_UNKNOWN, 0), GROW_DOWN_PERHAPS);
	assert_int_equal(ask(file, TARGET_UNKNOWN, 0), GROW_DOWN_NO);
	assert_int_equal(ask(shared, TARGET_UNKNOWN, 0), GROW_DOWN_NO);
	assert_int_equal(ask(stack, TARGET_UNKNOWN, 0), GROW_DOWN_YES);
	assert_int_equal(ask(stack, gd, 0), GROW_DOWN_YES);
	/* A stack that was mapped over keeps its name. */
	assert_int_equal(ask(stack, 0, 0), GROW_DOWN_NO);
	assert_int_equal(ask("", gd, 0), GROW_DOWN_NO);
}

static void what_is_near_below_keeps_it_away(void **state)
{
	static const char near[] = "3ff00000-3ffe0000 rw-p 00000000 00:00 0\n"
				   "40000000-40001000 rw-p 00000000 00:00 0\n";
	static const char no_access[] = "3ff00000-3ffe0000 ---p 00000000 00:00 0\n"
					"40000000-40001000 rw-p 00000000 00:00 0\n";
	static const char file[] = "3ff00000-3ffe0000 r--p 00000000 08:01 5 /file\n"
				   "40000000-40001000 rw-p 00000000 00:00 0\n";
	const uint64_t gd = usage_flag_bit("gd");

	(void)state;
	assert_int_equal(ask(near, gd, 0), GROW_DOWN_NO);
	assert_int_equal(ask(near, gd, gd), GROW_DOWN_YES);
	assert_int_equal(ask(near, gd, TARGET_UNKNOWN), GROW_DOWN_PERHAPS);
	assert_int_equal(ask(near, TARGET_UNKNOWN, gd), GROW_DOWN_PERHAPS);
	assert_int_equal(ask(no_access, gd, 0), GROW_DOWN_YES);
	assert_int_equal(ask(file, gd, TARGET_UNKNOWN), GROW_DOWN_NO);
}

static void limits_decide(void **state)
{
	static const char maps[] = "10000000-10001000 rw-p 00000000 00:00 0\n"
				   "40000000-40001000 rw-p 00000000 00:00 0\n";
	const uint64_t gd = usage_flag_bit("gd");
	struct address_space *space = space_with(maps, 0x11000, 0x12000);
	struct grow_down growth;

	(void)state;
	assert_int_equal(find(space, ABOVE - 0x10000, gd, 0, &growth), GROW_DOWN_YES);
	assert_false(growth.limited);
	assert_int_equal(find(space, ABOVE - 0x10001, gd, 0, &growth), GROW_DOWN_NO);
	space->target.limits.as = 0x11000;
	assert_int_equal(find(space, ABOVE - 0x10000, gd, 0, &growth), GROW_DOWN_NO);
	address_space_destroy(space);
}

static bool is_limited(uint64_t stack, uint64_t as, const struct page_facts *facts)
{
	struct address_space *space =
		space_with("40000000-40001000 rw-p 00000000 00:00 0\n", stack, as);
	struct grow_down growth;

	assert_int_equal(grow_down_find(space, ABOVE - 1, facts, &growth), GROW_DOWN_YES);
	address_space_destroy(space);
	return growth.limited;
}

static void a_limit_that_is_not_known_may_be_reached(void **state)
{
	const uint64_t gd = usage_flag_bit("gd"), none = TARGET_UNLIMITED;
	struct page_facts facts = {.flags = gd};

	(void)state;
	assert_false(is_limited(none, none, &facts));
	assert_true(is_limited(TARGET_UNKNOWN, none, &facts));
	assert_true(is_limited(none, TARGET_UNKNOWN, &facts));
	facts.overcommit = 1;
	assert_false(is_limited(none, none, &facts));
	facts.overcommit = 2;
	assert_true(is_limited(none, none, &facts));
	facts.overcommit = TARGET_UNKNOWN;
	assert_true(is_limited(none, none, &facts));
	facts.overcommit = 0;
	facts.flags = gd | usage_flag_bit("lo");
	assert_true(is_limited(none, none, &facts));
}

/* 256 pages away from what is below it may grow, and above 64 KiB without asking. */
static void borders_are_exact(void **state)
{
	static const char maps[] = "11000-12000 rw-p 00000000 00:00 0\n"
				   "3fdff000-3fe00000 rw-p 00000000 00:00 0\n"
				   "40000000-40001000 rw-p 00000000 00:00 0\n"
				   "ffffffffff600000-ffffffffff601000 --xp 0 00:00 0 [vsyscall]\n";
	const uint64_t gd = usage_flag_bit("gd");
	struct address_space *space = space_with(maps, TARGET_UNLIMITED, TARGET_UNLIMITED);
	struct grow_down growth = {.more = 7};

	(void)state;
	assert_int_equal(find(space, 0x3feff000, gd, 0, &growth), GROW_DOWN_NO);
	assert_int_equal(growth.more, 7);
	assert_int_equal(find(space, 0x3fefffff, gd, 0, &growth), GROW_DOWN_NO);
	assert_int_equal(find(space, 0x3ff00000, gd, 0, &growth), GROW_DOWN_YES);
	assert_int_equal(growth.more, 0x100000);
	assert_false(growth.limited);
	assert_int_equal(find(space, 0x10000, gd, 0, &growth), GROW_DOWN_YES);
	assert_int_equal(growth.more, 0x1000);
	assert_false(growth.limited);
	assert_int_equal(find(space, 0xffff, gd, 0, &growth), GROW_DOWN_YES);
	assert_int_equal(growth.more, 0x2000);
	assert_true(growth.limited);
	/* The kernel's own page at the end is not the process's. */
	space->target.limits.as = 0x4000;
	assert_int_equal(find(space, 0x10000, gd, 0, &growth), GROW_DOWN_YES);
	space->target.limits.as = 0x3fff;
	assert_int_equal(find(space, 0x10000, gd, 0, &growth), GROW_DOWN_NO);
	space->target.page_size = 0;
	assert_int_equal(find(space, 0x10000, gd, 0, &growth), GROW_DOWN_NO);
	address_space_destroy(space);
}

static void nothing_grows_where_something_is(void **state)
{
	static const char maps[] = "40000000-40001000 rw-p 00000000 00:00 0\n";
	const uint64_t gd = usage_flag_bit("gd");
	struct address_space *space = space_with(maps, TARGET_UNLIMITED, TARGET_UNLIMITED);
	struct grow_down growth;

	(void)state;
	assert_int_equal(find(space, ABOVE, gd, 0, &growth), GROW_DOWN_NO);
	assert_int_equal(find(space, ABOVE + 0x1000, gd, 0, &growth), GROW_DOWN_NO);
	assert_int_equal(find(space, UINT64_MAX, gd, 0, &growth), GROW_DOWN_NO);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flags_decide),
		cmocka_unit_test(what_is_near_below_keeps_it_away),
		cmocka_unit_test(limits_decide),
		cmocka_unit_test(a_limit_that_is_not_known_may_be_reached),
		cmocka_unit_test(borders_are_exact),
		cmocka_unit_test(nothing_grows_where_something_is),
	};

	return cmocka_run_group_tests_name("grow_down", tests, NULL, NULL);
}
