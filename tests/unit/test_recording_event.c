/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/change.h"
#include "record/recording_event.h"
#include "recording_row.h"

static void events_come_back(void **state)
{
	struct change event = {.type = CHANGE_GREW,
			       .time_ns = 5,
			       .start = 0x1000,
			       .end = 0x4000,
			       .old_start = 0x1000,
			       .old_end = 0x2000,
			       .size = 0x3000,
			       .delta = 0x2000,
			       .perms = 3,
			       .old_perms = 1,
			       .kind = KIND_HEAP,
			       .name = "[heap]",
			       .tid = 4},
		      exited = {.type = CHANGE_EXIT, .kind = KIND_GAP, .name = "x"}, back;
	struct row row;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	open_row(&row);
	recording_event_bind(row.put, 1, &event);
	turn(&row);
	assert_true(recording_event_read(row.get, 0, &back));
	assert_string_equal(back.name, event.name);
	back.name = event.name;
	assert_true(back.type == event.type && back.start == event.start && back.end == event.end &&
		    back.old_end == event.old_end && back.size == event.size &&
		    back.delta == event.delta && back.perms == 3 && back.old_perms == 1 &&
		    back.tid == 4 && back.kind == KIND_HEAP);
	recording_event_bind(row.put, 1, &exited);
	turn(&row);
	assert_true(recording_event_read(row.get, 0, &back));
	assert_true(back.type == CHANGE_EXIT && !back.end && !back.size);
	change(&row, "UPDATE t SET b='burst'");
	assert_false(recording_event_read(row.get, 0, &back));
	close_row(&row);
}

/* One that ended has the size that it had; a range of nothing is none. */
static void a_range_may_be_missing(void **state)
{
	const struct change ended = {.type = CHANGE_UNMAPPED,
				     .start = 0x1000,
				     .end = 0x1000,
				     .old_start = 0x1000,
				     .old_end = 0x4000,
				     .perms = 7,
				     .old_perms = 5,
				     .delta = -0x3000,
				     .alternate = true,
				     .name = "x"};
	struct change back;
	struct row row;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	open_row(&row);
	recording_event_bind(row.put, 1, &(struct change){.end = 5, .old_end = 6, .name = "y"});
	recording_event_bind(row.put, 1, &ended);
	turn(&row);
	assert_true(statement_is_null(row.get, 2) && statement_is_null(row.get, 3) &&
		    statement_is_null(row.get, 7));
	assert_true(recording_event_read(row.get, 0, &back));
	assert_int_equal(back.start | back.end | back.perms, 0);
	assert_int_equal(back.old_start, 0x1000);
	assert_int_equal(back.old_end, 0x4000);
	assert_int_equal(back.old_perms, 5);
	assert_int_equal(back.size, 0x3000);
	assert_int_equal(back.delta, -0x3000);
	assert_int_equal(back.tid, 0);
	assert_true(back.alternate);
	close_row(&row);
}

static void an_event_that_cannot_be_is_refused(void **state)
{
	static const char *const wrong[] = {"a=-1",    "a=NULL", "b=NULL", "c='x'",  "d=0",
					    "h='rwx'", "h=NULL", "e='x'",  "f=0",    "i='?'",
					    "g=NULL",  "g='1'",  "j='x'",  "j=NULL", "k=5",
					    "l=0",     "l='x'",  "m=2",    "m=NULL"};
	const struct change event = {.type = CHANGE_GREW,
				     .start = 0x1000,
				     .end = 0x4000,
				     .old_start = 0x1000,
				     .old_end = 0x2000,
				     .name = "x",
				     .tid = 1};
	struct change back;
	struct row row;
	char sql[64];

	(void)state;
	SKIP_WITHOUT_SQLITE();
	open_row(&row);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		recording_event_bind(row.put, 1, &event);
		turn(&row);
		assert_true(recording_event_read(row.get, 0, &back));
		snprintf(sql, sizeof(sql), "UPDATE t SET %s", wrong[i]);
		change(&row, sql);
		back.start = 7;
		if (recording_event_read(row.get, 0, &back))
			fail_msg("taken: %s", wrong[i]);
		assert_int_equal(back.start, 7);
	}
	close_row(&row);
}

static void each_type_and_kind_comes_back(void **state)
{
	struct change event = {.name = "x"}, back;
	struct row row;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	open_row(&row);
	for (int i = 0; i < CHANGE_TYPE_COUNT || i < KIND_COUNT; i++) {
		event.type = (enum change_type)(i % CHANGE_TYPE_COUNT);
		event.kind = (uint8_t)(i % KIND_COUNT);
		recording_event_bind(row.put, 1, &event);
		turn(&row);
		assert_true(recording_event_read(row.get, 0, &back));
		assert_int_equal(back.type, event.type);
		assert_int_equal(back.kind, event.kind);
	}
	close_row(&row);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(events_come_back),
		cmocka_unit_test(a_range_may_be_missing),
		cmocka_unit_test(an_event_that_cannot_be_is_refused),
		cmocka_unit_test(each_type_and_kind_comes_back),
	};

	return cmocka_run_group_tests_name("recording_event", tests, NULL, NULL);
}
