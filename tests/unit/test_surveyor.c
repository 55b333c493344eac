/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The surveyor's thread, with a child whose memory is known. */

#include "survey_child.h"

static struct survey wait_for_survey(struct surveyor *surveyor)
{
	struct pollfd descriptor = {.fd = surveyor_descriptor(surveyor), .events = POLLIN};
	struct survey survey = {0};

	assert_int_equal(poll(&descriptor, 1, 30000), 1);
	assert_true(surveyor_take(surveyor, &survey));
	return survey;
}

/* Takes what comes until there are both; either may be first. */
static void check_thread(unsigned avoid)
{
	const struct procfs_options options = {.root = "/proc", .avoid = avoid};
	pid_t child = survey_child_start();
	struct address_space *space = read_space(&options, child);
	struct survey both = {0}, survey;
	struct surveyor *surveyor;

	assert_int_equal(surveyor_create(&options, child, &surveyor), 0);
	surveyor_look_at(surveyor, space, space->vmas[space->vma_count / 2].start, UINT64_MAX);
	surveyor_read_smaps(surveyor);
	while (!both.residency || both.residency->partial || !both.smaps) {
		survey = wait_for_survey(surveyor);
		assert_int_equal(survey.error, 0);
		assert_true(survey.held_share >= 0 && survey.held_share < 1);
		if (survey.residency)
			both.residency = residency_renew(both.residency, survey.residency);
		if (survey.smaps) {
			free(both.smaps);
			both.smaps = survey.smaps;
			both.smaps_count = survey.smaps_count;
			both.smaps_ns = survey.smaps_ns;
		}
		/* What entries do not tell comes with smaps, at the next look. */
		if (!both.residency)
			surveyor_look_at(surveyor, space, 0, 0);
	}
	assert_true(surveyor_smaps_estimate(surveyor) > 0);
	if (!(avoid & AVOID_PAGEMAP_SCAN))
		check_usage(space, &both);
	kill(child, SIGKILL);
	waitid(P_PID, (id_t)child, NULL, WEXITED | WNOWAIT);
	surveyor_look_at(surveyor, space, 0, 0);
	survey = wait_for_survey(surveyor);
	assert_int_equal(survey.error, -ESRCH);
	survey_finish(&survey);
	survey_finish(&both);
	surveyor_destroy(surveyor);
	address_space_destroy(space);
	child_end(child);
}

static void the_thread_tells_of_everything_and_the_end(void **state)
{
	(void)state;
	for (size_t i = 0; i < SOURCE_COUNT; i++)
		check_thread(survey_sources[i]);
}

static void it_can_end_at_any_time(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	struct address_space *space = read_space(&options, getpid());
	struct surveyor *surveyor;

	(void)state;
	for (int i = 0; i < 50; i++) {
		assert_int_equal(surveyor_create(&options, getpid(), &surveyor), 0);
		if (i)
			surveyor_look_at(surveyor, space, 0, UINT64_MAX);
		if (i % 2)
			surveyor_read_smaps(surveyor);
		surveyor_destroy(surveyor);
	}
	surveyor_destroy(NULL);
	address_space_destroy(space);
}

static void what_cannot_be_opened_is_told(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	struct pollfd wait = {.events = POLLIN};
	struct surveyor *surveyor;
	struct survey survey;

	(void)state;
	assert_int_equal(surveyor_create(&options, INT32_MAX, &surveyor), 0);
	wait.fd = surveyor_descriptor(surveyor);
	assert_int_equal(poll(&wait, 1, 20000), 1);
	assert_true(surveyor_take(surveyor, &survey));
	assert_int_equal(survey.error, -ESRCH);
	survey_finish(&survey);
	surveyor_destroy(surveyor);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_thread_tells_of_everything_and_the_end),
		cmocka_unit_test(it_can_end_at_any_time),
		cmocka_unit_test(what_cannot_be_opened_is_told),
	};

	return cmocka_run_group_tests_name("surveyor", tests, NULL, NULL);
}
