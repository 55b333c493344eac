/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/address_space.h"
#include "model/pulse.h"
#include "model/target.h"
#include "sampler/torn_read.h"

/* A space of mappings of that many bytes together, and [vsyscall]. */
static struct address_space *make_space(uint64_t size)
{
	static const struct target target = {.pid = 1, .comm = "torn"};
	const struct vma vmas[] = {
		{.start = 0x1000, .end = 0x2000, .name = ""},
		{.start = 0x10000, .end = 0xf000 + size, .name = ""},
		{.start = UINT64_C(0xffffffffff600000),
		 .end = UINT64_C(0xffffffffff601000),
		 .name = "[vsyscall]"},
	};
	struct address_space *space = NULL;

	assert_int_equal(address_space_create(&target, vmas, 3, 0, 0, &space), 0);
	return space;
}

static bool check(const struct torn_read *torn, uint64_t before, uint64_t listed, uint64_t after)
{
	struct address_space *space = make_space(listed);
	bool result = torn_read_check(torn, &(struct pulse){.size = before}, space,
				      &(struct pulse){.size = after});

	address_space_destroy(space);
	return result;
}

static void the_sum_lies_between_the_sizes(void **state)
{
	const struct torn_read torn = {0};

	(void)state;
	assert_false(check(&torn, 0x9000, 0x9000, 0x9000));
	assert_true(check(&torn, 0x9000, 0x8000, 0x9000));  /* one lost */
	assert_true(check(&torn, 0x9000, 0xa000, 0x9000));  /* one twice */
	assert_false(check(&torn, 0x9000, 0x9000, 0x7000)); /* it shrank */
	assert_false(check(&torn, 0x9000, 0x8000, 0x7000));
	assert_false(check(&torn, 0x9000, 0x7000, 0x7000));
	assert_true(check(&torn, 0x9000, 0x6000, 0x7000));
	assert_false(check(&torn, 0x7000, 0x8000, 0x9000)); /* it grew */
	assert_true(check(&torn, 0x7000, 0xa000, 0x9000));
}

static void a_size_that_is_not_known_tells_nothing(void **state)
{
	const struct torn_read torn = {0};

	(void)state;
	assert_false(check(&torn, TARGET_UNKNOWN, 0x8000, TARGET_UNKNOWN));
	assert_false(check(&torn, 0x9000, 0x8000, TARGET_UNKNOWN));
}

static void learn(struct torn_read *torn, uint64_t before, uint64_t first, uint64_t again,
		  uint64_t after)
{
	struct address_space *one = make_space(first), *two = make_space(again);

	torn_read_learn(torn, &(struct pulse){.size = before}, one, two,
			&(struct pulse){.size = after});
	address_space_destroy(one);
	address_space_destroy(two);
}

static void learns_how_a_kernel_counts(void **state)
{
	struct torn_read torn = {0};

	(void)state;
	learn(&torn, 0x9000, 0xa000, 0xb000, 0x9000);
	assert_int_equal(torn.uncounted, 0); /* torn twice */
	learn(&torn, 0x8000, 0xa000, 0xa000, 0x9000);
	assert_int_equal(torn.uncounted, 0); /* the size changes */
	learn(&torn, 0x9000, 0xa000, 0xa000, 0x9000);
	assert_false(check(&torn, 0x9000, 0xa000, 0x9000));
	assert_false(check(&torn, 0xc000, 0xd000, 0xc000));
	assert_true(check(&torn, 0x9000, 0x9000, 0x9000));
	learn(&torn, 0x9000, 0x8000, 0x8000, 0x9000); /* less than counted */
	assert_false(check(&torn, 0x9000, 0x8000, 0x9000));
	assert_true(check(&torn, 0x9000, 0x9000, 0x9000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_sum_lies_between_the_sizes),
		cmocka_unit_test(a_size_that_is_not_known_tells_nothing),
		cmocka_unit_test(learns_how_a_kernel_counts),
	};

	return cmocka_run_group_tests_name("torn_read", tests, NULL, NULL);
}
