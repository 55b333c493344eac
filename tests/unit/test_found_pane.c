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
#include "support/trace.h"
#include "ui/arrange.h"
#include "ui/pane/bytes_pane.h"
#include "ui/pane/found_pane.h"

#define HEAP 0x55b5f7c8d000
#define LIBC 0x7f83aa53e000

static struct found_pane *pane_of(const struct stage *stage)
{
	return (struct found_pane *)stage_pane(stage, &found_pane);
}

static void type(struct stage *stage, uint32_t key, const char *line)
{
	stage_press(stage, (uint32_t[]){key, 0});
	for (; *line; line++)
		stage_press(stage, (uint32_t[]){(unsigned char)*line, 0});
	stage_press(stage, (uint32_t[]){KEY_RETURN, 0});
}

static void find(struct stage *stage, size_t count, const struct found_state *state)
{
	uint64_t found[FOUND_MAX] = {HEAP + 0x10, HEAP + 0x123, LIBC + 0x26010, 0x1000};

	for (size_t i = 4; i < count; i++)
		found[i] = 0x7fff7725a000 + i;
	found_pane_take(&stage->ui, pane_of(stage)->wish.serial, found, count, state);
	arrange_layout(&stage->ui);
}

static void what_is_typed_is_looked_for(void **state)
{
	struct found_wish wish;
	struct stage stage;
	unsigned serial;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_false(found_pane_wants(&stage.ui, &wish));
	type(&stage, 'F', "text");
	assert_true(stage_shows(&stage, &found_pane));
	assert_true(found_pane_wants(&stage.ui, &wish));
	assert_int_equal(wish.needle.size, 4);
	assert_true(wish.start == 0 && wish.end == UINT64_MAX);
	serial = wish.serial;
	stage_check_panes(&stage, "found_begins");
	/* In the band under the cursor. */
	stage_press(&stage, (uint32_t[]){'g', 'h', 'e', 'a', 'p', KEY_RETURN, 0});
	type(&stage, 'W', "&heap+0x10");
	assert_true(found_pane_wants(&stage.ui, &wish));
	assert_true(wish.serial != serial);
	assert_int_equal(wish.needle.size, 8);
	assert_true(wish.start == HEAP && wish.end == 0x55b5f7e87000);
	/* All of it again. */
	type(&stage, 'F', "text");
	assert_true(found_pane_wants(&stage.ui, &wish));
	assert_true(wish.start == 0 && wish.end == UINT64_MAX);
	stage_close(&stage);
}

/* All of a band is searched where it is seen, else the mapping under the cursor. */
static void a_band_is_searched_as_it_is_seen(void **state)
{
	struct found_wish wish;
	struct stage stage;
	struct band band;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, (uint32_t[]){'g', 'l', 'i', 'b', 'c', KEY_RETURN, KEY_ESC, 0});
	band = stage_scene(&stage).selected;
	assert_true(band.count > 1);
	type(&stage, 'W', "text");
	assert_true(found_pane_wants(&stage.ui, &wish));
	assert_true(wish.start == band.start && wish.end == band.end);
	assert_null(found_pane_why_not_here(&stage.ui));
	stage_close(&stage);
}

/* One letter is typed, too; and a click is on a line of the list or on none. */
static void an_empty_line_lists_what_there_is(void **state)
{
	const struct found_state done = {.done = true, .read = 4096};
	struct mouse mouse = {.button = MOUSE_LEFT, .clicks = 1};
	struct found_pane *pane;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	pane = pane_of(&stage);
	type(&stage, 'F', "a");
	find(&stage, 2, &done);
	mouse.column = pane->pane.rect.column + 3;
	mouse.line = pane->pane.rect.line + 2;
	assert_true(found_pane.press(&pane->pane, &stage.ui, &mouse));
	assert_int_equal(pane->cursor, 1);
	mouse.line++;
	assert_false(found_pane.press(&pane->pane, &stage.ui, &mouse));
	stage_press(&stage, (uint32_t[]){KEY_ESC, 0});
	assert_false(stage_shows(&stage, &found_pane));
	type(&stage, 'F', "");
	assert_true(stage_shows(&stage, &found_pane));
	assert_int_equal(pane->count, 2);
	stage_close(&stage);
}

/* What was found for another question, or once there was an end, is not taken. */
static void only_what_is_looked_for_is_taken(void **state)
{
	const uint64_t found[] = {HEAP};
	const struct found_state done = {.done = true}, more = {0};
	struct found_pane *pane;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	pane = pane_of(&stage);
	type(&stage, 'F', "text");
	found_pane_take(&stage.ui, pane->wish.serial + 1, found, 1, &done);
	assert_true(pane->searching && pane->count == 0);
	found_pane_take(&stage.ui, pane->wish.serial, found, 1, &more);
	assert_true(pane->searching && pane->count == 1);
	found_pane_take(&stage.ui, pane->wish.serial, found, 1, &done);
	assert_true(!pane->searching && pane->count == 1);
	found_pane_take(&stage.ui, pane->wish.serial, found, 0, &more);
	assert_true(!pane->searching && pane->count == 1);
	stage_close(&stage);
}

static void a_mistake_leaves_the_line(void **state)
{
	struct found_wish wish;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	type(&stage, 'F', "0x123");
	assert_non_null(stage.ui.line.asking);
	assert_string_equal(stage.ui.line.prompt.text, "0x123");
	assert_non_null(strstr(stage.ui.message.text, "Expected pairs of hexadecimal digits"));
	assert_false(found_pane_wants(&stage.ui, &wish));
	stage_press(&stage, (uint32_t[]){KEY_ESC, 'g', '0', KEY_RETURN, 'W', 0});
	assert_string_equal(stage.ui.message.text,
			    "Nothing is mapped here; F searches all memory.");
	stage_close(&stage);
}

static void the_list_fills_while_the_search_goes_on(void **state)
{
	struct found_state some = {.read = 1 << 20, .walked = 34, .all = 100};
	struct found_wish wish;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	type(&stage, 'F', "te xt");
	find(&stage, 4, &some);
	assert_true(found_pane_wants(&stage.ui, &wish));
	stage_check(&stage, "found_80x24");
	some = (struct found_state){.done = true, .full = true, .read = 350 << 20};
	find(&stage, FOUND_MAX, &some);
	assert_false(found_pane_wants(&stage.ui, &wish));
	stage_press(&stage, (uint32_t[]){KEY_TO_END, 0});
	stage_check_panes(&stage, "found_full");
	stage_resize(&stage, 40, 12);
	stage_check(&stage, "found_40x12");
	/* News of a search that is over are none. */
	pane_of(&stage)->wish.serial++;
	found_pane_take(&stage.ui, 1, NULL, 0, &some);
	assert_int_equal(pane_of(&stage)->count, FOUND_MAX);
	stage_close(&stage);
}

static void enter_shows_the_bytes(void **state)
{
	const struct found_state done = {.done = true, .read = 4096};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	type(&stage, 'F', "text");
	find(&stage, 3, &done);
	stage_press(&stage, (uint32_t[]){KEY_ARROW_DOWN, KEY_RETURN, 0});
	assert_true(stage_shows(&stage, &bytes_pane));
	assert_true(((struct bytes_pane *)stage_pane(&stage, &bytes_pane))->cursor == HEAP + 0x123);
	assert_true(stage.ui.view.cursor == HEAP + 0x123);
	/* An empty line lists the same again. */
	type(&stage, 'F', "");
	assert_true(stage_shows(&stage, &found_pane));
	assert_int_equal(pane_of(&stage)->count, 3);
	assert_int_equal(pane_of(&stage)->cursor, 1);
	stage_close(&stage);
}

static void escape_ends_the_search_first(void **state)
{
	const struct found_state some = {.read = 4096, .walked = 1, .all = 2};
	struct found_wish wish;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	type(&stage, 'F', "text");
	find(&stage, 1, &some);
	stage_press(&stage, (uint32_t[]){KEY_ESC, 0});
	assert_false(found_pane_wants(&stage.ui, &wish));
	assert_true(stage_shows(&stage, &found_pane));
	stage_check_panes(&stage, "found_ended");
	stage_press(&stage, (uint32_t[]){KEY_ESC, 0});
	assert_false(stage_shows(&stage, &found_pane));
	stage_close(&stage);
}

static void nothing_found_and_nothing_allowed_are_said(void **state)
{
	const struct found_state done = {.done = true, .read = 4096};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	type(&stage, 'F', "text");
	find(&stage, 0, &done);
	stage_check_panes(&stage, "found_nothing");
	stage_press(&stage, (uint32_t[]){KEY_RETURN, 0});
	assert_string_equal(stage.ui.message.text,
			    "Nothing was found to go to; F searches for something else.");
	type(&stage, 'F', "text");
	found_pane_refuse(&stage.ui, "Cannot read the memory of process 20712: no.");
	stage_check_panes(&stage, "found_refused");
	stage_close(&stage);
}

static void what_was_found_in_another_process_is_forgotten(void **state)
{
	const struct found_state done = {.done = true, .read = 4096};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	for (int way = 0; way < 2; way++) {
		struct found_pane *pane = pane_of(&stage);

		type(&stage, 'F', "text");
		find(&stage, 3, &done);
		stage_press(&stage, (uint32_t[]){KEY_TO_END, 0});
		found_pane_refuse(&stage.ui, "No.");
		pane->searching = true;
		/* The same process keeps it. */
		stage_add(&stage, sample_python_grown(4096), 2 * way + 1);
		assert_int_equal(pane->count, 3);
		assert_int_equal(pane->cursor, 2);
		assert_true(pane->searching);
		if (way)
			pane->pid++;
		else
			pane->start_ticks++;
		stage_add(&stage, sample_python_grown(8192), 2 * way + 2);
		assert_int_equal(pane->count + pane->top + pane->cursor, 0);
		assert_false(pane->searching);
		assert_true(pane->state.done);
		assert_int_equal(pane->state.read, 0);
		assert_int_equal(pane->refusal.length, 0);
		assert_string_equal(pane->typed, "");
		assert_int_equal(pane->pid, 20712);
		assert_int_equal(pane->start_ticks, 123456);
	}
	stage_close(&stage);
}

static void what_keys_do_is_seen(void **state)
{
	const struct found_state some = {.read = 3 << 20, .walked = 5, .all = 7};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	type(&stage, 'F', "text");
	find(&stage, 20, &some);
	trace_run(&stage,
		  "Ctrl-D Ctrl-D Ctrl-U Down Down Down Enter Up Enter PgDn PgUp End Enter Up Home "
		  "Up Enter Tab Down Tab "
		  "Home @_heap @^heap @@heap F Esc F =0x123 Enter Esc W =11_22 Enter B B F Enter "
		  "Esc #44x14 #130x18",
		  "found_pane_keys");
	type(&stage, 'F', "text");
	find(&stage, 20, &some);
	trace_widths(&stage, &found_pane, 0, 3, 120, "found_widths");
	stage_resize(&stage, 80, 24);
	trace_presses(&stage, &found_pane, &pane_of(&stage)->cursor, "found_presses");
	stage_close(&stage);
}

/* Nothing of one search is left in the next. */
static void each_search_begins_with_nothing(void **state)
{
	const struct found_state full = {.read = 9, .walked = 1, .all = 2, .full = true};
	struct found_pane *pane;
	struct stage stage;
	unsigned serial;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	type(&stage, 'W', "text");
	pane = pane_of(&stage);
	assert_int_equal(pane->pid, 20712);
	assert_int_equal(pane->start_ticks, 123456);
	assert_string_equal(text_string(&pane->where), "[heap]");
	find(&stage, 20, &full);
	stage_press(&stage, (uint32_t[]){KEY_TO_END, 0});
	assert_int_equal(pane->cursor, 19);
	assert_true(pane->top > 0);
	found_pane_refuse(&stage.ui, "No.");
	assert_string_equal(text_string(&pane->refusal), "No.");
	assert_false(pane->searching);
	serial = pane->wish.serial;
	type(&stage, 'F', "other");
	assert_int_equal(pane->wish.serial, serial + 1);
	assert_string_equal(pane->typed, "other");
	assert_string_equal(text_string(&pane->where), "");
	assert_string_equal(text_string(&pane->refusal), "");
	assert_true(pane->searching);
	assert_int_equal(pane->count + pane->top + pane->cursor, 0);
	assert_int_equal(pane->state.read + pane->state.walked + pane->state.all, 0);
	assert_false(pane->state.full || pane->state.done);
	/* Closed, what is found is kept, and drawn when it is open again. */
	stage_press(&stage, (uint32_t[]){KEY_ESC, KEY_ESC, 0});
	assert_false(stage_shows(&stage, &found_pane));
	ui_take_request(&stage.ui);
	found_pane_refuse(&stage.ui, "Never.");
	assert_int_equal(ui_take_request(&stage.ui).bits, 0);
	/* What ends is not waited for. */
	type(&stage, 'F', "third");
	stage.ui.shown.ended = true;
	assert_false(found_pane_wants(&stage.ui, &(struct found_wish){0}));
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_typed_is_looked_for),
		cmocka_unit_test(a_band_is_searched_as_it_is_seen),
		cmocka_unit_test(an_empty_line_lists_what_there_is),
		cmocka_unit_test(only_what_is_looked_for_is_taken),
		cmocka_unit_test(a_mistake_leaves_the_line),
		cmocka_unit_test(the_list_fills_while_the_search_goes_on),
		cmocka_unit_test(enter_shows_the_bytes),
		cmocka_unit_test(escape_ends_the_search_first),
		cmocka_unit_test(nothing_found_and_nothing_allowed_are_said),
		cmocka_unit_test(what_was_found_in_another_process_is_forgotten),
		cmocka_unit_test(what_keys_do_is_seen),
		cmocka_unit_test(each_search_begins_with_nothing),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("found_pane", tests, NULL, NULL);
}
