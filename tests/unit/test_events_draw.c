/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/vma.h"
#include "model/wx_history.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "ui/pane/events_draw.h"

#define R    PERM_READ
#define RW   (PERM_READ | PERM_WRITE)
#define RX   (PERM_READ | PERM_EXEC)
#define RWX  (RW | PERM_EXEC)
#define K    1024
#define LIBC "/usr/lib/x86_64-linux-gnu/libc.so.6"

static const struct frame bordered = {.bordered = true}, bare = {.bordered = false};

/* type, time in milliseconds, start, end, old start, old end, size, delta, perms, old perms … */
#define CHANGE(type, ms, ...)                                          \
	{                                                              \
		(type), INT64_C(1000000) * (ms), __VA_ARGS__, 0, false \
	}

static const struct change changes[] = {
	CHANGE(CHANGE_GREW, 123, 0x55b5f7c8d000, 0x55b5f7cae000, 0x55b5f7c8d000, 0x55b5f7c9d000,
	       0x21000, 0x11000, RW, RW, KIND_HEAP, "[heap]"),
	CHANGE(CHANGE_MAPPED, 400, 0x7f83a9000000, 0x7f83a9200000, 0, 0, 0x200000, 0x200000, RW, 0,
	       KIND_ANON, ""),
	CHANGE(CHANGE_PROTECTED, 1000, 0x7f83a9000000, 0x7f83a9200000, 0x7f83a9000000,
	       0x7f83a9200000, 0x200000, 0, RX, RW, KIND_JIT, ""),
	CHANGE(CHANGE_PROTECTED, 1010, 0x7f83a9000000, 0x7f83a9200000, 0x7f83a9000000,
	       0x7f83a9200000, 0x200000, 0, RWX, RX, KIND_JIT, ""),
	CHANGE(CHANGE_MAPPED, 2000, 0x7f83aa53e000, 0x7f83aa564000, 0, 0, 0x26000, 0x26000, R, 0,
	       KIND_RODATA, LIBC),
	CHANGE(CHANGE_SPLIT, 2001, 0x7f83aa53e000, 0x7f83aa564000, 0x7f83aa53e000, 0x7f83aa564000,
	       0x26000, 0, R, R, KIND_RODATA, LIBC),
	CHANGE(CHANGE_GREW, 3500, 0x7fff77258000, 0x7fff7727b000, 0x7fff7725a000, 0x7fff7727b000,
	       0x23000, 0x2000, RW, RW, KIND_STACK, "[stack]"),
	CHANGE(CHANGE_MOVED, 4000, 0x7f83b0000000, 0x7f83b0021000, 0x7f8390000000, 0x7f8390021000,
	       0x21000, 0, RW, RW, KIND_ANON, ""),
	CHANGE(CHANGE_SHRANK, 5100, 0x55b5f7c8d000, 0x55b5f7c9d000, 0x55b5f7c8d000, 0x55b5f7cae000,
	       0x10000, -0x11000, RW, RW, KIND_HEAP, "[heap]"),
	CHANGE(CHANGE_RENAMED, 6000, 0x7f83c0000000, 0x7f83c0001000, 0x7f83c0000000, 0x7f83c0001000,
	       0x1000, 0, R, R, KIND_FILE, "/tmp/\033[31mred \xff file"),
	CHANGE(CHANGE_UNMAPPED, 61000, 0, 0, 0x7f83a9000000, 0x7f83a9200000, 0x200000, -0x200000, 0,
	       RWX, KIND_JIT, ""),
	CHANGE(CHANGE_EXEC, 61500, 0, 0, 0, 0, 0, 0, 0, 0, KIND_GAP, "/usr/bin/true"),
	CHANGE(CHANGE_MAPPED, 61600, 0xffffffffff600000, 0xffffffffff601000, 0, 0, 0x1000, 0x1000,
	       PERM_EXEC, 0, KIND_VSYSCALL, "[vsyscall]"),
	CHANGE(CHANGE_EXIT, 62000, 0, 0, 0, 0, 0, 0, 0, 0, KIND_GAP, ""),
};

#define COUNT (sizeof(changes) / sizeof(changes[0]))

static void write_clock(void *context, int64_t time_ns, char out[static EVENTS_TIME_LENGTH])
{
	int64_t ms = time_ns / 1000000;

	(void)context;
	snprintf(out, EVENTS_TIME_LENGTH, "10:%02d:%02d.%03d", 40 + (int)(ms / 60000 % 20),
		 (int)(ms / 1000 % 60), (int)(ms % 1000));
}

static struct events_draw make_pane(void)
{
	return (struct events_draw){
		.changes = changes,
		.count = COUNT,
		.total = COUNT,
		.clock = write_clock,
	};
}

static void append_pane(struct text *text, const struct events_draw *pane,
			const struct frame *frame, int columns, int lines, bool ascii)
{
	struct canvas *canvas = canvas_create(columns, lines, ascii);

	events_draw(canvas, frame, (struct rect){0, 0, columns, lines}, pane);
	canvas_append_text(text, canvas);
	canvas_destroy(canvas);
}

static void draws_whole_columns(void **state)
{
	static const int columns[] = {130, 108, 86, 72, 60, 50, 40};
	struct events_draw pane = make_pane();
	struct text text = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		append_pane(&text, &pane, &bordered, columns[i], (int)COUNT + 2, false);
	append_pane(&text, &pane, &bordered, 100, (int)COUNT + 2, true);
	append_pane(&text, &pane, &bare, 80, 5, false);
	golden_check("events_pane", text_string(&text));
	text_finish(&text);
}

/* A low address: its start stands in line with others, its end right behind. */
static void an_end_follows_its_start(void **state)
{
	const struct change low =
		CHANGE(CHANGE_GREW, 0, 0x17906000, 0x22714000, 0x17906000, 0x22713000, 0xae0e000,
		       0x1000, RW, RW, KIND_HEAP, "[heap]");
	struct events_draw pane = make_pane();
	struct text text = {0};

	(void)state;
	pane.changes = &low;
	pane.count = pane.total = 1;
	append_pane(&text, &pane, &bare, 120, 3, false);
	assert_non_null(strstr(text_string(&text), "     17906000-22714000 "));
	text_finish(&text);
}

static void scrolls_back_from_the_newest(void **state)
{
	struct events_draw pane = make_pane();
	struct text text = {0};

	(void)state;
	append_pane(&text, &pane, &bordered, 60, 6, false);
	pane.back = 3;
	append_pane(&text, &pane, &bordered, 60, 6, false);
	pane.back = 1000000;
	append_pane(&text, &pane, &bordered, 60, 6, false);
	golden_check("events_pane_scrolled", text_string(&text));
	text_finish(&text);
	assert_int_equal(events_draw_clamp(14, 4, 10), 10);
	assert_int_equal(events_draw_clamp(14, 4, 11), 10);
	assert_int_equal(events_draw_clamp(3, 4, 1), 0);
}

static void says_that_nothing_changed(void **state)
{
	struct events_draw pane = make_pane();
	struct text text = {0};

	(void)state;
	pane.count = pane.total = 0;
	append_pane(&text, &pane, &bordered, 60, 5, false);
	append_pane(&text, &pane, &bordered, 20, 5, false);
	golden_check("events_pane_empty", text_string(&text));
	text_finish(&text);
}

static void what_was_writable_and_executable_stays_on_top(void **state)
{
	struct wx_history_range past[] = {
		{0x7f83a0000000, 0x7f83a0001000, 0, 500000000, KIND_JIT},
		{0x7f83a1000000, 0x7f83a1010000, 0, 2500000000, KIND_JIT},
	};
	struct wx_history_range now[] = {
		{0x7f83a9000000, 0x7f83a9200000, 0, 0, KIND_JIT},
		{0x7f83aa000000, 0x7f83aa004000, 0, 0, KIND_ANON},
	};
	struct wx_history wx_history = {.past = past, .past_count = 2, .past_total = 2};
	struct events_draw pane = make_pane();
	struct text text = {0};
	struct rect rect = {0, 0, 100, 7};

	(void)state;
	pane.wx_history = &wx_history;
	pane.time_ns = INT64_MAX;
	append_pane(&text, &pane, &bordered, 100, 7, false);
	assert_int_equal(events_draw_lines(&bordered, rect, &pane), 4);
	wx_history.ranges = now;
	wx_history.count = wx_history.mappings = 1;
	append_pane(&text, &pane, &bordered, 100, 7, false);
	wx_history.count = wx_history.mappings = 2;
	append_pane(&text, &pane, &bordered, 160, 7, false);
	wx_history.count = wx_history.mappings = 1;
	append_pane(&text, &pane, &bordered, 50, 7, false);
	append_pane(&text, &pane, &bordered, 50, 5, false);
	pane.count = pane.total = 0;
	append_pane(&text, &pane, &bordered, 50, 6, false);
	golden_check("events_pane_ever", text_string(&text));
	text_finish(&text);
	wx_history = (struct wx_history){0};
	assert_int_equal(events_draw_lines(&bordered, rect, &pane), 5);
}

/* Whether the role is on the line. */
static bool has_role(const struct canvas *canvas, int line, enum role role)
{
	for (int i = 0; i < canvas->columns; i++)
		if (canvas->cells[line * canvas->columns + i].role == role)
			return true;
	return false;
}

static void danger_is_called_out_at_every_width(void **state)
{
	struct events_draw pane = make_pane();

	(void)state;
	for (int columns = 40; columns < 140; columns++) {
		struct canvas *canvas = canvas_create(columns, (int)COUNT + 2, false);
		struct text text = {0};

		events_draw(canvas, &bordered, (struct rect){0, 0, columns, (int)COUNT + 2}, &pane);
		for (int i = 0; i < (int)COUNT; i++)
			assert_int_equal(has_role(canvas, i + 1, ROLE_DANGER), i == 3 || i == 10);
		assert_true(has_role(canvas, 3, ROLE_PROTECTED));
		canvas_append_text(&text, canvas);
		assert_non_null(strstr(text_string(&text), " w+x "));
		/* Nothing of a name reaches the terminal but what can be printed. */
		assert_null(strchr(text_string(&text), '\033'));
		text_finish(&text);
		canvas_destroy(canvas);
	}
}

static void every_size_is_safe(void **state)
{
	struct events_draw pane = make_pane();

	(void)state;
	for (int columns = 0; columns < 60; columns++)
		for (int lines = 0; lines < 7; lines++) {
			struct text text = {0};

			append_pane(&text, &pane, lines % 2 ? &bare : &bordered, columns, lines,
				    true);
			assert_null(strchr(text_string(&text), '?'));
			text_finish(&text);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(draws_whole_columns),
		cmocka_unit_test(an_end_follows_its_start),
		cmocka_unit_test(scrolls_back_from_the_newest),
		cmocka_unit_test(says_that_nothing_changed),
		cmocka_unit_test(what_was_writable_and_executable_stays_on_top),
		cmocka_unit_test(danger_is_called_out_at_every_width),
		cmocka_unit_test(every_size_is_safe),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("events_draw", tests, NULL, NULL);
}
