/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "columns_text.h"
#include "support/golden.h"
#include "ui/table/table_columns.h"

static struct table_columns lay(int columns, const struct table *table)
{
	struct table_columns laid;

	table_columns_lay(&laid, (struct rect){3, 5, columns, 10}, table);
	return laid;
}

/* How many columns are shown; they follow each other with blanks between and fill the pane. */
static int check_laid(const struct table_columns *laid, int columns)
{
	int count = 0, end = 3 + 2;

	for (int i = 0; i < TABLE_COLUMNS; i++) {
		if (!laid->places[i].columns)
			continue;
		assert_in_range(laid->places[i].at - end, 1, 2);
		end = laid->places[i].at + laid->places[i].columns;
		count++;
	}
	assert_int_equal(end, 3 + columns);
	return count;
}

static void wider_panes_show_more_columns(void **state)
{
	const struct table table = {0};
	int before = 0;

	(void)state;
	for (int columns = 31; columns < 200; columns++) {
		struct table_columns laid = lay(columns, &table);
		int count = check_laid(&laid, columns);

		assert_true(count >= before || columns < 80);
		before = count;
		assert_true(laid.places[TABLE_NAME].columns >=
			    TABLE_NAME_COLUMNS_MIN + TABLE_FOLD_COLUMNS);
	}
	assert_int_equal(before, TABLE_COLUMNS);
}

static void the_chosen_and_the_sorted_column_stay(void **state)
{
	(void)state;
	for (int column = 0; column < TABLE_COLUMNS; column++) {
		const struct table table = {.chosen = (enum table_column)column,
					    .order = {TABLE_SWAP, false}};
		struct table_columns laid = lay(40, &table);

		check_laid(&laid, 40);
		assert_true(laid.places[column].columns > 0);
		assert_true(laid.places[TABLE_SWAP].columns > 0);
	}
}

static void hidden_columns_leave_their_room(void **state)
{
	const struct table table = {.hidden = 1 << TABLE_RSS | 1 << TABLE_KIND};
	struct table_columns laid = lay(120, &table);

	(void)state;
	assert_int_equal(check_laid(&laid, 120), TABLE_COLUMNS - 2);
	assert_int_equal(laid.places[TABLE_RSS].columns, 0);
	assert_int_equal(laid.places[TABLE_KIND].columns, 0);
}

static void cells_belong_to_columns(void **state)
{
	const struct table table = {0};
	struct table_columns laid = lay(120, &table);

	(void)state;
	assert_int_equal(table_columns_at(&laid, 3), TABLE_COLUMNS);
	for (int i = 0; i < TABLE_COLUMNS; i++) {
		int at = laid.places[i].at, last = at + laid.places[i].columns - 1;

		assert_int_equal(table_columns_at(&laid, at), i);
		assert_int_equal(table_columns_at(&laid, last), i);
		assert_int_not_equal(table_columns_at(&laid, last + 1), i);
	}
}

/* As it begins, and with some columns hidden where others have to be there. */
static void places_at_every_width(void **state)
{
	const struct table tables[] = {{.lines = 1},
				       {.chosen = TABLE_SWAP,
					.order = {TABLE_PSS, false},
					.hidden = 1u << TABLE_SIZE | 1u << TABLE_KIND}};
	struct text text = {0};

	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (int width = 14; width < 130; width++) {
			const struct table_columns laid = lay(width, &tables[i]);

			columns_text_append(&text, width, &laid, sizeof(laid));
		}
	golden_check("table_columns", text_string(&text));
	text_finish(&text);
}

static void amounts_end_at_the_right(void **state)
{
	static const bool right[TABLE_COLUMNS] = {
		[TABLE_ADDRESS] = true, [TABLE_SIZE] = true, [TABLE_RSS] = true,
		[TABLE_PSS] = true,     [TABLE_SWAP] = true, [TABLE_GROWTH] = true,
	};

	(void)state;
	for (int i = 0; i < TABLE_COLUMNS; i++)
		assert_int_equal(table_column_is_right((enum table_column)i), right[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wider_panes_show_more_columns),
		cmocka_unit_test(the_chosen_and_the_sorted_column_stay),
		cmocka_unit_test(hidden_columns_leave_their_room),
		cmocka_unit_test(cells_belong_to_columns),
		cmocka_unit_test(places_at_every_width),
		cmocka_unit_test(amounts_end_at_the_right),
	};

	return cmocka_run_group_tests_name("table_columns", tests, NULL, NULL);
}
