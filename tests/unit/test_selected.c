/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/sample.h"
#include "support/stage.h"
#include "ui/selected.h"

#define HEAP 0x55b5f7c8d000
#define LIBM 0x7f83a9782000

static struct band select(const struct stage *stage)
{
	const struct scene scene = stage_scene(stage);

	return selected_band(&scene);
}

static void it_is_the_band_of_the_diagram_or_the_row_of_the_table(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_int_equal(select(&stage).start, HEAP);
	/* In the picture a small mapping is one of a fold. */
	stage.ui.view.cursor = LIBM;
	assert_true(select(&stage).start < LIBM);
	stage_press(&stage, (const uint32_t[]){'t', 0});
	assert_int_equal(select(&stage).start, LIBM);
	assert_int_equal(select(&stage).count, 5);
	stage_close(&stage);
}

static void a_table_of_nothing_leaves_it_to_the_diagram(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_empty(), 80, 24, true);
	stage_press(&stage, (const uint32_t[]){'t', 0});
	assert_int_equal(select(&stage).count, 1);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_the_band_of_the_diagram_or_the_row_of_the_table),
		cmocka_unit_test(a_table_of_nothing_leaves_it_to_the_diagram),
	};

	return cmocka_run_group_tests_name("selected", tests, NULL, NULL);
}
