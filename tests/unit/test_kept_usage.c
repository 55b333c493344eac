/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/address_space.h"
#include "model/residency.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/kept_usage.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void only_the_moment_that_was_kept_is_known(void **state)
{
	struct kept_usage kept = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_scan(&stage, true);
	kept_usage_take(&kept, stage.ui.shown.usage, stage.ui.shown.residency, 7);
	assert_null(kept_usage_table(&kept, 6));
	assert_null(kept_usage_residency(&kept, 6));
	assert_int_equal(kept_usage_table(&kept, 7)->total.rss, stage.ui.shown.usage->total.rss);
	assert_ptr_not_equal(kept_usage_table(&kept, 7)->vmas, stage.ui.shown.usage->vmas);
	assert_int_equal(residency_between(kept_usage_residency(&kept, 7), 0, UINT64_MAX).resident,
			 residency_between(stage.ui.shown.residency, 0, UINT64_MAX).resident);
	kept_usage_take(&kept, NULL, NULL, 7);
	assert_null(kept_usage_table(&kept, 7));
	kept_usage_finish(&kept);
	stage_close(&stage);
}

static void a_paused_picture_keeps_what_is_in_memory(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_add(&stage, sample_python_grown(1 << 20), 1);
	stage_scan(&stage, true);
	stage_press(&stage, KEYS(KEY_SPACE));
	assert_non_null(shown_usage(&stage.ui.shown));
	stage_check(&stage, "usage_paused");
	/* The process goes on, and nothing is known of it yet: the picture is what it was. */
	stage_add(&stage, sample_python_grown(2 << 20), 2);
	assert_null(stage.ui.shown.usage);
	assert_int_equal(shown_usage(&stage.ui.shown)->count, stage.ui.shown.space->vma_count);
	assert_non_null(shown_residency(&stage.ui.shown));
	/* Of moments before nothing is known; back at the one of pausing it is. */
	stage_press(&stage, KEYS(','));
	assert_null(shown_usage(&stage.ui.shown));
	assert_null(shown_residency(&stage.ui.shown));
	stage_press(&stage, KEYS('.'));
	assert_non_null(shown_usage(&stage.ui.shown));
	assert_non_null(shown_residency(&stage.ui.shown));
	stage_press(&stage, KEYS('.'));
	assert_null(shown_usage(&stage.ui.shown));
	stage_press(&stage, KEYS('L'));
	assert_null(shown_usage(&stage.ui.shown));
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_moment_that_was_kept_is_known),
		cmocka_unit_test(a_paused_picture_keeps_what_is_in_memory),
	};

	return cmocka_run_group_tests_name("kept_usage", tests, NULL, NULL);
}
