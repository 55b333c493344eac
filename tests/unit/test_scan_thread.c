/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The scan thread's thread, with a child whose memory is known. */

#include "kernel/procfs_options.h"
#include "scan_child.h"

static struct scan wait_for_survey(struct scan_thread *thread)
{
	struct pollfd descriptor = {.fd = scan_thread_descriptor(thread), .events = POLLIN};
	struct scan scan = {0};

	assert_int_equal(poll(&descriptor, 1, 30000), 1);
	assert_true(scan_thread_take(thread, &scan));
	return scan;
}

/* Takes what comes until there are both; either may be first. */
static void check_thread(unsigned avoid)
{
	const struct procfs_options options = {.root = "/proc", .avoid = avoid};
	pid_t child = scan_child_start();
	struct address_space *space = read_space(&options, child);
	struct scan both = {0}, scan;
	struct scan_thread *thread;

	assert_int_equal(scan_thread_create(&options, child, 0.02, &thread), 0);
	scan_thread_look_at(thread, space, space->vmas[space->vma_count / 2].start, UINT64_MAX);
	scan_thread_read_smaps(thread);
	while (!both.residency || both.residency->partial || !both.smaps) {
		scan = wait_for_survey(thread);
		assert_int_equal(scan.error, 0);
		assert_true(scan.held_share >= 0 && scan.held_share < 1);
		if (scan.residency)
			both.residency = residency_renew(both.residency, scan.residency);
		if (scan.smaps) {
			usage_ranges_destroy(both.smaps);
			both.smaps = scan.smaps;
			both.smaps_ns = scan.smaps_ns;
		}
		/* What entries do not tell comes with smaps, at the next look. */
		if (!both.residency)
			scan_thread_look_at(thread, space, 0, 0);
	}
	assert_true(scan_thread_smaps_estimate(thread) > 0);
	if (!(avoid & AVOID_PAGEMAP_SCAN))
		check_usage(space, &both);
	kill(child, SIGKILL);
	waitid(P_PID, (id_t)child, NULL, WEXITED | WNOWAIT);
	scan_thread_look_at(thread, space, 0, 0);
	/* A result may be left of the time when it was alive. */
	while (!(scan = wait_for_survey(thread)).error)
		scan_finish(&scan);
	assert_int_equal(scan.error, -ESRCH);
	scan_finish(&scan);
	scan_finish(&both);
	scan_thread_destroy(thread);
	address_space_destroy(space);
	child_end(child);
}

static void the_thread_tells_of_everything_and_the_end(void **state)
{
	(void)state;
	for (size_t i = 0; i < SOURCE_COUNT; i++)
		check_thread(scan_sources[i]);
}

static void it_can_end_at_any_time(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	struct address_space *space = read_space(&options, getpid());
	struct scan_thread *thread;

	(void)state;
	for (int i = 0; i < 50; i++) {
		assert_int_equal(scan_thread_create(&options, getpid(), 0.02, &thread), 0);
		if (i)
			scan_thread_look_at(thread, space, 0, UINT64_MAX);
		if (i % 2)
			scan_thread_read_smaps(thread);
		scan_thread_destroy(thread);
	}
	scan_thread_destroy(NULL);
	address_space_destroy(space);
}

static void what_cannot_be_opened_is_told(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	struct pollfd wait = {.events = POLLIN};
	struct scan_thread *thread;
	struct scan scan;

	(void)state;
	assert_int_equal(scan_thread_create(&options, INT32_MAX, 0.02, &thread), 0);
	wait.fd = scan_thread_descriptor(thread);
	assert_int_equal(poll(&wait, 1, 20000), 1);
	assert_true(scan_thread_take(thread, &scan));
	assert_int_equal(scan.error, -ESRCH);
	scan_finish(&scan);
	scan_thread_destroy(thread);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_thread_tells_of_everything_and_the_end),
		cmocka_unit_test(it_can_end_at_any_time),
		cmocka_unit_test(what_cannot_be_opened_is_told),
	};

	return cmocka_run_group_tests_name("scan_thread", tests, NULL, NULL);
}
