/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "bytes_shown.h"
#include "model/session.h"
#include "picker_sample.h"
#include "sample_heap.h"
#include "sample_sites.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "support/trace.h"
#include "ui/heap_wants.h"
#include "ui/pane/chart_pane.h"
#include "ui/pane/events_pane.h"
#include "ui/pane/growers_pane.h"
#include "ui/pane/heap_pane.h"
#include "ui/pane/help_pane.h"
#include "ui/pane/inspector_pane.h"
#include "ui/pane/sites_pane.h"
#include "ui/pane/usage_pane.h"
#include "ui/picture/picture_pane.h"
#include "ui/sites_wants.h"
#include "ui/table/table_pane.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

/* A process that has grown, of which all is known. */
static void open_grown(struct stage *stage, int lines)
{
	stage_open(stage, sample_python(), 80, lines, true);
	stage_scan(stage, true);
	stage_add(stage, sample_python_grown(1 << 20), 1);
	stage_scan(stage, true);
}

static void the_main_views(void **state)
{
	struct stage stage;

	(void)state;
	open_grown(&stage, 24);
	stage_press(&stage, KEYS('i'));
	trace_widths(&stage, &picture_pane, 0, 4, 140, "picture_widths_pane");
	stage_press(&stage, KEYS('t'));
	trace_widths(&stage, &table_pane, 0, 3, 150, "table_widths");
	stage_close(&stage);
	sample_list_open(&stage, 80, 24, true);
	trace_widths(&stage, &processes_pane, 1, 3, 140, "processes_widths");
	stage_close(&stage);
}

static void panes_below(void **state)
{
	struct stage stage;

	(void)state;
	open_grown(&stage, 36);
	stage_press(&stage, KEYS('u'));
	trace_widths(&stage, &usage_pane, 0, 5, 120, "usage_widths");
	stage_press(&stage, KEYS('d'));
	trace_widths(&stage, &growers_pane, 0, 4, 130, "growers_widths");
	stage_press(&stage, KEYS('e'));
	trace_widths(&stage, &events_pane, 0, 3, 130, "events_widths");
	stage_press(&stage, KEYS('e', 'v'));
	trace_widths(&stage, &chart_pane, 0, 2, 130, "chart_widths");
	stage_press(&stage, KEYS('?'));
	trace_widths(&stage, &help_pane, 1, 3, 130, "help_widths");
	stage_close(&stage);
}

static void panes_of_what_is_inside(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct heap_usage heap = sample_heap();
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 40, true);
	stage_press(&stage, KEYS('H'));
	assert_true(heap_wants_take(&stage.ui, &heap, 0, stage.session.now->time_ns));
	ui_layout(&stage.ui);
	trace_widths(&stage, &heap_pane, 0, 4, 130, "heap_widths");
	trace_widths(&stage, &picture_pane, -1, 1, 100, "legend_widths_heap");
	stage_press(&stage, KEYS('A'));
	sites_wants_take(&stage.ui, sites, "");
	ui_layout(&stage.ui);
	trace_widths(&stage, &sites_pane, 0, 3, 130, "sites_widths");
	sites_wants_take(&stage.ui, NULL, NULL);
	stage_close(&stage);
	call_sites_unref(sites);
	heap_usage_finish(&heap);
	open_heap(&stage, 80, 24);
	answer(&stage, 't', 0);
	trace_widths(&stage, &bytes_pane, 1, 2, 140, "bytes_widths");
	stage_close(&stage);
}

/* The legend in the picture's lower border, of each sort of colours. */
static void legends(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct stage stage;

	(void)state;
	open_grown(&stage, 24);
	stage_press(&stage, KEYS('i'));
	trace_widths(&stage, &picture_pane, -1, 1, 150, "legend_widths_kind");
	stage.ui.host.letters = true;
	stage_press(&stage, KEYS('c'));
	trace_widths(&stage, &picture_pane, -1, 1, 90, "legend_widths_protection");
	stage_press(&stage, KEYS('C', 'C'));
	sites_wants_take(&stage.ui, sites, "");
	trace_widths(&stage, &picture_pane, -1, 1, 110, "legend_widths_sites");
	sites_wants_take(&stage.ui, NULL, NULL);
	stage_close(&stage);
	call_sites_unref(sites);
}

/* Where each pane is, at heights from the least on, and what is open then. */
static void append_places(struct text *text, const struct stage *stage)
{
	const struct pane_stack *panes = &stage->ui.panes;

	text_append_format(text, "%dx%d:", stage->canvas->columns, stage->canvas->lines);
	for (size_t i = 0; i < panes->depth; i++) {
		const struct rect rect = panes->open[i]->rect;

		text_append_format(text, " %s %d,%d %dx%d", panes->open[i]->ops->name, rect.column,
				   rect.line, rect.columns, rect.lines);
	}
	text_append(text, "\n");
}

static void every_height_shares_its_lines(void **state)
{
	static const uint32_t keys[] = {'i', 'u', 'd', 'e', 'v', 'H', 'B', '!', '?'};
	struct text text = {0};
	struct stage stage;

	(void)state;
	open_grown(&stage, 24);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		stage_press(&stage, KEYS(keys[i]));
		text_append_format(&text, "== %c\n", (int)keys[i]);
		for (int lines = 11; lines < 60; lines += lines < 30 ? 1 : 7) {
			stage_resize(&stage, 100, lines);
			append_places(&text, &stage);
		}
		for (int columns = 39; columns < 170; columns += columns < 42 ? 1 : 9) {
			stage_resize(&stage, columns, 26);
			append_places(&text, &stage);
		}
	}
	golden_check("pane_places", text_string(&text));
	text_finish(&text);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_main_views),
		cmocka_unit_test(legends),
		cmocka_unit_test(panes_below),
		cmocka_unit_test(panes_of_what_is_inside),
		cmocka_unit_test(every_height_shares_its_lines),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("pane_widths", tests, NULL, NULL);
}
