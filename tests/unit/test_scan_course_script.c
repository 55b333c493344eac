/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "scan_script.h"

/* What is done about each snapshot, in which order, and what is told of it. */

#define SECOND INT64_C(1000000000)

static const struct procfs_options options = {.root = "/p", .avoid = 5};
static struct address_space *space;
static struct scan_course course;

static int begin(void **state)
{
	(void)state;
	script_reset();
	space = script_space();
	assert_int_equal(scan_course_init(&course, &options, 4711), 0);
	call_log_clear();
	return 0;
}

static int end(void **state)
{
	(void)state;
	scan_course_finish(&course);
	address_space_destroy(space);
	return 0;
}

/* A step with the snapshot; what is seen of it ends there. */
static uint64_t look_to(uint64_t visible_end)
{
	struct scan_scope look = scan_scope_at(space, 0x400000, visible_end);
	uint64_t pause = scan_course_step(&course, &look, false);

	scan_scope_finish(&look);
	return pause;
}

static uint64_t step(void)
{
	return scan_course_step(&course, NULL, false);
}

/* Forgets what was found. */
static void take(void)
{
	scan_finish(&course.found);
	course.has_found = false;
	call_log_clear();
}

/* Walks and reads all of it. */
static void finish_first(void)
{
	look_to(0x402000);
	while (!scan_course_is_idle(&course))
		step();
	take();
}

static void a_course_begins_idle(void **state)
{
	struct scan_course other;

	(void)state;
	assert_true(scan_course_is_idle(&course));
	assert_int_equal(step(), 0);
	call_log_expect("");
	assert_false(course.has_found || course.gone);
	script.open_error = -EIO;
	assert_int_equal(scan_course_init(&other, &options, 4711), -EIO);
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
	script.images[0].minor_faults++;
	script.now += 5 * SECOND;
	script.estimate = 100000000;
	look_to(0x402000);
	step();
	assert_non_null(strstr(call_log.text, "smaps, nodes 0\nread\n"));
}

/* Nodes cost as much once more, and are told with smaps. */
static void nodes_are_read_with_smaps(void **state)
{
	(void)state;
	scan_course_finish(&course);
	script.has_nodes = true;
	script.nodes = 2;
	assert_int_equal(scan_course_init(&course, &options, 4711), 0);
	look_to(0x402000);
	assert_int_equal(course.estimate, 2000);
	step();
	assert_non_null(strstr(call_log.text, "smaps, nodes 1\nread\n"));
	assert_int_equal(course.found.node_count, 2);
	assert_non_null(course.found.nodes);
}

/* Parts: what is seen at once, the rest every second. */
static void parts_are_told_at_their_time(void **state)
{
	static const char part[] = "step\nimage\npart, -1 mappings known\n"
				   "pause for 0 of 0, 0.02 to 0.0025\n";

	(void)state;
	script.walk[0] = (struct script_step){.more = 1, .cursor = 0x401fff};
	script.walk[1] = (struct script_step){.more = 1, .cursor = 0x402000};
	script.walk[2] = (struct script_step){.more = 1, .cursor = 0x402000};
	script.walk[3] = (struct script_step){.more = 1, .cursor = 0x403000};
	look_to(0x402000);
	assert_false(course.has_found);
	call_log_clear();
	step();
	call_log_expect(part);
	assert_true(course.found.residency->partial);
	assert_int_equal(course.found.cost_ns, 5);
	assert_int_equal(course.told_time, script.now);
	take();
	script.now += SECOND - 1;
	step();
	call_log_expect("step\npause for 0 of 0, 0.02 to 0.0025\n");
	script.now++;
	step();
	call_log_expect(part);
	/* What is seen is reached by a walk that has wrapped, too. */
	take();
	script.walk_at = 0;
	script.walk[0] = (struct script_step){.more = 1, .wrapped = true};
	course.seen_told = false;
	script.images[0].start_brk++; /* but by now it is another memory */
	step();
	call_log_expect("step\nimage\npause for 0 of 0, 0.02 to 0.0025\n");
	assert_false(course.has_found);
	assert_true(course.seen_told);
}

/* A walk that ends without a last step, and one that fails. */
static void a_walk_may_end_by_itself(void **state)
{
	(void)state;
	script.walk[0] = (struct script_step){.more = 0, .held = 8};
	assert_int_equal(look_to(0x402000), 0);
	call_log_expect("image\nestimate 2, 40960\nwalk 2 from 400000, avoid 5\nstep\n"
			"result, -1 mappings known\nimage\nend of walk\n");
	assert_true(course.has_found);
	assert_int_equal(course.held, 0);
	take();
	script.images[0].resident++;
	script.walk[0] = (struct script_step){.more = -EIO};
	assert_int_equal(look_to(0x402000), 0);
	call_log_expect("image\nestimate 2, 40961\nwalk 2 from 400000, avoid 5\nstep\n"
			"end of walk\n");
	assert_false(course.has_found || course.walks);
	assert_null(course.look.ranges);
}

/* What became another memory while it was walked is not told; an end is. */
static void what_changed_meanwhile_is_not_told(void **state)
{
	(void)state;
	script.images[1] = script.images[0];
	script.images[1].start_stack = 1;
	script.image_count = 2;
	look_to(0x402000);
	assert_false(course.has_found);
	script.images[1] = script.images[0];
	step();
	assert_true(course.has_found && course.found.smaps);
	take();
	script.image_at = 0;
	script.images[0].minor_faults++;
	script.image_errors[1] = -ESRCH;
	look_to(0x402000);
	assert_true(course.gone && course.has_found);
	assert_int_equal(course.found.error, -ESRCH);
	assert_null(course.found.residency);
	call_log_clear();
	assert_int_equal(scan_course_step(&course, NULL, true), 0);
	call_log_expect("");
}

/* An error that says something is told once, until another follows; others are passed over. */
static void errors_are_told_once(void **state)
{
	(void)state;
	script.image_errors[0] = -EIO;
	look_to(0x402000);
	assert_false(course.has_found || course.gone);
	script.image_errors[0] = -EACCES;
	look_to(0x402000);
	assert_true(course.has_found && !course.gone);
	assert_int_equal(course.found.error, -EACCES);
	take();
	look_to(0x402000);
	assert_false(course.has_found);
	script.image_errors[0] = 0;
	look_to(0x402000);
	assert_true(course.has_found);
	assert_int_equal(course.found.error, 0);
	take();
	script.image_errors[0] = -EACCES;
	look_to(0x402000);
	assert_int_equal(course.found.error, -EACCES);
}

/* Without pagemap smaps is all there is: it says what is in memory, too. */
static void without_pagemap_smaps_tells(void **state)
{
	(void)state;
	script.walk_error = -ENOENT;
	script.smaps[0].held = 3;
	assert_int_equal(look_to(0x402000), 0);
	call_log_expect("image\nestimate 2, 40960\nwalk 2 from 400000, avoid 5\n"
			"smaps, nodes 0\nread\nimage\nend of smaps\n");
	assert_true(course.only_smaps && course.any);
	assert_non_null(course.found.residency);
	assert_int_equal(course.found.residency->source, RESIDENCY_SMAPS);
	assert_int_equal(course.found.residency->time_ns, 8);
	assert_int_equal(course.found.residency->held_ns, 6);
	assert_null(course.look.ranges);
	take();
	/* One that may not be read is told; it is asked for again with the next snapshot. */
	script.walk_error = -EACCES;
	script.images[0].minor_faults++;
	look_to(0x402000);
	assert_false(course.only_smaps);
	assert_int_equal(course.found.error, -EACCES);
}

static void smaps_may_not_be_read(void **state)
{
	(void)state;
	finish_first();
	script.smaps_error = -EACCES;
	assert_int_equal(scan_course_step(&course, NULL, true), 0);
	call_log_expect("smaps, nodes 0\n");
	assert_int_equal(course.found.error, -EACCES);
	assert_true(course.has_found && scan_course_is_idle(&course));
	take();
	script.smaps_error = -ENOENT;
	assert_int_equal(scan_course_step(&course, NULL, true), 0);
	assert_false(course.has_found);
	script.smaps_error = 0;
	script.smaps[0].more = -EIO;
	call_log_clear();
	assert_int_equal(scan_course_step(&course, NULL, true), 0);
	call_log_expect("smaps, nodes 0\nread\nend of smaps\n");
	assert_false(course.has_found || course.reads);
	/* A memory that is gone has no mappings. */
	script.smaps[0].more = 0;
	script.told = 0;
	assert_int_equal(scan_course_step(&course, NULL, true), 0);
	assert_false(course.has_found || course.reads);
}

/* A walk that is uncertain, or of entries, is done once more with smaps. */
static void uncertain_walks_are_done_with_smaps(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		script.uncertain = !i;
		script.source = i ? RESIDENCY_PAGEMAP : RESIDENCY_PAGEMAP_SCAN;
		script.images[0].minor_faults++;
		look_to(0x402000);
		scan_course_step(&course, NULL, true);
		assert_false(course.any);
		assert_non_null(course.known);
		call_log_clear();
		look_to(0x402000);
		assert_non_null(strstr(call_log.text, "result, 2 mappings known\n"));
	}
	script.source = RESIDENCY_PAGEMAP_SCAN;
	script.images[0].minor_faults++;
	look_to(0x402000);
	scan_course_step(&course, NULL, true);
	assert_true(course.any);
	assert_null(course.known);
}

/* The share of the time that the lock was held: of a second at least, since two at the most. */
static void the_share_of_the_lock_is_counted(void **state)
{
	(void)state;
	for (size_t i = 0; i < SCRIPT_STEPS; i++)
		script.walk[i] = (struct script_step){.more = 1, .held = 1000000};
	look_to(0x402000);
	assert_true(course.held_share == 0.001);
	script.now += SECOND;
	step();
	assert_true(course.held_share == 0.002);
	assert_true(course.found.held_share == 0.001); /* of before this step */
	script.now += SECOND;
	step();
	assert_true(course.held_share == 0.0015);
	assert_int_equal(course.held, 3000000);
	script.now += 2 * SECOND;
	step();
	assert_true(course.held_share == 0.001);
	assert_int_equal(course.held, 0);
	assert_int_equal(course.window, script.now);
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
		TEST(parts_are_told_at_their_time),
		TEST(a_walk_may_end_by_itself),
		TEST(what_changed_meanwhile_is_not_told),
		TEST(errors_are_told_once),
		TEST(without_pagemap_smaps_tells),
		TEST(smaps_may_not_be_read),
		TEST(uncertain_walks_are_done_with_smaps),
		TEST(the_share_of_the_lock_is_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
