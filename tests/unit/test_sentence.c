/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/command/commands.h"
#include "ui/command/keymap.h"
#include "ui/text/sentence.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void check(const struct keymap *keymap, const char *sentence, const char *expected)
{
	struct text text = {0};

	sentence_append(&text, keymap, sentence);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

static void keys_are_those_of_the_reader(void **state)
{
	static const char file[] = "W = live\nz = zoom-in\nL = none\nt = none\n";
	static const char sentence[] =
		SENTENCE_KEY("live") " goes on, " SENTENCE_KEY("zoom-in") " zooms.";
	struct setting_mistake mistakes[1];
	struct keymap keymap;

	(void)state;
	commands_init_keymap(&keymap);
	check(&keymap, sentence, "L goes on, + zooms.");
	assert_int_equal(keymap_parse(&keymap, file, strlen(file), mistakes, 1), 0);
	check(&keymap, sentence, "W goes on, z zooms.");
	check(&keymap, SENTENCE_KEY("table") " shows the table.", "'table' shows the table.");
	keymap_finish(&keymap);
}

static void what_names_no_key_stays_as_it_is(void **state)
{
	(void)state;
	assert_false(sentence_has_keys("Nothing grew."));
	assert_true(sentence_has_keys(SENTENCE_KEY("quit") " quits."));
	check(NULL, "", "");
	check(NULL, "Nothing grew.", "Nothing grew.");
	check(NULL, "Not ended \001quit", "Not ended \001quit");
	check(NULL, SENTENCE_KEY("no-such") "!", "'no-such'!");
}

/* The message, and what stands in the panes. */
static void the_screen_names_them(void **state)
{
	static const char file[] = "W = live\nF = filter\nL = none\nf = none\n";
	struct setting_mistake mistakes[1];
	struct keymap keymap;
	struct stage stage;

	(void)state;
	commands_init_keymap(&keymap);
	assert_int_equal(keymap_parse(&keymap, file, strlen(file), mistakes, 1), 0);
	stage_open(&stage, sample_python(), 120, 40, true);
	stage.ui.keymap = &keymap;
	stage_press(&stage, KEYS('.'));
	assert_string_equal(stage.ui.message.text, "This is the newest sample; W resumes.");
	stage_press(&stage, KEYS('F', 'h', 'e', 'a', 'p', KEY_RETURN));
	assert_string_equal(stage.ui.message.text,
			    "1 of 34 match; F hides the others, Esc shows all.");
	stage_press(&stage, KEYS('F', KEY_TO_HOME));
	stage_check(&stage, "sentence_keys");
	stage_close(&stage);
	keymap_finish(&keymap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_those_of_the_reader),
		cmocka_unit_test(what_names_no_key_stays_as_it_is),
		cmocka_unit_test(the_screen_names_them),
	};

	return cmocka_run_group_tests_name("sentence", tests, NULL, NULL);
}
