/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/file_facts.h"
#include "model/place.h"
#include "screen/key.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "support/trace.h"
#include "ui/command/command.h"
#include "ui/inside/inside_pane.h"
#include "ui/pane/chart_pane.h"
#include "ui/pane/go_to_pane.h"

#define HEAP 0x55b5f7c8d000
#define LIBC 0x7f83aa53e000

static struct located *located(const struct stage *stage)
{
	return &((struct go_to_pane *)stage_pane(stage, &go_to_pane))->located;
}

/* Types g, the expression and Enter. */
static unsigned type(struct stage *stage, const char *expression)
{
	stage_press(stage, (uint32_t[]){'g', 0});
	for (; *expression; expression++)
		stage_press(stage, (uint32_t[]){(uint32_t)*expression, 0});
	return stage_press(stage, (uint32_t[]){KEY_RETURN, 0});
}

/* The same, where no symbol has a name. */
static unsigned go(struct stage *stage, const char *expression)
{
	unsigned reactions = type(stage, expression), number;
	struct place_mistake mistake;
	struct place_found found = {.space = stage->ui.shown.space, .mistake = &mistake};

	found.expression = go_to_pane_seeks(&stage->ui, &number);
	if (!found.expression)
		return reactions;
	found.error =
		place_find(found.space, expression, strlen(expression), &found.address, &mistake);
	go_to_pane_take_place(&stage->ui, &found);
	ui_layout(&stage->ui);
	return reactions;
}

static void the_cursor_goes_there_and_the_answer_opens(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_true(go(&stage, "libc + 0x2a000") & UI_LAYOUT);
	assert_int_equal(stage.ui.view.cursor, LIBC + 0x2a000);
	assert_true(stage_shows(&stage, &go_to_pane));
	assert_int_equal(located(&stage)->address, LIBC + 0x2a000);
	assert_string_equal(located(&stage)->expression, "libc + 0x2a000");
	assert_null(stage.ui.line.asking);
	stage_press(&stage, (uint32_t[]){KEY_ARROW_UP, 0});
	assert_int_not_equal(stage.ui.view.cursor, LIBC + 0x2a000);
	assert_int_equal(located(&stage)->address, LIBC + 0x2a000);
	stage_press(&stage, (uint32_t[]){KEY_ESC, 0});
	assert_false(stage_shows(&stage, &go_to_pane));
	stage_close(&stage);
}

/* What is sought, once another name was typed. */
static const char *seek(struct stage *stage, const char *name, unsigned *number)
{
	unsigned before = *number;

	type(stage, name);
	assert_non_null(go_to_pane_seeks(&stage->ui, number));
	assert_true(*number != before);
	return go_to_pane_seeks(&stage->ui, number);
}

static void names_of_symbols_are_sought_by_others(void **state)
{
	struct place_mistake mistake = {.fault = PLACE_NAME, .length = 6, .symbols = true};
	struct place_found found = {.expression = "malloc", .address = LIBC + 0x26010};
	struct stage stage;
	unsigned number = 0;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_null(go_to_pane_seeks(&stage.ui, &number));
	assert_string_equal(seek(&stage, "malloc", &number), "malloc");
	assert_non_null(strstr(stage.ui.message.text, "Looking for"));
	go_to_pane_take_place(&stage.ui, &found);
	ui_layout(&stage.ui);
	assert_true(stage_shows(&stage, &inside_pane));
	assert_int_equal(stage.ui.view.cursor, LIBC + 0x26010);
	assert_null(go_to_pane_seeks(&stage.ui, &number));
	/* An answer to what was sought before is for nobody. */
	seek(&stage, "calloc", &number);
	go_to_pane_take_place(&stage.ui, &found);
	assert_non_null(go_to_pane_seeks(&stage.ui, &number));
	/* Who begins to type another one is not taken away for what was sought. */
	stage_press(&stage, (uint32_t[]){'g', 0});
	assert_null(go_to_pane_seeks(&stage.ui, &number));
	stage_press(&stage, (uint32_t[]){KEY_ESC, 0});
	assert_null(go_to_pane_seeks(&stage.ui, &number));
	seek(&stage, "calloc", &number);
	/* What nothing has as its name is asked again. */
	found = (struct place_found){"calloc", -EINVAL, 0, stage.ui.shown.space, &mistake};
	go_to_pane_take_place(&stage.ui, &found);
	assert_non_null(stage.ui.line.asking);
	assert_string_equal(stage.ui.line.prompt.text, "calloc");
	assert_non_null(strstr(stage.ui.message.text, "Unknown name: 'calloc'"));
	stage_close(&stage);
}

static void the_strip_is_back_afterwards(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_add(&stage, sample_python_grown(1 << 20), 1);
	assert_true(stage_shows(&stage, &chart_pane));
	go(&stage, "heap");
	go(&stage, "stack");
	assert_true(stage_shows(&stage, &go_to_pane));
	stage_press(&stage, (uint32_t[]){KEY_ESC, 0});
	assert_true(stage_shows(&stage, &chart_pane));
	stage_close(&stage);
}

static void a_mistake_leaves_the_line_and_says_why(void **state)
{
	struct stage stage;
	uint64_t before;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	before = stage.ui.view.cursor;
	go(&stage, "hepa+1");
	assert_non_null(stage.ui.line.asking);
	assert_string_equal(stage.ui.line.prompt.text, "hepa+1");
	assert_int_equal(stage.ui.line.prompt.cursor, 4);
	assert_string_equal(stage.ui.message.text, "Unknown name: 'hepa'; did you mean heap?");
	assert_int_equal(stage.ui.view.cursor, before);
	assert_false(stage_shows(&stage, &go_to_pane));
	stage_check(&stage, "go_to_mistake_80x24");
	/* The wrong part goes with Ctrl-W. */
	stage_press(&stage, (uint32_t[]){'W' & 31, 'h', 'e', 'a', 'p', KEY_RETURN, 0});
	assert_int_equal(stage.ui.view.cursor, HEAP + 1);
	stage_close(&stage);
}

static void an_answer_that_is_long_is_told_whole(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 40, 12, true);
	go(&stage, "zzzzzzzz");
	stage_check(&stage, "go_to_mistake_40x12");
	stage_close(&stage);
}

static void escape_leaves_the_line_alone(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, (uint32_t[]){'g', 'x', KEY_ESC, 0});
	assert_null(stage.ui.line.asking);
	assert_false(stage_shows(&stage, &go_to_pane));
	stage_close(&stage);
}

static void the_file_is_asked_for_where_there_is_one(void **state)
{
	const struct file_facts facts = {0x1d5000, true, LIBC};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_null(go_to_pane_wanted(&stage.ui));
	go_to_pane_take_file(&stage.ui, 103, 0xfe, 0, &facts);
	assert_false(stage.ui.request.bits);
	go(&stage, "heap");
	assert_null(go_to_pane_wanted(&stage.ui));
	go(&stage, "brk");
	assert_null(go_to_pane_wanted(&stage.ui));
	go(&stage, "libc");
	assert_int_equal(go_to_pane_wanted(&stage.ui)->inode, 103);
	go_to_pane_take_file(&stage.ui, 103, 0xfe, 0, &facts);
	assert_true(stage.ui.request.bits & UI_DRAW);
	assert_ptr_equal(located_file(located(&stage), go_to_pane_wanted(&stage.ui)),
			 &located(&stage)->file);
	stage.ui.shown.ended = true;
	assert_null(go_to_pane_wanted(&stage.ui));
	stage_close(&stage);
}

static void the_answer_follows_the_snapshot_that_is_shown(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	go(&stage, "libc");
	assert_non_null(go_to_pane_wanted(&stage.ui));
	stage_add(&stage, sample_python_without(LIBC), 1);
	assert_int_equal(located(&stage)->address, LIBC);
	assert_null(go_to_pane_wanted(&stage.ui));
	stage_check(&stage, "go_to_vanished_80x24");
	stage_close(&stage);
}

static void another_size_measures_anew(void **state)
{
	struct stage stage;
	int lines;

	(void)state;
	stage_open(&stage, sample_python(), 160, 50, true);
	go(&stage, "libc");
	lines = stage_pane(&stage, &go_to_pane)->rect.lines;
	stage_resize(&stage, 40, 40);
	assert_true(stage_pane(&stage, &go_to_pane)->rect.lines > lines);
	stage_resize(&stage, 160, 50);
	assert_int_equal(stage_pane(&stage, &go_to_pane)->rect.lines, lines);
	stage_close(&stage);
}

static void a_file_is_known_by_its_number(void **state)
{
	struct located located = {.inode = 7, .dev_major = 1, .dev_minor = 2, .file = {.size = 5}};
	struct vma vma = {.inode = 7, .dev_major = 1, .dev_minor = 2};

	(void)state;
	assert_null(located_file(&located, &vma));
	located.has_file = true;
	assert_int_equal(located_file(&located, &vma)->size, 5);
	vma.dev_minor = 3;
	assert_null(located_file(&located, &vma));
	vma.dev_minor = 2;
	vma.inode = 8;
	assert_null(located_file(&located, &vma));
}

static void what_keys_do_is_seen(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 76, 22, true);
	trace_run(&stage,
		  "g =heap+0x10 Enter Down Tab Up Down g Up Enter Esc g =7fff7725a000 Enter g =0 "
		  "Enter "
		  "g =12x Enter Left Backspace Delete Esc g =stack Enter Enter PgDn PgUp End Home "
		  "Esc g =libc+1 Enter #44x14 #130x18",
		  "go_to_pane_keys");
	stage_close(&stage);
}

/* What was not there when it was typed leads to where it is now, as if it had been. */
static void a_place_that_came_is_gone_to(void **state)
{
	struct place_found found = {.expression = "sem.queue", .address = 0x7f83a8f82000};
	struct stage stage;
	unsigned number = 0;

	(void)state;
	stage_open(&stage, sample_python_without(0x7f83a8f82000), 80, 24, true);
	assert_string_equal(seek(&stage, "sem.queue", &number), "sem.queue");
	stage_add(&stage, sample_python(), 1);
	assert_non_null(stage.ui.message.text);
	go_to_pane_take_place(&stage.ui, &found);
	assert_null(stage.ui.message.text);
	assert_true(stage.ui.request.bits & UI_LAYOUT && stage.ui.request.bits & UI_DRAW);
	ui_layout(&stage.ui);
	assert_null(go_to_pane_seeks(&stage.ui, &number));
	assert_false(stage_shows(&stage, &inside_pane));
	assert_true(stage_shows(&stage, &go_to_pane));
	assert_int_equal(located(&stage)->address, 0x7f83a8f82000);
	assert_int_equal(stage.ui.view.cursor, 0x7f83a8f82000);
	stage_close(&stage);
}

/* News of the page at another address are for none. */
static void the_page_is_that_of_the_address(void **state)
{
	const struct page_facts facts = {.flags = 5};
	uint64_t address;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_false(go_to_pane_asks(&stage.ui, &address));
	go(&stage, "heap + 8");
	assert_true(go_to_pane_asks(&stage.ui, &address));
	assert_int_equal(address, HEAP + 8);
	ui_take_request(&stage.ui);
	go_to_pane_take_page(&stage.ui, HEAP, 7, &facts);
	assert_int_equal(located(&stage)->page_ns, 0);
	assert_int_equal(ui_take_request(&stage.ui).bits, 0);
	go_to_pane_take_page(&stage.ui, HEAP + 8, 7, &facts);
	assert_int_equal(located(&stage)->page_ns, 7);
	assert_int_equal(located(&stage)->page.flags, 5);
	assert_int_equal(ui_take_request(&stage.ui).bits, UI_LAYOUT | UI_DRAW);
	stage_press(&stage, (uint32_t[]){KEY_ESC, 0});
	assert_false(go_to_pane_asks(&stage.ui, &address));
	go_to_pane_take_page(&stage.ui, HEAP + 8, 8, &facts);
	assert_int_equal(located(&stage)->page_ns, 8);
	assert_int_equal(ui_take_request(&stage.ui).bits, 0);
	go(&stage, "heap");
	stage_press(&stage, (uint32_t[]){KEY_SPACE, 0});
	assert_false(go_to_pane_asks(&stage.ui, &address));
	stage_press(&stage, (uint32_t[]){KEY_SPACE, 0});
	assert_true(go_to_pane_asks(&stage.ui, &address));
	stage.ui.shown.ended = true;
	assert_false(go_to_pane_asks(&stage.ui, &address));
	stage_close(&stage);
}

/* The answer has the lines that it needs, at each width. */
static void it_has_the_lines_of_its_answer(void **state)
{
	struct text text = {0};
	struct stage stage;
	struct pane *pane;

	(void)state;
	stage_open(&stage, sample_python(), 80, 40, true);
	go(&stage, "libc + 0x2a000");
	pane = stage_pane(&stage, &go_to_pane);
	for (int columns = 24; columns < 130; columns++) {
		const struct scene scene = stage_scene(&stage);

		text_append_format(&text, "%d: %d\n", columns,
				   go_to_pane.lines(pane, &scene, columns, 40));
	}
	golden_check("go_to_lines", text_string(&text));
	text_finish(&text);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_has_the_lines_of_its_answer),
		cmocka_unit_test(a_file_is_known_by_its_number),
		cmocka_unit_test(the_cursor_goes_there_and_the_answer_opens),
		cmocka_unit_test(names_of_symbols_are_sought_by_others),
		cmocka_unit_test(the_strip_is_back_afterwards),
		cmocka_unit_test(a_mistake_leaves_the_line_and_says_why),
		cmocka_unit_test(an_answer_that_is_long_is_told_whole),
		cmocka_unit_test(escape_leaves_the_line_alone),
		cmocka_unit_test(the_file_is_asked_for_where_there_is_one),
		cmocka_unit_test(the_answer_follows_the_snapshot_that_is_shown),
		cmocka_unit_test(another_size_measures_anew),
		cmocka_unit_test(what_keys_do_is_seen),
		cmocka_unit_test(a_place_that_came_is_gone_to),
		cmocka_unit_test(the_page_is_that_of_the_address),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("go_to_pane", tests, NULL, NULL);
}
