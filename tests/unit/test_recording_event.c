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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(events_come_back),
	};

	return cmocka_run_group_tests_name("recording_event", tests, NULL, NULL);
}
