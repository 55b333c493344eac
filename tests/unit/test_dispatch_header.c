/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Presses on what looks like a button: figures of the header, the scale of the picture. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/pane/usage_pane.h"
#include "ui/table/table_pane.h"

static void click_text(struct stage *stage, const char *string)
{
	int column, line;

	assert_true(stage_find(stage, string, &column, &line));
	stage_click(stage, &(struct mouse){MOUSE_LEFT, 0, column, line, 1});
}

static void figures_of_the_header_can_be_clicked(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	click_text(&stage, "rss 58");
	assert_true(stage_shows(&stage, &usage_pane));
	click_text(&stage, "rss 58");
	assert_false(stage_shows(&stage, &usage_pane));
	click_text(&stage, "maps 34");
	assert_true(stage_shows(&stage, &table_pane));
	click_text(&stage, "maps 34");
	click_text(&stage, "w+x");
	assert_string_equal(stage.ui.find.filtered.text, "perm:w+x");
	assert_int_equal(stage.ui.find.filter, FILTER_DIM);
	click_text(&stage, "w+x");
	assert_int_equal(stage.ui.find.filter, FILTER_NONE);
	/* Between two figures, and on one that leads nowhere. */
	click_text(&stage, "cost");
	assert_null(stage.ui.message.text);
	stage_close(&stage);
}

static void the_scale_can_be_clicked(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	click_text(&stage, "log  ");
	assert_int_equal(stage.ui.view.scale, SCALE_LINEAR);
	click_text(&stage, "address space");
	assert_int_equal(stage.ui.view.scale, SCALE_LINEAR);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_of_the_header_can_be_clicked),
		cmocka_unit_test(the_scale_can_be_clicked),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("dispatch_header", tests, NULL, NULL);
}
