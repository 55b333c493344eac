/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "survey_child.h"

#include "sampler/survey_course.h"

/* Steps without resting until there is nothing more to do. */
static void run(struct survey_course *course, struct survey_look *look, bool asked)
{
	survey_course_step(course, look, asked);
	if (look)
		survey_look_finish(look);
	while (!survey_course_is_idle(course))
		survey_course_step(course, NULL, false);
}

static void what_stands_still_is_walked_once(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	pid_t child = survey_child_start();
	struct address_space *space = read_space(&options, child);
	struct survey_look look = survey_look_at(space, 0, 0);
	struct survey_course course;

	(void)state;
	assert_int_equal(survey_course_init(&course, &options, child), 0);
	assert_true(survey_course_is_idle(&course));
	run(&course, &look, false);
	assert_true(course.has_found && course.found.residency);
	assert_non_null(course.found.smaps); /* it is cheap here, and never was read */
	check_usage(space, &course.found);
	assert_true(course.estimate > 0);
	survey_finish(&course.found);
	course.has_found = false;
	look = survey_look_at(space, 0, 0);
	run(&course, &look, false);
	assert_false(course.has_found);
	run(&course, NULL, true);
	assert_true(course.has_found && course.found.smaps && !course.found.residency);
	/* Other mappings are a reason, although nothing else has moved. */
	look = survey_look_at(space, 0, 0);
	look.count--;
	run(&course, &look, false);
	assert_non_null(course.found.residency);
	survey_course_finish(&course);
	address_space_destroy(space);
	child_end(child);
}

static void the_end_is_told_once(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	pid_t child = survey_child_start();
	struct address_space *space = read_space(&options, child);
	struct survey_look look = survey_look_at(space, 0, 0);
	struct survey_course course;

	(void)state;
	assert_int_equal(survey_course_init(&course, &options, child), 0);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	run(&course, &look, false);
	assert_true(course.has_found && course.gone);
	assert_int_equal(course.found.error, -ESRCH);
	survey_course_finish(&course);
	assert_int_equal(survey_course_init(&course, &options, child), -ESRCH);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_stands_still_is_walked_once),
		cmocka_unit_test(the_end_is_told_once),
	};

	return cmocka_run_group_tests_name("survey_course", tests, NULL, NULL);
}
