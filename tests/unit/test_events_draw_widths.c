/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/vma.h"
#include "model/wx_history.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "ui/pane/events_draw.h"

#define R   PERM_READ
#define RW  (PERM_READ | PERM_WRITE)
#define RX  (PERM_READ | PERM_EXEC)
#define RWX (RW | PERM_EXEC)

static const struct frame bordered = {.bordered = true}, bare = {.bordered = false};

static const struct change changes[] = {
	{.type = CHANGE_GREW,
	 .time_ns = 1000000,
	 .start = 0x7fff77258000,
	 .end = 0x7fff7727b000,
	 .old_start = 0x7fff7725a000,
	 .old_end = 0x7fff7727b000,
	 .size = 0x23000,
	 .delta = 0x2000,
	 .perms = RW,
	 .old_perms = RW,
	 .kind = KIND_STACK,
	 .name = "[stack]"},
	{.type = CHANGE_GREW,
	 .time_ns = 2000000,
	 .start = 0x1000,
	 .end = 0x3000,
	 .old_start = 0x1000,
	 .old_end = 0x2000,
	 .size = 0x2000,
	 .delta = 1,
	 .perms = RWX,
	 .old_perms = RWX,
	 .kind = KIND_JIT,
	 .name = ""},
	{.type = CHANGE_UNMAPPED,
	 .time_ns = 3000000,
	 .old_start = 0x7f83a9000000,
	 .old_end = 0x7f83a9200000,
	 .size = 0x200000,
	 .delta = -1,
	 .old_perms = RWX,
	 .kind = KIND_JIT,
	 .name = ""},
	{.type = CHANGE_PROTECTED,
	 .time_ns = 4000000,
	 .start = 0x2000,
	 .end = 0x3000,
	 .old_start = 0x2000,
	 .old_end = 0x3000,
	 .size = 0x1000,
	 .perms = RX,
	 .old_perms = R,
	 .kind = KIND_TEXT,
	 .name = "/lib/libx.so"},
	{.type = CHANGE_EXEC, .time_ns = 5000000, .kind = KIND_GAP, .name = "/usr/bin/true"},
	{.type = CHANGE_EXIT, .time_ns = 6000000, .kind = KIND_GAP, .name = ""},
};

#define COUNT (sizeof(changes) / sizeof(changes[0]))

static void write_clock(void *context, int64_t time_ns, char out[static EVENTS_TIME_LENGTH])
{
	(void)context;
	snprintf(out, EVENTS_TIME_LENGTH, "10:40:%02d.%03d", (int)(time_ns / 1000000000 % 60),
		 (int)(time_ns / 1000000 % 1000));
}

static struct events_draw make_pane(void)
{
	return (struct events_draw){
		.changes = changes, .count = COUNT, .total = COUNT, .clock = write_clock};
}

/* Appends what is drawn, with the roles of its cells. */
static void append(struct text *text, const struct events_draw *pane, const struct frame *frame,
		   int columns, int lines)
{
	struct canvas *canvas = canvas_create(columns, lines, false);

	events_draw(canvas, frame, (struct rect){0, 0, columns, lines}, pane);
	canvas_append_text(text, canvas);
	for (int line = 0; line < lines; line++) {
		golden_append_roles(text, &canvas->cells[line * columns], columns);
		text_append(text, "\n");
	}
	canvas_destroy(canvas);
}

static void columns_come_with_the_width(void **state)
{
	struct events_draw pane = make_pane();
	struct text text = {0};

	(void)state;
	pane.count = pane.total = 3;
	for (int columns = 20; columns < 112; columns++) {
		struct canvas *canvas = canvas_create(columns, 3, false);

		events_draw(canvas, &bare, (struct rect){0, 0, columns, 3}, &pane);
		text_append_format(&text, "%d\n", columns);
		canvas_append_text(&text, canvas);
		canvas_destroy(canvas);
	}
	golden_check("events_draw_widths", text_string(&text));
	text_finish(&text);
}

static void changes_have_roles(void **state)
{
	struct events_draw pane = make_pane();
	struct text text = {0};

	(void)state;
	append(&text, &pane, &bordered, 120, 8);
	append(&text, &pane, &bare, 60, 7);
	/* What is above and below is counted. */
	pane.back = 2;
	append(&text, &pane, &bordered, 80, 5);
	pane.back = 9;
	append(&text, &pane, &bordered, 80, 5);
	pane.total = 1234;
	append(&text, &pane, &bare, 80, 4);
	pane.count = pane.total = 0;
	append(&text, &pane, &bordered, 40, 4);
	golden_check("events_draw_roles", text_string(&text));
	text_finish(&text);
}

/* Of ranges that were ever writable and executable those that were seen by then, and until when. */
static void what_was_seen_by_then_is_listed(void **state)
{
	struct wx_history_range ranges[] = {{0x1000, 0x2000, 100, 0, KIND_JIT},
					    {0x3000, 0x5000, 200, 0, KIND_JIT}},
				past[] = {{0x6000, 0x7000, 50, 150, KIND_JIT},
					  {0x8000, 0x9000, 60, 250, KIND_JIT}};
	const struct wx_history history = {.ranges = ranges,
					   .count = 2,
					   .past = past,
					   .past_count = 2,
					   .past_total = 2,
					   .mappings = 2,
					   .time_ns = 300};
	static const int64_t times[] = {49, 50, 99, 100, 149, 150, 199, 200, 249, 250, 300};
	struct events_draw pane = make_pane();
	struct text text = {0};

	(void)state;
	pane.wx_history = &history;
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		const struct rect rect = {0, 0, 100, 6};
		struct canvas *canvas = canvas_create(100, 6, false);

		pane.time_ns = times[i];
		text_append_format(&text, "%d: %zu\n", (int)times[i],
				   events_draw_lines(&bare, rect, &pane));
		events_draw(canvas, &bare, rect, &pane);
		canvas_append_text(&text, canvas);
		canvas_destroy(canvas);
	}
	/* With less room there are fewer of them, and with too few lines none. */
	for (int columns = 16; columns < 90; columns += 7)
		append(&text, &pane, &bare, columns, 5);
	for (int lines = 3; lines < 7; lines++)
		append(&text, &pane, &bare, 90, lines);
	golden_check("events_draw_ever", text_string(&text));
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_come_with_the_width),
		cmocka_unit_test(changes_have_roles),
		cmocka_unit_test(what_was_seen_by_then_is_listed),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("events draw widths", tests, NULL, NULL);
}
