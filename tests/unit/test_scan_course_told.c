/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "course_script.h"

/* What is published, how often, and of which errors. */

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
	assert_int_equal(course.told_time, script.now);
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

/* An error that says something is published once, until another follows; others are passed over. */
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
	/* One that may not be read is reported; it is asked for again with the next snapshot. */
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
		TEST(parts_are_told_at_their_time),        TEST(a_walk_may_end_by_itself),
		TEST(what_changed_meanwhile_is_not_told),  TEST(errors_are_told_once),
		TEST(without_pagemap_smaps_tells),         TEST(smaps_may_not_be_read),
		TEST(uncertain_walks_are_done_with_smaps), TEST(the_share_of_the_lock_is_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
