/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/kept_usage.h"
#include "model/residency.h"
#include "support/sample.h"
#include "support/stage.h"

static void what_is_kept_is_a_copy(void **state)
{
	struct kept_usage kept = {0};
	struct stage stage;

	(void)state;
	assert_null(kept_usage_table(&kept));
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_scan(&stage, true);
	kept_usage_take(&kept, stage.ui.shown.usage, stage.ui.shown.residency);
	assert_int_equal(kept_usage_table(&kept)->total.rss, stage.ui.shown.usage->total.rss);
	assert_non_null(stage.ui.shown.usage->vmas.columns[0].narrow);
	assert_ptr_not_equal(kept_usage_table(&kept)->vmas.columns[0].narrow,
			     stage.ui.shown.usage->vmas.columns[0].narrow);
	assert_int_equal(residency_between(kept.residency, 0, UINT64_MAX).resident,
			 residency_between(stage.ui.shown.residency, 0, UINT64_MAX).resident);
	kept_usage_take(&kept, NULL, NULL);
	assert_null(kept_usage_table(&kept));
	kept_usage_finish(&kept);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_kept_is_a_copy),
	};

	return cmocka_run_group_tests_name("kept_usage", tests, NULL, NULL);
}
