/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "model/address_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/arrange.h"
#include "ui/pane/chart_pane.h"
#include "ui/pane/events_pane.h"
#include "ui/pane/growers_pane.h"
#include "ui/pane/help_pane.h"
#include "ui/pane/inspector_pane.h"
#include "ui/pane/usage_pane.h"
#include "ui/picture/picture_pane.h"
#include "ui/table/table_pane.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

#define HEAP 0x55b5f7c8d000

static void panes_below_open_and_close(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_add(&stage, sample_python_grown(1 << 20), 1);
	stage_press(&stage, KEYS('d'));
	stage_check_panes(&stage, "ui_ledger");
	/* Enter goes to the mapping, out of where one is. */
	stage_press(&stage, KEYS('d', KEY_TO_HOME, KEY_RETURN, 'd', KEY_ARROW_DOWN, KEY_RETURN));
	assert_int_equal(stage.ui.view.cursor, HEAP);
	stage_press(&stage, KEYS('e'));
	stage_check_panes(&stage, "ui_events");
	stage_press(&stage, KEYS(KEY_PAGE_UP, KEY_ARROW_DOWN, KEY_RETURN));
	assert_non_null(strstr(stage.ui.message.text, "closes"));
	stage_press(&stage, KEYS(KEY_ESC));
	assert_false(stage_shows(&stage, &events_pane));
	/* The chart was below it all the time. */
	assert_true(stage_shows(&stage, &chart_pane));
	/* On small screens a lower pane takes the place of the picture. */
	stage_resize(&stage, 60, 14);
	stage_press(&stage, KEYS('d'));
	stage_check_panes(&stage, "ui_ledger_small");
	stage_close(&stage);
}

static void one_pane_stands_in_each_place(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_add(&stage, sample_python_grown(1 << 20), 1);
	assert_true(stage_shows(&stage, &picture_pane));
	assert_true(stage_shows(&stage, &inspector_pane));
	assert_true(stage_shows(&stage, &chart_pane));
	arrange_open(&stage.ui, &usage_pane);
	assert_true(stage_shows(&stage, &usage_pane));
	assert_false(stage_shows(&stage, &chart_pane));
	/* What Esc leaves makes way, what it does not leave stays below. */
	arrange_open(&stage.ui, &growers_pane);
	assert_false(arrange_is_open(&stage.ui, &usage_pane));
	assert_true(arrange_is_open(&stage.ui, &chart_pane));
	arrange_toggle(&stage.ui, &growers_pane);
	assert_true(stage_shows(&stage, &chart_pane));
	arrange_toggle(&stage.ui, &table_pane);
	assert_true(stage_shows(&stage, &table_pane));
	assert_false(stage_shows(&stage, &picture_pane));
	/* What is not open cannot be closed. */
	arrange_close(&stage.ui, &usage_pane);
	stage_close(&stage);
}

static void cells_belong_to_the_pane_on_top(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_add(&stage, sample_python_grown(1 << 20), 1);
	assert_ptr_equal(arrange_pane_at(&stage.ui, 5, 10)->ops, &picture_pane);
	assert_ptr_equal(arrange_pane_at(&stage.ui, 110, 10)->ops, &inspector_pane);
	assert_ptr_equal(arrange_pane_at(&stage.ui, 5, 36)->ops, &chart_pane);
	assert_null(arrange_pane_at(&stage.ui, 5, 0));
	assert_null(arrange_pane_at(&stage.ui, 5, 39));
	arrange_open(&stage.ui, &help_pane);
	assert_ptr_equal(arrange_pane_at(&stage.ui, 110, 10)->ops, &help_pane);
	arrange_uncover(&stage.ui);
	assert_ptr_equal(arrange_pane_at(&stage.ui, 110, 10)->ops, &inspector_pane);
	stage_close(&stage);
}

static void what_lies_below_the_help_is_not_seen(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_true(arrange_is_seen(&stage.ui, &picture_pane));
	assert_false(arrange_is_seen(&stage.ui, &usage_pane));
	arrange_open(&stage.ui, &help_pane);
	assert_true(arrange_is_seen(&stage.ui, &help_pane));
	assert_false(arrange_is_seen(&stage.ui, &picture_pane));
	assert_true(arrange_is_open(&stage.ui, &picture_pane));
	arrange_close(&stage.ui, &help_pane);
	arrange_open(&stage.ui, &usage_pane);
	assert_true(arrange_is_seen(&stage.ui, &usage_pane));
	/* There is no room for it. */
	stage_resize(&stage, 40, 5);
	assert_false(arrange_is_seen(&stage.ui, &usage_pane));
	stage_close(&stage);
}

static int tall_lines(struct pane *pane, const struct scene *scene, int columns, int lines)
{
	(void)pane;
	(void)scene;
	assert_int_equal(columns, 100);
	assert_int_equal(lines, 30);
	return 7;
}

/* Beside a main view that is not there, and over all. */
static void check_others(struct ui *ui)
{
	static const struct pane_ops body = {.place = PANE_BODY, .size = sizeof(struct pane)};
	static const struct pane_ops aside = {.place = PANE_ASIDE, .size = sizeof(struct pane)};
	struct pane *pane;

	pane_stack_add(&ui->panes, &aside);
	pane_stack_push(&ui->panes, pane_stack_find(&ui->panes, &aside));
	arrange_again(ui);
	pane = pane_stack_find(&ui->panes, &aside);
	assert_int_equal(pane->rect.column, 70);
	assert_int_equal(pane->rect.columns, 30);
	/* What lies over all of them leaves the header and the keys. */
	pane_stack_add(&ui->panes, &body);
	pane_stack_push(&ui->panes, pane_stack_find(&ui->panes, &body));
	arrange_again(ui);
	assert_int_equal(pane_stack_find(&ui->panes, &body)->rect.line, 2);
	assert_int_equal(pane_stack_find(&ui->panes, &body)->rect.lines, 27);
	assert_int_equal(pane_stack_find(&ui->panes, &body)->rect.columns, 100);
	assert_int_equal(pane_stack_find(&ui->panes, &body)->rect.column, 0);
	/* Over a main view, of which there is none, it stays where it is. */
	ui->frame.narrow = true;
	pane->over = true;
	arrange_resize_plain(ui, 100, 30, true);
	assert_int_equal(pane->rect.lines, 0);
	assert_true(pane->over);
}

/* Whatever places have a pane: nothing stands in the others. */
static void places_may_be_empty(void **state)
{
	static const struct pane_ops bottom = {
		.place = PANE_BOTTOM, .size = sizeof(struct pane), .lines = tall_lines};
	struct address_space *space = sample_python();
	struct pane *pane;
	struct ui ui;

	(void)state;
	ui_init_plain(&ui, space, true);
	arrange_resize(&ui, 100, 30);
	assert_int_equal(ui.frame.main.columns, 100);
	assert_int_equal(ui.frame.main.lines, 27);
	assert_int_equal(ui.view.lines, 25);
	assert_int_equal(ui_take_request(&ui).bits, UI_LAYOUT | UI_DRAW);
	arrange_layout(&ui);
	pane_stack_add(&ui.panes, &bottom);
	pane = pane_stack_find(&ui.panes, &bottom);
	pane->rect = (struct rect){1, 2, 3, 4};
	arrange_again(&ui);
	assert_int_equal(pane->rect.lines, 0);
	pane_stack_push(&ui.panes, pane);
	assert_int_equal(pane->wanted, 0);
	arrange_layout(&ui);
	assert_int_equal(pane->wanted, 7);
	assert_int_equal(pane->rect.line, 22);
	assert_int_equal(pane->rect.lines, 7);
	assert_int_equal(ui.view.lines, 18);
	check_others(&ui);
	ui_finish(&ui);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(panes_below_open_and_close),
		cmocka_unit_test(one_pane_stands_in_each_place),
		cmocka_unit_test(cells_belong_to_the_pane_on_top),
		cmocka_unit_test(what_lies_below_the_help_is_not_seen),
		cmocka_unit_test(places_may_be_empty),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("arrange", tests, NULL, NULL);
}
