/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "columns_text.h"
#include "support/golden.h"
#include "ui/difference/difference_columns.h"

static struct difference_columns lay(int columns)
{
	struct difference_columns laid;

	difference_columns_lay(&laid, (struct rect){3, 0, columns, 10});
	return laid;
}

/* All stand within, in order, and none touches the next one; both sides are alike. */
static void columns_never_overlap(void **state)
{
	(void)state;
	for (int width = 30; width < 300; width++) {
		const struct difference_columns laid = lay(width);
		int last = laid.marker;

		for (int i = 0; i < DIFF_SIDES; i++) {
			const struct difference_side_columns *side = &laid.sides[i];

			assert_true(side->bar > last);
			assert_true(side->label > side->bar + side->bar_columns);
			last = side->label + side->label_columns - 1;
			if (side->perms) {
				assert_true(side->perms > last + 1);
				last = side->perms + DIFFERENCE_PERMS_COLUMNS - 1;
			}
			if (side->rss) {
				assert_true(side->rss > last + 1);
				last = side->rss + DIFFERENCE_SIZE_COLUMNS - 1;
			}
			if (side->size) {
				assert_true(side->size > last + 1);
				last = side->size + DIFFERENCE_SIZE_COLUMNS - 1;
			}
			if (i == DIFF_A) {
				assert_true(laid.sign > last + 1);
				last = laid.sign + 1;
			}
		}
		assert_int_equal(laid.sides[0].label_columns, laid.sides[1].label_columns);
		assert_true(laid.delta > last);
		last = laid.delta + laid.delta_columns;
		if (laid.rss_delta) {
			assert_true(laid.rss_delta > last);
			last = laid.rss_delta + DIFFERENCE_DELTA_COLUMNS;
		}
		assert_int_equal(last, 3 + width);
	}
}

static void the_more_telling_ones_stay(void **state)
{
	struct difference_columns laid = lay(50);

	(void)state;
	assert_true(laid.sides[0].size && !laid.sides[0].perms && !laid.sides[0].rss);
	assert_true(laid.sides[0].label_columns >= 10);
	assert_int_equal(laid.delta_columns, DIFFERENCE_DELTA_COLUMNS);
	laid = lay(78);
	assert_int_equal(laid.delta_columns, DIFFERENCE_NAMED_COLUMNS);
	assert_int_equal(laid.rss_delta, 0);
	laid = lay(118);
	assert_true(laid.sides[0].perms && laid.rss_delta);
	laid = lay(140);
	assert_true(laid.sides[0].perms && laid.sides[0].rss);
}

static void no_room_is_no_columns(void **state)
{
	const struct difference_columns laid = lay(5);

	(void)state;
	assert_int_equal(laid.sides[0].label_columns, 0);
	assert_int_equal(laid.sides[1].size, 0);
}

static void places_at_every_width(void **state)
{
	struct text text = {0};

	(void)state;
	for (int width = 4; width < 180; width++) {
		const struct difference_columns laid = lay(width);

		columns_text_append(&text, width, &laid, sizeof(laid));
	}
	golden_check("difference_columns", text_string(&text));
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_never_overlap),
		cmocka_unit_test(the_more_telling_ones_stay),
		cmocka_unit_test(no_room_is_no_columns),
		cmocka_unit_test(places_at_every_width),
	};

	return cmocka_run_group_tests_name("difference columns", tests, NULL, NULL);
}
