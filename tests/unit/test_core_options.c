/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "app/core_file.h"
#include "app/core_options.h"
#include "app/options.h"
#include "model/address_space.h"
#include "support/capture.h"

/* Whole, with the program's name and a line feed. */
static void refuse(const struct options *options, const char *sentence)
{
	struct capture capture;
	bool good;
	char *said;

	capture_begin(&capture, 2);
	good = core_options_check(options);
	said = capture_end(&capture);
	assert_false(good);
	assert_string_equal(said, sentence);
	free(said);
}

#define REFUSED(sentence, ...) \
	refuse(&(const struct options){.core = "c", __VA_ARGS__}, "vastop: " sentence "\n")

#define NOT_BOTH "a core file or something else, not both: vastop PID, or vastop CORE."
#define NOT_SHOWN                                                                                \
	"a core file is one moment of a process that does not run any more: it is shown on the " \
	"screen, or with --once, --locate, --inside, --bytes or --search."
#define ONE_SAMPLE   "a core file has one sample: neither --samples nor --delay applies."
#define NOT_RECORDED "a core file does not change, so that nothing is recorded; copy the file."

static void what_does_not_fit_is_said(void **state)
{
	static const enum options_action good[] = {ACTION_WATCH, ACTION_ONCE,   ACTION_LOCATE,
						   ACTION_BYTES, ACTION_INSIDE, ACTION_SEARCH};
	static const enum options_action bad[] = {ACTION_EVENTS, ACTION_CHECK, ACTION_GROWTH,
						  ACTION_EXPORT};
	char *command[] = {(char *)"make", NULL};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(core_options_check(&(struct options){.core = "c", .action = good[i]}));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		REFUSED(NOT_SHOWN, .action = bad[i]);
	REFUSED(NOT_BOTH, .process_count = 1);
	REFUSED(NOT_BOTH, .command = command);
	REFUSED(NOT_BOTH, .replay = "r");
	REFUSED(NOT_BOTH, .procfs = "/proc");
	REFUSED(NOT_RECORDED, .record = "r");
	REFUSED(NOT_RECORDED, .conditional = true);
	REFUSED(NOT_RECORDED, .force = true);
	REFUSED(ONE_SAMPLE, .interval_ns = 1);
	REFUSED(ONE_SAMPLE, .action = ACTION_ONCE, .samples = 1);
	REFUSED("metrics are those of processes that run, not of a core file.",
		.action = ACTION_ONCE, .format = FORMAT_OPENMETRICS);
}

/* Whose number the file may not say. */
static void its_process_is_chosen(void **state)
{
	struct address_space space = {.target = {.pid = 42}};
	struct core_file file = {.space = &space};
	struct options options = {.action = ACTION_ONCE};

	(void)state;
	core_options_choose(&options, &file);
	assert_ptr_equal(options.core_file, &file);
	assert_int_equal(options.pid, 42);
	assert_int_equal(options.process_count, 1);
	assert_int_equal(options.processes[0].pid, 42);
	space.target.pid = 0;
	core_options_choose(&options, &file);
	assert_int_equal(options.pid, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_does_not_fit_is_said),
		cmocka_unit_test(its_process_is_chosen),
	};

	return cmocka_run_group_tests_name("core_options", tests, NULL, NULL);
}
