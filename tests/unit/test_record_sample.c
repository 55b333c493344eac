/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "app/message.h"
#include "app/once_target.h"
#include "app/options.h"
#include "app/record_sample.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "record/recording.h"
#include "record/recording_writer.h"
#include "recording_place.h"
#include "support/capture.h"
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
	struct capture capture;
	char *said;

	(void)state;
	capture_begin(&capture, 2);
	assert_int_equal(record_sample(&options, &target, &writer), EXIT_TROUBLE);
	said = capture_end(&capture);
	assert_string_equal(said, "vastop: cannot record to /nowhere/file: No such file or "
				  "directory.\n");
	free(said);
	assert_int_equal(record_sample_end(&options, writer), EXIT_DONE);
	once_target_finish(&target);
}

/* Where a file may grow no further, which a signal would say. */
static int record_little(const void *path)
{
	const struct options options = {.record = path};
	const struct rlimit little = {4096, RLIM_INFINITY};
	struct once_target target = {.space = sample_python()};
	struct recording_writer *writer = NULL;
	int status;

	signal(SIGXFSZ, SIG_DFL);
	setrlimit(RLIMIT_FSIZE, &little);
	status = record_sample(&options, &target, &writer);
	recording_writer_close(writer);
	once_target_finish(&target);
	return status;
}

static void that_a_file_may_not_grow_is_an_error(void **state)
{
	struct recording_place place;
	struct captured captured;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	place = recording_place_make();
	captured = capture_child(record_little, place.path);
	assert_true(WIFEXITED(captured.status));
	assert_int_equal(WEXITSTATUS(captured.status), EXIT_TROUBLE);
	assert_int_equal(strncmp(captured.said, "vastop: cannot record to ", 25), 0);
	captured_finish(&captured);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(samples_are_recorded),
		cmocka_unit_test(what_cannot_be_written_is_said),
		cmocka_unit_test(that_a_file_may_not_grow_is_an_error),
	};

	return cmocka_run_group_tests_name("record_sample", tests, NULL, NULL);
}
