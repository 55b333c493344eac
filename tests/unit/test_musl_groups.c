/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fake_musl.h"
#include "inside/heap_memory.h"
#include "inside/musl_groups.h"

#define START UINT64_C(0x10000)
#define PAGES 12
#define AREA  (START + FAKE_PAGE)
#define OUTER (START + 2 * FAKE_PAGE)

struct fixture {
	struct fake_memory memory;
	struct heap_range writable;
	struct heap_memory heap;
	struct fake_musl musl;
	struct musl_context context;
	struct musl_groups groups;
};

static void begin(struct fixture *fixture, unsigned word)
{
	*fixture = (struct fixture){
		.writable = {START, START + PAGES * FAKE_PAGE},
		.musl = {START, AREA, false},
		.context = {.address = START, .secret = FAKE_SECRET, .areas = AREA}};
	fake_memory_init(&fixture->memory, START, PAGES, word);
	fixture->heap = (struct heap_memory){.reader = &fixture->memory.reader,
					     .word = word,
					     .writable = {&fixture->writable, 1}};
	fake_musl_put(&fixture->memory, &fixture->musl, 8);
}

static void put(struct fixture *fixture, unsigned number, const struct fake_group *group)
{
	fake_musl_put_group(&fixture->memory, &fixture->musl, number, group);
}

static const struct musl_groups *list(struct fixture *fixture)
{
	musl_groups_init(&fixture->groups, &fixture->heap, &fixture->context);
	return &fixture->groups;
}

static void end(struct fixture *fixture)
{
	musl_groups_finish(&fixture->groups);
	fake_memory_finish(&fixture->memory);
}

/* Class 15 has slots of 31 units, 496 bytes. */
static const struct fake_group outer = {
	.start = OUTER, .free_now = 0x2, .free_later = 0x40, .slots = 8, .class = 15, .pages = 1};

/* An area says how many of its places are in use; what lies behind these is of before. */
static void groups_behind_the_last_are_none(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, 8);
	put(&fixture, 7, &outer);
	assert_int_equal(list(&fixture)->count, 1);
	end(&fixture);
	begin(&fixture, 8);
	put(&fixture, 8, &outer);
	assert_int_equal(list(&fixture)->count, 0);
	end(&fixture);
}

static void slots_are_free_now_or_later(void **state)
{
	struct fixture fixture;
	const struct musl_groups *groups;

	(void)state;
	for (unsigned word = 4; word <= 8; word += 4) {
		begin(&fixture, word);
		put(&fixture, 3, &outer);
		groups = list(&fixture);
		assert_true(groups->complete);
		assert_int_equal(groups->area_count, 1);
		assert_int_equal(groups->areas[0], AREA);
		assert_int_equal(groups->count, 1);
		assert_int_equal(groups->groups[0].start, OUTER);
		assert_int_equal(groups->groups[0].end, OUTER + FAKE_PAGE);
		assert_int_equal(groups->groups[0].stride, 496);
		assert_int_equal(groups->groups[0].slots, 8);
		assert_int_equal(groups->groups[0].free, 0x42);
		assert_int_equal(musl_group_slot(&groups->groups[0], 2), OUTER + 16 + 2 * 496);
		assert_true(groups->groups[0].is_sure);
		end(&fixture);
	}
}

static void small_groups_lie_in_slots(void **state)
{
	const struct fake_group inner = {
		.start = OUTER + 16 + 2 * 496, .free_now = 0xf0, .slots = 10, .class = 2};
	struct fixture fixture;
	const struct musl_groups *groups;

	(void)state;
	begin(&fixture, 8);
	put(&fixture, 0, &inner);
	put(&fixture, 1, &outer);
	groups = list(&fixture);
	assert_int_equal(groups->count, 2);
	assert_int_equal(groups->groups[0].holds, 1 << 2);
	assert_false(groups->groups[0].is_inner);
	assert_true(groups->groups[1].is_inner);
	assert_int_equal(groups->groups[1].end, inner.start + 16 + 10 * 48);
	end(&fixture);
}

static void not_in_free_slots_or_across_them(void **state)
{
	const struct fake_group in_free = {.start = OUTER + 16 + 496, .slots = 4, .class = 2};
	const struct fake_group across = {.start = OUTER + 16 + 496 - 64, .slots = 4, .class = 2};
	const struct fake_group in_head = {.start = OUTER, .slots = 1, .class = 0};
	struct fixture fixture;

	(void)state;
	begin(&fixture, 8);
	put(&fixture, 0, &in_free);
	put(&fixture, 1, &across);
	put(&fixture, 2, &in_head);
	put(&fixture, 3, &outer);
	assert_int_equal(list(&fixture)->count, 1);
	assert_int_equal(fixture.groups.groups[0].meta,
			 fake_musl_meta(&fixture.memory, &fixture.musl, 3));
	assert_int_equal(fixture.groups.groups[0].holds, 0);
	end(&fixture);
}

static void a_large_block_is_alone(void **state)
{
	const struct fake_group single = {
		.start = START + 6 * FAKE_PAGE, .slots = 1, .class = FAKE_SINGLE, .pages = 3};
	struct fixture fixture;

	(void)state;
	begin(&fixture, 8);
	put(&fixture, 0, &single);
	assert_int_equal(list(&fixture)->count, 1);
	assert_true(fixture.groups.groups[0].is_single);
	assert_int_equal(fixture.groups.groups[0].end, START + 9 * FAKE_PAGE);
	end(&fixture);
}

static void what_does_not_point_back_is_no_group(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, 8);
	put(&fixture, 0, &outer);
	/* The second meta of the same memory. */
	put(&fixture, 1, &outer);
	assert_int_equal(list(&fixture)->count, 1);
	assert_int_equal(fixture.groups.groups[0].meta,
			 fake_musl_meta(&fixture.memory, &fixture.musl, 1));
	end(&fixture);
}

static void a_torn_group_is_known_to_be_one(void **state)
{
	struct fake_group torn = outer;
	struct fixture fixture;

	(void)state;
	/* Free twice. */
	torn.free_later = torn.free_now;
	begin(&fixture, 8);
	put(&fixture, 0, &torn);
	assert_int_equal(list(&fixture)->count, 1);
	assert_false(fixture.groups.groups[0].is_sure);
	end(&fixture);
	/* Its beginning is not in memory. */
	begin(&fixture, 8);
	put(&fixture, 0, &outer);
	fixture.memory.absent[2] = true;
	assert_int_equal(list(&fixture)->count, 1);
	assert_false(fixture.groups.groups[0].is_sure);
	end(&fixture);
	/* Of two that begin there it is the larger one, whichever comes first. */
	for (unsigned i = 0; i < 2; i++) {
		struct fake_group larger = outer;

		larger.pages = 2;
		begin(&fixture, 8);
		put(&fixture, i, &larger);
		put(&fixture, 1 - i, &outer);
		fixture.memory.absent[2] = true;
		assert_int_equal(list(&fixture)->count, 1);
		assert_int_equal(fixture.groups.groups[0].end, OUTER + 2 * FAKE_PAGE);
		end(&fixture);
	}
	/* What seems to lie in it is none, either. */
	begin(&fixture, 8);
	put(&fixture, 0, &outer);
	put(&fixture, 1,
	    &(struct fake_group){.start = OUTER + 16 + 2 * 496, .slots = 4, .class = 2});
	fake_musl_put_half(&fixture.memory, fake_musl_meta(&fixture.memory, &fixture.musl, 0) + 28,
			   0x2);
	assert_int_equal(list(&fixture)->count, 1);
	assert_false(fixture.groups.groups[0].is_sure);
	end(&fixture);
	/* Newer than the list of mappings. */
	begin(&fixture, 8);
	put(&fixture, 0, &outer);
	fixture.writable.end = OUTER;
	assert_int_equal(list(&fixture)->count, 1);
	assert_false(fixture.groups.groups[0].is_sure);
	end(&fixture);
}

static void what_no_meta_says_is_left_out(void **state)
{
	const struct fake_group wrong[] = {
		{.start = OUTER, .slots = 4, .class = 48, .pages = 1},
		{.start = OUTER, .slots = 2, .class = FAKE_SINGLE, .pages = 1},
		{.start = OUTER, .slots = 1, .class = FAKE_SINGLE},
		{.start = OUTER + 8, .slots = 4, .class = 2, .pages = 1},
		{.start = OUTER, .free_now = 0x10, .slots = 4, .class = 2},
	};
	struct fixture fixture;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		begin(&fixture, 8);
		put(&fixture, 0, &wrong[i]);
		assert_int_equal(list(&fixture)->count, 0);
		end(&fixture);
	}
}

static void a_list_of_areas_ends_where_it_comes_round(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, 8);
	put(&fixture, 0, &outer);
	fake_memory_put(&fixture.memory, AREA + 8, AREA);
	assert_int_equal(list(&fixture)->count, 1);
	assert_int_equal(fixture.groups.area_count, 1);
	assert_false(fixture.groups.complete);
	end(&fixture);
	/* Each is in the list once, however often it was gone through until then. */
	begin(&fixture, 8);
	for (uint64_t i = 0; i < 3; i++) {
		fake_memory_put(&fixture.memory, AREA + i * FAKE_PAGE, FAKE_SECRET);
		fake_memory_put(&fixture.memory, AREA + i * FAKE_PAGE + 8,
				AREA + (i + 1) % 3 * FAKE_PAGE);
	}
	list(&fixture);
	assert_int_equal(fixture.groups.area_count, 3);
	for (uint64_t i = 0; i < 3; i++)
		assert_int_equal(fixture.groups.areas[i], AREA + i * FAKE_PAGE);
	/* It is not gone round for long. */
	assert_in_range(fixture.memory.calls, 3, 32);
	end(&fixture);
	/* And where it leads to none. */
	begin(&fixture, 8);
	fake_memory_put(&fixture.memory, AREA + 8, START + 3 * FAKE_PAGE);
	assert_int_equal(list(&fixture)->area_count, 1);
	assert_false(fixture.groups.complete);
	end(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(groups_behind_the_last_are_none),
		cmocka_unit_test(slots_are_free_now_or_later),
		cmocka_unit_test(small_groups_lie_in_slots),
		cmocka_unit_test(not_in_free_slots_or_across_them),
		cmocka_unit_test(a_large_block_is_alone),
		cmocka_unit_test(what_does_not_point_back_is_no_group),
		cmocka_unit_test(a_torn_group_is_known_to_be_one),
		cmocka_unit_test(what_no_meta_says_is_left_out),
		cmocka_unit_test(a_list_of_areas_ends_where_it_comes_round),
	};

	return cmocka_run_group_tests_name("musl_groups", tests, NULL, NULL);
}
