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

static void refuse(const struct options *options, const char *part)
{
	struct capture capture;
	bool good;
	char *said;

	capture_begin(&capture, 2);
	good = core_options_check(options);
	said = capture_end(&capture);
	assert_false(good);
	if (!strstr(said, part))
		fail_msg("said: %s", said);
	free(said);
}

static void what_does_not_fit_is_said(void **state)
{
	static const enum options_action good[] = {ACTION_WATCH, ACTION_ONCE,   ACTION_LOCATE,
						   ACTION_BYTES, ACTION_INSIDE, ACTION_SEARCH};
	static const enum options_action bad[] = {ACTION_EVENTS, ACTION_CHECK, ACTION_GROWTH,
						  ACTION_EXPORT};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(core_options_check(&(struct options){.core = "c", .action = good[i]}));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refuse(&(struct options){.core = "c", .action = bad[i]}, "does not run any more");
	refuse(&(struct options){.core = "c", .process_count = 1}, "not both");
	refuse(&(struct options){.core = "c", .replay = "r"}, "not both");
	refuse(&(struct options){.core = "c", .procfs = "/proc"}, "not both");
	refuse(&(struct options){.core = "c", .record = "r"}, "nothing is recorded");
	refuse(&(struct options){.core = "c", .force = true}, "nothing is recorded");
	refuse(&(struct options){.core = "c", .interval_ns = 1}, "one sample");
	refuse(&(struct options){.core = "c", .action = ACTION_ONCE, .samples = 2}, "one sample");
	refuse(&(struct options){.core = "c", .action = ACTION_ONCE, .format = FORMAT_OPENMETRICS},
	       "metrics");
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
