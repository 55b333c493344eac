/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Surveys of children whose memory is known: from each source the same, and as smaps has it. */

#include "survey_child.h"

static void every_source_equals_smaps(void **state)
{
	pid_t child = survey_child_start();

	(void)state;
	for (size_t i = 0; i < SOURCE_COUNT; i++) {
		const struct procfs_options options = {.root = "/proc", .avoid = survey_sources[i]};
		struct address_space *space = read_space(&options, child);
		struct survey survey;

		assert_int_equal(survey_once(&options, child, space, true, &survey), 0);
		assert_non_null(survey.residency);
		assert_non_null(survey.smaps);
		check_usage(space, &survey);
		if (survey_sources[i] & AVOID_PAGEMAP)
			assert_int_equal(survey.residency->source, RESIDENCY_SMAPS);
		else if (survey_sources[i] & AVOID_PAGEMAP_SCAN)
			assert_int_equal(survey.residency->source, RESIDENCY_PAGEMAP);
		survey_finish(&survey);
		address_space_destroy(space);
	}
	child_end(child);
}

static void what_was_not_asked_for_is_not_told(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	pid_t child = survey_child_start();
	struct address_space *space = read_space(&options, child);
	struct survey survey;

	(void)state;
	assert_int_equal(survey_once(&options, child, space, false, &survey), 0);
	if (survey.residency->source != RESIDENCY_SMAPS)
		assert_null(survey.smaps);
	survey_finish(&survey);
	child_end(child);
	assert_int_equal(survey_once(&options, child, space, true, &survey), -ESRCH);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_source_equals_smaps),
		cmocka_unit_test(what_was_not_asked_for_is_not_told),
	};

	return cmocka_run_group_tests_name("survey_once", tests, NULL, NULL);
}
