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
#include "model/address_space.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/header.h"

static void append_header(struct text *text, const struct stage *stage, int columns)
{
	struct canvas *canvas = canvas_create(columns, 2, false);
	struct scene scene = stage_scene(stage);

	header_draw(canvas, (struct rect){0, 0, columns, 2}, &scene, true);
	canvas_append_text(text, canvas);
	canvas_destroy(canvas);
}

static void drops_whole_values_when_narrow(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	for (int columns = 40; columns <= 140; columns++)
		append_header(&text, &stage, columns);
	golden_check("header_widths", text_string(&text));
	text_finish(&text);
	stage_close(&stage);
}

static void what_may_be_missed_is_said(void **state)
{
	static const struct {
		struct coverage coverage;
		const char *shown;
	} cases[] = {
		{{COVERAGE_ALL, 50000000, 1000000000}, " live 0.05s"},
		{{COVERAGE_CODE, 50000000, 1000000000}, " live 0.05s, r/w 1.0s"},
		{{COVERAGE_SIZES, 50000000, 1000000000}, " live 0.05s, perms 1.0s"},
		{{COVERAGE_SIZES, 240000000, 1000000000}, " live 0.05s, list 0.2s, perms 1.0s"},
		{{COVERAGE_ALL, 2300000000, 2300000000}, " live 0.05s, list 2.3s"},
		{{COVERAGE_ALL, 100000000, 100000000}, " live 0.05s, list 0.1s"},
		{{COVERAGE_ALL, 60000000, 60000000}, " live 0.05s, list 0.06s"},
		/* Not what looks the same. */
		{{COVERAGE_ALL, 59999999, 59999999}, " live 0.05s"},
	};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage.status.interval_ns = 50000000;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct text text = {0};
		const char *at;

		stage.status.coverage = cases[i].coverage;
		append_header(&text, &stage, 80);
		at = strstr(text_string(&text), cases[i].shown);
		if (!at || !strchr(" \n", at[strlen(cases[i].shown)]))
			fail_msg("'%s' is not in: %s", cases[i].shown, text_string(&text));
		text_finish(&text);
	}
	stage_close(&stage);
}

static void folders_of_the_program_are_left_out(void **state)
{
	static const struct {
		const char *argument, *shown, *exe;
	} cases[] = {
		{"/home/a b/bin/c -d", "20712 c -d  ", "/home/a b/bin/c"},
		{"/home/a b/bin/c", "20712 c  ", "/home/a b/bin/python"},
		{"/usr/bin/python3", "20712 python3  ", NULL},
		{"./a.out", "20712 a.out  ", NULL},
		{"/usr/lib/chromium --type=gpu /x/y", "20712 chromium --type=gpu /x/y  ", NULL},
		{"sshd: root@pts/0", "20712 sshd: root@pts/0  ", NULL},
		{"/", "20712 /  ", NULL},
		{"", "20712 python3  ", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct address_space *space = sample_python();
		struct text text = {0};
		struct stage stage;

		if (cases[i].exe)
			space->target.exe = cases[i].exe;
		space->target.cmdline = &cases[i].argument;
		space->target.cmdline_count = 1;
		stage_open(&stage, space, 80, 24, true);
		append_header(&text, &stage, 120);
		if (!strstr(text_string(&text), cases[i].shown))
			fail_msg("'%s' is not in: %s", cases[i].shown, text_string(&text));
		text_finish(&text);
		stage_close(&stage);
	}
}

/* A title that a program writes over its arguments is one of them, the others are empty then. */
static void empty_arguments_behind_the_last_are_none(void **state)
{
	const char *const arguments[] = {"redis *:7811", "", "", ""};
	const char *const inner[] = {"grep", "", "x"};
	struct address_space *space = sample_python();
	struct text text = {0};
	struct stage stage;

	(void)state;
	space->target.cmdline = arguments;
	space->target.cmdline_count = 4;
	stage_open(&stage, space, 80, 24, true);
	append_header(&text, &stage, 80);
	assert_non_null(strstr(text_string(&text), "redis *:7811  "));
	assert_null(strstr(text_string(&text), "…"));
	text_clear(&text);
	space->target.cmdline = inner;
	space->target.cmdline_count = 3;
	append_header(&text, &stage, 80);
	assert_non_null(strstr(text_string(&text), "grep  x"));
	text_finish(&text);
	stage_close(&stage);
}

static void unknown_values_are_not_zero(void **state)
{
	struct address_space *space = sample_python();
	struct text text = {0};
	struct stage stage;

	(void)state;
	space->target.rss = TARGET_UNKNOWN;
	space->target.swap = TARGET_UNKNOWN;
	stage_open(&stage, space, 80, 24, true);
	append_header(&text, &stage, 120);
	assert_non_null(strstr(text_string(&text), "rss –"));
	assert_non_null(strstr(text_string(&text), "swap –"));
	text_finish(&text);
	stage_close(&stage);
}

/* As of a recorded tree with nothing but maps. */
static void who_is_unknown_is_said_so(void **state)
{
	struct address_space *space = sample_python();
	struct text text = {0};
	struct stage stage;

	(void)state;
	space->target.cmdline_count = 0;
	space->target.comm = "";
	space->target.uid = TARGET_UNKNOWN;
	space->target.state = '?';
	space->target.threads = 0;
	stage_open(&stage, space, 80, 24, true);
	stage.status.user = NULL;
	append_header(&text, &stage, 120);
	assert_non_null(strstr(text_string(&text), "20712 –  "));
	assert_non_null(strstr(text_string(&text), "uid –  state –  threads –"));
	text_finish(&text);
	stage_close(&stage);
}

/* A process that may not be read any more, having executed a set-user-ID program, lives on. */
static void what_only_cannot_be_read_has_not_ended(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage.status.banner = "It can no longer be read";
	append_header(&text, &stage, 80);
	assert_non_null(strstr(text_string(&text), "not readable"));
	assert_null(strstr(text_string(&text), "ended"));
	text_clear(&text);
	stage.status.ended = true;
	append_header(&text, &stage, 80);
	assert_non_null(strstr(text_string(&text), "ended"));
	text_finish(&text);
	stage_close(&stage);
}

static void says_where_the_output_of_a_command_goes(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage.status.output = "/tmp/vastop-grow-AbCdEf.out";
	append_header(&text, &stage, 80);
	assert_non_null(strstr(text_string(&text), "output /tmp/vastop-grow-AbCdEf.out"));
	text_finish(&text);
	stage_close(&stage);
}

/* With it nothing is said. */
static void says_that_there_is_no_sandbox(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	append_header(&text, &stage, 80);
	assert_null(strstr(text_string(&text), "sandbox"));
	stage.status.unconfined = true;
	append_header(&text, &stage, 80);
	assert_non_null(strstr(text_string(&text), "sandbox off"));
	text_finish(&text);
	stage_close(&stage);
}

static void names_of_the_target_are_escaped(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_hostile(), 80, 24, true);
	append_header(&text, &stage, 200);
	assert_null(strchr(text_string(&text), '\033'));
	assert_non_null(strstr(text_string(&text), "evil\\x1b]0;owned\\x07"));
	text_finish(&text);
	stage_close(&stage);
}

#define CLOCK_FITS 78 /* columns, of what is shown of sample_python() */

/* Who it is and how it does are worth more than the clock. */
static void whose_and_how_come_before_the_clock(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	for (int columns = 70; columns <= 90; columns++) {
		text_clear(&text);
		append_header(&text, &stage, columns);
		assert_non_null(strstr(text_string(&text), "ann  sleeping  4 threads"));
		assert_int_equal(strstr(text_string(&text), "10:41:07") != NULL,
				 columns >= CLOCK_FITS);
	}
	text_finish(&text);
	stage_close(&stage);
}

/* The first line, at 120 columns. */
static void append_state(struct text *text, const struct stage *stage)
{
	struct text both = {0};

	append_header(&both, stage, 120);
	text_append_bytes(text, text_string(&both),
			  (size_t)(strchr(text_string(&both), '\n') - text_string(&both)) + 1);
	text_finish(&both);
}

/* Everything that the line may say of how it is shown, one after the other. */
static void every_state_has_its_words(void **state)
{
	static const struct scene_status states[] = {
		{.stale = "10:40:00"},
		{.earlier = true, .back_ns = -1, .paused = true},
		{.earlier = true, .back_ns = 0, .paused = true},
		{.earlier = true, .back_ns = 59999999999, .paused = true},
		{.earlier = true, .back_ns = 60000000000, .paused = true},
		{.earlier = true, .back_ns = 3599999999999, .paused = true},
		{.earlier = true, .back_ns = 3600000000000, .paused = true},
		{.earlier = true, .back_ns = 37230000000000, .banner = "it ended", .ended = true},
		{.earlier = true, .back_ns = 6200000000, .banner = "it cannot be read"},
		{.banner = "it ended", .ended = true, .recording = true},
		{.banner = "it cannot be read"},
		{.paused = true},
		{.replayed = true, .recorded = true, .speed = 2},
		{.replayed = true, .recorded = true, .speed = 1, .interval_ns = 1500000000},
		{.recorded = true},
		{.interval_ns = 99999999},
		{.interval_ns = 100000000, .recording = true},
		{.interval_ns = 60000000000},
	};
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		const struct scene_status before = stage.status;

		stage.status = states[i];
		stage.status.user = before.user;
		stage.status.clock = before.clock;
		append_state(&text, &stage);
		stage.status = before;
	}
	golden_check("header_states", text_string(&text));
	text_finish(&text);
	stage_close(&stage);
}

static void a_core_says_what_ended_it(void **state)
{
	struct address_space *space = sample_python();
	struct text text = {0};
	struct stage stage;

	(void)state;
	space->target.is_core = true;
	space->target.threads = 1;
	space->target.state = 'Z';
	stage_open(&stage, space, 80, 24, true);
	stage.status.user = NULL;
	stage.status.recorded = true;
	append_state(&text, &stage);
	assert_non_null(strstr(text_string(&text), "uid 1000  ended  1 thread  "));
	assert_non_null(strstr(text_string(&text), " core  10:41:07"));
	text_clear(&text);
	space->target.death.signal = 11;
	space->target.death.has_address = true;
	space->target.death.address = 16;
	append_state(&text, &stage);
	assert_non_null(strstr(text_string(&text), " core: SIGSEGV at 10  "));
	text_finish(&text);
	stage_close(&stage);
}

static void the_state_has_a_colour(void **state)
{
	static const struct scene_status states[] = {
		{.banner = "it ended"}, {.paused = true}, {.recorded = true}, {.stale = NULL}};
	static const enum role roles[] = {ROLE_DANGER, ROLE_PAUSED, ROLE_PAUSED, ROLE_LIVE};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		struct canvas *canvas = canvas_create(62, 4, true);
		struct scene scene = stage_scene(&stage);

		scene.status = &states[i];
		header_draw(canvas, (struct rect){1, 1, 60, 2}, &scene, true);
		/* A blank at the end, and none of it outside. */
		assert_int_equal(canvas->cells[62 + 59].role, roles[i]);
		assert_int_equal(canvas->cells[62 + 60].glyph, ' ');
		assert_int_equal(canvas->cells[62 + 61].glyph, ' ');
		assert_int_equal(canvas->cells[62].glyph, ' ');
		assert_int_equal(canvas->cells[62 + 2].glyph, 'v');
		for (int column = 0; column < 62; column++) {
			assert_int_equal(canvas->cells[column].glyph, ' ');
			assert_int_equal(canvas->cells[3 * 62 + column].glyph, ' ');
		}
		canvas_destroy(canvas);
	}
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whose_and_how_come_before_the_clock),
		cmocka_unit_test(drops_whole_values_when_narrow),
		cmocka_unit_test(what_may_be_missed_is_said),
		cmocka_unit_test(folders_of_the_program_are_left_out),
		cmocka_unit_test(empty_arguments_behind_the_last_are_none),
		cmocka_unit_test(unknown_values_are_not_zero),
		cmocka_unit_test(who_is_unknown_is_said_so),
		cmocka_unit_test(what_only_cannot_be_read_has_not_ended),
		cmocka_unit_test(says_where_the_output_of_a_command_goes),
		cmocka_unit_test(says_that_there_is_no_sandbox),
		cmocka_unit_test(names_of_the_target_are_escaped),
		cmocka_unit_test(every_state_has_its_words),
		cmocka_unit_test(a_core_says_what_ended_it),
		cmocka_unit_test(the_state_has_a_colour),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("header", tests, NULL, NULL);
}
