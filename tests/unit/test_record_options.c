/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "app/options.h"
#include "app/record_options.h"
#include "support/capture.h"

/* Whole, with the program's name and a line feed. */
static void refuse(const struct options *options, const char *sentence)
{
	struct capture capture;
	bool good;
	char *said;

	capture_begin(&capture, 2);
	good = record_options_check(options);
	said = capture_end(&capture);
	assert_false(good);
	assert_string_equal(said, sentence);
	free(said);
}

#define REFUSED(sentence, ...) \
	refuse(&(const struct options){__VA_ARGS__}, "vastop: " sentence "\n")
#define ACCEPTED(...) assert_true(record_options_check(&(const struct options){__VA_ARGS__}))

#define NOT_BOTH  "a process or a recording, not both: vastop PID, or vastop --replay=FILE."
#define METRICS   "metrics are those of processes that run: neither --record nor --replay applies."
#define NO_MEMORY "a recording has no memory to be read: it is shown on the screen, or with --once."

static void a_recording_is_shown_in_the_place_of_a_process(void **state)
{
	char *command[] = {(char *)"make", NULL};

	(void)state;
	ACCEPTED(.replay = "f");
	ACCEPTED(.replay = "f", .action = ACTION_ONCE, .format = FORMAT_JSON);
	ACCEPTED(.replay = "f", .action = ACTION_EXPORT);
	REFUSED(NOT_BOTH, .replay = "f", .action = ACTION_ONCE, .process_count = 1);
	REFUSED(NOT_BOTH, .replay = "f", .command = command);
	REFUSED(NOT_BOTH, .replay = "f", .procfs = "/proc");
	REFUSED(NO_MEMORY, .replay = "f", .action = ACTION_BYTES);
	REFUSED("--samples takes samples of a process; a recording has its own, as in "
		"--replay=FILE@10:41:07.",
		.replay = "f", .action = ACTION_ONCE, .samples = 2);
	REFUSED("what is replayed is recorded already; copy the file.", .replay = "f",
		.action = ACTION_ONCE, .record = "g");
	REFUSED(METRICS, .replay = "f", .action = ACTION_ONCE, .format = FORMAT_OPENMETRICS);
}

static void one_process_is_recorded(void **state)
{
	(void)state;
	ACCEPTED(0);
	ACCEPTED(.format = FORMAT_OPENMETRICS);
	ACCEPTED(.record = "f", .force = true, .conditional = true);
	ACCEPTED(.record = "f", .action = ACTION_ONCE, .process_count = 1);
	ACCEPTED(.record = "f", .process_count = 2);
	ACCEPTED(.action = ACTION_ONCE, .process_count = 2);
	REFUSED("a recording is of one process; name one.", .record = "f", .action = ACTION_ONCE,
		.process_count = 2);
	REFUSED(METRICS, .record = "f", .format = FORMAT_OPENMETRICS);
}

static void what_says_how_to_record_is_for_that(void **state)
{
	(void)state;
	ACCEPTED(.action = ACTION_EXPORT, .replay = "f", .force = true);
	REFUSED("--export needs a recording, as in: vastop --export=FILE --from=+5m RECORDING.",
		.action = ACTION_EXPORT);
	REFUSED("--force applies only to --record, as in: vastop --record=FILE --force PID.",
		.force = true);
	REFUSED("--force applies only to --record, as in: vastop --record=FILE --force PID.",
		.force = true, .conditional = true);
	REFUSED("--record-when applies only to --record, as in: vastop --record=FILE "
		"--record-when='rss>1G' PID.",
		.conditional = true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_recording_is_shown_in_the_place_of_a_process),
		cmocka_unit_test(one_process_is_recorded),
		cmocka_unit_test(what_says_how_to_record_is_for_that),
	};

	return cmocka_run_group_tests_name("record_options", tests, NULL, NULL);
}
