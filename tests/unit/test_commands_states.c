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
#include "base/text.h"
#include "screen/key.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/command/command.h"
#include "ui/command/commands.h"
#include "ui/command/keymap.h"
#include "ui/dispatch.h"

/*
 * Every command in each of some states of the screen: what it asks the loop for, which panes are
 * open then, and what it says, as why it can do nothing.
 */

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

/* Keys that no pane has typed, one for each command. */
#define KEY_OF(command) (KEY_NAMED + 5000 + (uint32_t)(command))

/* The table, where each command has a key more. */
static struct command *all;
static size_t count;

static int set_up(void **state)
{
	const struct command *table = commands_table(&count);

	(void)state;
	all = memory_alloc(count * sizeof(*all));
	memcpy(all, table, count * sizeof(*all));
	for (size_t i = 0; i < count; i++) {
		size_t at = 0;

		while (at + 1 < COMMAND_KEYS_MAX && all[i].keys[at])
			at++;
		all[i].keys[at] = KEY_OF(i);
	}
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	free(all);
	return 0;
}

static void as_it_is(struct stage *stage)
{
	(void)stage;
}

static void make_replay(struct stage *stage)
{
	stage->ui.host.replay = true;
	stage->ui.host.play = (struct replay_state){.held = true,
						    .speed = REPLAY_SPEED_MAX,
						    .first = 1,
						    .last = 5,
						    .sample = 5,
						    .start_ns = INT64_MAX};
}

static void make_single_sample(struct stage *stage)
{
	make_replay(stage);
	stage->ui.host.play.first = stage->ui.host.play.last;
	stage->ui.host.play.speed = 1;
}

static void make_ended(struct stage *stage)
{
	stage->ui.shown.ended = true;
	stage->ui.host.has_mouse = true;
	stage->ui.host.mouse = true;
}

static void make_largest(struct stage *stage)
{
	stage->ui.view.windows[0].zoom = VIEW_ZOOM_MAX;
	stage->ui.host.interval_ns = UINT64_C(60000000000);
	stage->ui.host.recording = true;
	ui_layout(&stage->ui);
}

static void make_core(struct stage *stage)
{
	((struct address_space *)stage->ui.shown.space)->target.is_core = true;
	stage->ui.host.interval_ns = 1;
}

static const struct {
	const char *name;
	void (*make)(struct stage *stage);
	uint32_t keys[8];
} states[] = {
	{"the picture", as_it_is, {0}},
	{"the table", as_it_is, {'t'}},
	{"inside of the heap", as_it_is, {'I'}},
	{"two pictures", as_it_is, {'D'}},
	{"the help", as_it_is, {'?'}},
	{"the process list", as_it_is, {'p'}},
	{"events and the inspector", as_it_is, {'e', 'i'}},
	{"a pause", as_it_is, {KEY_SPACE}},
	{"a filter and a search", as_it_is, {'f', 'z', KEY_RETURN, '/', 'h', KEY_RETURN}},
	{"a recording", make_replay, {0}},
	{"a recording of one sample", make_single_sample, {0}},
	{"an ended process", make_ended, {0}},
	{"a core file", make_core, {0}},
	{"all that is the largest", make_largest, {0}},
};

static void append_state(struct text *text, const struct stage *stage, unsigned bits)
{
	const struct ui *ui = &stage->ui;

	text_append_format(text, " %x", bits);
	for (size_t i = 0; i < ui->panes.depth; i++)
		text_append_format(text, "%s%s", i ? "," : " ", ui->panes.open[i]->ops->name);
	text_append_format(text, "%s%s%s%s\n", ui->line.asking ? " asks " : "",
			   ui->line.asking ? ui->line.asking->label : "",
			   ui->message.text ? " | " : "", ui->message.text ? ui->message.text : "");
}

static void every_command_in_each_state(void **state)
{
	struct text text = {0}, line = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		text_append_format(&text, "%s%s\n", i ? "\n" : "", states[i].name);
		for (size_t command = 0; command < count; command++) {
			struct stage stage;

			stage_open(&stage, sample_python(), 60, 16, true);
			keymap_finish(&stage.keymap);
			keymap_init(&stage.keymap, all, count);
			states[i].make(&stage);
			stage_press(&stage, states[i].keys);
			text_clear(&line);
			append_state(&line, &stage, stage_press(&stage, KEYS(KEY_OF(command))));
			text_append_format(&text, "%s:%s", all[command].name, text_string(&line));
			stage_close(&stage);
		}
	}
	golden_check("commands_states", text_string(&text));
	text_finish(&text);
	text_finish(&line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_command_in_each_state, set_up, tear_down),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("commands_states", tests, NULL, NULL);
}
