/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>

#include "app/options.h"
#include "app/watch_growth.h"
#include "growing_child.h"
#include "inside/call_sites.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"

#define KEYS(...)   ((const uint32_t[]){__VA_ARGS__, 0})
#define PATIENCE_MS 60000

static const struct options options = {.procfs = "/proc"};

static void take(struct watch_growth *growth, struct ui *ui)
{
	struct pollfd wait = {.fd = watch_growth_descriptor(growth), .events = POLLIN};

	assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
	watch_growth_take(growth, ui);
}

static void nobody_is_listened_to_unless_asked_for(void **state)
{
	struct watch_growth growth = {.options = &options};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	watch_growth_look(&growth, &stage.ui);
	assert_null(growth.listener);
	assert_int_equal(watch_growth_descriptor(&growth), -1);
	watch_growth_take(&growth, &stage.ui);
	stage_close(&stage);
	watch_growth_finish(&growth);
}

/* Until something was touched, or it is said why nothing can be known. */
static void the_screen_gets_what_was_found(void **state)
{
	struct watch_growth growth = {.options = &options};
	struct growing_child child;
	struct stage stage;

	(void)state;
	growing_child_start(&child);
	stage_open(&stage, growing_child_space(&child), 80, 24, true);
	stage_press(&stage, KEYS('A'));
	watch_growth_look(&growth, &stage.ui);
	assert_true(growth.listening);
	do
		take(&growth, &stage.ui);
	while (!(growth.sites && growth.sites->bytes) &&
	       !strstr(stage.ui.shown.sites_words, "cannot listen"));
	assert_ptr_equal(stage.ui.shown.sites, growth.sites);
	/* It is the same process: listening goes on, and what was found stays. */
	watch_growth_look(&growth, &stage.ui);
	assert_true(growth.listening);
	assert_ptr_equal(stage.ui.shown.sites, growth.sites);
	assert_null(strstr(stage.ui.shown.sites_words, "Listening begins"));
	assert_null(strchr(stage.ui.shown.sites_words, '\n'));
	/* It ends with the pane. */
	stage_press(&stage, KEYS('A'));
	watch_growth_look(&growth, &stage.ui);
	assert_false(growth.listening);
	assert_null(stage.ui.shown.sites);
	stage_close(&stage);
	watch_growth_finish(&growth);
	growing_child_end(&child);
}

static void why_nothing_is_known_is_said(void **state)
{
	const struct options nowhere = {.procfs = "/nowhere"};
	struct watch_growth growth = {.options = &nowhere};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('A'));
	watch_growth_look(&growth, &stage.ui);
	while (!strstr(stage.ui.shown.sites_words, "cannot listen"))
		take(&growth, &stage.ui);
	assert_null(stage.ui.shown.sites);
	assert_non_null(strstr(stage.ui.shown.sites_words, ". d shows what grew"));
	stage_close(&stage);
	watch_growth_finish(&growth);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_is_listened_to_unless_asked_for),
		cmocka_unit_test(the_screen_gets_what_was_found),
		cmocka_unit_test(why_nothing_is_known_is_said),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("watch_growth", tests, NULL, NULL);
}
