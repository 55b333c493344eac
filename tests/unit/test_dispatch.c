/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/command/commands.h"
#include "ui/dispatch.h"
#include "ui/pane/events_pane.h"
#include "ui/pane/help_pane.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

/*
 * A pane and a command as somebody would add them: the pane's functions, and a row each in the
 * table of commands. Nothing else knows of them.
 */
struct toy_pane {
	struct pane pane;
	int moves, presses, entries, ways_out, settled;
	bool closed; /* it says why it cannot be entered */
};

static int toy_lines(struct pane *pane, const struct scene *scene, int columns, int lines)
{
	(void)pane;
	(void)scene;
	(void)columns;
	return lines / 4;
}

static void toy_draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		     const struct scene *scene)
{
	(void)frame;
	(void)scene;
	canvas_write(canvas, pane->rect.column, pane->rect.line, pane->rect.columns, "a toy",
		     ROLE_DEFAULT);
}

static void toy_move(struct pane *pane, struct ui *ui, enum pane_step step, int direction)
{
	(void)ui;
	(void)step;
	((struct toy_pane *)pane)->moves += direction;
}

/* The first line has nothing to go into. */
static bool toy_press(struct pane *pane, struct ui *ui, const struct mouse *mouse)
{
	(void)ui;
	((struct toy_pane *)pane)->presses++;
	return mouse->line > pane->rect.line;
}

static const char *toy_why_not_enter(const struct pane *pane, const struct ui *ui)
{
	(void)ui;
	return ((const struct toy_pane *)pane)->closed ? "The toy is locked." : NULL;
}

static void toy_enter(struct pane *pane, struct ui *ui)
{
	(void)ui;
	((struct toy_pane *)pane)->entries++;
}

static void toy_out(struct pane *pane, struct ui *ui)
{
	(void)ui;
	((struct toy_pane *)pane)->ways_out++;
}

static void toy_settle(struct pane *pane, struct ui *ui)
{
	(void)ui;
	((struct toy_pane *)pane)->settled++;
}

static const struct pane_ops toy_pane = {
	.name = "toy",
	.place = PANE_BOTTOM,
	.focus = true,
	.leavable = true,
	.not_here = "The toy is not shown.",
	.size = sizeof(struct toy_pane),
	.lines = toy_lines,
	.draw = toy_draw,
	.move = toy_move,
	.press = toy_press,
	.why_not_enter = toy_why_not_enter,
	.enter = toy_enter,
	.out = toy_out,
	.settle = toy_settle,
};

static void say_hello(struct ui *ui)
{
	ui_say(ui, "Hello.");
}

static const struct command toy_commands[] = {
	{.section = "Toys", .name = "toy", .help = "A toy", .pane = &toy_pane, .keys = {'y'}},
	{.name = "hello",
	 .help = "Says hello",
	 .footer = {"hello", 1},
	 .run = say_hello,
	 .where = &toy_pane,
	 .keys = {';'}},
};

static void press_toy(struct stage *stage, struct toy_pane *toy, enum mouse_button button, int line,
		      int clicks)
{
	stage_click(stage, &(struct mouse){button, 0, 5, toy->pane.rect.line + line, clicks});
}

static void use_mouse_on_toy(struct stage *stage, struct toy_pane *toy)
{
	int moves = toy->moves;

	press_toy(stage, toy, MOUSE_LEFT, 0, 1);
	assert_int_equal(toy->presses, 1);
	press_toy(stage, toy, MOUSE_LEFT, 1, 1);
	press_toy(stage, toy, MOUSE_LEFT, 0, 2);
	assert_int_equal(toy->entries, 0);
	toy->closed = true;
	press_toy(stage, toy, MOUSE_LEFT, 1, 2);
	assert_int_equal(toy->entries, 0);
	assert_string_equal(stage->ui.message.text, "The toy is locked.");
	toy->closed = false;
	press_toy(stage, toy, MOUSE_LEFT, 1, 2);
	assert_int_equal(toy->entries, 1);
	press_toy(stage, toy, MOUSE_WHEEL_DOWN, 1, 1);
	press_toy(stage, toy, MOUSE_WHEEL_DOWN, 1, 1);
	press_toy(stage, toy, MOUSE_WHEEL_UP, 1, 1);
	assert_int_equal(toy->moves, moves + 1);
	press_toy(stage, toy, MOUSE_RIGHT, 1, 1);
	assert_int_equal(toy->ways_out, 1);
}

/* After a key that lays nothing out panes settle once; after one that does, so do they, when it is.
 */
static void settle_toy(struct stage *stage, struct toy_pane *toy)
{
	int settled = toy->settled;

	dispatch_key(&stage->ui, KEY_ARROW_DOWN);
	assert_false(stage->ui.request.bits & UI_LAYOUT);
	assert_int_equal(toy->settled, settled + 1);
	dispatch_key(&stage->ui, '+');
	assert_true(stage->ui.request.bits & UI_LAYOUT);
	assert_int_equal(toy->settled, settled + 1);
	ui_layout(&stage->ui);
	assert_int_equal(toy->settled, settled + 2);
	stage->ui.request.bits = 0;
}

static void a_pane_is_a_file_and_a_row(void **state)
{
	size_t count, toys = sizeof(toy_commands) / sizeof(toy_commands[0]);
	struct stage stage;
	const struct command *table = commands_table(&count);
	struct command *all = memory_alloc((count + toys) * sizeof(*all));
	struct toy_pane *toy;
	int column, line;

	(void)state;
	memcpy(all, table, count * sizeof(*all));
	memcpy(all + count, toy_commands, sizeof(toy_commands));
	stage_open(&stage, sample_python(), 200, 40, true);
	keymap_finish(&stage.keymap);
	keymap_init(&stage.keymap, all, count + toys);
	dispatch_start(&stage.ui, &stage.keymap);
	/* Its own command says that it is not there. */
	stage_press(&stage, KEYS(';'));
	assert_string_equal(stage.ui.message.text, "The toy is not shown.");
	stage_press(&stage, KEYS('y'));
	assert_true(stage_find(&stage, "a toy", &column, &line));
	assert_true(stage_find(&stage, "; hello", &column, &line));
	toy = (struct toy_pane *)stage_pane(&stage, &toy_pane);
	stage_press(&stage, KEYS(KEY_ARROW_DOWN, KEY_ARROW_DOWN, KEY_ARROW_UP));
	assert_int_equal(toy->moves, 1);
	use_mouse_on_toy(&stage, toy);
	settle_toy(&stage, toy);
	stage_press(&stage, KEYS(';'));
	assert_string_equal(stage.ui.message.text, "Hello.");
	stage_press(&stage, KEYS('?'));
	assert_true(stage_find(&stage, "Says hello", &column, &line));
	stage_press(&stage, KEYS(KEY_ESC, KEY_ESC));
	assert_false(stage_shows(&stage, &toy_pane));
	stage_close(&stage);
	free(all);
}

static void what_lies_over_the_main_view_makes_way(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('?', KEY_ARROW_DOWN, 'T'));
	assert_true(stage_shows(&stage, &help_pane));
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_non_null(strstr(stage.ui.message.text, "nothing to go into"));
	stage_press(&stage, KEYS('e'));
	assert_false(stage_shows(&stage, &help_pane));
	assert_true(stage_shows(&stage, &events_pane));
	stage_close(&stage);
}

static void a_message_lasts_until_the_next_key(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('~'));
	assert_string_equal(stage.ui.message.text, "This key has no command; ? shows the keys.");
	stage_press(&stage, KEYS(KEY_ARROW_UP));
	assert_null(stage.ui.message.text);
	/* A question is asked again after another key. */
	assert_false(ui_confirms(&stage.ui, &help_pane));
	dispatch_key(&stage.ui, KEY_ARROW_UP);
	assert_true(ui_confirms(&stage.ui, &help_pane));
	dispatch_key(&stage.ui, KEY_ARROW_UP);
	assert_false(ui_confirms(&stage.ui, &help_pane));
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pane_is_a_file_and_a_row),
		cmocka_unit_test(what_lies_over_the_main_view_makes_way),
		cmocka_unit_test(a_message_lasts_until_the_next_key),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("dispatch", tests, NULL, NULL);
}
