/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "base/keyed_hash.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/address_space.h"
#include "model/session.h"
#include "support/sample.h"
#include "ui/ui.h"

/* The panes write down each call: which of them hear of what, and when. */

static struct text calls;

static void take(struct pane *pane, struct ui *ui)
{
	(void)ui;
	text_append_format(&calls, "take %s\n", pane->ops->name);
}

static void settle(struct pane *pane, struct ui *ui)
{
	(void)ui;
	text_append_format(&calls, "settle %s\n", pane->ops->name);
}

#define PANE(word, where)                                                                    \
	{                                                                                    \
		.name = (word), .place = (where), .size = sizeof(struct pane), .take = take, \
		.settle = settle                                                             \
	}

static const struct pane_ops ops[] = {
	PANE("screen", PANE_SCREEN), PANE("body", PANE_BODY),  PANE("bottom", PANE_BOTTOM),
	PANE("aside", PANE_ASIDE),   PANE("below", PANE_MAIN), PANE("main", PANE_MAIN),
};
/* One that asks for nothing, and one that is made but not open. */
static const struct pane_ops quiet = {.name = "quiet", .size = sizeof(struct pane)};
static const struct pane_ops closed = PANE("closed", PANE_BOTTOM);

struct shown_ui {
	struct ui ui;
	struct session session;
};

static int set_up(void **state)
{
	struct shown_ui *shown = memory_alloc(sizeof(*shown));

	ui_init(&shown->ui, true);
	pane_stack_add(&shown->ui.panes, &quiet);
	pane_stack_add(&shown->ui.panes, &closed);
	pane_stack_push(&shown->ui.panes, pane_stack_find(&shown->ui.panes, &quiet));
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		pane_stack_add(&shown->ui.panes, &ops[i]);
		pane_stack_push(&shown->ui.panes, pane_stack_find(&shown->ui.panes, &ops[i]));
	}
	shown->ui.view.lines = 20;
	*state = shown;
	return 0;
}

static int tear_down(void **state)
{
	struct shown_ui *shown = *state;

	ui_finish(&shown->ui);
	if (shown->session.now)
		session_finish(&shown->session);
	text_finish(&calls);
	free(shown);
	return 0;
}

static void expect_calls(const char *expected)
{
	assert_string_equal(text_string(&calls), expected);
	text_clear(&calls);
}

static void expect_request(struct ui *ui, unsigned bits, unsigned news)
{
	const struct ui_request request = ui_take_request(ui);

	assert_int_equal(request.bits, bits);
	assert_int_equal(request.news, news);
}

static void watch(struct shown_ui *shown)
{
	session_init(&shown->session, sample_python(), (size_t)1 << 20, &(struct hash_key){{0}});
	ui_watch(&shown->ui, &shown->session);
}

/* Shows a moment that is past, as a pause does. */
static void pause_at(struct shown_ui *shown, struct address_space *space)
{
	struct ui *ui = &shown->ui;

	ui->shown.past.space = space;
	ui->shown.paused = true;
	ui_set_space(ui, space);
	ui_layout(ui);
	text_clear(&calls);
	ui_take_request(ui);
}

/* Adds a sample that is so many seconds later. */
static void add(struct shown_ui *shown, struct address_space *space, int64_t seconds)
{
	space->time_ns += seconds * 1000000000;
	address_space_share_list(space, shown->session.now);
	session_add(&shown->session, space);
	ui_take_snapshot(&shown->ui, seconds * 1000000000, NULL);
}

#define TAKE_OTHERS "take screen\ntake body\ntake bottom\ntake aside\n"
#define TAKE_ALL    TAKE_OTHERS "take below\ntake main\n"
#define SETTLE_ALL  "settle main\nsettle screen\nsettle body\nsettle bottom\nsettle aside\n"

/* Without a process there is nothing to lay out, but what lies over all else is shown. */
static void without_a_process_only_what_lies_over_settles(void **state)
{
	struct shown_ui *shown = *state;

	ui_layout(&shown->ui);
	expect_calls("settle screen\nsettle body\n");
	expect_request(&shown->ui, 0, 0);
	watch(shown);
	expect_calls(TAKE_ALL);
	expect_request(&shown->ui, UI_LAYOUT | UI_DRAW, 0);
	ui_layout(&shown->ui);
	expect_calls(SETTLE_ALL);
	expect_request(&shown->ui, 0, 0);
	ui_watch(&shown->ui, NULL);
	expect_calls("");
	expect_request(&shown->ui, 0, 0);
	assert_null(shown->ui.shown.space);
	ui_settle(&shown->ui);
	expect_calls("settle screen\nsettle body\n");
}

/* Of the same list main views have nothing to take; of another all do, and it is laid out. */
static void samples_are_told(void **state)
{
	struct shown_ui *shown = *state;
	struct ui *ui = &shown->ui;

	watch(shown);
	ui_layout(ui);
	text_clear(&calls);
	ui_take_request(ui);
	add(shown, sample_python(), 1);
	expect_calls(TAKE_OTHERS SETTLE_ALL);
	expect_request(ui, 0, PANE_NEWS_SAMPLE);
	add(shown, sample_python_grown(4096), 2);
	expect_calls(TAKE_ALL);
	expect_request(ui, UI_LAYOUT, PANE_NEWS_LIST);
	assert_ptr_equal(ui->shown.space, shown->session.now);
	assert_int_equal(ui->shown.heap_ns, shown->session.now->time_ns);
}

/* While it is paused what is shown stays, and so do the highlights and the heap. */
static void samples_of_a_pause_are_only_news(void **state)
{
	struct shown_ui *shown = *state;
	struct ui *ui = &shown->ui;
	const struct address_space *space;
	int64_t heap_ns = 77, next = 0;

	watch(shown);
	ui->shown.heap_ns = heap_ns;
	pause_at(shown, sample_python());
	space = ui->shown.space;
	add(shown, sample_python(), 1);
	expect_calls("");
	expect_request(ui, 0, PANE_NEWS_SAMPLE);
	add(shown, sample_python_grown(4096), 2);
	expect_calls("");
	expect_request(ui, 0, PANE_NEWS_LIST);
	assert_ptr_equal(ui->shown.space, space);
	assert_int_equal(ui->shown.heap_ns, heap_ns);
	assert_int_equal(ui->shown.highlights.count, 0);
	ui_settle_highlights(ui, INT64_C(1) << 40, &next);
	assert_true(next == HIGHLIGHTS_NEVER);
	expect_request(ui, 0, 0);
}

/* What is in memory is of the newest snapshot; where that is to be laid out, panes settle then. */
static void usage_is_told(void **state)
{
	struct shown_ui *shown = *state;
	struct ui *ui = &shown->ui;
	struct usage_table usage = {0};

	watch(shown);
	ui_layout(ui);
	text_clear(&calls);
	ui_take_request(ui);
	ui_set_usage(ui, &usage, NULL);
	expect_calls(TAKE_ALL SETTLE_ALL);
	expect_request(ui, 0, PANE_NEWS_USAGE);
	assert_ptr_equal(shown_usage(&ui->shown), &usage);
	ui_want(ui, UI_LAYOUT);
	ui_set_usage(ui, NULL, NULL);
	expect_calls(TAKE_ALL);
	expect_request(ui, UI_LAYOUT, PANE_NEWS_USAGE);
	add(shown, sample_python(), 1);
	ui_set_usage(ui, &usage, NULL);
	/* Another snapshot than the newest is shown: it is kept for that one. */
	pause_at(shown, sample_python());
	add(shown, sample_python_grown(4096), 2);
	assert_null(ui->shown.usage);
	ui_take_request(ui);
	ui_set_usage(ui, &usage, NULL);
	expect_calls("");
	expect_request(ui, 0, 0);
	assert_ptr_equal(ui->shown.usage, &usage);
}

/* A picture on paper: where it begins, and all that there is. */
static void a_picture_on_paper_is_the_whole(void **state)
{
	struct address_space *space = sample_python();
	struct ui ui;
	struct scene scene;
	uint64_t start = 1, end = 0;

	(void)state;
	ui_init_plain(&ui, space, false);
	ui.view.lines = 30;
	assert_ptr_equal(ui.shown.space, space);
	assert_int_equal(ui.view.cursor, 0x55b5f7c8d000);
	assert_int_equal(view_window(&ui.view)->start, 0);
	assert_int_equal(view_window(&ui.view)->end,
			 ui.shown.regions.regions[ui.shown.regions.count - 1].end);
	ui_layout(&ui);
	assert_int_equal(ui.shown.picture.diagram->rows, 30);
	ui_visible(&ui, &start, &end);
	assert_int_equal(start, 0);
	assert_int_equal(end, view_window(&ui.view)->end);
	scene = ui_scene(&ui, NULL);
	assert_ptr_equal(scene.glyphs, glyphs_get(false));
	assert_null(scene.session);
	assert_null(scene.growth);
	assert_null(scene.highlights);
	assert_null(scene.wx_history);
	assert_null(scene.minimap);
	assert_null(scene.main);
	assert_null(scene.focus);
	assert_false(scene.table);
	assert_true(scene.selected.start <= 0x55b5f7c8d000 && scene.selected.end > 0x55b5f7c8d000);
	ui_finish(&ui);
	address_space_destroy(space);
}

/* A message may be made of the one before. */
static void messages_are_composed(void **state)
{
	struct shown_ui *shown = *state;
	struct ui *ui = &shown->ui;
	int first, second;

	ui_say_format(ui, "%s %d", "a", 1);
	assert_string_equal(ui->message.text, "a 1");
	ui_say_format(ui, "%s, again", ui->message.text);
	assert_string_equal(ui->message.text, "a 1, again");
	assert_false(ui_confirms(ui, &first));
	assert_ptr_equal(ui->message.asks, &first);
	ui->message.asked = &first;
	ui->message.asks = NULL;
	assert_true(ui_confirms(ui, &first));
	assert_null(ui->message.asks);
	assert_false(ui_confirms(ui, &second));
	assert_ptr_equal(ui->message.asks, &second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(without_a_process_only_what_lies_over_settles,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(samples_are_told, set_up, tear_down),
		cmocka_unit_test_setup_teardown(samples_of_a_pause_are_only_news, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(usage_is_told, set_up, tear_down),
		cmocka_unit_test(a_picture_on_paper_is_the_whole),
		cmocka_unit_test_setup_teardown(messages_are_composed, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("ui_panes", tests, NULL, NULL);
}
