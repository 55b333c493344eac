/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_HEARING_PACED_H
#define TESTS_UNIT_HEARING_PACED_H

/* A process that is listened to since a second, by the script of hearing_script.h. */

#include "hearing_script.h"

#define SECOND INT64_C(1000000000)

static struct address_space *space;
static struct hearing *hearing;

/* A process that is listened to by period 17, without copies, for a second; it had 2000 faults and
 * 4 ms of processor time since. */
static inline int begin(void **state)
{
	static const struct procfs_options options = {.root = "/p"};

	(void)state;
	script = (struct hearing_script){.relation = PROCFS_OWN,
					 .now = 50 * SECOND,
					 .cpu = 1000000,
					 .faults = 1000,
					 .rate = 5000,
					 .period = 17,
					 .few = true,
					 .complete = true,
					 .next = true,
					 .stands_for = 1,
					 .brought = 4096};
	space = maps_space_create(NULL, "00400000-00402000 r-xp 00000000 fe:01 1 /bin/x\n");
	assert_int_equal(hearing_begin(&options, space, true, &hearing), 0);
	hearing->events.plan = (struct fault_plan){.period = 17};
	hearing->events.listened = 6;
	hearing->rate = 100;
	hearing->budget = (struct count_budget){.left_ns = -1e12, .spent = true};
	script.now += SECOND;
	script.faults += 2000;
	script.cpu += 4000000;
	hearing->unwound_ns = script.now;
	call_log_clear();
	return 0;
}

static inline int end(void **state)
{
	(void)state;
	hearing_end(hearing);
	address_space_destroy(space);
	return 0;
}

/* Judges nothing, but ends a turn. */
static inline void end_turn(void)
{
	hearing->paced_ns = script.now;
	hearing->turn_ns = script.now;
	assert_int_equal(hearing_take(hearing), 0);
}

/* Has the pace judged; the time since the last one is a second. */
static inline int judge(void)
{
	hearing->turn_ns = script.now;
	hearing->paced_ns = script.now - SECOND;
	call_log_clear();
	return hearing_take(hearing);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

#endif
