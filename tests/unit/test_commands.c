/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "screen/key.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/arrange.h"
#include "ui/command/command.h"
#include "ui/command/command_row.h"
#include "ui/command/commands.h"
#include "ui/command/keymap.h"
#include "ui/pane.h"
#include "ui/text/sentence.h"

static void every_command_is_whole_and_unique(void **state)
{
	size_t count;
	const struct command *commands = commands_table(&count);

	(void)state;
	assert_true(count > 15);
	assert_non_null(commands[0].section);
	for (size_t i = 0; i < count; i++) {
		assert_true(commands[i].run || commands[i].pane);
		assert_true(strlen(commands[i].name) > 0);
		assert_true(strlen(commands[i].help) > 0 && strlen(commands[i].help) <= 36);
		assert_true(commands[i].keys[0] != 0);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(commands[i].name, commands[j].name);
	}
}

/* In a modal pane a key may have another one, but no key that types. */
static void no_key_has_two_commands(void **state)
{
	struct keymap keymap;

	(void)state;
	commands_init_keymap(&keymap);
	for (size_t i = 0; i < keymap.count; i++) {
		const struct command *command = keymap.keys[i].command;
		uint32_t key = keymap.keys[i].key;

		assert_ptr_equal(keymap_find(&keymap, key, command->where), command);
		if (command->where && command->where->modal)
			assert_true(key < KEY_SPACE || key >= KEY_NAMED);
	}
	assert_null(keymap_find(&keymap, '~', NULL));
	keymap_finish(&keymap);
}

/* What each command says that it cannot do now; those that can be done are left out. */
static void append_refusals(struct text *text, const char *name, struct stage *stage)
{
	size_t count;
	const struct command *commands = commands_table(&count);

	text_append_format(text, "== %s\n", name);
	for (size_t i = 0; i < count; i++) {
		const struct pane_ops *where = commands[i].where;
		const bool here = !where || arrange_is_seen(&stage->ui, where);
		const char *why =
			here && commands[i].why_not ? commands[i].why_not(&stage->ui) : NULL;
		struct text said = {0};

		if (!why)
			continue;
		sentence_append(&said, stage->ui.keymap, why);
		text_append_format(text, "%s: %s\n", commands[i].name, text_string(&said));
		text_finish(&said);
	}
	stage_close(stage);
}

static void open_sample(struct stage *stage)
{
	stage_open(stage, sample_python(), 90, 30, true);
	stage_add(stage, sample_python_grown(1 << 20), 1);
}

static void what_cannot_be_done_is_said(void **state)
{
	static const struct {
		const char *name;
		uint32_t keys[8];
	} ways[] = {
		{"live", {0}},
		{"paused", {KEY_SPACE}},
		{"the past", {','}},
		{"a table", {'t'}},
		{"a table without two columns", {'t', KEY_ARROW_RIGHT, 'x', 'x'}},
		{"in a fold", {KEY_ARROW_UP, KEY_ARROW_UP, KEY_RETURN}},
		{"zoomed", {'+'}},
		{"a gap", {KEY_TO_END}},
		{"inside", {'I'}},
		{"inside by pages", {'I', 'P', KEY_RETURN, KEY_RETURN, KEY_RETURN}},
		{"searched", {'/', 'l', 'i', 'b', KEY_RETURN}},
		{"filtered", {'f', 'l', 'i', 'b', KEY_RETURN}},
		{"nothing is kept", {'f', 'q', 'q', KEY_RETURN, 'f'}},
		{"bytes", {'B'}},
		{"without inspector", {'i'}},
		{"side by side", {'D'}},
		{"call sites", {'A', KEY_TAB}},
		{"findings", {'!'}},
	};
	struct address_space *core = sample_python();
	struct text text = {0};
	struct stage stage;

	(void)state;
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		open_sample(&stage);
		stage_press(&stage, ways[i].keys);
		append_refusals(&text, ways[i].name, &stage);
	}
	open_sample(&stage);
	stage.ui.shown.ended = true;
	append_refusals(&text, "ended", &stage);
	open_sample(&stage);
	stage.ui.host = (struct ui_host){.replay = true,
					 .play = {.speed = 1, .sample = 1, .first = 1, .last = 3},
					 .why_no_processes = "No processes here."};
	append_refusals(&text, "replayed", &stage);
	open_sample(&stage);
	stage.ui.host = (struct ui_host){.has_mouse = true, .recording = true, .smaps_ns = 5};
	append_refusals(&text, "recorded", &stage);
	core->target.is_core = true;
	stage_open(&stage, core, 90, 30, true);
	append_refusals(&text, "a core file", &stage);
	stage_open(&stage, sample_empty(), 40, 12, true);
	append_refusals(&text, "no mappings", &stage);
	golden_check("commands_refused", text_string(&text));
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_is_whole_and_unique),
		cmocka_unit_test(no_key_has_two_commands),
		cmocka_unit_test(what_cannot_be_done_is_said),
	};

	return cmocka_run_group_tests_name("commands", tests, NULL, NULL);
}
