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

/* The nodes that memory is on are copied, too; what was kept before is let go of. */
static void nodes_are_copied(void **state)
{
	struct usage_node nodes[] = {{.node = 0, .bytes = 7}, {.node = 3, .bytes = 9}};
	struct kept_usage kept = {0};
	struct stage stage;
	struct usage_table table;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_scan(&stage, false);
	table = *stage.ui.shown.usage;
	table.nodes = nodes;
	table.node_count = 2;
	for (int i = 0; i < 2; i++) {
		kept_usage_take(&kept, &table, NULL);
		assert_true(kept.known);
		assert_null(kept.residency);
		nodes[1].bytes = 1;
		assert_int_equal(kept_usage_table(&kept)->node_count, 2);
		assert_int_equal(kept_usage_table(&kept)->nodes[0].bytes, 7);
		assert_int_equal(kept_usage_table(&kept)->nodes[1].bytes, 9);
		assert_int_equal(kept_usage_table(&kept)->nodes[1].node, 3);
		nodes[1].bytes = 9;
	}
	kept_usage_finish(&kept);
	assert_null(kept_usage_table(&kept));
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_kept_is_a_copy),
		cmocka_unit_test(nodes_are_copied),
	};

	return cmocka_run_group_tests_name("kept_usage", tests, NULL, NULL);
}
