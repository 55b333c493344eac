/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/vma.h"
#include "ui/picture/highlights.h"

#define SECOND INT64_C(1000000000)
#define RW     (PERM_READ | PERM_WRITE)
#define RWX    (RW | PERM_EXEC)

static struct highlights highlights;

static int finish(void **state)
{
	(void)state;
	highlights_finish(&highlights);
	return 0;
}

static struct change change(enum change_type type, uint64_t old_start, uint64_t old_end,
			    uint64_t start, uint64_t end)
{
	return (struct change){
		.type = type,
		.old_start = old_start,
		.old_end = old_end,
		.start = start,
		.end = end,
		.perms = start < end ? RW : 0,
		.old_perms = old_start < old_end ? RW : 0,
		.name = "",
	};
}

static void add_one(struct change one, int64_t now)
{
	highlights_add(&highlights, &(struct change_list){.changes = &one, .count = 1}, now);
}

/* What is marked at an address; CHANGE_TYPE_COUNT when nothing is. */
static enum change_type at(uint64_t address)
{
	struct highlight highlight = {.type = CHANGE_TYPE_COUNT};

	highlights_find(&highlights, address, address + 1, &highlight);
	return highlight.type;
}

static void highlights_settle_after_their_time(void **state)
{
	struct highlight highlight = {.start = 1};
	int64_t next = 0;

	(void)state;
	assert_false(highlights_expire(&highlights, 0, &next));
	assert_int_equal(next, HIGHLIGHTS_NEVER);
	assert_false(highlights_find(&highlights, 0, UINT64_MAX, &highlight));
	assert_int_equal(highlight.start, 1);
	add_one(change(CHANGE_MAPPED, 0, 0, 0x1000, 0x3000), 10 * SECOND);
	add_one(change(CHANGE_UNMAPPED, 0x8000, 0x9000, 0, 0), 11 * SECOND);
	assert_int_equal(at(0x1000), CHANGE_MAPPED);
	assert_int_equal(at(0x2fff), CHANGE_MAPPED);
	assert_int_equal(at(0x3000), CHANGE_TYPE_COUNT);
	assert_int_equal(at(0x8fff), CHANGE_UNMAPPED);
	assert_false(highlights_expire(&highlights, 13 * SECOND - 1, &next));
	assert_int_equal(next, 13 * SECOND);
	assert_true(highlights_expire(&highlights, 13 * SECOND, &next));
	assert_int_equal(at(0x8fff), CHANGE_TYPE_COUNT);
	assert_int_equal(next, 14 * SECOND);
	assert_true(highlights_expire(&highlights, 14 * SECOND, &next));
	assert_int_equal(next, HIGHLIGHTS_NEVER);
	assert_int_equal(at(0x1000), CHANGE_TYPE_COUNT);
	assert_false(highlights_expire(&highlights, 15 * SECOND, &next));
}

static void what_keeps_growing_is_one_mark(void **state)
{
	struct highlight highlight;
	int64_t next;

	(void)state;
	for (uint64_t i = 0; i < 3000; i++)
		add_one(change(CHANGE_GREW, 0x10000, 0x20000 + i * 0x1000, 0x10000,
			       0x21000 + i * 0x1000),
			(int64_t)i * SECOND / 100);
	assert_int_equal(highlights.count, 1);
	assert_true(highlights_find(&highlights, 0x10000, UINT64_MAX, &highlight));
	assert_int_equal(highlight.from, 0x20000);
	assert_int_equal(highlight.to, 0x20000 + 3000 * 0x1000);
	/* Cut to the range asked for. */
	assert_true(highlights_find(&highlights, 0x24000, 0x26000, &highlight));
	assert_int_equal(highlight.from, 0x24000);
	assert_int_equal(highlight.to, 0x26000);
	assert_true(highlights_find(&highlights, 0x10000, 0x20000, &highlight));
	assert_int_equal(highlight.from, highlight.to);
	/* Quiet long enough, it begins anew. */
	highlights_expire(&highlights, 35 * SECOND, &next);
	add_one(change(CHANGE_GREW, 0x10000, 0xc00000, 0x10000, 0xc01000), 36 * SECOND);
	assert_true(highlights_find(&highlights, 0x10000, UINT64_MAX, &highlight));
	assert_int_equal(highlight.from, 0xc00000);
	assert_int_equal(highlight.to, 0xc01000);
}

static void growth_is_found_at_either_end(void **state)
{
	struct highlight highlight;

	(void)state;
	add_one(change(CHANGE_GREW, 0x8000, 0xa000, 0x5000, 0xa000), 0);
	assert_true(highlights_find(&highlights, 0, UINT64_MAX, &highlight));
	assert_int_equal(highlight.from, 0x5000);
	assert_int_equal(highlight.to, 0x8000);
	/* Further down: both parts touch. */
	add_one(change(CHANGE_GREW, 0x5000, 0xa000, 0x4000, 0xa000), 1);
	assert_true(highlights_find(&highlights, 0, UINT64_MAX, &highlight));
	assert_int_equal(highlight.from, 0x4000);
	assert_int_equal(highlight.to, 0x8000);
	/* At the other end: they do not. */
	add_one(change(CHANGE_GREW, 0x4000, 0xa000, 0x4000, 0xb000), 1);
	assert_true(highlights_find(&highlights, 0, UINT64_MAX, &highlight));
	assert_int_equal(highlight.from, 0xa000);
	assert_int_equal(highlight.to, 0xb000);
	assert_int_equal(highlights.count, 1);
}

static void the_most_important_is_found(void **state)
{
	struct change protected = change(CHANGE_PROTECTED, 0x1000, 0x2000, 0x1000, 0x2000);
	static const enum change_type upwards[] = {CHANGE_UNMAPPED, CHANGE_RENAMED,
						   CHANGE_MOVED,    CHANGE_SHRANK,
						   CHANGE_GREW,     CHANGE_PROTECTED};
	struct highlight highlight;

	(void)state;
	for (size_t i = 0; i < sizeof(upwards) / sizeof(upwards[0]); i++) {
		bool ghost = upwards[i] == CHANGE_UNMAPPED;

		add_one(change(upwards[i], 0x1000, 0x2000, ghost ? 0 : 0x1000, ghost ? 0 : 0x2000),
			0);
		assert_int_equal(at(0x1800), upwards[i]);
	}
	add_one(change(CHANGE_SPLIT, 0x1000, 0x2000, 0x1000, 0x1800), 0);
	add_one(change(CHANGE_MERGED, 0x1000, 0x2000, 0x1000, 0x2000), 0);
	assert_int_equal(at(0x1800), CHANGE_PROTECTED);
	add_one(change(CHANGE_MAPPED, 0, 0, 0x1000, 0x2000), 0);
	assert_int_equal(at(0x1800), CHANGE_MAPPED);
	protected.perms = RWX;
	add_one(protected, 0);
	assert_true(highlights_find(&highlights, 0x1800, 0x1801, &highlight));
	assert_true(highlight.danger);
	assert_int_equal(highlight.type, CHANGE_PROTECTED);
	/* It was both already, or it is no more: nothing new to fear. */
	highlights_finish(&highlights);
	protected.old_perms = RWX;
	add_one(protected, 0);
	protected.perms = RW;
	add_one(protected, 0);
	assert_true(highlights_find(&highlights, 0x1800, 0x1801, &highlight));
	assert_false(highlight.danger);
}

static void grown_parts_are_found_below_more_important_marks(void **state)
{
	struct highlight highlight;

	(void)state;
	add_one(change(CHANGE_MAPPED, 0, 0, 0x1000, 0x2000), 0);
	add_one(change(CHANGE_GREW, 0x1000, 0x2000, 0x1000, 0x3000), SECOND);
	assert_true(highlights_find(&highlights, 0, UINT64_MAX, &highlight));
	assert_int_equal(highlight.type, CHANGE_MAPPED);
	assert_int_equal(highlight.end, 0x3000);
	assert_int_equal(highlight.from, 0x2000);
	assert_int_equal(highlight.to, 0x3000);
}

static void highlights_go_where_their_mapping_goes(void **state)
{
	struct highlight highlight;

	(void)state;
	add_one(change(CHANGE_MAPPED, 0, 0, 0x1000, 0x2000), 0);
	add_one(change(CHANGE_GREW, 0x1000, 0x2000, 0x1000, 0x4000), 1);
	add_one(change(CHANGE_MOVED, 0x1000, 0x4000, 0x70000, 0x73000), 2);
	assert_int_equal(at(0x1000), CHANGE_TYPE_COUNT);
	assert_true(highlights_find(&highlights, 0x70000, 0x73000, &highlight));
	assert_int_equal(highlight.type, CHANGE_MAPPED);
	assert_int_equal(highlight.from, highlight.to);
	add_one(change(CHANGE_UNMAPPED, 0x70000, 0x73000, 0, 0), 3);
	assert_int_equal(highlights.count, 1);
	assert_int_equal(at(0x70000), CHANGE_UNMAPPED);
	/* To a place that overlaps the old one: none of its old place stays marked. */
	add_one(change(CHANGE_GREW, 0x100000, 0x101000, 0x100000, 0x104000), 3);
	add_one(change(CHANGE_MOVED, 0x100000, 0x104000, 0x102000, 0x106000), 3);
	assert_int_equal(at(0x100000), CHANGE_TYPE_COUNT);
	assert_int_equal(at(0x101fff), CHANGE_TYPE_COUNT);
	assert_true(highlights_find(&highlights, 0x102000, 0x200000, &highlight));
	assert_int_equal(highlight.type, CHANGE_GREW);
	assert_int_equal(highlight.start, 0x102000);
	assert_int_equal(highlight.end, 0x106000);
	assert_int_equal(highlight.from, highlight.to);
	/* Within one list: B goes, A moves to where B was and stays marked. */
	{
		struct change both[] = {
			change(CHANGE_MOVED, 0x1000, 0x2000, 0x5000, 0x6000),
			change(CHANGE_UNMAPPED, 0x5000, 0x6000, 0, 0),
		};

		highlights_add(&highlights, &(struct change_list){.changes = both, .count = 2}, 4);
		assert_int_equal(at(0x5000), CHANGE_MOVED);
	}
}

static void another_program_clears_all(void **state)
{
	(void)state;
	add_one(change(CHANGE_MAPPED, 0, 0, 0x1000, 0x2000), 0);
	add_one(change(CHANGE_EXIT, 0, 0, 0, 0), 0);
	assert_int_equal(highlights.count, 1);
	add_one(change(CHANGE_EXEC, 0, 0, 0, 0), 0);
	assert_int_equal(highlights.count, 0);
}

static uint64_t next_random(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return *seed >> 33;
}

static void the_number_is_bounded_and_the_important_stay(void **state)
{
	size_t count = 60000;
	struct change *many = memory_alloc(count * sizeof(*many));
	struct change_list list = {.changes = many, .count = count};

	(void)state;
	for (size_t i = 0; i < count; i++)
		many[i] = change(i == 50000 ? CHANGE_MAPPED : CHANGE_RENAMED, i << 13,
				 (i << 13) + 1, i << 13, (i << 13) + 1);
	add_one(change(CHANGE_GREW, 1, 2, 1, 3), 0);
	highlights_add(&highlights, &list, SECOND);
	assert_int_equal(highlights.count, HIGHLIGHTS_MAX);
	assert_int_equal(at(50000 << 13), CHANGE_MAPPED);
	/* The oldest made room. */
	assert_int_equal(at(2), CHANGE_TYPE_COUNT);
	add_one(change(CHANGE_GREW, 1, 2, 1, 3), 2 * SECOND);
	assert_int_equal(highlights.count, HIGHLIGHTS_MAX);
	assert_int_equal(at(2), CHANGE_GREW);
	free(many);
}

/* Of those of one time the lowest stay. */
static void what_makes_room_is_the_highest(void **state)
{
	struct change *many = memory_alloc(HIGHLIGHTS_MAX * sizeof(*many));
	struct change_list list = {.changes = many, .count = HIGHLIGHTS_MAX};
	const uint64_t last = (uint64_t)HIGHLIGHTS_MAX << 13;

	(void)state;
	for (uint64_t i = 0; i < HIGHLIGHTS_MAX; i++)
		many[i] = change(CHANGE_MAPPED, 0, 0, (i + 1) << 13, ((i + 1) << 13) + 1);
	highlights_add(&highlights, &list, SECOND);
	assert_int_equal(at(last), CHANGE_MAPPED);
	add_one(change(CHANGE_MAPPED, 0, 0, 1, 2), SECOND);
	assert_int_equal(highlights.count, HIGHLIGHTS_MAX);
	assert_int_equal(at(1), CHANGE_MAPPED);
	assert_int_equal(at(1 << 13), CHANGE_MAPPED);
	assert_int_equal(at(last - (1 << 13)), CHANGE_MAPPED);
	assert_int_equal(at(last), CHANGE_TYPE_COUNT);
	free(many);
}

/* Whatever the highlights are, finding agrees with looking at each. */
static void finding_misses_nothing(void **state)
{
	uint64_t seed = 3;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		uint64_t a = next_random(&seed) % 4000, size = next_random(&seed) % 300 + 1;
		uint64_t from = next_random(&seed) % 4000, to = from + next_random(&seed) % 90 + 1;
		static const enum change_type types[] = {CHANGE_MAPPED, CHANGE_GREW, CHANGE_SHRANK,
							 CHANGE_UNMAPPED};
		enum change_type type = types[next_random(&seed) % 4];
		bool ghost = type == CHANGE_UNMAPPED, overlaps = false, found;
		struct highlight highlight;
		int64_t next;

		add_one(change(type, ghost ? a : 0, ghost ? a + size : 0, ghost ? 0 : a,
			       ghost ? 0 : a + size),
			round * SECOND / 10);
		highlights_expire(&highlights, round * SECOND / 10, &next);
		for (size_t i = 0; i < highlights.count; i++)
			overlaps |= highlights.highlights[i].start < to &&
				    highlights.highlights[i].end > from;
		found = highlights_find(&highlights, from, to, &highlight);
		assert_int_equal(found, overlaps);
		assert_true(!found || (highlight.start < to && highlight.end > from));
	}
	assert_true(highlights.count > 10);
}

static void changes_have_roles(void **state)
{
	(void)state;
	assert_int_equal(highlights_role(CHANGE_GREW, false), ROLE_GREW);
	assert_int_equal(highlights_role(CHANGE_UNMAPPED, false), ROLE_GHOST);
	assert_int_equal(highlights_role(CHANGE_PROTECTED, false), ROLE_PROTECTED);
	assert_int_equal(highlights_role(CHANGE_PROTECTED, true), ROLE_DANGER);
	for (enum change_type type = 0; type < CHANGE_TYPE_COUNT; type++)
		assert_int_not_equal(highlights_role(type, false), ROLE_DEFAULT);
}

/* What has settled is over: what is gained afterwards is no part of it. */
static void what_settled_is_not_continued(void **state)
{
	(void)state;
	for (int64_t late = 0; late < 2; late++) {
		struct highlight highlight = {.start = 1};

		highlights_finish(&highlights);
		add_one(change(CHANGE_GREW, 0x1000, 0x2000, 0x1000, 0x3000), SECOND);
		add_one(change(CHANGE_GREW, 0x1000, 0x3000, 0x1000, 0x4000),
			SECOND + HIGHLIGHTS_LASTING_NS - 1 + late);
		assert_true(highlights_find(&highlights, 0, 0x10000, &highlight));
		assert_int_equal(highlight.from, late ? 0x3000 : 0x2000);
		assert_int_equal(highlight.to, 0x4000);
		assert_int_equal(highlights.count, 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(highlights_settle_after_their_time, finish),
		cmocka_unit_test_teardown(what_keeps_growing_is_one_mark, finish),
		cmocka_unit_test_teardown(growth_is_found_at_either_end, finish),
		cmocka_unit_test_teardown(the_most_important_is_found, finish),
		cmocka_unit_test_teardown(grown_parts_are_found_below_more_important_marks, finish),
		cmocka_unit_test_teardown(highlights_go_where_their_mapping_goes, finish),
		cmocka_unit_test_teardown(another_program_clears_all, finish),
		cmocka_unit_test_teardown(the_number_is_bounded_and_the_important_stay, finish),
		cmocka_unit_test_teardown(what_makes_room_is_the_highest, finish),
		cmocka_unit_test_teardown(finding_misses_nothing, finish),
		cmocka_unit_test(changes_have_roles),
		cmocka_unit_test(what_settled_is_not_continued),
	};

	return cmocka_run_group_tests_name("highlights", tests, NULL, NULL);
}
