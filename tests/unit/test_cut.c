/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "app/cut.h"
#include "app/message.h"
#include "app/options.h"
#include "record/recording.h"
#include "recording_made.h"
#include "said_sentence.h"
#include "support/capture.h"

static void refuse(const struct options *options, int status, const char *part)
{
	struct capture capture;
	char *said;
	int is;

	capture_begin(&capture, 2);
	is = cut_run(options);
	said = capture_end(&capture);
	assert_int_equal(is, status);
	check_sentence(said, part);
	free(said);
}

static void times_choose_the_samples(void **state)
{
	struct options options = {.action = ACTION_EXPORT, .from = "+2s", .to = "-3s"};
	struct recording_place whole, part;
	struct recording *recording;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	whole = recording_made();
	part = recording_place_make();
	options.replay = whole.path;
	options.export = part.path;
	assert_int_equal(cut_run(&options), EXIT_DONE);
	assert_int_equal(recording_open(part.path, &recording), 0);
	assert_int_equal(recording_last(recording), RECORDING_MADE_SAMPLES - 5);
	recording_close(recording);
	refuse(&options, EXIT_TROUBLE, "--force");
	options.force = true;
	options.from = options.to = NULL;
	assert_int_equal(cut_run(&options), EXIT_DONE);
	assert_int_equal(recording_open(part.path, &recording), 0);
	assert_int_equal(recording_last(recording), RECORDING_MADE_SAMPLES);
	recording_close(recording);
	recording_place_remove(&whole);
	recording_place_remove(&part);
}

static void what_is_wrong_is_said(void **state)
{
	struct options options = {.action = ACTION_EXPORT, .force = true};
	struct recording_place place;
	char timed[160];

	(void)state;
	SKIP_WITHOUT_SQLITE();
	place = recording_made();
	options.replay = options.export = place.path;
	refuse(&options, EXIT_USAGE, "another file");
	options.export = "/nonexistent/part";
	refuse(&options, EXIT_TROUBLE, "cannot record to");
	options.from = "noon";
	refuse(&options, EXIT_USAGE, "not a time");
	options.from = "-1s";
	options.to = "+1s";
	refuse(&options, EXIT_USAGE, "before --from");
	snprintf(timed, sizeof(timed), "%s@+1s", place.path);
	options.replay = timed;
	refuse(&options, EXIT_USAGE, "--from=");
	options.replay = "/dev/null";
	refuse(&options, EXIT_TROUBLE, "cannot show");
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_choose_the_samples),
		cmocka_unit_test(what_is_wrong_is_said),
	};

	return cmocka_run_group_tests_name("cut", tests, NULL, NULL);
}
