/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <string.h>

#include "columns_text.h"
#include "support/golden.h"
#include "ui/picture/minimap.h"
#include "ui/picture/picture_columns.h"

/* What is shown does not overlap, and stays inside. */
static void columns_never_overlap(void **state)
{
	(void)state;
	for (int width = 38; width < 250; width++)
		for (int asked = 0; asked < 32; asked++) {
			struct rect inside = {1, 1, width, 10};
			struct picture_columns columns;
			int end = 1 + width, at;

			picture_columns_lay(&columns, inside,
					    &(struct picture_wish){.growth = asked & 1,
								   .rss = asked & 2,
								   .minimap = asked & 4,
								   .pss = asked & 8,
								   .swap = asked & 16});
			at = columns.label + columns.label_columns;
			assert_true(columns.bar_columns >= 6 && columns.label_columns > 2);
			assert_true(columns.label > columns.bar + columns.bar_columns);
			if (columns.delta) {
				assert_true(columns.delta > at);
				at = columns.delta + PICTURE_DELTA_COLUMNS;
			}
			if (columns.perms) {
				assert_true(columns.perms > at);
				at = columns.perms + PICTURE_PERMS_COLUMNS;
			}
			assert_true(columns.size > at);
			at = columns.size + PICTURE_SIZE_COLUMNS;
			if (columns.rss) {
				assert_true(columns.rss > at);
				at = columns.rss + PICTURE_RSS_COLUMNS;
			}
			if (columns.pss) {
				assert_true(columns.pss > at);
				at = columns.pss + PICTURE_RSS_COLUMNS;
			}
			if (columns.swap) {
				assert_true(columns.swap > at);
				at = columns.swap + PICTURE_RSS_COLUMNS;
			}
			assert_true(at < inside.column + columns.line_columns);
			if (columns.minimap)
				assert_int_equal(columns.minimap + MINIMAP_COLUMNS, end);
		}
}

static void things_come_with_the_room(void **state)
{
	static const struct {
		int width;
		bool perms, delta, rss, minimap, more;
	} cases[] = {{59, false, false, false, false, false}, {60, true, false, false, true, false},
		     {64, true, true, false, true, false},    {79, true, true, false, true, false},
		     {80, true, true, true, true, false},     {119, true, true, true, true, false},
		     {120, true, true, true, true, true}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct rect inside = {0, 0, cases[i].width, 10};
		struct picture_columns columns;

		picture_columns_lay(&columns, inside,
				    &(struct picture_wish){true, true, true, true, true});
		assert_int_equal(columns.perms != 0, cases[i].perms);
		assert_int_equal(columns.delta != 0, cases[i].delta);
		assert_int_equal(columns.rss != 0, cases[i].rss);
		assert_int_equal(columns.minimap != 0, cases[i].minimap);
		assert_true((columns.pss != 0) == cases[i].more);
		assert_true((columns.swap != 0) == cases[i].more);
		picture_columns_lay(&columns, inside, &(struct picture_wish){0});
		assert_int_equal(columns.delta, 0);
		assert_int_equal(columns.rss, 0);
		assert_int_equal(columns.minimap, 0);
	}
}

/* On screens of 100 columns and more, with all that there is, bars and names have their room. */
static void bars_tell_and_names_are_whole(void **state)
{
	(void)state;
	for (int width = 100; width < 300; width++) {
		struct picture_columns columns;
		struct frame frame;

		frame_measure(&frame, width, 40, &(struct frame_wish){.aside = true});
		picture_columns_lay(&columns, frame_inside(&frame, frame.main),
				    &(struct picture_wish){true, true, true, true, true});
		assert_true(columns.bar_columns >= 10);
		assert_true(columns.label_columns >= (int)strlen("thread-stack 20715"));
	}
}

/* With nothing asked for, and with all of it. */
static void places_at_every_width(void **state)
{
	static const struct picture_wish wishes[] = {
		{0}, {.growth = true, .rss = true, .pss = true, .swap = true, .minimap = true}};
	struct text text = {0};

	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (int width = 36; width < 180; width++) {
			struct picture_columns columns;

			picture_columns_lay(&columns, (struct rect){1, 1, width, 10}, &wishes[i]);
			columns_text_append(&text, width, &columns, sizeof(columns));
		}
	golden_check("picture_columns", text_string(&text));
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_never_overlap),
		cmocka_unit_test(bars_tell_and_names_are_whole),
		cmocka_unit_test(things_come_with_the_room),
		cmocka_unit_test(places_at_every_width),
	};

	return cmocka_run_group_tests_name("picture_columns", tests, NULL, NULL);
}
