/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/growers.h"
#include "model/runtime.h"
#include "ui/pane/growers_lines.h"

static struct growers_entry kinds[] = {{.kind = KIND_ANON},
				       {.kind = KIND_HEAP},
				       {.kind = KIND_ARENA},
				       {.kind = KIND_THREAD_STACK}};

static struct growers_entry mappings[] = {
	{.start = 0x7f83aa1dc000, .end = 0x7f83aa1dd000},
	{.start = 0x55b5f7c8d000, .end = 0x55b5f7c90000},
	{.start = 0x7f839c000000, .end = 0x7f839c001000},
	{.start = 0x7f83a9100000, .end = 0x7f83a9101000},
	{.start = 0x7f83aa564000, .end = 0x7f83aa565000},
	{.start = 0x7fff7725a000, .end = 0x7fff7725b000},
};

static const struct growers full = {kinds, 4, mappings, 6, NULL, 0, NULL, 0};
static const struct growers_open none;

static void lines_are_entries_or_headings(void **state)
{
	const struct growers only_mappings = {NULL, 0, mappings, 6, NULL, 0, NULL, 0},
			     nothing = {0};

	(void)state;
	assert_int_equal(growers_lines_count(&full, &none), 12);
	assert_null(growers_lines_at(&full, &none, 0).entry);
	assert_ptr_equal(growers_lines_at(&full, &none, 1).entry, &kinds[0]);
	assert_ptr_equal(growers_lines_at(&full, &none, 4).entry, &kinds[3]);
	assert_null(growers_lines_at(&full, &none, 5).entry);
	assert_ptr_equal(growers_lines_at(&full, &none, 6).entry, &mappings[0]);
	assert_ptr_equal(growers_lines_at(&full, &none, 11).entry, &mappings[5]);
	assert_null(growers_lines_at(&full, &none, 12).entry);
	assert_null(growers_lines_at(&full, &none, SIZE_MAX).entry);
	assert_ptr_equal(growers_lines_at(&only_mappings, &none, 1).entry, &mappings[0]);
	assert_int_equal(growers_lines_count(&nothing, &none), 0);
	assert_null(growers_lines_at(&nothing, &none, 0).entry);
}

static void the_inside_of_the_heap_stands_between(void **state)
{
	struct growers_entry heap[] = {{.part = GROWERS_USED},
				       {.part = GROWERS_FREE},
				       {.part = GROWERS_FREE, .arena = 0x7f839c000030}};
	const struct growers growers = {kinds, 4, mappings, 6, NULL, 0, heap, 3};
	const struct growers only_heap = {NULL, 0, NULL, 0, NULL, 0, heap, 2};
	const struct growers_entry other = {.part = GROWERS_FREE, .arena = 0x7f839c000030};

	(void)state;
	assert_int_equal(growers_lines_count(&growers, &none), 16);
	assert_int_equal(growers_lines_at(&growers, &none, 5).type, GROWERS_LINE_HEAP);
	assert_ptr_equal(growers_lines_at(&growers, &none, 6).entry, &heap[0]);
	assert_ptr_equal(growers_lines_at(&growers, &none, 8).entry, &heap[2]);
	assert_int_equal(growers_lines_at(&growers, &none, 9).type, GROWERS_LINE_MAPPINGS);
	assert_ptr_equal(growers_lines_at(&growers, &none, 10).entry, &mappings[0]);
	/* A part is found by its arena, not where it lies. */
	assert_int_equal(growers_lines_find(&growers, &none, &other), 8);
	assert_int_equal(growers_lines_find(&growers, &none, &heap[1]), 7);
	assert_int_equal(growers_lines_count(&only_heap, &none), 3);
	assert_int_equal(growers_lines_at(&only_heap, &none, 3).type, GROWERS_LINE_NONE);
}

static void only_so_many_kinds_are_shown(void **state)
{
	struct growers_entry many[9] = {{0}};
	const struct growers growers = {many, 9, mappings, 1, NULL, 0, NULL, 0};

	(void)state;
	assert_int_equal(growers_lines_count(&growers, &none), 1 + GROWERS_LINES_KINDS + 2);
	assert_ptr_equal(growers_lines_at(&growers, &none, GROWERS_LINES_KINDS + 2).entry,
			 &mappings[0]);
}

static void the_cursor_moves_over_headings(void **state)
{
	const struct growers nothing = {0};

	(void)state;
	assert_int_equal(growers_lines_move(&full, &none, 0, 1), 1);
	assert_int_equal(growers_lines_move(&full, &none, 4, 1), 6);
	assert_int_equal(growers_lines_move(&full, &none, 6, -1), 4);
	assert_int_equal(growers_lines_move(&full, &none, 1, -1), 1);
	assert_int_equal(growers_lines_move(&full, &none, 11, 1), 11);
	assert_int_equal(growers_lines_move(&nothing, &none, 0, 1), 0);
	assert_int_equal(growers_lines_move(&nothing, &none, 0, -1), 0);
}

static void entries_are_found_again(void **state)
{
	struct growers_entry heap = {.start = 0x55b5f7c8d000, .end = 0x55b5f7c8e000};
	struct growers_entry gone = {.start = 0x1000, .end = 0x2000};
	struct growers_entry kind = {.kind = KIND_ARENA};
	const struct growers nothing = {0};

	(void)state;
	assert_int_equal(growers_lines_find(&full, &none, &heap), 7);
	assert_int_equal(growers_lines_find(&full, &none, &kind), 3);
	assert_int_equal(growers_lines_find(&full, &none, &gone), 1);
	assert_int_equal(growers_lines_find(&nothing, &none, &gone), 0);
}

static void scrolls_as_far_as_needed(void **state)
{
	(void)state;
	assert_int_equal(growers_lines_scroll(&full, &none, 3, 5, 20), 0);
	assert_int_equal(growers_lines_scroll(&full, &none, 0, 3, 4), 0);
	assert_int_equal(growers_lines_scroll(&full, &none, 0, 4, 4), 1);
	assert_int_equal(growers_lines_scroll(&full, &none, 8, 11, 4), 8);
	assert_int_equal(growers_lines_scroll(&full, &none, 99, 11, 4), 8);
	/* The first entry of a block comes with its heading. */
	assert_int_equal(growers_lines_scroll(&full, &none, 8, 6, 4), 5);
	assert_int_equal(growers_lines_scroll(&full, &none, 8, 1, 4), 0);
	assert_int_equal(growers_lines_scroll(&full, &none, 8, 6, 1), 6);
	assert_int_equal(growers_lines_scroll(&full, &none, 8, 6, 0), 0);
	for (size_t top = 0; top < 14; top++)
		for (size_t cursor = 0; cursor < 12; cursor++)
			for (size_t lines = 1; lines < 14; lines++) {
				size_t at = growers_lines_scroll(&full, &none, top, cursor, lines);

				assert_true(at <= cursor && cursor < at + lines);
			}
}

static struct growers_entry members[] = {
	{.start = 0x10000, .end = 0x20000},
	{.start = 0x30000, .end = 0x40000},
	{.start = 0x50000, .end = 0x60000},
};

static struct growers_entry mixed[] = {
	{.start = 0x10000,
	 .end = 0x20000,
	 .count = 5, /* of which two are listed */
	 .member_count = 2,
	 .alike = {.kind = KIND_ANON, .size = 0x10000}},
	{.start = 0x1000, .end = 0x2000},
	{.start = 0x50000,
	 .end = 0x60000,
	 .count = 2,
	 .member = 1,
	 .member_count = 2,
	 .alike = {.runtime = RUNTIME_V8}},
};

static const struct growers grouped = {NULL, 0, mixed, 3, members, 3, NULL, 0};

static void expect_type(const struct growers_open *open, size_t line, enum growers_line_type type,
			const struct growers_entry *entry)
{
	const struct growers_line at = growers_lines_at(&grouped, open, line);

	assert_int_equal(at.type, type);
	assert_ptr_equal(at.entry, entry);
}

static void a_group_unfolds(void **state)
{
	struct growers_open open = {0};

	(void)state;
	assert_int_equal(growers_lines_count(&grouped, &open), 4);
	expect_type(&open, 0, GROWERS_LINE_MAPPINGS, NULL);
	expect_type(&open, 1, GROWERS_LINE_GROUP, &mixed[0]);
	expect_type(&open, 2, GROWERS_LINE_ENTRY, &mixed[1]);
	expect_type(&open, 3, GROWERS_LINE_GROUP, &mixed[2]);
	expect_type(&open, 4, GROWERS_LINE_NONE, NULL);
	assert_false(growers_lines_at(&grouped, &open, 1).open);
	growers_open_toggle(&open, &mixed[0]);
	assert_true(growers_lines_at(&grouped, &open, 1).open);
	assert_int_equal(growers_lines_count(&grouped, &open), 7);
	expect_type(&open, 2, GROWERS_LINE_MEMBER, &members[0]);
	expect_type(&open, 3, GROWERS_LINE_MEMBER, &members[1]);
	expect_type(&open, 4, GROWERS_LINE_REST, NULL);
	assert_int_equal(growers_lines_at(&grouped, &open, 4).rest, 3);
	expect_type(&open, 5, GROWERS_LINE_ENTRY, &mixed[1]);
	/* The cursor goes over what is not listed. */
	assert_int_equal(growers_lines_move(&grouped, &open, 3, 1), 5);
	growers_open_toggle(&open, &mixed[2]);
	assert_int_equal(growers_lines_count(&grouped, &open), 9);
	expect_type(&open, 8, GROWERS_LINE_MEMBER, &members[2]);
	growers_open_toggle(&open, &mixed[0]);
	assert_int_equal(growers_lines_count(&grouped, &open), 6);
	expect_type(&open, 4, GROWERS_LINE_MEMBER, &members[1]);
}

static void a_member_is_found_in_its_group(void **state)
{
	const struct growers_entry member = {.start = 0x51000, .end = 0x52000};
	struct growers_open open = {0};

	(void)state;
	assert_int_equal(growers_lines_find(&grouped, &open, &member), 3);
	assert_int_equal(growers_lines_find(&grouped, &open, &mixed[2]), 3);
	growers_open_toggle(&open, &mixed[2]);
	assert_int_equal(growers_lines_find(&grouped, &open, &member), 5);
	assert_int_equal(growers_lines_find(&grouped, &open, &mixed[2]), 3);
}

static void the_group_unfolded_first_gives_way(void **state)
{
	struct growers_open open = {0};
	struct growers_entry group = {.count = 2, .alike = {.kind = KIND_ANON}};

	(void)state;
	for (uint64_t size = 1; size <= GROWERS_LINES_OPEN + 1; size++) {
		group.alike.size = size;
		growers_open_toggle(&open, &group);
	}
	assert_int_equal(open.count, GROWERS_LINES_OPEN);
	assert_int_equal(open.groups[0].size, 2);
	assert_int_equal(open.groups[GROWERS_LINES_OPEN - 1].size, GROWERS_LINES_OPEN + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_entries_or_headings),
		cmocka_unit_test(the_inside_of_the_heap_stands_between),
		cmocka_unit_test(only_so_many_kinds_are_shown),
		cmocka_unit_test(the_cursor_moves_over_headings),
		cmocka_unit_test(entries_are_found_again),
		cmocka_unit_test(scrolls_as_far_as_needed),
		cmocka_unit_test(a_group_unfolds),
		cmocka_unit_test(a_member_is_found_in_its_group),
		cmocka_unit_test(the_group_unfolded_first_gives_way),
	};

	return cmocka_run_group_tests_name("growers_lines", tests, NULL, NULL);
}
