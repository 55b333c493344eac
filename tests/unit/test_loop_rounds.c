/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <limits.h>

#include "loop_watch_script.h"

/* What the loop does in each round, and in which order, by a script. */

static struct source *const some_source = (struct source *)samplers;

static int reset(void **state)
{
	(void)state;
	script_reset();
	return 0;
}

static void lists(const char *narrow, int status, const char *expected)
{
	struct attachment attachment = {0};
	bool ended = false;

	assert_int_equal(loop_run(&tty, &attachment, narrow, NULL, NULL, &ended), status);
	assert_false(ended);
	call_log_expect(expected);
}

static void without_a_process_one_is_chosen(void **state)
{
	(void)state;
	script.unicode = script.shows_colours = true;
	lists(NULL, EXIT_DONE,
	      "begin list\nshare 0.5\ntake the terminal\ninit, unicode\n"
	      "start at 1, interval 5000, mouse 1 0, letters 0, why not\ntell settings\n"
	      "size 80 24\nopen processes\nlist\nrelease nothing\n"
	      "tell replay of 0, interval 5000, mouse 0\nlist is wanted\n- wait -1\nfinish\n"
	      "end choice\nend list\n");
	script_reset();
	lists("cat", EXIT_DONE,
	      "begin list\nshare 0.5\ntake the terminal\ninit\n"
	      "start at 1, interval 5000, mouse 1 0, letters 1, why not\ntell settings\n"
	      "size 80 24\nopen processes\nnarrow cat\nlist\nrelease nothing\n"
	      "tell replay of 0, interval 5000, mouse 0\nlist is wanted\n- wait -1\nfinish\n"
	      "end choice\nend list\n");
}

static void without_a_thread_or_terminal_there_is_nothing(void **state)
{
	(void)state;
	script.list_error = -EAGAIN;
	lists(NULL, EXIT_TROUBLE,
	      "begin list\nrelease\nsay cannot start a thread: Resource temporarily unavailable; "
	      "try again when the machine is less busy.\n");
	script_reset();
	script.tty_error = -ENOTTY;
	lists("cat", 18,
	      "begin list\nshare 0.5\ntake the terminal\nnot a PID: cat\nend choice\nend list\n");
	lists(NULL, EXIT_USAGE,
	      "begin list\nshare 0.5\ntake the terminal\nsay which process? Give its PID or "
	      "name, as in: vastop 1234 (ps -e lists them).\nend choice\nend list\n");
	script.tty_error = -EIO;
	lists("cat", 17,
	      "begin list\nshare 0.5\ntake the terminal\nterminal: -5\nend choice\nend list\n");
}

#define BEGIN                                                                       \
	"watch 49\nbegin record of 1\nshare 0.5\ntake the terminal\ninit\n"         \
	"start at 1, interval 5000, mouse 1 0, letters 1, why not\ntell settings\n" \
	"size 80 24\nshow the watch\nsurvey\nbegin comparison\nrelease nothing\n"
#define TURN(bits) "replay " bits "\nrecord " bits "\ntell replay of 1, interval 5000, mouse 0\n"
#define LOOKS      "scan looks\nprobes look\nlist is wanted\n"
#define DRAWN      "state of 1\ndraw\nshow\nshown\nname of 1\n"
#define END        "finish\nend choice\nend of watch 1\nend list\n"

/* Watches process 49. Whether the command that was started for it was seen to end. */
static bool watches(struct launch *launch, struct watch_record *record, int status,
		    const char *expected)
{
	struct attachment attachment = {.source = some_source, .pid = 49};
	bool ended = true;

	assert_int_equal(loop_run(&tty, &attachment, NULL, launch, record, &ended), status);
	call_log_expect(expected);
	return ended;
}

static void a_process_is_watched_from_the_first_round_on(void **state)
{
	struct watch_record record = {0};
	struct launch launch = {0};

	(void)state;
	assert_false(watches(NULL, NULL, EXIT_DONE, BEGIN TURN("0") LOOKS "- wait -1\n" END));
	script_reset();
	script.rounds[0].recorder = true;
	assert_false(watches(
		&launch, &record, EXIT_DONE,
		"watch 49, a command\nbegin record of 1, it is open\nshare 0.5\n"
		"take the terminal\ninit\n"
		"start at 1, interval 5000, mouse 1 0, letters 1, why not\ntell settings\n"
		"size 80 24\nshow the watch\nsurvey\nbegin comparison\nrelease the command\n"
		"replay 0\nrecord 0\ntell replay of 1, recorded, interval 5000, mouse 0\n" LOOKS
		"- wait -1\n" END));
	script_reset();
	script.watch_error = -ENOMEM;
	watches(NULL, NULL, EXIT_TROUBLE,
		"watch 49\nrelease\nsay cannot start a thread: Cannot allocate memory; try again "
		"when the machine is less busy.\n");
	script_reset();
	script.tty_error = -ENOTTY;
	watches(NULL, NULL, 17,
		"watch 49\nbegin record of 1\nshare 0.5\ntake the terminal\nterminal: -25\n"
		"end choice\nend of watch 1\nend list\n");
}

/* When highlights settle and samples are overdue, in milliseconds from now. */
static void waits(int64_t highlights, int64_t check, int milliseconds)
{
	char expected[1000];

	script_reset();
	script.rounds[0].highlights = highlights;
	script.rounds[0].check = check;
	snprintf(expected, sizeof(expected), BEGIN TURN("0") LOOKS "- wait %d\n" END, milliseconds);
	watches(NULL, NULL, EXIT_DONE, expected);
}

static void it_waits_until_something_is_due(void **state)
{
	(void)state;
	waits(INT64_MAX, INT64_MAX, -1);
	waits(1000 * MS, INT64_MAX, 1);
	waits(1000 * MS, 1000 * MS, 1);
	waits(1020 * MS, INT64_MAX, 21);
	waits(INT64_MAX, 1020 * MS, 21);
	waits(1020 * MS, 1010 * MS, 11);
	waits(1010 * MS, 1020 * MS, 11);
	waits(1010 * MS + 999999, 1020 * MS, 11);
}

/* What is asked for with a key in the first round. */
static void asks(struct ui_request asked, const char *second)
{
	char expected[2000];

	script_reset();
	script.count = 2;
	script.rounds[1].came = 0;
	script.rounds[0].came = 0;
	script.rounds[1].came = 1 << WAIT_KEYS;
	script.rounds[1].asked = asked;
	script.rounds[1].events[0] = (struct event){.type = EVENT_KEY, .key = 'a'};
	snprintf(expected, sizeof(expected), BEGIN TURN("0") LOOKS "- wait -1\nkey a\n%s" END,
		 second);
	watches(NULL, NULL, EXIT_DONE, expected);
}

static void what_is_asked_for_is_done_once(void **state)
{
	(void)state;
	asks((struct ui_request){0}, TURN("0") LOOKS "- wait -1\n");
	asks((struct ui_request){.bits = UI_SAMPLE},
	     "sample 1 now\n" TURN("4") LOOKS "- wait -1\n");
	asks((struct ui_request){.bits = UI_SMAPS}, "smaps\n" TURN("32") LOOKS "- wait -1\n");
	/* What the next key changes once more is done before that, the rest with the round. */
	asks((struct ui_request){.bits = UI_INTERVAL | UI_DRAW, .interval_ns = 70},
	     "interval of 1: 70\nreplay 8\nrecord 8\ntell replay of 1, interval 70, mouse 0\n"
	     "replay 1\nrecord 1\ntell replay of 1, interval 70, mouse 0\n" LOOKS DRAWN
	     "- wait -1\n");
	asks((struct ui_request){.bits = UI_HOLD | UI_SPEED | UI_WISH},
	     TURN("98304") TURN("16384") LOOKS "- wait -1\n");
	asks((struct ui_request){.bits = UI_MOUSE, .mouse = true},
	     TURN("128") "set mouse 1\nreplay 0\nrecord 0\n"
			 "tell replay of 1, interval 5000, mouse 1\n" LOOKS "- wait -1\n");
	asks((struct ui_request){.bits = UI_THEME}, TURN("64") "next theme\n" LOOKS "- wait -1\n");
	asks((struct ui_request){.bits = UI_REPAINT},
	     TURN("16") "refresh\n" LOOKS DRAWN "- wait -1\n");
	asks((struct ui_request){.bits = UI_ATTACH, .pid = 8},
	     TURN("256") "choose 8\n" LOOKS "- wait -1\n");
	asks((struct ui_request){.bits = UI_DRAW}, TURN("1") LOOKS DRAWN "- wait -1\n");
	/* Not before it is drawn. */
	asks((struct ui_request){.bits = UI_SAVE, .save = UI_SAVE_SVG},
	     TURN("1024") LOOKS "- wait -1\n");
	asks((struct ui_request){.bits = UI_SAVE | UI_DRAW, .save = UI_SAVE_SVG},
	     TURN("1025") LOOKS "state of 1\ndraw\nshow\nsave 1\nshown\nname of 1\n- wait -1\n");
	asks((struct ui_request){.news = PANE_NEWS_USAGE},
	     TURN("0") LOOKS "state of 1\nrenew\nnews 4\nshow\nshown\nname of 1\n- wait -1\n");
	asks((struct ui_request){.news = PANE_NEWS_USAGE, .bits = UI_DRAW},
	     TURN("1") LOOKS DRAWN "- wait -1\n");
	/* It is laid out before the next key, and with the round. */
	asks((struct ui_request){.bits = UI_LAYOUT},
	     "lay out\n" TURN("2") "lay out\n" LOOKS "- wait -1\n");
}

static void what_laying_out_asks_for_is_of_the_same_round(void **state)
{
	(void)state;
	script.count = 2;
	script.rounds[0].more = UI_DRAW;
	script.rounds[1].came = 0;
	script.rounds[1] = script.rounds[0];
	script.rounds[0].more = 0;
	script.rounds[1].came = 1 << WAIT_KEYS;
	script.rounds[1].asked = (struct ui_request){.bits = UI_LAYOUT};
	script.rounds[1].events[0] = (struct event){.type = EVENT_MOUSE, .mouse.column = 6};
	watches(NULL, NULL, EXIT_DONE,
		BEGIN TURN("0") LOOKS
		"- wait -1\nmouse at 6\nlay out\n" TURN("3") "lay out\n" LOOKS DRAWN
							     "- wait -1\n" END);
}

static void what_a_user_is_called_is_drawn_at_once(void **state)
{
	(void)state;
	script.count = 2;
	script.measured = true;
	script.rounds[0].came = 0;
	script.rounds[1].came = 1 << WAIT_KEYS;
	script.rounds[1].by_name = UI_DRAW;
	script.rounds[1].asked = (struct ui_request){.bits = UI_DRAW};
	script.rounds[1].events[0] = (struct event){.type = EVENT_KEY, .key = 'a'};
	watches(NULL, NULL, EXIT_DONE,
		BEGIN TURN("0") LOOKS "- wait -1\nkey a\n" TURN("1") LOOKS
		"state of 1\ndraw\ncost 0.25, 0.5\nshow\nshown\nname of 1\n- wait 0\n" END);
}

/* What comes in the first round. */
static void takes(unsigned came, const char *taken)
{
	char expected[2000];

	script_reset();
	script.count = 2;
	script.rounds[1].came = came;
	snprintf(expected, sizeof(expected),
		 BEGIN TURN("0") LOOKS "- wait -1\n%s" TURN("0") LOOKS "- wait -1\n" END, taken);
	watches(NULL, NULL, EXIT_DONE, expected);
}

static void what_comes_is_taken_once(void **state)
{
	(void)state;
	takes(1 << WAIT_KEYS, "");
	takes(1 << WAIT_SIGNALS, "signals\n");
	takes(1 << WAIT_SAMPLE, "sample of 1\n");
	takes(1 << WAIT_SURVEY, "survey\n");
	takes(1 << WAIT_NEWS, "news of 1\n");
	takes(1 << WAIT_RECORD, "recorded\n");
	takes(1 << WAIT_PROBES, "probes\n");
	takes(1 << WAIT_EXIT, "exit of 1\n");
	takes(1 << WAIT_LIST, "list\n");
	takes(1 << WAIT_SAVE, "saved\n");
	takes(1 << WAIT_ATTACH, "chosen\n");
	takes(UINT_MAX,
	      "signals\nsample of 1\nsurvey\nnews of 1\nrecorded\nprobes\nexit of 1\nlist\nsaved\n"
	      "chosen\n");
}

static void what_is_awaited_is_told_to_the_waits(void **state)
{
	(void)state;
	script_reset();
	script.count = 3;
	script.rounds[1].came = script.rounds[2].came = 1 << WAIT_NEWS;
	script.rounds[1].awaits = true;
	watches(NULL, NULL, EXIT_DONE,
		BEGIN TURN("0") LOOKS "- wait -1\nnews of 1\n" TURN("0") LOOKS
		"- wait -1\nnews of 1\n" TURN("0") LOOKS "- wait -1\n" END);
}

/* Signals, in the second round. */
static void send_signals(unsigned signals, const char *expected)
{
	script_reset();
	script.count = 2;
	script.rounds[1].came = 1 << WAIT_SIGNALS;
	script.rounds[1].signals = signals;
	watches(NULL, NULL, EXIT_DONE, expected);
}

static void signals_resize_and_end_it(void **state)
{
	(void)state;
	send_signals(TTY_RESIZED, BEGIN TURN("0") LOOKS "- wait -1\nsignals\nsize 80 24\n" TURN("0")
					  LOOKS "- wait -1\n" END);
	send_signals(TTY_ENDING, BEGIN TURN("0") LOOKS "- wait -1\nsignals\n" END);
}

/* What is pressed in the second round, and what comes of it. */
static void press(const struct event events[static EVENTS], struct ui_request asked,
		  const char *pressed)
{
	char expected[2000];

	script_reset();
	script.count = 2;
	script.rounds[1].came = 1 << WAIT_KEYS;
	memcpy(script.rounds[1].events, events, sizeof(script.rounds[1].events));
	script.rounds[1].asked = asked;
	snprintf(expected, sizeof(expected), BEGIN TURN("0") LOOKS "- wait -1\n%s" END, pressed);
	watches(NULL, NULL, EXIT_DONE, expected);
}

static void the_end_comes_with_the_key_that_asks_for_it(void **state)
{
	static const struct event keys[EVENTS] = {{.type = EVENT_RESIZE},
						  {.type = EVENT_KEY, .key = 'a'},
						  {.type = EVENT_KEY, .key = 'b'}};
	static const struct event closed[EVENTS] = {{.type = EVENT_CLOSED},
						    {.type = EVENT_KEY, .key = 'b'}};

	(void)state;
	press(keys, (struct ui_request){.bits = UI_SAMPLE},
	      "key a\nkey b\nsample 1 now\n" TURN("4") LOOKS "- wait -1\n");
	press(keys, (struct ui_request){.bits = UI_QUIT}, "key a\n");
	press(closed, (struct ui_request){0}, "");
}

/* Where it is laid out, say. */
static void the_end_may_be_asked_for_in_the_round(void **state)
{
	(void)state;
	script.count = 2;
	script.rounds[1].came = 1 << WAIT_SAMPLE | 1 << WAIT_KEYS;
	script.rounds[1].events[0] = (struct event){.type = EVENT_KEY, .key = 'a'};
	script.rounds[1].asked = (struct ui_request){.bits = UI_DRAW};
	script.rounds[1].by_name = UI_QUIT;
	script.count = 3;
	watches(NULL, NULL, EXIT_DONE,
		BEGIN TURN("0") LOOKS "- wait -1\nkey a\nsample of 1\n" TURN("1") LOOKS DRAWN
		"- wait 0\n" TURN("512") LOOKS END);
}

static void keys_may_be_those_of_what_is_chosen(void **state)
{
	(void)state;
	script.count = 2;
	script.choice_takes_keys = true;
	script.rounds[1].came = 1 << WAIT_KEYS;
	script.rounds[1].events[0] = (struct event){.type = EVENT_KEY, .key = 'a'};
	watches(NULL, NULL, EXIT_DONE,
		BEGIN TURN("0") LOOKS "- wait -1\n" TURN("0") LOOKS "- wait -1\n" END);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(without_a_process_one_is_chosen, reset),
		cmocka_unit_test_setup(without_a_thread_or_terminal_there_is_nothing, reset),
		cmocka_unit_test_setup(a_process_is_watched_from_the_first_round_on, reset),
		cmocka_unit_test_setup(it_waits_until_something_is_due, reset),
		cmocka_unit_test_setup(what_is_asked_for_is_done_once, reset),
		cmocka_unit_test_setup(what_laying_out_asks_for_is_of_the_same_round, reset),
		cmocka_unit_test_setup(what_a_user_is_called_is_drawn_at_once, reset),
		cmocka_unit_test_setup(what_comes_is_taken_once, reset),
		cmocka_unit_test_setup(what_is_awaited_is_told_to_the_waits, reset),
		cmocka_unit_test_setup(signals_resize_and_end_it, reset),
		cmocka_unit_test_setup(the_end_comes_with_the_key_that_asks_for_it, reset),
		cmocka_unit_test_setup(the_end_may_be_asked_for_in_the_round, reset),
		cmocka_unit_test_setup(keys_may_be_those_of_what_is_chosen, reset),
	};

	return cmocka_run_group_tests_name("loop_rounds", tests, NULL, NULL);
}
