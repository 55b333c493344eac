/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/wx_history.h"

#define RW  (PERM_READ | PERM_WRITE)
#define RX  (PERM_READ | PERM_EXEC)
#define RWX (RW | PERM_EXEC)

static struct wx_history wx_history;

static int finish(void **state)
{
	(void)state;
	wx_history_finish(&wx_history);
	return 0;
}

struct line {
	uint64_t start, end;
	uint8_t perms;
};

/* Takes in a snapshot of the lines; one with perms 0 ends them. */
static void add(int64_t time_ns, const struct line *lines)
{
	const struct target target = {.comm = "", .page_size = 1};
	struct vma vmas[8] = {{0}};
	struct address_space *space;
	size_t count = 0;

	for (; lines[count].perms; count++)
		vmas[count] = (struct vma){
			.start = lines[count].start,
			.end = lines[count].end,
			.perms = lines[count].perms,
			.name = "",
			.kind = KIND_ANON,
		};
	assert_int_equal(address_space_create(&target, vmas, count, time_ns, 0, &space), 0);
	wx_history_add(&wx_history, space);
	address_space_destroy(space);
}

#define ADD(time, ...) add(time, (const struct line[]){__VA_ARGS__, {0, 0, 0}})

static void harmless_mappings_are_not_flagged(void **state)
{
	(void)state;
	ADD(1, {10, 20, RW}, {20, 30, RX});
	ADD(2, {10, 20, RX}, {20, 30, RW});
	assert_int_equal(wx_history_count(&wx_history, INT64_MAX), 0);
	assert_false(wx_history_contains(&wx_history, 0, UINT64_MAX, INT64_MAX));
}

static void a_flag_stays_until_unmapped(void **state)
{
	(void)state;
	ADD(1, {10, 20, RWX}, {20, 30, RWX}, {40, 50, RW});
	assert_int_equal(wx_history_count(&wx_history, INT64_MAX), 2);
	ADD(2, {10, 20, RX}, {20, 30, RW}, {40, 50, RW});
	assert_int_equal(wx_history_count(&wx_history, INT64_MAX), 2);
	assert_true(wx_history_contains(&wx_history, 10, 20, INT64_MAX));
	assert_true(wx_history_contains(&wx_history, 19, 21, INT64_MAX));
	assert_true(wx_history_contains(&wx_history, 29, 45, INT64_MAX));
	assert_false(wx_history_contains(&wx_history, 30, 100, INT64_MAX));
	assert_false(wx_history_contains(&wx_history, 0, 10, INT64_MAX));
	assert_int_equal(wx_history.past_total, 0);
	ADD(3, {20, 30, RW}, {40, 50, RW});
	assert_int_equal(wx_history_count(&wx_history, INT64_MAX), 2);
	assert_false(wx_history_contains(&wx_history, 10, 20, INT64_MAX));
	assert_int_equal(wx_history.past_count, 1);
	assert_int_equal(wx_history.past[0].start, 10);
	assert_int_equal(wx_history.past[0].end, 20);
	assert_int_equal(wx_history.past[0].seen_ns, 1);
	assert_int_equal(wx_history.past[0].gone_ns, 3);
	assert_int_equal(wx_history.past[0].kind, KIND_ANON);
	/* A new mapping there is another one. */
	ADD(4, {10, 20, RW}, {20, 30, RW});
	assert_false(wx_history_contains(&wx_history, 10, 20, INT64_MAX));
}

static void parts_stay_flagged(void **state)
{
	(void)state;
	ADD(1, {10, 40, RWX});
	/* A hole in the middle, and a neighbour that joins. */
	ADD(2, {10, 20, RW}, {30, 60, RW});
	assert_int_equal(wx_history.mappings, 2);
	assert_true(wx_history_contains(&wx_history, 30, 40, INT64_MAX));
	assert_false(wx_history_contains(&wx_history, 40, 60, INT64_MAX));
	assert_false(wx_history_contains(&wx_history, 20, 30, INT64_MAX));
	assert_int_equal(wx_history.past_total, 0);
	/* The whole of it becomes so later: known since the first time. */
	ADD(3, {10, 20, RW}, {30, 60, RWX});
	assert_true(wx_history_contains(&wx_history, 40, 60, INT64_MAX));
	assert_int_equal(wx_history.ranges[1].seen_ns, 1);
	/* Two in one mapping are one where they touch. */
	ADD(4, {10, 20, RWX}, {20, 30, RWX}, {30, 60, RX});
	ADD(5, {10, 60, RX});
	assert_int_equal(wx_history.count, 1);
	assert_int_equal(wx_history_count(&wx_history, INT64_MAX), 1);
}

/* A past moment is shown with what had been until then. */
static void what_came_later_is_not_told_of_the_past(void **state)
{
	(void)state;
	ADD(1, {10, 20, RW}, {30, 40, RWX});
	ADD(2, {10, 20, RWX}, {30, 40, RW});
	ADD(3, {10, 20, RW});
	ADD(4, {10, 20, RW});
	assert_int_equal(wx_history_count(&wx_history, 0), 0);
	assert_int_equal(wx_history_count(&wx_history, 1), 1);
	assert_int_equal(wx_history_count(&wx_history, 2), 2);
	assert_false(wx_history_contains(&wx_history, 10, 20, 1));
	/* Of two that are asked for the upper one. */
	assert_true(wx_history_contains(&wx_history, 10, 40, 1));
	assert_true(wx_history_contains(&wx_history, 10, 20, 2));
	assert_true(wx_history_contains(&wx_history, 10, 20, 4));
	assert_false(wx_history_contains(&wx_history, 30, 40, 0));
	assert_true(wx_history_contains(&wx_history, 35, 45, 1));
	assert_true(wx_history_contains(&wx_history, 30, 40, 2));
	assert_false(wx_history_contains(&wx_history, 30, 40, 3));
}

/* Any of those that are asked for, whether they are there or gone. */
static void one_of_several_suffices(void **state)
{
	(void)state;
	ADD(1, {10, 20, RW}, {30, 40, RW}, {50, 60, RWX});
	ADD(2, {10, 20, RW}, {30, 40, RWX}, {50, 60, RW});
	ADD(3, {10, 20, RWX}, {30, 40, RW}, {50, 60, RW});
	assert_true(wx_history_contains(&wx_history, 10, 60, 1));
	assert_false(wx_history_contains(&wx_history, 10, 50, 1));
	assert_false(wx_history_contains(&wx_history, 20, 50, 1));
	assert_true(wx_history_contains(&wx_history, 20, 31, 2));
	assert_true(wx_history_contains(&wx_history, 10, 31, 2));
	assert_false(wx_history_contains(&wx_history, 10, 30, 2));
	assert_int_equal(wx_history_count(&wx_history, 0), 0);
	assert_int_equal(wx_history_count(&wx_history, 1), 1);
	assert_int_equal(wx_history_count(&wx_history, 2), 2);
	assert_int_equal(wx_history_count(&wx_history, 3), 3);
	ADD(4, {70, 80, RW});
	assert_int_equal(wx_history.past_count, 3);
	assert_true(wx_history_contains(&wx_history, 10, 60, 1));
	assert_false(wx_history_contains(&wx_history, 10, 50, 1));
	assert_true(wx_history_contains(&wx_history, 10, 31, 2));
	assert_false(wx_history_contains(&wx_history, 10, 30, 2));
	assert_true(wx_history_contains(&wx_history, 19, 30, 3));
	assert_false(wx_history_contains(&wx_history, 20, 30, 3));
	assert_false(wx_history_contains(&wx_history, 10, 60, 4));
	assert_int_equal(wx_history_count(&wx_history, 1), 1);
	assert_int_equal(wx_history_count(&wx_history, 2), 2);
}

static void older_snapshots_are_left_out(void **state)
{
	(void)state;
	ADD(5, {10, 20, RWX});
	ADD(4, {50, 60, RWX});
	assert_false(wx_history_contains(&wx_history, 50, 60, INT64_MAX));
	assert_true(wx_history_contains(&wx_history, 10, 20, INT64_MAX));
}

static void another_program_makes_all_past(void **state)
{
	(void)state;
	ADD(1, {10, 20, RWX}, {30, 40, RWX});
	wx_history_exec(&wx_history, 7);
	assert_false(wx_history_contains(&wx_history, 0, UINT64_MAX, INT64_MAX));
	assert_int_equal(wx_history_count(&wx_history, INT64_MAX), 2);
	assert_int_equal(wx_history.past[1].start, 30);
	assert_int_equal(wx_history.past[1].gone_ns, 7);
	ADD(8, {10, 20, RW});
	assert_int_equal(wx_history_count(&wx_history, INT64_MAX), 2);
}

static void the_past_is_bounded_but_counted(void **state)
{
	(void)state;
	for (int64_t i = 0; i < 1000; i++)
		ADD(i, {(uint64_t)i * 10 + 10, (uint64_t)i * 10 + 15, RWX});
	assert_int_equal(wx_history.past_count, WX_HISTORY_PAST_MAX);
	assert_int_equal(wx_history.past_total, 999);
	assert_int_equal(wx_history_count(&wx_history, INT64_MAX), 1000);
	assert_int_equal(wx_history.past[WX_HISTORY_PAST_MAX - 1].start, 998 * 10 + 10);
}

static void more_than_can_be_kept_is_flagged_all_the_same(void **state)
{
	const struct target target = {.comm = "", .page_size = 1};
	size_t count = WX_HISTORY_RANGES_MAX + 1000;
	struct vma *vmas = memory_alloc(count * sizeof(*vmas));
	struct address_space *space;

	(void)state;
	for (size_t i = 0; i < count; i++)
		vmas[i] = (struct vma){
			.start = i * 10 + 10, .end = i * 10 + 15, .perms = RWX, .name = ""};
	assert_int_equal(address_space_create(&target, vmas, count, 1, 0, &space), 0);
	wx_history_add(&wx_history, space);
	address_space_destroy(space);
	assert_int_equal(wx_history.count, WX_HISTORY_RANGES_MAX);
	assert_int_equal(wx_history_count(&wx_history, INT64_MAX), count);
	for (size_t i = 0; i < count; i++)
		assert_true(
			wx_history_contains(&wx_history, vmas[i].start, vmas[i].end, INT64_MAX));
	assert_false(wx_history_contains(&wx_history, 15, 20, INT64_MAX));
	free(vmas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(harmless_mappings_are_not_flagged, finish),
		cmocka_unit_test_teardown(a_flag_stays_until_unmapped, finish),
		cmocka_unit_test_teardown(parts_stay_flagged, finish),
		cmocka_unit_test_teardown(what_came_later_is_not_told_of_the_past, finish),
		cmocka_unit_test_teardown(one_of_several_suffices, finish),
		cmocka_unit_test_teardown(older_snapshots_are_left_out, finish),
		cmocka_unit_test_teardown(another_program_makes_all_past, finish),
		cmocka_unit_test_teardown(the_past_is_bounded_but_counted, finish),
		cmocka_unit_test_teardown(more_than_can_be_kept_is_flagged_all_the_same, finish),
	};

	return cmocka_run_group_tests_name("wx_history", tests, NULL, NULL);
}
