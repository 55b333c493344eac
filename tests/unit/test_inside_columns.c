/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "columns_text.h"
#include "support/golden.h"
#include "ui/inside/inside_columns.h"
/* Nothing overlaps, and what there is lies in the pane. */
static void what_there_is_has_its_place(void **state)
{
	(void)state;
	for (int width = 36; width < 400; width++) {
		struct inside_columns columns;

		inside_columns_lay(&columns, (struct rect){3, 2, width, 10});
		assert_int_equal(columns.marker, 3);
		assert_true(columns.bar > columns.address);
		assert_in_range(columns.bar_columns, 4, width);
		assert_int_equal(columns.label, columns.bar + columns.bar_columns + 1);
		assert_in_range(columns.label_columns, 4, width);
		assert_true(columns.label + columns.label_columns < columns.size);
		if (columns.type)
			assert_true(columns.label + columns.label_columns < columns.type &&
				    columns.type + INSIDE_TYPE_COLUMNS < columns.size);
		if (columns.rss)
			assert_true(columns.size + INSIDE_SIZE_COLUMNS < columns.rss);
		if (columns.state)
			assert_true(columns.rss + INSIDE_RSS_COLUMNS < columns.state &&
				    columns.state + INSIDE_STATE_COLUMNS < 3 + width);
		assert_true(columns.size + INSIDE_SIZE_COLUMNS < 3 + width);
	}
}

static void wider_panes_show_more(void **state)
{
	struct inside_columns columns;

	(void)state;
	inside_columns_lay(&columns, (struct rect){0, 0, 40, 10});
	assert_int_equal(columns.address, 0);
	inside_columns_lay(&columns, (struct rect){0, 0, 78, 10});
	assert_true(columns.address && columns.type && !columns.rss);
	inside_columns_lay(&columns, (struct rect){0, 0, 140, 10});
	assert_true(columns.rss && columns.state);
}

static void places_at_every_width(void **state)
{
	struct text text = {0};

	(void)state;
	for (int width = 36; width < 180; width++) {
		struct inside_columns columns;

		inside_columns_lay(&columns, (struct rect){3, 2, width, 10});
		columns_text_append(&text, width, &columns, sizeof(columns));
	}
	golden_check("inside_columns", text_string(&text));
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_there_is_has_its_place),
		cmocka_unit_test(wider_panes_show_more),
		cmocka_unit_test(places_at_every_width),
	};

	return cmocka_run_group_tests_name("inside_columns", tests, NULL, NULL);
}
