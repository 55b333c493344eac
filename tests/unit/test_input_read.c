/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "shown_terminal.h"

#include "term/curses.h"
#include "term/input.h"
#include "terminfo_maker.h"

/* xterm-256color, in which nothing was pressed yet. */
static void open_xterm(struct shown *shown)
{
	shown_open(shown, "xterm-256color", "fold = red\n", COLOUR_USE_AUTO);
	shown_show(shown);
	shown_assert_nothing(shown);
}

static void type(struct shown *shown, const char *bytes)
{
	own_terminal_type(&shown->own, bytes, strlen(bytes));
}

struct typed {
	const char *bytes;
	uint32_t key; /* 0: none */
};

static void assert_keys(struct shown *shown, const struct typed *typed, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		type(shown, typed[i].bytes);
		if (typed[i].key)
			shown_assert_key(shown, typed[i].key);
		shown_assert_nothing(shown);
	}
}

#define F(number) (KEY_FN + (number)-1)

static const struct typed others[] = {
	{"\033[A", KEY_ARROW_UP},
	{"\033OA", KEY_ARROW_UP},
	{"\033[B", KEY_ARROW_DOWN},
	{"\033OB", KEY_ARROW_DOWN},
	{"\033[C", KEY_ARROW_RIGHT},
	{"\033OC", KEY_ARROW_RIGHT},
	{"\033[D", KEY_ARROW_LEFT},
	{"\033OD", KEY_ARROW_LEFT},
	{"\033[H", KEY_TO_HOME},
	{"\033OH", KEY_TO_HOME},
	{"\033[1~", KEY_TO_HOME},
	{"\033[7~", KEY_TO_HOME},
	{"\033[F", KEY_TO_END},
	{"\033OF", KEY_TO_END},
	{"\033[4~", KEY_TO_END},
	{"\033[8~", KEY_TO_END},
	{"\033[2~", KEY_INS},
	{"\033[3~", KEY_DEL},
	{"\033[5~", KEY_PAGE_UP},
	{"\033[6~", KEY_PAGE_DOWN},
	{"\033OP", F(1)},
	{"\033OQ", F(2)},
	{"\033OR", F(3)},
	{"\033OS", F(4)},
	{"\033[[A", F(1)},
	{"\033[[B", F(2)},
	{"\033[[C", F(3)},
	{"\033[[D", F(4)},
	{"\033[[E", F(5)},
	{"\033[11~", F(1)},
	{"\033[12~", F(2)},
	{"\033[13~", F(3)},
	{"\033[14~", F(4)},
	{"\033[15~", F(5)},
	{"\033[17~", F(6)},
	{"\033[18~", F(7)},
	{"\033[19~", F(8)},
	{"\033[20~", F(9)},
	{"\033[21~", F(10)},
	{"\033[23~", F(11)},
	{"\033[24~", F(12)},
};

/* Also by a terminal whose description has none of them. */
static void what_terminals_send_for_keys_is_known(void **state)
{
	const struct terminfo_made least = {.place = "\033[%i%p1%d;%p2%dH",
					    .clear = "\033[H\033[J"};
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	assert_keys(&shown, others, sizeof(others) / sizeof(others[0]));
	shown_close(&shown);
	terminfo_set(&least);
	shown_open(&shown, TERMINFO_MADE, "fold = red\n", COLOUR_USE_AUTO);
	unsetenv("TERMINFO");
	shown_show(&shown);
	assert_keys(&shown, others, sizeof(others) / sizeof(others[0]));
	shown_close(&shown);
}

static void characters_are_themselves(void **state)
{
	static const struct typed typed[] = {
		{"a", 'a'},
		{"\t", KEY_TAB},
		{"\r", KEY_RETURN},
		{"\n", KEY_RETURN},
		{"\177", KEY_BACK},
		{"\b", KEY_BACK},
		{"\014", 12},
		{"\xc3\xa4", 0xe4},
		{"\xe4\xb8\xad", 0x4e2d},
		{" ", KEY_SPACE},
		{"\xf0\x9f\x98\x80", 0x1f600},
	};
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	assert_keys(&shown, typed, sizeof(typed) / sizeof(typed[0]));
	shown_close(&shown);
}

/* What is no key here; a key behind it is one. */
static void other_sequences_are_passed_over(void **state)
{
	static const char *const sequences[] = {
		"\033[99;99~", "\033[?1;2c",   "\033Oz",    "\033[1;5P",        "\033[<0;3M",
		"\033[1;2;3M", "\033[<0;3;4m", "\033[M#!!", "\033[M!\037!",     "\033[<35;3;3M",
		"\033[I",      "\033[200~",    "\033[0;0R", "\033[>65;6800;1c",
	};
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	for (size_t i = 0; i < sizeof(sequences) / sizeof(sequences[0]); i++) {
		type(&shown, sequences[i]);
		type(&shown, "k");
		shown_assert_key(&shown, 'k');
		shown_assert_nothing(&shown);
	}
	shown_close(&shown);
}

/* A sequence ends at what cannot be part of it, which goes with it; or when nothing follows. */
static void sequences_that_break_off_are_no_keys(void **state)
{
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	type(&shown, "\033[12\001k");
	shown_assert_key(&shown, 'k');
	type(&shown, "\033[1;2");
	shown_assert_nothing(&shown);
	type(&shown, "\033[M!");
	shown_assert_nothing(&shown);
	type(&shown, "\033O");
	shown_assert_nothing(&shown);
	type(&shown, "j");
	shown_assert_key(&shown, 'j');
	shown_assert_nothing(&shown);
	shown_close(&shown);
}

static void esc_alone_is_a_key(void **state)
{
	static const uint32_t keys[] = {KEY_ESC,      KEY_ESC, 'x', KEY_ESC,
					KEY_ARROW_UP, KEY_ESC, 0xe4};
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	type(&shown, "\033");
	shown_assert_key(&shown, KEY_ESC);
	shown_assert_nothing(&shown);
	type(&shown, "\033\033x\033\033[A\033\xc3\xa4");
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		shown_assert_key(&shown, keys[i]);
	shown_assert_nothing(&shown);
	shown_close(&shown);
}

/* Answers to what another program has asked; each is followed by a key. */
static void answers_are_passed_over(void **state)
{
	static const char *const answers[] = {
		"\033]11;rgb:0000/0000/0000\033\\",
		"\033]4;1;rgb:q/q/q\a",
		"\033]l title q\033\\",
		"\033]Lq\033\\",
		"\033P>|XTerm(379)\033\\",
		"\033P1+r544e=71\033\\",
		"\033P!|00\033\\",
		"\033P?q\033\\",
		"\033P=1s\033\\",
		"\033P<q\033\\",
		"\033_Gi=31;OK\033\\",
		"\033]9;q\033\\",
		"\033]0q\a",
	};
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		type(&shown, answers[i]);
		type(&shown, "k");
		shown_assert_key(&shown, 'k');
		shown_assert_nothing(&shown);
	}
	shown_close(&shown);
}

static void assert_each(struct shown *shown, const char *bytes, const uint32_t *keys)
{
	type(shown, bytes);
	for (; *keys; keys++)
		shown_assert_key(shown, *keys);
	shown_assert_nothing(shown);
}

/* Typed with Alt: Esc, and the key. */
static void what_begins_no_answer_was_typed(void **state)
{
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	assert_each(&shown, "\033]x", (uint32_t[]){KEY_ESC, ']', 'x', 0});
	assert_each(&shown, "\033Pq", (uint32_t[]){KEY_ESC, 'P', 'q', 0});
	assert_each(&shown, "\033_y", (uint32_t[]){KEY_ESC, '_', 'y', 0});
	assert_each(&shown, "\033_1", (uint32_t[]){KEY_ESC, '_', '1', 0});
	assert_each(&shown, "\033]G", (uint32_t[]){KEY_ESC, ']', 'G', 0});
	assert_each(&shown, "\033]", (uint32_t[]){KEY_ESC, ']', 0});
	assert_each(&shown, "\033]\033[A", (uint32_t[]){KEY_ESC, ']', KEY_ARROW_UP, 0});
	assert_each(&shown, "\033^q", (uint32_t[]){KEY_ESC, '^', 'q', 0});
	shown_close(&shown);
}

/* Another Esc ends a string, too, and so does a key of curses or silence. */
static void strings_may_break_off(void **state)
{
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	assert_each(&shown, "\033]11;q\033x", (uint32_t[]){KEY_ESC, 'x', 0});
	assert_each(&shown, "\033]11;q\033[A", (uint32_t[]){KEY_ARROW_UP, 0});
	assert_each(&shown, "\033]11;q\033OPk", (uint32_t[]){F(1), 'k', 0});
	assert_each(&shown, "\033]11;q\033\033\\", (uint32_t[]){KEY_ESC, KEY_ESC, '\\', 0});
	assert_each(&shown, "\033]11;qqq", (uint32_t[]){0});
	assert_each(&shown, "\033]11;q\033", (uint32_t[]){KEY_ESC, 0});
	assert_each(&shown, "j", (uint32_t[]){'j', 0});
	shown_close(&shown);
}

static void type_many(struct shown *shown, const char *before, char many, size_t count,
		      const char *after)
{
	struct text bytes = {0};

	text_append(&bytes, before);
	while (count--)
		text_append_char(&bytes, many);
	text_append(&bytes, after);
	own_terminal_type(&shown->own, text_string(&bytes), bytes.length);
	text_finish(&bytes);
}

/* Parameters beyond the 64th are not kept, those of a report of the mouse among them. */
static void long_sequences_are_passed_over_as_well(void **state)
{
	struct event event;
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	/* 58 noughts and "<", "1;1;1" are 64. */
	type_many(&shown, "\033[<", '0', 58, "1;1;1M");
	event = shown_event(&shown);
	assert_int_equal(event.type, EVENT_MOUSE);
	assert_int_equal(event.mouse.button, MOUSE_MIDDLE);
	assert_int_equal(event.mouse.column, 0);
	shown_assert_nothing(&shown);
	/* Cut short, it would be another one. */
	type_many(&shown, "\033[<", '0', 58, "1;1;12M");
	event = shown_event(&shown);
	assert_int_equal(event.mouse.line, 0);
	type_many(&shown, "\033[", '1', 1000, "~k");
	shown_assert_key(&shown, 'k');
	shown_assert_nothing(&shown);
	shown_close(&shown);
}

/* A file as stdin, as so much does not fit into a terminal at once. Returns how many keys it has.
 */
static int keys_in_file(struct shown *shown, const char *before, char many, size_t count)
{
	struct text bytes = {0};
	FILE *stream = tmpfile();
	int keys = 0;

	text_append(&bytes, before);
	while (count--)
		text_append_char(&bytes, many);
	assert_non_null(stream);
	assert_int_equal(fwrite(text_string(&bytes), 1, bytes.length, stream), bytes.length);
	text_finish(&bytes);
	rewind(stream);
	assert_int_equal(dup2(fileno(stream), STDIN_FILENO), STDIN_FILENO);
	if (fileno(stream) != STDIN_FILENO)
		fclose(stream);
	while (shown_event(shown).type == EVENT_KEY)
		keys++;
	return keys;
}

/* What does not end in time is given up: what comes behind 4096 characters are keys. */
static void sequences_without_an_end_are_given_up(void **state)
{
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	assert_int_equal(keys_in_file(&shown, "\033]1", 'q', 4095), 0);
	assert_int_equal(keys_in_file(&shown, "\033]1", 'q', 4097), 1);
	assert_int_equal(keys_in_file(&shown, "\033[", '1', 4096), 0);
	assert_int_equal(keys_in_file(&shown, "\033[", '1', 4100), 4);
	shown_close(&shown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_terminals_send_for_keys_is_known),
		cmocka_unit_test(characters_are_themselves),
		cmocka_unit_test(other_sequences_are_passed_over),
		cmocka_unit_test(sequences_that_break_off_are_no_keys),
		cmocka_unit_test(esc_alone_is_a_key),
		cmocka_unit_test(answers_are_passed_over),
		cmocka_unit_test(what_begins_no_answer_was_typed),
		cmocka_unit_test(strings_may_break_off),
		cmocka_unit_test(long_sequences_are_passed_over_as_well),
		cmocka_unit_test(sequences_without_an_end_are_given_up),
	};

	return cmocka_run_group_tests_name("input_read", tests, NULL, NULL);
}
