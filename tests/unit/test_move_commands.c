/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "base/text.h"
#include "screen/key.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/pane/help_pane.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void escape_always_leaves(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS(KEY_RETURN, '+', '+', '?'));
	assert_true(stage_shows(&stage, &help_pane));
	stage_press(&stage, KEYS(KEY_ESC));
	assert_false(stage_shows(&stage, &help_pane));
	stage_press(&stage, KEYS(KEY_ESC));
	assert_int_equal(view_window(&stage.ui.view)->zoom, 0);
	stage_press(&stage, KEYS(KEY_ESC));
	assert_int_equal(stage.ui.view.depth, 0);
	stage_close(&stage);
}

/* Appends which panes are open, from the lowest to the topmost, and what else there is to leave. */
static void append_open(struct text *text, const struct stage *stage, uint32_t key)
{
	const struct ui *ui = &stage->ui;
	char name[KEY_NAME_LENGTH];

	text_append_format(text, "%s:", key_name(key, name));
	for (size_t i = 0; i < ui->panes.depth; i++)
		text_append_format(text, " %s%s%s", ui->panes.open[i]->ops->name,
				   ui->panes.open[i]->asked ? "+" : "",
				   ui->panes.open[i]->over ? "^" : "");
	text_append_format(text, " depth %u zoom %u filter %d marked %d%s%s%s\n",
			   (unsigned)ui->view.depth, view_window(&ui->view)->zoom,
			   (int)ui->find.filter, ui->find.marked, ui->shown.paused ? " paused" : "",
			   ui->message.text ? " | " : "", ui->message.text ? ui->message.text : "");
}

/* What is open is left in an order; from each state Esc, or q, leads to where nothing is left. */
static void everything_is_left_in_its_order(void **state)
{
	static const uint32_t opens[][12] = {
		{'?'},
		{'i', 'e', '?'},
		{'e', 't'},
		{'t', 'u', KEY_TAB},
		{'/', 'l', 'i', 'b', KEY_RETURN, 'e'},
		{'f', 'l', 'i', 'b', KEY_RETURN, '+', KEY_SPACE},
		{'d', 'i', 'i', '/', 'a', KEY_RETURN, 'I'},
		{'g', 'h', 'e', 'a', 'p', KEY_RETURN, '+', 'B'},
		{'v', 'v', 'D'},
		{KEY_ARROW_UP, KEY_ARROW_UP, KEY_RETURN, '+', 'H'},
	};
	static const int sizes[][2] = {{120, 40}, {50, 18}};
	struct text text = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(opens) / sizeof(opens[0]); i++)
		for (int way = 0; way < 4; way++) {
			const uint32_t key = way % 2 ? 'q' : KEY_ESC;
			struct stage stage;
			unsigned bits = 0;

			stage_open(&stage, sample_python(), sizes[way / 2][0], sizes[way / 2][1],
				   true);
			stage_add(&stage, sample_python_grown(1 << 20), 1);
			stage_press(&stage, opens[i]);
			append_open(&text, &stage, opens[i][0]);
			for (int times = 0; times < 7 && !(bits & UI_QUIT); times++) {
				bits = stage_press(&stage, KEYS(key));
				append_open(&text, &stage, key);
			}
			stage_close(&stage);
		}
	golden_check("move_commands_order", text_string(&text));
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(escape_always_leaves),
		cmocka_unit_test(everything_is_left_in_its_order),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("move_commands", tests, NULL, NULL);
}
