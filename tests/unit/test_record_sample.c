/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/message.h"
#include "app/once_target.h"
#include "app/options.h"
#include "app/record_sample.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "record/recording.h"
#include "recording_place.h"
#include "support/sample.h"

static void samples_are_recorded(void **state)
{
	struct recording_place place = recording_place_make();
	const struct options options = {.record = place.path};
	struct once_target target = {.space = sample_python()};
	struct recording_writer *writer = NULL;
	struct address_space *back;
	struct recording *recording;
	struct kept_usage usage;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	usage_table_init(&target.usage, target.space, NULL, NULL, 0);
	for (int i = 0; i < 2; i++)
		assert_int_equal(record_sample(&options, &target, &writer), EXIT_DONE);
	assert_int_equal(record_sample_end(&options, writer), EXIT_DONE);
	assert_int_equal(recording_open(place.path, &recording), 0);
	assert_int_equal(recording_last(recording), 2);
	assert_int_equal(recording_read(recording, 1, &back, &usage), 0);
	assert_int_equal(back->vma_count, target.space->vma_count);
	assert_true(usage.known);
	kept_usage_finish(&usage);
	recording_close(recording);
	address_space_destroy(back);
	once_target_finish(&target);
	recording_place_remove(&place);
}

static void what_cannot_be_written_is_said(void **state)
{
	const struct options options = {.record = "/nowhere/file"};
	struct once_target target = {.space = sample_python()};
	struct recording_writer *writer = NULL;

	(void)state;
	assert_int_equal(record_sample(&options, &target, &writer), EXIT_TROUBLE);
	assert_int_equal(record_sample_end(&options, writer), EXIT_DONE);
	once_target_finish(&target);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(samples_are_recorded),
		cmocka_unit_test(what_cannot_be_written_is_said),
	};

	return cmocka_run_group_tests_name("record_sample", tests, NULL, NULL);
}
