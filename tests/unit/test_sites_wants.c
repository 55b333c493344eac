/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <string.h>

#include "sample_sites.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/sites_wants.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void nobody_listens_unless_the_pane_is_open(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct stage stage;
	int column, line;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_false(sites_wants(&stage.ui));
	stage_press(&stage, KEYS('A'));
	assert_true(sites_wants(&stage.ui));
	sites_wants_take(&stage.ui, sites, "words");
	assert_ptr_equal(stage.ui.shown.sites, sites);
	/* The pane has its lines at once. */
	assert_true(stage_find(&stage, "json_decode", &column, &line));
	stage_press(&stage, KEYS('A'));
	assert_false(sites_wants(&stage.ui));
	sites_wants_take(&stage.ui, NULL, NULL);
	assert_null(stage.ui.shown.sites);
	stage_close(&stage);
	call_sites_unref(sites);
}

/* Colours by call site need to know them, too; what is wrong is said where no pane says it. */
static void colours_by_call_site_want_them(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('C'));
	assert_int_equal(stage.ui.colours, COLOUR_MODE_SITES);
	assert_true(sites_wants(&stage.ui));
	sites_wants_take(&stage.ui, NULL, "it cannot be");
	assert_non_null(strstr(stage.ui.message.text, "it cannot be"));
	sites_wants_take(&stage.ui, sites, "");
	assert_int_equal(stage.ui.shown.site_colours.slots[0].site, 1);
	stage_press(&stage, KEYS('c'));
	assert_false(sites_wants(&stage.ui));
	stage_close(&stage);
	call_sites_unref(sites);
}

static void what_comes_is_kept_and_drawn(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct stage stage;

	(void)state;
	stage_open_empty(&stage, 80, 24, true);
	stage.ui.colours = COLOUR_MODE_SITES;
	assert_false(sites_wants(&stage.ui));
	stage_close(&stage);
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('C'));
	stage.ui.shown.ended = true;
	assert_false(sites_wants(&stage.ui));
	stage.ui.shown.ended = false;
	ui_say(&stage.ui, NULL);
	ui_take_request(&stage.ui);
	sites_wants_take(&stage.ui, sites, "some words");
	assert_string_equal(stage.ui.shown.sites_words, "some words");
	assert_null(stage.ui.message.text);
	assert_true(ui_take_request(&stage.ui).bits & UI_DRAW);
	sites_wants_take(&stage.ui, NULL, "");
	assert_null(stage.ui.message.text);
	sites_wants_take(&stage.ui, NULL, NULL);
	assert_null(stage.ui.message.text);
	/* The pane says it itself. */
	stage_press(&stage, KEYS('A'));
	sites_wants_take(&stage.ui, NULL, "it cannot be");
	assert_null(stage.ui.message.text);
	stage_close(&stage);
	call_sites_unref(sites);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_listens_unless_the_pane_is_open),
		cmocka_unit_test(colours_by_call_site_want_them),
		cmocka_unit_test(what_comes_is_kept_and_drawn),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
