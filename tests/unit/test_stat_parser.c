/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "model/target.h"
#include "procfs/stat_parser.h"

static const char shell[] =
	"5816 (bash) S 5812 5816 5816 0 -1 4194304 35531 1234567 21 43 21 13 2211 489 20 0 3 0 "
	"120212 5496832 949 18446744073709551615 94518208491520 94518209339169 140721450799840 0 0 "
	"0 65536 4 65538 1 0 0 17 0 0 0 0 0 0 94518209578768 94518209627008 94518211719168 "
	"140721450808087 140721450808104 140721450808104 140721450815470 0\n";

static void reads_the_fields_by_number(void **state)
{
	struct proc_stat stat;

	(void)state;
	assert_int_equal(stat_parse(shell, strlen(shell), &stat), 0);
	assert_int_equal(stat.pid, 5816);
	assert_int_equal(stat.comm_length, 4);
	assert_memory_equal(stat.comm, "bash", 4);
	assert_int_equal(stat.state, 'S');
	assert_int_equal(stat.flags, 4194304);
	assert_int_equal(stat.minor_faults, 35531);
	assert_int_equal(stat.major_faults, 21);
	assert_int_equal(stat.threads, 3);
	assert_int_equal(stat.start_ticks, 120212);
	assert_int_equal(stat.size, 5496832);
	assert_int_equal(stat.rss, 949);
	assert_true(stat.start_stack == 140721450799840);
	assert_true(stat.start_brk == 94518211719168);
}

/* None of those that count can be negative. */
static void a_negative_number_is_nought(void **state)
{
	static const char *const numbers[] = {" 949 ", " 3 0 ", " 5496832 "};
	struct proc_stat stat;

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		const char *at = strstr(shell, numbers[i]);
		char text[512];

		snprintf(text, sizeof(text), "%.*s -%s", (int)(at - shell), shell, at + 1);
		assert_int_equal(stat_parse(text, strlen(text), &stat), 0);
		assert_int_equal(stat.rss, i == 0 ? 0 : 949);
		assert_int_equal(stat.threads, i == 1 ? 0 : 3);
		assert_int_equal(stat.size, i == 2 ? 0 : 5496832);
	}
	assert_int_equal(stat_parse("5 (x) S 1 -", 11, &stat), -EBADMSG);
	assert_int_equal(stat_parse("5 (x) S 1 - 1", 13, &stat), -EBADMSG);
}

static void the_name_ends_at_the_last_parenthesis(void **state)
{
	static const char name[] = "a) R 1\n(\x1b[2J\xff";
	char text[512];
	struct proc_stat stat;

	(void)state;
	strcpy(text, "7 (");
	strcat(text, name);
	strcat(text, strstr(shell, ") S"));
	assert_int_equal(stat_parse(text, strlen(text), &stat), 0);
	assert_int_equal(stat.comm_length, strlen(name));
	assert_memory_equal(stat.comm, name, strlen(name));
	assert_int_equal(stat.state, 'S');
	assert_int_equal(stat.start_ticks, 120212);
}

static void tells_an_ended_thread(void **state)
{
	(void)state;
	for (const char *letter = "RSDTtIPWK"; *letter; letter++)
		assert_false(stat_has_exited(*letter));
	assert_true(stat_has_exited('Z'));
	assert_true(stat_has_exited('X'));
	assert_true(stat_has_memory(&(struct proc_stat){.state = 'R', .size = 4096}));
	assert_false(stat_has_memory(&(struct proc_stat){.state = 'R'}));
	assert_false(stat_has_memory(&(struct proc_stat){.state = 'Z', .size = 4096}));
}

static void tells_another_image(void **state)
{
	const struct proc_stat one = {.size = 4096, .start_stack = 0x7000, .start_brk = 0x5000};
	struct proc_stat other = one;

	(void)state;
	other.size = 8192;
	assert_true(stat_is_same_image(&one, &other));
	other.start_stack = 0x7010;
	assert_false(stat_is_same_image(&one, &other));
	other = one;
	other.start_brk = 0x6000;
	assert_false(stat_is_same_image(&one, &other));
	other = one;
	other.size = 0;
	assert_false(stat_is_same_image(&one, &other));
	assert_true(stat_is_same_image(&other, &one));
}

/* Cut anywhere: either not understood, or without the fields that are missing. */
static void a_cut_text_is_safe(void **state)
{
	struct proc_stat stat;
	bool was_good = false;

	(void)state;
	for (size_t length = 0; length < strlen(shell); length++) {
		int error = stat_parse(shell, length, &stat);

		assert_true(error == 0 || error == -EBADMSG);
		assert_false(was_good && error);
		was_good = !error;
		if (was_good && length < 150)
			assert_int_equal(stat.start_brk, 0);
	}
	assert_true(was_good);
}

static void refuses_other_text(void **state)
{
	static const char *const texts[] = {
		"",
		"5816",
		"5816 bash S 1",
		"x (bash) S 1 1",
		"5816 (bash",
		"5816 (bash) S 1 1 1 1 x 1",
	};
	struct proc_stat stat = {.pid = 77};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(stat_parse(texts[i], strlen(texts[i]), &stat), -EBADMSG);
	assert_int_equal(stat.pid, 77);
}

/* Cut anywhere, each field is what it is in the whole text, or unknown. */
static void a_recorded_text_cut_anywhere_tells_what_is_there(void **state)
{
	struct proc_stat whole, stat;
	size_t complete = 0;

	(void)state;
	assert_int_equal(stat_parse(shell, strlen(shell), &whole), 0);
	for (size_t length = 0; length <= strlen(shell); length++) {
		stat_parse_recorded(shell, length, &stat);
		assert_true(stat.comm_length == 0 || stat.comm_length == whole.comm_length);
		assert_memory_equal(stat.comm, "bash", stat.comm_length);
		assert_true(stat.state == '?' || stat.state == whole.state);
		assert_true(stat.threads == 0 || stat.threads == whole.threads);
		assert_true(stat.start_ticks == TARGET_UNKNOWN ||
			    stat.start_ticks == whole.start_ticks);
		assert_true(stat.start_stack == 0 || stat.start_stack == whole.start_stack);
		assert_true(stat.start_brk == 0 || stat.start_brk == whole.start_brk);
		complete += stat.start_brk != 0;
	}
	assert_true(complete > 0);
	assert_true(stat.start_ticks == whole.start_ticks && stat.state == 'S');
}

static void what_a_recorded_text_does_not_tell_is_unknown(void **state)
{
	static const char *const texts[] = {
		"", "5816 bash S 1", "x", "5816 (a) b", "5816 (a) bc) S", "5816 (a)", "\n"};
	struct proc_stat stat;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		stat_parse_recorded(texts[i], strlen(texts[i]), &stat);
		assert_true(i == 4 || stat.comm_length == 0);
		assert_true(i == 4 || stat.state == '?');
		assert_int_equal(stat.threads, 0);
		assert_true(stat.start_ticks == TARGET_UNKNOWN);
	}
	stat_parse_recorded("7 (x) \0 1", 9, &stat);
	assert_int_equal(stat.state, '?');
}

/* The state may be the last that is there, or be followed by a blank. */
static void a_recorded_state_stands_alone(void **state)
{
	static const struct {
		const char *text;
		char state;
		size_t length;
	} texts[] = {
		{"9 (x) S", 'S', 1},  {"9 (x) S ", 'S', 1}, {"9 (x) S 5 6", 'S', 1},
		{"9 (x) Sy", '?', 0}, {"9 (x) y", '?', 0},  {"9 (x) S\n", '?', 0},
	};
	struct proc_stat stat;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		stat_parse_recorded(texts[i].text, strlen(texts[i].text), &stat);
		assert_int_equal(stat.state, texts[i].state);
		assert_int_equal(stat.comm_length, texts[i].length);
	}
}

static void states_are_letters_that_kernels_write(void **state)
{
	(void)state;
	for (int letter = 0; letter < 128; letter++)
		assert_int_equal(stat_is_state((char)letter),
				 letter && strchr("DIKPRSTWXZtx", letter) != NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_the_fields_by_number),
		cmocka_unit_test(a_negative_number_is_nought),
		cmocka_unit_test(the_name_ends_at_the_last_parenthesis),
		cmocka_unit_test(tells_an_ended_thread),
		cmocka_unit_test(tells_another_image),
		cmocka_unit_test(a_cut_text_is_safe),
		cmocka_unit_test(refuses_other_text),
		cmocka_unit_test(a_recorded_text_cut_anywhere_tells_what_is_there),
		cmocka_unit_test(what_a_recorded_text_does_not_tell_is_unknown),
		cmocka_unit_test(a_recorded_state_stands_alone),
		cmocka_unit_test(states_are_letters_that_kernels_write),
	};

	return cmocka_run_group_tests_name("stat_parser", tests, NULL, NULL);
}
