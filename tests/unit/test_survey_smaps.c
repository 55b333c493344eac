/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "survey_child.h"

#include "sampler/survey_smaps.h"
#include "sampler/survey_target.h"

static void reads_all_in_steps(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	int more;
	pid_t child = survey_child_start();
	struct address_space *space = read_space(&options, child);
	struct survey_target target;
	struct survey_smaps smaps;
	uint64_t held = 0;

	(void)state;
	assert_int_equal(survey_target_open(&target, &options, child), 0);
	assert_int_equal(survey_smaps_begin(&smaps, &target), 0);
	while ((more = survey_smaps_step(&smaps, &held)) == 1)
		assert_true(held > 0);
	assert_int_equal(more, 0);
	assert_int_equal(smaps.parser.count, space->vma_count);
	assert_true(smaps.time_ns > 0 && smaps.held_ns > 0);
	survey_smaps_finish(&smaps);
	survey_target_close(&target);
	address_space_destroy(space);
	child_end(child);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_all_in_steps),
	};

	return cmocka_run_group_tests_name("survey_smaps", tests, NULL, NULL);
}
