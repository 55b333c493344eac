/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <unistd.h>

#include "app/options.h"
#include "app/watch_scan.h"
#include "model/address_space.h"
#include "model/session.h"
#include "own_space.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/command/command.h"

#define PATIENCE_MS 20000

static void without_a_scan_nothing_is_known(void **state)
{
	struct watch_scan scan = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_int_equal(watch_scan_descriptor(&scan), -1);
	watch_scan_look(&scan, &stage.ui);
	watch_scan_take(&scan, &stage.ui);
	assert_false(stage.ui.request.bits);
	watch_scan_apply(&scan, &stage.ui);
	watch_scan_read_smaps(&scan);
	assert_null(stage.ui.shown.usage);
	assert_int_equal(stage.ui.host.smaps_ns, 0);
	stage_close(&stage);
	watch_scan_finish(&scan);
}

/* Takes what is found until it is there, or for a generous while. */
static void take_residency(struct watch_scan *scan, struct ui *ui)
{
	struct pollfd wait = {.fd = watch_scan_descriptor(scan), .events = POLLIN};

	while ((!scan->residency || scan->residency->partial) && poll(&wait, 1, PATIENCE_MS) > 0) {
		watch_scan_take(scan, ui);
		if (scan->refused)
			return;
	}
}

static void the_screen_gets_what_was_found(void **state)
{
	const struct options options = {.procfs = "/proc"};
	struct watch_scan scan;
	struct stage stage;

	(void)state;
	stage_open(&stage, own_space_read(), 80, 24, true);
	watch_scan_start(&scan, &options, stage.ui.shown.session->now);
	if (!scan.thread) {
		stage_close(&stage);
		skip();
	}
	watch_scan_look(&scan, &stage.ui);
	take_residency(&scan, &stage.ui);
	assert_true(scan.refused || scan.residency);
	assert_ptr_equal(stage.ui.shown.usage, &scan.table);
	assert_ptr_equal(stage.ui.shown.residency, scan.residency);
	assert_int_equal(scan.table.vmas.count, stage.session.now->vma_count);
	/* A new snapshot has a table of its own. */
	stage_add(&stage, sample_python(), 1);
	assert_null(stage.ui.shown.usage);
	watch_scan_apply(&scan, &stage.ui);
	assert_ptr_equal(stage.ui.shown.usage, &scan.table);
	assert_int_equal(scan.table.vmas.count, stage.session.now->vma_count);
	/* Another program than that of the test: what was found is not its. */
	assert_null(scan.residency);
	stage_close(&stage);
	watch_scan_finish(&scan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_scan_nothing_is_known),
		cmocka_unit_test(the_screen_gets_what_was_found),
	};

	return cmocka_run_group_tests_name("watch_scan", tests, NULL, NULL);
}
