/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/timeline.h"

static void notes_are_found_by_time(void **state)
{
	struct timeline timeline;

	(void)state;
	timeline_init(&timeline, 10, 90);
	assert_null(timeline_note(&timeline, 90));
	timeline_add_mark(&timeline, TIMELINE_NOTE, 50, "second");
	timeline_add_mark(&timeline, TIMELINE_NOTE, 20, "first");
	timeline_add_mark(&timeline, TIMELINE_CHANGE, 60, NULL);
	timeline_add_mark(&timeline, TIMELINE_CHANGE, 20, NULL);
	timeline_sort(&timeline);
	/* What matters more comes later, and is drawn over the others. */
	assert_int_equal(timeline.marks[0].type, TIMELINE_CHANGE);
	assert_int_equal(timeline.marks[1].type, TIMELINE_NOTE);
	assert_int_equal(timeline.marks[3].time_ns, 60);
	assert_null(timeline_note(&timeline, 19));
	assert_string_equal(timeline_note(&timeline, 20)->words, "first");
	assert_string_equal(timeline_note(&timeline, 49)->words, "first");
	assert_string_equal(timeline_note(&timeline, 90)->words, "second");
	timeline_finish(&timeline);
	assert_int_equal(timeline.mark_count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(notes_are_found_by_time),
	};

	return cmocka_run_group_tests_name("timeline", tests, NULL, NULL);
}
