/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_listens_unless_the_pane_is_open),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
