/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "app/options.h"
#include "app/watch_file.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/command/command.h"
#include "ui/pane/go_to_pane.h"

#define PATIENCE_MS 20000

static const uint32_t to_program[] = {'g', 'p', 'r', 'o', 'g', 'r', 'a', 'm', KEY_RETURN, 0};

static struct address_space *read_this_process(const struct options *options)
{
	const struct procfs_options procfs = {.root = options->procfs};
	struct address_space *space;
	struct source *source;

	assert_int_equal(procfs_source_create(&procfs, getpid(), &source), 0);
	assert_int_equal(source_read(source, &space), 0);
	source_destroy(source);
	return space;
}

static void nothing_is_started_before_it_is_needed(void **state)
{
	const struct options options = {.procfs = "/proc"};
	struct watch_file file = {.options = &options};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	watch_file_look(&file, &stage.ui);
	assert_null(file.looker);
	assert_int_equal(watch_file_descriptor(&file), -1);
	watch_file_take(&file, &stage.ui);
	assert_false(stage.ui.request.bits);
	watch_file_finish(&file);
	stage_close(&stage);
}

static void the_screen_gets_what_was_found(void **state)
{
	const struct options options = {.procfs = "/proc"};
	struct watch_file file = {.options = &options};
	const struct file_facts *facts = NULL;
	struct pollfd wait = {.events = POLLIN};
	const struct go_to_pane *pane;
	struct stage stage;

	(void)state;
	stage_open(&stage, read_this_process(&options), 80, 24, true);
	stage_press(&stage, to_program);
	pane = (const struct go_to_pane *)stage_pane(&stage, &go_to_pane);
	watch_file_look(&file, &stage.ui);
	wait.fd = watch_file_descriptor(&file);
	assert_true(wait.fd >= 0);
	while (!facts && poll(&wait, 1, PATIENCE_MS) > 0) {
		watch_file_take(&file, &stage.ui);
		assert_true(stage.ui.request.bits & UI_DRAW);
		facts = located_file(&pane->located, go_to_pane_wanted(&stage.ui));
	}
	assert_non_null(facts);
	assert_true(facts->size > 1000);
	/* The same snapshot and mapping are not asked about again. */
	watch_file_look(&file, &stage.ui);
	assert_int_equal(poll(&wait, 1, 0), 0);
	watch_file_finish(&file);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_started_before_it_is_needed),
		cmocka_unit_test(the_screen_gets_what_was_found),
	};

	if (access("/proc/self/maps", R_OK) != 0) {
		puts("1..0 # SKIP /proc is not mounted");
		return 0;
	}
	return cmocka_run_group_tests_name("watch_file", tests, NULL, NULL);
}
