/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "inside/heap_usage.h"
#include "maps_space.h"
#include "model/address_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "support/trace.h"
#include "ui/pane/growers_pane.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static struct growers_pane *growers_of(const struct stage *stage)
{
	return (struct growers_pane *)stage_pane(stage, &growers_pane);
}

/* Of the mapping under the cursor. */
static uint64_t target_of(const struct growers_pane *pane)
{
	const struct growers_entry *entry =
		growers_lines_at(&pane->growers, &pane->open, pane->cursor).entry;

	assert_non_null(entry);
	return entry->start;
}

static void enter_leads_to_mappings_and_largest_growers(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_add(&stage, sample_python_grown(4096), 1);
	stage_press(&stage, KEYS(KEY_TO_HOME, 'd', KEY_RETURN));
	assert_null(stage.ui.message.text);
	assert_int_equal(stage.ui.view.cursor, 0x55b5f7c8d000);
	stage_press(&stage, KEYS(KEY_ARROW_DOWN, KEY_RETURN));
	assert_null(stage.ui.message.text);
	assert_int_equal(stage.ui.view.cursor, 0x55b5f7c8d000);
	/* At the end it stays. */
	stage_press(&stage, KEYS(KEY_TO_END, KEY_ARROW_DOWN));
	assert_int_equal(target_of(growers_of(&stage)), 0x55b5f7c8d000);
	stage_close(&stage);
}

static void what_is_free_and_used_inside_the_heap_grows(void **state)
{
	struct heap_part part = {.address = 0x7f83aa1dcc60,
				 .start = 0x55b5f7c8d000,
				 .is_main = true,
				 .used = 1 << 20,
				 .free = 1 << 19};
	const struct heap_usage heap = {0};
	struct stage stage;
	struct growers *growers;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	session_add_heap(&stage.session, stage.session.now->time_ns, &part, 1);
	stage_add(&stage, sample_python_grown(4096), 1);
	part.free += 4096;
	session_add_heap(&stage.session, stage.session.now->time_ns, &part, 1);
	stage.ui.shown.heap = &heap;
	stage_press(&stage, KEYS('d'));
	growers = &growers_of(&stage)->growers;
	assert_int_equal(growers->heap_count, 2);
	assert_int_equal(growers->heap[0].delta, 0);
	assert_int_equal(growers->heap[1].delta, 4096);
	/* That nobody walks any more is not known to have stayed as it was. */
	stage.ui.shown.heap = NULL;
	stage_add(&stage, sample_python_grown(8192), 2);
	growers = &growers_of(&stage)->growers;
	assert_true(growers->heap[1].unknown);
	stage_close(&stage);
}

static void the_cursor_stays_with_its_mapping(void **state)
{
	struct stage stage;
	struct growers_pane *pane;
	const struct address_space *now;
	size_t line;

	(void)state;
	stage_open(&stage, sample_python_without(0x7fff7725a000), 120, 40, true);
	stage_add(&stage, sample_python_grown(4096), 1);
	pane = growers_of(&stage);
	stage_press(&stage, (const uint32_t[]){'d', KEY_TO_END, 0});
	/* The stack is new and larger than what the heap gained. */
	assert_int_equal(target_of(pane), 0x55b5f7c8d000);
	line = pane->cursor;
	/* Now the heap gained more: it is listed before the stack. */
	stage_add(&stage, sample_python_grown(1 << 20), 2);
	assert_int_equal(target_of(pane), 0x55b5f7c8d000);
	assert_int_equal(pane->cursor, line - 1);
	/* A kind stays chosen, too. */
	stage_press(&stage, (const uint32_t[]){KEY_TO_HOME, KEY_ARROW_DOWN, 0});
	assert_int_equal(growers_lines_at(&pane->growers, &pane->open, pane->cursor).entry->kind,
			 KIND_STACK);
	stage_add(&stage, sample_python_grown(4096), 3);
	assert_int_equal(growers_lines_at(&pane->growers, &pane->open, pane->cursor).entry->kind,
			 KIND_STACK);
	/* Nothing grew any more: there is nothing to choose, until something did. */
	now = stage.session.now;
	session_set_baseline(&stage.session, now);
	ui_take_baseline(&stage.ui);
	stage_add(&stage, sample_python_grown(4096), 4);
	assert_int_equal(pane->cursor, 0);
	assert_int_equal(pane->top, 0);
	stage_press(&stage, (const uint32_t[]){KEY_RETURN, 0});
	assert_non_null(strstr(stage.ui.message.text, "No mapping grew"));
	stage_add(&stage, sample_python_grown(8192), 5);
	assert_int_equal(pane->cursor, 1);
	stage_close(&stage);
}

static void clicks_choose_entries(void **state)
{
	struct stage stage;
	struct growers_pane *pane;
	int first;

	(void)state;
	stage_open(&stage, sample_python(), 120, 60, true);
	stage_add(&stage, sample_python_grown(4096), 1);
	stage_press(&stage, KEYS('d'));
	pane = growers_of(&stage);
	first = frame_inside(&stage.ui.frame, pane->pane.rect).line;
	/* A heading, a kind, a heading, a mapping, nothing. */
	for (int line = first - 1; line < first + 8; line++) {
		pane->cursor = 1;
		stage_click(&stage, &(struct mouse){MOUSE_LEFT, 0, 10, line, 1});
		assert_int_equal(pane->cursor, line == first + 3 ? 3 : 1);
	}
	stage_click(&stage, &(struct mouse){MOUSE_LEFT, 0, 10, first + 3, 2});
	assert_int_equal(stage.ui.view.cursor, 0x55b5f7c8d000);
	stage_close(&stage);
}

static void what_keys_do_is_seen(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python_without(0x7fff7725a000), 100, 30, true);
	stage_scan(&stage, true);
	stage_add(&stage, sample_python_grown(1 << 20), 1);
	stage_scan(&stage, true);
	trace_run(&stage,
		  "d Ctrl-D Ctrl-D Ctrl-U Down Down Down Up Enter Enter Down Down End Up Home Up "
		  "PgDn PgUp @heap @@heap "
		  "@_heap @^heap Tab m d d e d #44x18 #130x20",
		  "growers_pane_keys");
	stage_close(&stage);
}

static void what_keys_do_in_a_heap_that_grew_is_seen(void **state)
{
	struct heap_part parts[] = {
		{.address = 0x7f83aa1dcc60,
		 .start = 0x55b5f7c8d000,
		 .is_main = true,
		 .used = 1 << 20,
		 .free = 1 << 19},
		{.address = 0x7f839c000030, .start = 0x7f839c000000, .used = 4096}};
	const struct heap_usage heap = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 90, 26, true);
	session_add_heap(&stage.session, stage.session.now->time_ns, parts, 2);
	stage_add(&stage, sample_python_grown(1 << 16), 5);
	parts[0].used += 4096;
	parts[1].used += 8192;
	session_add_heap(&stage.session, stage.session.now->time_ns, parts, 2);
	stage.ui.shown.heap = &heap;
	trace_run(&stage,
		  "d Down Down Down Down Enter Down Up Up Enter Home Down Enter Down Enter Down "
		  "Enter "
		  "Down Enter v v v v v v v d , d",
		  "growers_pane_heap");
	stage_close(&stage);
}

static void what_keys_do_among_groups_is_seen(void **state)
{
	static const char stack[] = "7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0 [stack]\n";
	struct text maps = {0};
	struct trace trace;
	struct stage stage;

	(void)state;
	for (unsigned i = 0; i < 24; i++)
		text_append_format(&maps, "%x-%x %s 00000000 00:00 0 \n", 0x10000000 + i * 0x40000,
				   0x10000000 + i * 0x40000 + (i < 18 ? 0x10000 : 0x8000),
				   i < 18 ? "rw-p" : "rwxp");
	text_append(&maps, "30000000-30400000 rw-s 00000000 08:01 9 /dev/shm/y\n");
	text_append(&maps, stack);
	stage_open(&stage, maps_space_create(NULL, stack), 90, 40, true);
	stage_add(&stage, maps_space_create(NULL, text_string(&maps)), 10);
	trace_begin(&trace, &stage);
	trace_steps(&trace,
		    "d Home Down Down Down Down Enter Down Down Enter PgDn PgDn PgUp End Up Up "
		    "Enter Home Down Enter Home Down Down Down Down Enter Enter Down Up");
	stage.ui.host.letters = true;
	trace_steps(&trace, "Up Up #70x30");
	trace_end(&trace, "growers_pane_groups");
	trace_widths(&stage, &growers_pane, 2, 6, 100, "growers_widths_groups");
	stage_resize(&stage, 90, 40);
	trace_presses(&stage, &growers_pane, &growers_of(&stage)->cursor, "growers_presses");
	text_finish(&maps);
	stage_close(&stage);
}

/* Another sample of the same leaves the lines where they are, wherever the cursor is. */
static void lines_stay_on_the_screen(void **state)
{
	struct growers_pane *pane;
	struct text maps = {0};
	struct stage stage;
	size_t top, cursor;

	(void)state;
	for (int i = 0; i < 40; i++)
		text_append_format(&maps, "%x000-%x000 r--p 0 08:01 %d /lib/f%d\n", 0x1000 + i * 64,
				   0x1001 + i * 65, i + 1, i);
	stage_open(&stage, maps_space_create(NULL, "100000-101000 rw-p 0 00:00 0 \n"), 120, 24,
		   true);
	stage_add(&stage, maps_space_create(NULL, text_string(&maps)), 1);
	pane = growers_of(&stage);
	stage_press(&stage, KEYS('d', KEY_TO_END, KEY_ARROW_UP, KEY_ARROW_UP, KEY_ARROW_UP));
	top = pane->top;
	cursor = pane->cursor;
	assert_true(top > 3 && cursor > top);
	stage_add(&stage, maps_space_create(NULL, text_string(&maps)), 2);
	assert_int_equal(pane->cursor, cursor);
	assert_int_equal(pane->top, top);
	/* At the top there is nothing above. */
	stage_press(&stage, KEYS(KEY_TO_HOME));
	assert_int_equal(pane->top, 0);
	stage_add(&stage, maps_space_create(NULL, text_string(&maps)), 3);
	assert_int_equal(pane->top, 0);
	text_finish(&maps);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_stay_on_the_screen),
		cmocka_unit_test(enter_leads_to_mappings_and_largest_growers),
		cmocka_unit_test(what_is_free_and_used_inside_the_heap_grows),
		cmocka_unit_test(the_cursor_stays_with_its_mapping),
		cmocka_unit_test(clicks_choose_entries),
		cmocka_unit_test(what_keys_do_is_seen),
		cmocka_unit_test(what_keys_do_in_a_heap_that_grew_is_seen),
		cmocka_unit_test(what_keys_do_among_groups_is_seen),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("growers_pane", tests, NULL, NULL);
}
