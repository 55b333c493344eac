/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>

#include "app/options.h"
#include "app/watch_findings.h"
#include "own_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/pane/findings_pane.h"

#define KEYS(...)   ((const uint32_t[]){__VA_ARGS__, 0})
#define PATIENCE_MS 20000

static const struct options options = {.procfs = "/proc"};

static void nothing_is_looked_at_unless_asked_for(void **state)
{
	struct watch_findings findings = {.options = &options};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	watch_findings_look(&findings, &stage.ui);
	assert_null(findings.prober);
	assert_int_equal(watch_findings_descriptor(&findings), -1);
	watch_findings_take(&findings, &stage.ui);
	stage_close(&stage);
	watch_findings_finish(&findings);
}

static void the_screen_gets_what_was_found(void **state)
{
	struct watch_findings findings = {.options = &options};
	struct pollfd wait = {.events = POLLIN};
	const struct findings_pane *pane;
	struct stage stage;

	(void)state;
	stage_open(&stage, own_space_read(), 80, 24, true);
	stage_press(&stage, KEYS('!'));
	pane = (const struct findings_pane *)stage_pane(&stage, &findings_pane);
	assert_false(pane->known);
	watch_findings_look(&findings, &stage.ui);
	assert_true(findings.asking);
	watch_findings_look(&findings, &stage.ui);
	wait.fd = watch_findings_descriptor(&findings);
	assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
	watch_findings_take(&findings, &stage.ui);
	assert_false(findings.asking);
	assert_true(pane->known);
	assert_true(pane->files.count >= 1);
	/* Not again for the same snapshot, nor at once for the next one. */
	watch_findings_look(&findings, &stage.ui);
	assert_false(findings.asking);
	stage_add(&stage, own_space_read(), 1);
	watch_findings_look(&findings, &stage.ui);
	assert_false(findings.asking);
	/* But when it is opened. */
	stage_press(&stage, KEYS('!'));
	watch_findings_look(&findings, &stage.ui);
	stage_press(&stage, KEYS('!'));
	watch_findings_look(&findings, &stage.ui);
	assert_true(findings.asking);
	stage_close(&stage);
	watch_findings_finish(&findings);
}

static void a_recording_has_no_files(void **state)
{
	static const struct options nowhere = {.procfs = "/nonexistent"};
	struct watch_findings findings = {.options = &nowhere};
	struct pollfd wait = {.events = POLLIN};
	const struct findings_pane *pane;
	struct stage stage;

	(void)state;
	stage_open(&stage, own_space_read(), 80, 24, true);
	stage.ui.host.replay = true;
	stage_press(&stage, KEYS('!'));
	watch_findings_look(&findings, &stage.ui);
	wait.fd = watch_findings_descriptor(&findings);
	assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
	watch_findings_take(&findings, &stage.ui);
	pane = (const struct findings_pane *)stage_pane(&stage, &findings_pane);
	assert_true(pane->files.count >= 1);
	for (size_t i = 0; i < pane->files.count; i++)
		assert_int_equal(pane->files.files[i].state, CHECKED_NOT_KEPT);
	stage_close(&stage);
	watch_findings_finish(&findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_looked_at_unless_asked_for),
		cmocka_unit_test(the_screen_gets_what_was_found),
		cmocka_unit_test(a_recording_has_no_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
