/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sys/resource.h>

#include "scan_script.h"

/* What one scan reads, in which order, when it rests, and each error of it. */

static const struct procfs_options options = {.root = "/p", .avoid = 5};
static struct address_space *space;
static long sleeps; /* of the thread */

int getrusage(__rusage_who_t who, struct rusage *usage)
{
	assert_int_equal(who, RUSAGE_THREAD);
	*usage = (struct rusage){.ru_nvcsw = sleeps};
	return 0;
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time, struct timespec *left)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	assert_null(left);
	call_log_say("sleep %d, %d s %d ns", flags, (int)time->tv_sec, (int)time->tv_nsec);
	sleeps++;
	return 0;
}

static int begin(void **state)
{
	(void)state;
	script_reset();
	script.pause = 0;
	sleeps = 0;
	space = script_space();
	return 0;
}

static int end(void **state)
{
	(void)state;
	address_space_destroy(space);
	return 0;
}

/* Scans, and expects these calls between opening and closing. */
static struct scan scan(bool smaps, const char *calls)
{
	struct scan scan = {.error = 1};
	char expected[1000];

	call_log_clear();
	assert_int_equal(scan_once(&options, 4711, space, smaps, &scan), 0);
	snprintf(expected, sizeof(expected), "open /p 4711\nimage\n%sclose\n", calls);
	call_log_expect(expected);
	assert_int_equal(scan.error, 0);
	return scan;
}

static void fails(bool smaps, int error, const char *calls)
{
	struct scan scan = {.error = 1};
	char expected[1000];

	script.image_at = 0;
	call_log_clear();
	assert_int_equal(scan_once(&options, 4711, space, smaps, &scan), error);
	snprintf(expected, sizeof(expected), "open /p 4711\n%s", calls);
	call_log_expect(expected);
	assert_int_equal(scan.error, 1);
}

static void a_walk_alone_is_enough(void **state)
{
	struct scan found = scan(false, "walk 2 from 0, avoid 5\nstep\nresult, -1 mappings known\n"
					"image\nend of walk\n");

	(void)state;
	assert_int_equal(found.residency->source, RESIDENCY_PAGEMAP_SCAN);
	assert_int_equal(found.cost_ns, 5);
	assert_null(found.smaps);
	scan_finish(&found);
	assert_null(found.residency);
}

static void smaps_alone_is_enough_where_it_is_asked_for(void **state)
{
	struct scan found = scan(true, "smaps, nodes 0\nread\nimage\nend of smaps\n");

	(void)state;
	assert_int_equal(found.residency->source, RESIDENCY_SMAPS);
	assert_int_equal(found.residency->time_ns, 8);
	assert_int_equal(found.residency->held_ns, 6);
	assert_int_equal(found.cost_ns, 7);
	assert_int_equal(found.smaps_ns, 8);
	assert_int_equal(found.smaps->count, 2);
	scan_finish(&found);
	assert_null(found.smaps);
}

/* Where smaps is asked for and cannot be read it is walked. */
static void what_smaps_does_not_tell_is_walked(void **state)
{
	struct scan found;

	(void)state;
	script.smaps[0].more = -EIO;
	found = scan(true, "smaps, nodes 0\nread\nend of smaps\nwalk 2 from 0, avoid 5\nstep\n"
			   "result, -1 mappings known\nimage\nend of walk\n");
	assert_int_equal(found.residency->source, RESIDENCY_PAGEMAP_SCAN);
	assert_null(found.smaps);
	scan_finish(&found);
}

/* What a walk does not know for sure smaps tells, which is not asked for and is not told. */
static void an_uncertain_walk_is_settled_by_smaps(void **state)
{
	struct scan found;

	(void)state;
	script.uncertain = true;
	found = scan(false, "walk 2 from 0, avoid 5\nstep\nresult, -1 mappings known\n"
			    "smaps, nodes 0\nread\nresult, 2 mappings known\nimage\nend of walk\n"
			    "end of smaps\n");
	assert_null(found.smaps);
	assert_int_equal(found.smaps_ns, 0);
	assert_int_equal(found.cost_ns, 5);
	scan_finish(&found);
	script.smaps_error = -EACCES;
	found = scan(false, "walk 2 from 0, avoid 5\nstep\nresult, -1 mappings known\n"
			    "smaps, nodes 0\nimage\nend of walk\n");
	scan_finish(&found);
	script.smaps_error = 0;
	script.source = RESIDENCY_PAGEMAP; /* of entries it is read before, and once */
	found = scan(false, "walk 2 from 0, avoid 5\nsmaps, nodes 0\nread\nstep\n"
			    "result, 2 mappings known\nimage\nend of walk\nend of smaps\n");
	assert_null(found.smaps);
	scan_finish(&found);
}

/* Without pagemap smaps is all there is; it is reported then. */
static void without_pagemap_smaps_is_read(void **state)
{
	struct scan found;

	(void)state;
	script.walk_error = -EACCES;
	found = scan(false, "walk 2 from 0, avoid 5\nsmaps, nodes 0\nread\nimage\nend of smaps\n");
	assert_int_equal(found.residency->source, RESIDENCY_SMAPS);
	assert_int_equal(found.smaps->count, 2);
	scan_finish(&found);
	script.smaps_error = -ENOENT; /* nothing is known, and that is no error */
	found = scan(false, "walk 2 from 0, avoid 5\nsmaps, nodes 0\nimage\n");
	assert_true(!found.residency && !found.smaps);
	script.smaps_error = -EACCES;
	fails(false, -EACCES, "image\nwalk 2 from 0, avoid 5\nsmaps, nodes 0\nclose\n");
}

/* Between steps, and not behind the last one. */
static void it_rests_between_steps(void **state)
{
	struct scan found;

	(void)state;
	script.pause = UINT64_C(2000000003);
	script.walk[0] = (struct script_step){.more = 1, .held = 3, .expected = 4};
	script.walk[1] = (struct script_step){.more = 1, .held = 5, .expected = 6};
	script.walk[2] = (struct script_step){.more = 1, .over = true};
	found = scan(false, "walk 2 from 0, avoid 5\nstep\npause for 3 of 4, 0.7 to 0.5\n"
			    "sleep 0, 2 s 3 ns\nstep\npause for 5 of 6, 0.7 to 0.5\n"
			    "sleep 0, 2 s 3 ns\nstep\nresult, -1 mappings known\nimage\n"
			    "end of walk\n");
	scan_finish(&found);
	script.pause = 0;
	script.smaps[0] = (struct script_step){.more = 1, .held = 8};
	found = scan(true, "smaps, nodes 0\nread\npause for 8 of 8, 0.7 to 0.5\nread\nimage\n"
			   "end of smaps\n");
	scan_finish(&found);
}

static void each_error_is_told(void **state)
{
	(void)state;
	script.open_error = -ESRCH;
	fails(false, -ESRCH, "");
	script.open_error = 0;
	script.image_errors[0] = -EIO;
	fails(false, -EIO, "image\nclose\n");
	script.image_errors[0] = 0;
	script.images[0].start_stack++; /* another program runs than that of the snapshot */
	fails(false, -ESRCH, "image\nclose\n");
	script.images[0].start_stack--;
	script.walk[0].more = -EBADF;
	fails(false, -EBADF, "image\nwalk 2 from 0, avoid 5\nstep\nend of walk\nclose\n");
	script.walk[0].more = 0; /* an end without a last step is none */
	script.images[1] = script.images[0];
	script.images[1].start_brk++;
	script.image_count = 2;
	fails(false, -ESRCH,
	      "image\nwalk 2 from 0, avoid 5\nstep\nresult, -1 mappings known\n"
	      "image\nend of walk\nclose\n");
	script.image_errors[1] = -EACCES;
	fails(true, -EACCES, "image\nsmaps, nodes 0\nread\nimage\nend of smaps\nclose\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_walk_alone_is_enough),
		TEST(smaps_alone_is_enough_where_it_is_asked_for),
		TEST(what_smaps_does_not_tell_is_walked),
		TEST(an_uncertain_walk_is_settled_by_smaps),
		TEST(without_pagemap_smaps_is_read),
		TEST(it_rests_between_steps),
		TEST(each_error_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
