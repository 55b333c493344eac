/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <cmocka.h>

#include "kernel/clock.h"
#include "support/key_press.h"
#include "support/viewer.h"

#define LIMIT INT64_C(60000000000) /* nanoseconds; for a heavily loaded machine */

/*
 * A program with vastop's places: its first line, the main view's title, a cursor, a last line.
 * Every key writes something, but "q" nothing.
 */
static const char program[] = "stty raw -echo\n"
			      "at() { printf '\\033[%s;1H\\033[K%s' \"$1\" \"$2\"; }\n"
			      "printf '\\033[2J'\n"
			      "at 1 ' vastop ● live'\n"
			      "at 3 '╭ space ─── ×1 ╮╭ heap ╮'\n"
			      "at 5 '│▸7f00 heap'\n"
			      "at 10 ' ready'\n"
			      "while k=$(dd bs=1 count=1 2>/dev/null); do\n"
			      "	case $k in\n"
			      "	j) at 5 '│ 7f00 heap'; at 6 '│▸8f00 stack' ;;\n"
			      "	r) at 6 '│▸8f00 stack' ;;\n"
			      "	+) at 3 '╭ space ─── ×2 ╮╭ heap ╮' ;;\n"
			      "	,) at 1 ' vastop ‖ 1 s ago' ;;\n"
			      "	.) at 10 ' This is the newest' ;;\n"
			      "	e) at 8 'changes' ;;\n"
			      "	E) at 8 '' ;;\n"
			      "	v) at 8 'other changes' ;;\n"
			      "	q) ;;\n"
			      "	*) at 9 \"$k\" ;;\n"
			      "	esac\n"
			      "done\n";

/* Draws until it is killed, as wide as the terminal is. */
static const char drawing[] =
	"while sleep 0.02; do\n"
	"	set -- $(stty size)\n"
	"	title='╭                              ╮'\n"
	"	[ \"$2\" = 32 ] || title='╭                                      ╮'\n"
	"	printf '\\033[2J\\033[3;1H%s\\033[%s;1H Enter in\\033[1;1H ready' \"$title\" "
	"\"$1\"\n"
	"done\n";

static int64_t soon(void)
{
	return clock_ns(CLOCK_MONOTONIC) + LIMIT;
}

static void start(struct viewer *viewer, const char *script)
{
	char *const argv[] = {(char *)"sh", (char *)"-c", (char *)script, NULL};
	int result = viewer_start(viewer, argv, 10, 40);

	if (result == -ENOSYS)
		skip(); /* configure found no libvterm */
	assert_int_equal(result, 0);
	assert_int_not_equal(viewer_wait(viewer, viewer_sees, " ready", soon()), 0);
}

static int64_t press(struct viewer *viewer, const char *keys, enum key_answer answer,
		     const char *text)
{
	const struct key_step step = {.keys = keys, .answer = answer, .text = text};

	return key_press(viewer, &step, soon());
}

static void each_answer_is_seen(void **state)
{
	struct viewer viewer;

	(void)state;
	start(&viewer, program);
	assert_true(press(&viewer, "j", ANSWER_PLACE, NULL) > 0);
	assert_true(press(&viewer, "+", ANSWER_TITLE, "×2") > 0);
	assert_true(press(&viewer, "e", ANSWER_TEXT, "changes") > 0);
	assert_true(press(&viewer, "v", ANSWER_LINE, "changes") > 0);
	assert_true(press(&viewer, "E", ANSWER_GONE, "changes") > 0);
	assert_true(press(&viewer, ",", ANSWER_HEAD, "‖") > 0);
	assert_true(press(&viewer, ".", ANSWER_PAST, " This is the newest") > 0);
	viewer_stop(&viewer);
}

static void nothing_else_is_an_answer(void **state)
{
	static const enum key_answer answers[] = {ANSWER_TEXT,  ANSWER_LINE, ANSWER_TITLE,
						  ANSWER_HEAD,  ANSWER_PAST, ANSWER_FOOT,
						  ANSWER_PLACE, ANSWER_SIZE};
	const int64_t moment = 50000000;
	struct viewer viewer;

	(void)state;
	start(&viewer, program);
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		const struct key_step step = {.keys = "x", .answer = answers[i], .text = "never"};

		assert_int_equal(key_press(&viewer, &step, clock_ns(CLOCK_MONOTONIC) + moment),
				 -ETIME);
	}
	viewer_stop(&viewer);
}

static void what_is_there_before_is_no_answer(void **state)
{
	struct viewer viewer;

	(void)state;
	start(&viewer, program);
	assert_int_equal(press(&viewer, "e", ANSWER_TEXT, "heap"), -EALREADY);
	assert_int_equal(press(&viewer, "e", ANSWER_GONE, "changes"), -EALREADY);
	assert_int_equal(press(&viewer, "e", ANSWER_FOOT, " ready"), -EALREADY);
	assert_int_equal(press(&viewer, "e", ANSWER_PAST, " ready"), -EALREADY);
	viewer_stop(&viewer);
}

static void a_size_is_drawn_when_it_is_filled(void **state)
{
	const struct key_step step = {.keys = "12x32", .answer = ANSWER_SIZE};
	struct viewer viewer;

	(void)state;
	start(&viewer, drawing);
	assert_true(key_press(&viewer, &step, soon()) > 0);
	assert_int_equal(viewer.lines, 12);
	assert_int_equal(viewer.columns, 32);
	viewer_stop(&viewer);
}

static void what_is_typed_before_is_not_measured(void **state)
{
	const struct key_step step = {
		.keys = "v", .answer = ANSWER_TEXT, .text = "other changes", .before = "e"};
	struct viewer viewer;

	(void)state;
	start(&viewer, program);
	assert_true(key_press(&viewer, &step, soon()) > 0);
	viewer_stop(&viewer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_answer_is_seen),
		cmocka_unit_test(nothing_else_is_an_answer),
		cmocka_unit_test(what_is_there_before_is_no_answer),
		cmocka_unit_test(a_size_is_drawn_when_it_is_filled),
		cmocka_unit_test(what_is_typed_before_is_not_measured),
	};

	return cmocka_run_group_tests_name("key_press", tests, NULL, NULL);
}
