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

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_false(sites_wants(&stage.ui));
	stage_press(&stage, KEYS('A'));
	assert_true(sites_wants(&stage.ui));
	sites_wants_take(&stage.ui, sites, "words");
	assert_ptr_equal(stage.ui.shown.sites, sites);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_listens_unless_the_pane_is_open),
		cmocka_unit_test(colours_by_call_site_want_them),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
