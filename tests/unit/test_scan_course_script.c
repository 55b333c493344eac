/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "course_script.h"

/* What is done about each snapshot, in which order. */

static void a_course_begins_idle(void **state)
{
	struct scan_course other;

	(void)state;
	assert_true(scan_course_is_idle(&course));
	assert_int_equal(step(), 0);
	call_log_expect("");
	assert_false(course.has_found || course.gone);
	script.open_error = -EIO;
	assert_int_equal(scan_course_init(&other, &options, 4711, 0.02), -EIO);
	call_log_expect("open /p 4711\n");
}

static void a_snapshot_is_walked_then_smaps_is_read(void **state)
{
	(void)state;
	script.smaps[0] = (struct script_step){.more = 1, .held = 9};
	script.walk[0] = (struct script_step){.more = 1, .held = 3, .expected = 4};
	script.walk[1] = (struct script_step){.more = 1, .over = true, .held = 5, .expected = 6};
	assert_int_equal(look_to(0x402000), 77);
	call_log_expect("image\nestimate 2, 40960\nwalk 2 from 400000, avoid 5\nstep\n"
			"pause for 3 of 4, 0.02 to 0.0025\n");
	assert_false(scan_course_is_idle(&course));
	assert_false(course.has_found);
	assert_int_equal(step(), 77);
	call_log_expect("step\nresult, -1 mappings known\nimage\nend of walk\n"
			"pause for 5 of 6, 0.02 to 0.0025\n");
	assert_true(course.has_found && course.found.residency && !course.found.smaps);
	assert_false(course.found.residency->partial);
	assert_int_equal(course.found.cost_ns, 5);
	assert_int_equal(course.found.error, 0);
	take();
	assert_int_equal(step(), 77);
	call_log_expect("smaps, nodes 0\nread\npause for 9 of 9, 0.02 to 0.0025\n");
	assert_false(course.has_found);
	assert_int_equal(step(), 0);
	call_log_expect("read\nimage\nend of smaps\n");
	assert_true(course.has_found && course.found.smaps && !course.found.residency);
	assert_int_equal(course.found.smaps->count, 2);
	assert_int_equal(course.found.smaps_ns, 8);
	assert_int_equal(course.found.cost_ns, 7);
	assert_true(scan_course_is_idle(&course));
	assert_int_equal(course.smaps_time, script.now);
	assert_int_equal(step(), 0);
	call_log_expect("");
}

/* Where nothing moved nothing is walked; each of what may move has it walked. */
static void what_moved_is_walked(void **state)
{
	static const struct scan_image moved[] = {
		{0x5000000, 0x7ffc00020000, 40961, 3},
		{0x5000000, 0x7ffc00020000, 40960, 4},
	};

	(void)state;
	finish_first();
	assert_int_equal(look_to(0x402000), 0);
	call_log_expect("image\nestimate 2, 40960\n");
	assert_false(course.has_found);
	for (size_t i = 0; i < 2; i++) {
		script.images[0] = moved[i];
		look_to(0x402000);
		assert_non_null(strstr(call_log.text, "walk 2 from 400000"));
		assert_true(course.has_found);
		take();
	}
	/* An image of another program: the next snapshot is of it. */
	script.images[0].start_stack++;
	look_to(0x402000);
	call_log_expect("image\n");
	/* One that does not say where it begins may be any. */
	script.images[0].start_stack = 0;
	look_to(0x402000);
	assert_non_null(strstr(call_log.text, "walk 2"));
}

/* smaps is read again after five seconds when something has moved, where that is cheap. */
static void smaps_is_read_seldom(void **state)
{
	(void)state;
	finish_first();
	script.now += 5 * SECOND;
	look_to(0x402000);
	assert_null(strstr(call_log.text, "smaps"));
	assert_true(scan_course_is_idle(&course));
	script.now -= 1;
	script.images[0].minor_faults++;
	look_to(0x402000);
	assert_true(scan_course_is_idle(&course)); /* it was walked */
	take();
	look_to(0x402000);
	assert_true(scan_course_is_idle(&course));
	script.now += 1;
	look_to(0x402000);
	assert_non_null(strstr(call_log.text, "smaps, nodes 0\nread\n"));
	take();
	/* Two in a hundred of the time are affordable. */
	script.now += 5 * SECOND;
	script.images[0].minor_faults++;
	script.estimate = 100000001;
	look_to(0x402000);
	look_to(0x402000);
	assert_int_equal(course.estimate, 100000001);
	assert_null(strstr(call_log.text, "smaps"));
	/* Who asks has it read nevertheless. */
	scan_course_step(&course, NULL, true);
	assert_non_null(strstr(call_log.text, "smaps, nodes 0\nread\n"));
	take();
	/* A quarter of the budget, 2 %, allows that every 20 seconds. */
	script.images[0].minor_faults++;
	script.now += 20 * SECOND - 1;
	script.estimate = 100000000;
	look_to(0x402000);
	step();
	assert_null(strstr(call_log.text, "smaps"));
	script.now += 1;
	look_to(0x402000);
	assert_non_null(strstr(call_log.text, "smaps, nodes 0\nread\n"));
}

/* The first walk goes as fast as the lock allows, later ones as the budget does. */
static void the_budget_counts_once_memory_is_known(void **state)
{
	(void)state;
	script.budget_pause = 200;
	script.smaps[0] = (struct script_step){.more = 1, .held = 9};
	script.walk[0] = (struct script_step){.more = 1, .held = 3};
	script.walk[1] = (struct script_step){.more = 1, .over = true, .held = 5};
	assert_int_equal(look_to(0x402000), 77);
	assert_int_equal(script.own, 0);
	script.spent = 6;
	script.thread += 8; /* also of what is done with what was walked */
	assert_int_equal(step(), 200);
	assert_int_equal(script.own, 8);
	take();
	script.thread += 11;
	assert_int_equal(step(), 200);
	assert_int_equal(script.own, 11);
	script.budget_pause = 76;
	script.smaps_at = 0;
	assert_int_equal(step(), 77);
}

/* The rest of a memory that is gone tells nothing, and nothing contends for a new one. */
static void a_look_at_another_memory_ends_the_walk(void **state)
{
	struct scan_scope look;

	(void)state;
	script.walk[0] = script.walk[1] = (struct script_step){.more = 1};
	look_to(0x402000);
	assert_true(course.walks);
	course.pace.credit_ns = -1e9;
	look = scan_scope_at(space, 0, 0);
	assert_false(scan_course_is_other(&course, &look));
	script.images[0].start_brk += 0x1000;
	look.image.start_brk += 0x1000;
	assert_true(scan_course_is_other(&course, &look));
	call_log_clear();
	scan_course_step(&course, &look, false);
	assert_int_equal(strncmp(call_log.text, "end of walk\nimage\n", 18), 0);
	assert_non_null(strstr(call_log.text, "walk 2 from 0"));
	assert_true(course.pace.credit_ns == 0);
	assert_false(course.told);
	scan_scope_finish(&look);
	/* The same memory has the same pace as before. */
	course.pace.credit_ns = -1;
	script.walk_at = 0;
	script.images[0].minor_faults++;
	while (course.walks)
		step();
	look_to(0x402000);
	assert_true(course.pace.credit_ns <= -1);
	assert_true(course.told);
}

/* Nodes cost as much once more, and are told with smaps. */
static void nodes_are_read_with_smaps(void **state)
{
	(void)state;
	scan_course_finish(&course);
	script.has_nodes = true;
	script.nodes = 2;
	assert_int_equal(scan_course_init(&course, &options, 4711, 0.02), 0);
	look_to(0x402000);
	assert_int_equal(course.estimate, 2000);
	step();
	assert_non_null(strstr(call_log.text, "smaps, nodes 1\nread\n"));
	assert_int_equal(course.found.node_count, 2);
	assert_non_null(course.found.nodes);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_course_begins_idle),
		TEST(a_snapshot_is_walked_then_smaps_is_read),
		TEST(what_moved_is_walked),
		TEST(smaps_is_read_seldom),
		TEST(nodes_are_read_with_smaps),
		TEST(the_budget_counts_once_memory_is_known),
		TEST(a_look_at_another_memory_ends_the_walk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
