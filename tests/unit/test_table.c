/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "layout/diagram.h"
#include "model/address_space.h"
#include "support/sample.h"
#include "ui/table/table.h"

#define PROGRAM 0x55b5c3c00000
#define HEAP    0x55b5f7c8d000
#define LIBM    0x7f83a9782000
#define LIBC    0x7f83aa53e000
#define STACK   0x7fff7725a000

struct stand {
	struct address_space *space;
	struct table table;
};

static void make(struct stand *stand, uint64_t cursor)
{
	table_make(&stand->table, (struct table_request){.space = stand->space}, cursor);
}

static void set_up(struct stand *stand, struct address_space *space, size_t lines)
{
	*stand = (struct stand){.space = space};
	table_set_lines(&stand->table, lines);
	make(stand, HEAP);
}

static void take_down(struct stand *stand)
{
	table_finish(&stand->table);
	address_space_destroy(stand->space);
}

static uint64_t at_cursor(const struct stand *stand)
{
	return stand->space->vmas[table_row(&stand->table)->vma].start;
}

static void the_cursor_is_on_the_mapping_of_an_address(void **state)
{
	struct stand stand;

	(void)state;
	set_up(&stand, sample_python(), 8);
	assert_int_equal(at_cursor(&stand), HEAP);
	table_place(&stand.table, stand.space, HEAP + 0x3000);
	assert_int_equal(at_cursor(&stand), HEAP);
	/* Within a folded object: on that. */
	table_place(&stand.table, stand.space, LIBC + 0x30000);
	assert_int_equal(at_cursor(&stand), LIBC);
	/* In a gap: the next one above; above all: the highest. */
	table_place(&stand.table, stand.space, HEAP - 0x1000);
	assert_int_equal(at_cursor(&stand), HEAP);
	table_place(&stand.table, stand.space, UINT64_MAX);
	assert_int_equal(at_cursor(&stand), 0xffffffffff600000);
	take_down(&stand);
}

static void moving_scrolls_and_stops_at_the_ends(void **state)
{
	struct stand stand;
	size_t last;

	(void)state;
	set_up(&stand, sample_python(), 5);
	last = stand.table.rows.count - 1;
	table_move(&stand.table, stand.space, -1000000);
	assert_int_equal(stand.table.cursor, 0);
	assert_int_equal(stand.table.top, 0);
	table_move(&stand.table, stand.space, 4);
	assert_int_equal(stand.table.top, 0);
	table_move(&stand.table, stand.space, 1);
	assert_int_equal(stand.table.top, 1);
	table_move(&stand.table, stand.space, -1);
	assert_int_equal(stand.table.top, 1);
	table_move(&stand.table, stand.space, 1000000);
	assert_int_equal(stand.table.cursor, last);
	assert_int_equal(stand.table.top, last - 4);
	/* The address goes with it. */
	assert_int_equal(stand.table.address, 0xffffffffff600000);
	take_down(&stand);
}

static void scrolling_keeps_the_cursor_on_the_screen(void **state)
{
	struct stand stand;
	size_t count;

	(void)state;
	set_up(&stand, sample_python(), 5);
	count = stand.table.rows.count;
	table_move(&stand.table, stand.space, -1000);
	table_move(&stand.table, stand.space, 1);
	table_scroll(&stand.table, stand.space, 1);
	assert_int_equal(stand.table.top, 1);
	assert_int_equal(stand.table.address, HEAP);
	table_scroll(&stand.table, stand.space, 3);
	assert_int_equal(stand.table.cursor, 4);
	assert_int_equal(stand.table.address, at_cursor(&stand));
	for (size_t i = 0; i < count; i++)
		table_scroll(&stand.table, stand.space, 3);
	assert_int_equal(stand.table.top, count - 5);
	table_scroll(&stand.table, stand.space, -1000);
	assert_int_equal(stand.table.top, 0);
	assert_int_equal(stand.table.cursor, 4);
	/* Nothing to scroll: the cursor moves. */
	table_set_lines(&stand.table, 100);
	table_scroll(&stand.table, stand.space, 3);
	assert_int_equal(stand.table.cursor, 5);
	table_scroll(&stand.table, stand.space, -3);
	assert_int_equal(stand.table.cursor, 4);
	take_down(&stand);
}

static void sorting_shows_what_comes_first(void **state)
{
	struct stand stand;

	(void)state;
	set_up(&stand, sample_python(), 8);
	table_choose(&stand.table, 1);
	table_sort(&stand.table);
	assert_int_equal(stand.table.order.column, TABLE_SIZE);
	make(&stand, HEAP);
	/* The cursor is where it was, for the heap is among the largest. */
	assert_int_equal(stand.table.top, 0);
	assert_int_equal(at_cursor(&stand), HEAP);
	table_sort(&stand.table);
	assert_true(stand.table.order.reversed);
	make(&stand, HEAP);
	/* Among the smallest it is not: what comes first has the cursor. */
	assert_int_equal(stand.table.top, 0);
	assert_int_equal(stand.table.cursor, 0);
	assert_int_equal(stand.table.address, at_cursor(&stand));
	/* Another column starts in its own direction. */
	table_choose(&stand.table, 1);
	table_sort(&stand.table);
	assert_false(stand.table.order.reversed);
	take_down(&stand);
}

static void the_cursor_keeps_its_line_when_rows_move(void **state)
{
	struct address_space *fewer = sample_python_without(PROGRAM);
	struct stand stand;
	size_t line, row;

	(void)state;
	set_up(&stand, sample_python(), 6);
	table_move(&stand.table, stand.space, 6);
	line = stand.table.cursor - stand.table.top;
	row = stand.table.cursor;
	table_fold(&stand.table, stand.space, &stand.table.rows.rows[0]);
	make(&stand, STACK);
	assert_int_equal(at_cursor(&stand), STACK);
	assert_int_equal(stand.table.cursor - stand.table.top, line);
	assert_int_not_equal(stand.table.cursor, row);
	table_make(&stand.table, (struct table_request){.space = fewer}, STACK);
	assert_int_equal(fewer->vmas[table_row(&stand.table)->vma].start, STACK);
	assert_int_equal(stand.table.cursor - stand.table.top, line);
	address_space_destroy(fewer);
	take_down(&stand);
}

static void an_object_unfolds_below_the_cursor(void **state)
{
	struct stand stand;
	const struct table_row *object;
	size_t rows;

	(void)state;
	set_up(&stand, sample_python(), 20);
	rows = stand.table.rows.count;
	table_place(&stand.table, stand.space, LIBC);
	object = table_object(&stand.table);
	assert_int_equal(object->type, TABLE_ROW_OBJECT);
	table_fold(&stand.table, stand.space, object);
	make(&stand, LIBC);
	assert_int_equal(stand.table.rows.count, rows + 6);
	/* On the object, not on its first mapping, which begins at the same address. */
	assert_int_equal(table_row(&stand.table)->type, TABLE_ROW_OBJECT);
	table_move(&stand.table, stand.space, 1);
	assert_int_equal(table_row(&stand.table)->type, TABLE_ROW_MEMBER);
	assert_int_equal(at_cursor(&stand), LIBC);
	make(&stand, LIBC);
	assert_int_equal(table_row(&stand.table)->type, TABLE_ROW_MEMBER);
	/* Another one, below: both are open, and folded again from a member. */
	table_place(&stand.table, stand.space, PROGRAM);
	table_fold(&stand.table, stand.space, table_object(&stand.table));
	make(&stand, PROGRAM);
	assert_int_equal(stand.table.rows.count, rows + 12);
	table_place(&stand.table, stand.space, LIBC + 0x30000);
	assert_int_equal(table_row(&stand.table)->type, TABLE_ROW_MEMBER);
	table_fold(&stand.table, stand.space, table_object(&stand.table));
	make(&stand, stand.table.address);
	assert_int_equal(stand.table.rows.count, rows + 6);
	assert_int_equal(at_cursor(&stand), LIBC);
	/* The lower one is folded, the upper one stays open. */
	table_fold(&stand.table, stand.space, table_object(&stand.table));
	make(&stand, LIBC);
	table_place(&stand.table, stand.space, PROGRAM);
	table_fold(&stand.table, stand.space, table_object(&stand.table));
	make(&stand, PROGRAM);
	assert_int_equal(stand.table.rows.count, rows + 6);
	table_place(&stand.table, stand.space, LIBC + 0x30000);
	assert_int_equal(table_row(&stand.table)->type, TABLE_ROW_MEMBER);
	table_place(&stand.table, stand.space, STACK);
	assert_null(table_object(&stand.table));
	take_down(&stand);
}

static void columns_are_chosen_and_hidden(void **state)
{
	struct table table = {0};

	(void)state;
	assert_false(table_choose(&table, -1));
	assert_false(table_hide(&table));
	assert_true(table_choose(&table, 1));
	assert_true(table_choose(&table, 1));
	assert_int_equal(table.chosen, TABLE_RSS);
	assert_true(table_hide(&table));
	assert_int_equal(table.chosen, TABLE_PSS);
	/* What is hidden is passed over. */
	assert_true(table_choose(&table, -1));
	assert_int_equal(table.chosen, TABLE_SIZE);
	while (table_choose(&table, 1))
		;
	assert_int_equal(table.chosen, TABLE_NAME);
	assert_false(table_hide(&table));
	table_finish(&table);
}

static void a_smaller_screen_keeps_the_cursor_on_it(void **state)
{
	struct stand stand;

	(void)state;
	set_up(&stand, sample_python(), 12);
	table_move(&stand.table, stand.space, 9);
	table_set_lines(&stand.table, 3);
	assert_in_range(stand.table.cursor - stand.table.top, 0, 2);
	table_set_lines(&stand.table, 100);
	assert_int_equal(stand.table.top, 0);
	table_set_lines(&stand.table, 0);
	assert_int_equal(stand.table.top, stand.table.cursor);
	take_down(&stand);
}

static void a_row_is_a_band(void **state)
{
	struct region_list regions;
	struct stand stand;
	struct band band;
	uint64_t start, end;

	(void)state;
	set_up(&stand, sample_python(), 3);
	region_list_init(&regions, stand.space);
	assert_true(table_band(&stand.table, stand.space, &regions, &band));
	assert_int_equal(band.start, HEAP);
	assert_int_equal(band.count, 1);
	table_place(&stand.table, stand.space, LIBC);
	assert_true(table_band(&stand.table, stand.space, &regions, &band));
	assert_int_equal(band.start, LIBC);
	assert_int_equal(band.end, 0x7f83aa71f000);
	assert_int_equal(band.count, 6);
	table_move(&stand.table, stand.space, -1000);
	assert_true(table_visible(&stand.table, stand.space, &start, &end));
	assert_int_equal(start, PROGRAM);
	assert_int_equal(end, 0x7f839c021000);
	region_list_finish(&regions);
	take_down(&stand);
}

static void no_mappings_are_no_rows(void **state)
{
	struct region_list regions;
	struct stand stand;
	struct band band = {.start = 1};
	uint64_t start, end;

	(void)state;
	set_up(&stand, sample_empty(), 10);
	region_list_init(&regions, stand.space);
	table_move(&stand.table, stand.space, 1);
	table_scroll(&stand.table, stand.space, 1);
	assert_null(table_row(&stand.table));
	assert_null(table_object(&stand.table));
	assert_false(table_band(&stand.table, stand.space, &regions, &band));
	assert_int_equal(band.start, 1);
	assert_false(table_visible(&stand.table, stand.space, &start, &end));
	region_list_finish(&regions);
	take_down(&stand);
}

static void the_cursor_goes_to_parts(void **state)
{
	struct address_space *space = sample_stacks(2);
	struct table table = {.lines = 100};
	const struct table_request request = {.space = space};
	struct region_list regions;
	struct band band;
	size_t object;

	(void)state;
	region_list_init(&regions, space);
	table_make(&table, request, 0x7f83a8782000);
	object = table.cursor;
	assert_int_equal(table_row(&table)->parts, 4);
	assert_true(table_band(&table, space, &regions, &band));
	assert_int_equal(band.count, 4);
	table_fold(&table, space, table_row(&table));
	table_make(&table, request, table.address);
	assert_int_equal(table.cursor, object);
	table_place(&table, space, 0x7f83a8782000 + 5);
	assert_int_equal(table.cursor, object + 4);
	assert_true(table_band(&table, space, &regions, &band));
	assert_int_equal(band.count, 1);
	assert_int_equal(band.start, 0x7f83a8782000);
	table_move(&table, space, -2);
	assert_int_equal(table.address, 0x7f83a7f81000);
	for (size_t part = 1; part <= 4; part++) {
		table_place(&table, space, space->parts[part - 1].end - 1);
		assert_int_equal(table.cursor, object + part);
	}
	table_finish(&table);
	region_list_finish(&regions);
	address_space_destroy(space);
}

static void unfold(struct stand *stand, uint64_t address)
{
	table_place(&stand->table, stand->space, address);
	table_fold(&stand->table, stand->space, table_object(&stand->table));
	make(stand, address);
}

/* Whether the lowest mapping of the object at the address is shown as a member. */
static bool is_open(const struct stand *stand, uint64_t object)
{
	const struct table_rows *rows = &stand->table.rows;

	for (size_t i = 0; i < rows->count; i++)
		if (rows->rows[i].type == TABLE_ROW_MEMBER &&
		    stand->space->vmas[rows->rows[i].vma].start == object)
			return true;
	return false;
}

static void objects_are_open_each_by_itself(void **state)
{
	static const uint64_t orders[][3] = {
		{LIBM, PROGRAM, LIBC}, {PROGRAM, LIBM, LIBC}, {LIBC, LIBM, PROGRAM}};

	(void)state;
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		struct stand stand;

		set_up(&stand, sample_python(), 20);
		for (size_t j = 0; j < 3; j++)
			unfold(&stand, orders[i][j]);
		for (size_t j = 0; j < 3; j++) {
			assert_true(is_open(&stand, orders[0][j]));
			unfold(&stand, orders[0][j]);
			for (size_t k = 0; k < 3; k++)
				assert_int_equal(is_open(&stand, orders[0][k]), k > j);
		}
		take_down(&stand);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cursor_is_on_the_mapping_of_an_address),
		cmocka_unit_test(moving_scrolls_and_stops_at_the_ends),
		cmocka_unit_test(scrolling_keeps_the_cursor_on_the_screen),
		cmocka_unit_test(sorting_shows_what_comes_first),
		cmocka_unit_test(the_cursor_keeps_its_line_when_rows_move),
		cmocka_unit_test(an_object_unfolds_below_the_cursor),
		cmocka_unit_test(columns_are_chosen_and_hidden),
		cmocka_unit_test(a_smaller_screen_keeps_the_cursor_on_it),
		cmocka_unit_test(a_row_is_a_band),
		cmocka_unit_test(no_mappings_are_no_rows),
		cmocka_unit_test(the_cursor_goes_to_parts),
		cmocka_unit_test(objects_are_open_each_by_itself),
	};

	return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
