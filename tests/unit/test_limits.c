/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "model/address_space.h"
#include "model/limits.h"
#include "support/sample.h"

#define M (1024 * 1024)

static void levels_begin_at_80_and_95_percent(void **state)
{
	(void)state;
	assert_int_equal(limit_level(0, 100), LIMIT_FINE);
	assert_int_equal(limit_level(79, 100), LIMIT_FINE);
	assert_int_equal(limit_level(80, 100), LIMIT_NEAR);
	assert_int_equal(limit_level(94, 100), LIMIT_NEAR);
	assert_int_equal(limit_level(95, 100), LIMIT_SHORT);
	assert_int_equal(limit_level(200, 100), LIMIT_SHORT);
	assert_int_equal(limit_level(UINT64_MAX - 2, TARGET_UNKNOWN), LIMIT_FINE);
	assert_int_equal(limit_level(UINT64_MAX - 2, TARGET_UNLIMITED), LIMIT_FINE);
	/* Beyond 64 bits in the multiplication. */
	assert_int_equal(limit_level(UINT64_MAX - 3, UINT64_MAX - 2), LIMIT_SHORT);
	assert_int_equal(limit_level(UINT64_MAX / 2, UINT64_MAX - 2), LIMIT_FINE);
}

static void counts_as_the_kernel_does(void **state)
{
	struct address_space *space = sample_python();
	struct limits limits;
	uint64_t data = 0;

	(void)state;
	for (size_t i = 0; i < space->vma_count; i++)
		if ((space->vmas[i].perms & (PERM_WRITE | PERM_SHARED)) == PERM_WRITE &&
		    strcmp(space->vmas[i].name, "[stack]") != 0)
			data += vma_size(&space->vmas[i]);
	limits_measure(space, &limits);
	/* [vsyscall] is not one of the process's own. */
	assert_int_equal(limits.uses[LIMIT_MAPPINGS].used, space->vma_count - 1);
	assert_int_equal(limits.uses[LIMIT_MAPPINGS].used, space->mappings);
	assert_int_equal(limits.uses[LIMIT_MAPPINGS].limit, 65530);
	assert_int_equal(limits.uses[LIMIT_ADDRESS_SPACE].used, space->size);
	assert_true(limits.uses[LIMIT_ADDRESS_SPACE].limit == TARGET_UNLIMITED);
	assert_int_equal(limits.uses[LIMIT_DATA].used, data);
	assert_int_equal(limits.uses[LIMIT_STACK].used, 0x21000);
	assert_int_equal(limits.uses[LIMIT_STACK].limit, 8 * M);
	assert_true(limits.has_stack);
	assert_int_equal(limits.stack_gap, 0x7fff7725a000 - 0x7f83aa791000);
	assert_int_equal(limits.gap_start, 0);
	assert_int_equal(limits.gap, 0x55b5c3c00000);
	assert_int_equal(limits.level, LIMIT_FINE);
	address_space_destroy(space);
}

static void the_worst_level_counts(void **state)
{
	struct address_space *space = sample_python();
	struct limits limits;

	(void)state;
	space->target.limits.max_map_count = 40; /* 34 of 40 */
	limits_measure(space, &limits);
	assert_int_equal(limits.uses[LIMIT_MAPPINGS].level, LIMIT_NEAR);
	assert_int_equal(limits.level, LIMIT_NEAR);
	space->target.limits.as = space->size;
	limits_measure(space, &limits);
	assert_int_equal(limits.uses[LIMIT_ADDRESS_SPACE].level, LIMIT_SHORT);
	assert_int_equal(limits.uses[LIMIT_DATA].level, LIMIT_FINE);
	assert_int_equal(limits.level, LIMIT_SHORT);
	address_space_destroy(space);
}

static struct address_space *with_something_below_the_stack(uint64_t distance)
{
	const struct target target = {
		.comm = "deep", .page_size = 4096, .limits = {65530, 8 * M, TARGET_UNLIMITED, 0}};
	const uint64_t stack = 0x7fff00000000;
	const struct vma vmas[] = {
		{.start = stack - distance - 4096,
		 .end = stack - distance,
		 .name = "",
		 .perms = PERM_READ,
		 .kind = KIND_ANON},
		{.start = stack,
		 .end = stack + 132 * 1024,
		 .name = "[stack]",
		 .perms = PERM_READ | PERM_WRITE,
		 .kind = KIND_STACK},
	};
	struct address_space *space;

	assert_int_equal(address_space_create(&target, vmas, 2, 0, 0, &space), 0);
	return space;
}

/* Long before its limit the stack ends at what lies below it, a guard of 1 MiB kept. */
static void a_mapping_in_the_way_is_the_stack_s_limit(void **state)
{
	static const struct {
		uint64_t distance;
		enum limit_level level;
	} cases[] = {
		{64 * M, LIMIT_FINE}, {M + 64 * 1024, LIMIT_FINE}, {M + 20 * 1024, LIMIT_NEAR},
		{M, LIMIT_SHORT},     {4096, LIMIT_SHORT},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct address_space *space = with_something_below_the_stack(cases[i].distance);
		struct limits limits;

		limits_measure(space, &limits);
		assert_int_equal(limits.stack_gap, cases[i].distance);
		assert_int_equal(limits.uses[LIMIT_STACK].level, cases[i].level);
		/* Nothing is data here: of a limit of 0 nothing is left all the same. */
		assert_int_equal(limits.uses[LIMIT_DATA].level, LIMIT_SHORT);
		address_space_destroy(space);
	}
}

static void an_empty_space_is_one_gap(void **state)
{
	struct address_space *space = sample_empty();
	struct limits limits;

	(void)state;
	limits_measure(space, &limits);
	assert_int_equal(limits.uses[LIMIT_MAPPINGS].used, 0);
	assert_false(limits.has_stack);
	assert_int_equal(limits.stack_gap, 0);
	assert_int_equal(limits.gap_start, 0);
	assert_true(limits.gap == space->user_end);
	assert_int_equal(limits.level, LIMIT_FINE);
	address_space_destroy(space);
}

static void every_item_has_a_name(void **state)
{
	(void)state;
	assert_string_equal(limit_name(LIMIT_MAPPINGS), "mappings");
	assert_string_equal(limit_name(LIMIT_STACK), "stack");
	assert_string_equal(limit_name(LIMIT_ADDRESS_SPACE), "address space");
	assert_string_equal(limit_name(LIMIT_DATA), "data");
}

/* The widest gap, of equals the lowest; the lowest part of a stack that was cut; private data. */
static void gaps_stacks_and_data_are_measured(void **state)
{
	const uint8_t rw = PERM_READ | PERM_WRITE;
	struct vma vmas[] = {
		{.start = 0x1000, .end = 0x2000, .name = "", .perms = rw},
		{.start = 0x6000, .end = 0x8000, .name = "", .perms = rw | PERM_SHARED},
		{.start = 0xc000, .end = 0xd000, .name = "", .perms = rw, .kind = KIND_STACK},
		{.start = 0xd000, .end = 0xf000, .name = "", .perms = rw, .kind = KIND_STACK},
		{.start = 0xf000, .end = 0x13000, .name = "", .perms = PERM_READ},
	};
	const struct target target = {.comm = "", .page_size = 0x1000};
	struct address_space *space;
	struct limits limits;

	(void)state;
	for (size_t i = 0; i < 5; i++)
		vmas[i].kind = vmas[i].kind == KIND_STACK ? KIND_STACK : KIND_ANON;
	assert_int_equal(address_space_create(&target, vmas, 5, 0, 0, &space), 0);
	space->user_end = 0x13000;
	limits_measure(space, &limits);
	assert_int_equal(limits.gap, 0x4000);
	assert_int_equal(limits.gap_start, 0x2000);
	assert_int_equal(limits.stack_gap, 0x4000);
	assert_int_equal(limits.uses[LIMIT_STACK].used, 0x3000);
	assert_int_equal(limits.uses[LIMIT_DATA].used, 0x1000);
	assert_int_equal(limits.uses[LIMIT_MAPPINGS].used, 5);
	/* The gap at the end, if it is wider by a byte; and what begins there is not counted. */
	space->user_end += 0x4001;
	limits_measure(space, &limits);
	assert_int_equal(limits.gap, 0x4001);
	assert_int_equal(limits.gap_start, 0x13000);
	space->user_end = 0xf000;
	limits_measure(space, &limits);
	assert_int_equal(limits.uses[LIMIT_MAPPINGS].used, 4);
	assert_int_equal(limits.uses[LIMIT_ADDRESS_SPACE].used, 0x6000);
	address_space_destroy(space);
	/* What may be accessed how is not known: whether it is data neither. */
	vmas[4].perms = PERM_ACCESS_UNKNOWN;
	assert_int_equal(address_space_create(&target, vmas, 5, 0, 0, &space), 0);
	limits_measure(space, &limits);
	assert_int_equal(limits.uses[LIMIT_DATA].used, TARGET_UNKNOWN);
	address_space_destroy(space);
}

/* Of a core file it is not known which mappings of files count as data. */
static void what_may_be_data_makes_the_sum_unknown(void **state)
{
	struct vma vmas[] = {
		{.start = 0x1000, .end = 0x2000, .name = "", .perms = PERM_READ | PERM_WRITE},
		{.start = 0x2000, .end = 0x3000, .name = "/f", .perms = PERM_READ},
		{.start = 0x3000, .end = 0x4000, .name = "", .perms = PERM_READ | PERM_WRITE},
	};
	const struct target target = {.comm = "", .page_size = 0x1000};
	struct address_space *space;
	struct limits limits;

	(void)state;
	vmas[1].perms |= PERM_SHARING_UNKNOWN;
	assert_int_equal(address_space_create(&target, vmas, 3, 0, 0, &space), 0);
	limits_measure(space, &limits);
	assert_int_equal(limits.uses[LIMIT_DATA].used, 0x2000);
	address_space_destroy(space);
	vmas[1].perms |= PERM_WRITE;
	assert_int_equal(address_space_create(&target, vmas, 3, 0, 0, &space), 0);
	limits_measure(space, &limits);
	assert_int_equal(limits.uses[LIMIT_DATA].used, TARGET_UNKNOWN);
	assert_int_equal(limits.uses[LIMIT_ADDRESS_SPACE].used, 0x3000);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_may_be_data_makes_the_sum_unknown),
		cmocka_unit_test(levels_begin_at_80_and_95_percent),
		cmocka_unit_test(counts_as_the_kernel_does),
		cmocka_unit_test(the_worst_level_counts),
		cmocka_unit_test(a_mapping_in_the_way_is_the_stack_s_limit),
		cmocka_unit_test(an_empty_space_is_one_gap),
		cmocka_unit_test(every_item_has_a_name),
		cmocka_unit_test(gaps_stacks_and_data_are_measured),
	};

	return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
