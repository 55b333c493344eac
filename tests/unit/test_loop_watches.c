/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "loop_watch_script.h"

/* How the loop comes to watch another process, and whether a command was seen to end. */

static struct source *const some_source = (struct source *)samplers;

#define SIZED                                  \
	"share 0.5\ntake the terminal\ninit\n" \
	"start at 1, interval 5000, mouse 1 0, letters 1, why not\ntell settings\nsize 80 24\n"
#define BEGIN_LIST "begin list\n" SIZED "open processes\nlist\nrelease nothing\n"
#define BEGIN_WATCH(what, record)                               \
	"watch 49" what "\nbegin record of 1" record "\n" SIZED \
	"show the watch\nsurvey\nbegin comparison\nrelease "
#define TELL(number) "tell replay of " number ", interval 5000, mouse 0\n"
#define WAIT         "list is wanted\n- wait -1\n"
#define TURN(number) "replay 0\nrecord 0\n" TELL(number) "scan looks\nprobes look\n" WAIT

/* The round in which the process that was chosen can be watched. */
static void choose(int round)
{
	script.rounds[round].came = 1 << WAIT_ATTACH;
	script.rounds[round].chosen = true;
}

static bool runs(struct launch *launch, struct watch_record *record, bool watched,
		 const char *expected)
{
	struct attachment attachment = {.source = watched ? some_source : NULL, .pid = 49};
	bool ended = true;

	assert_int_equal(loop_run(&tty, &attachment, NULL, launch, record, &ended), EXIT_DONE);
	call_log_expect(expected);
	return ended;
}

#define DRAWN(number)                                                                   \
	"replay 1\nrecord 1\n" TELL(number) "scan looks\nprobes look\nlist is wanted\n" \
					    "state of " number                          \
					    "\ndraw\nshow\nshown\nname of " number "\n- wait -1\n"

static void the_first_process_may_be_chosen(void **state)
{
	struct watch_record record = {0};

	(void)state;
	script_reset();
	script.count = 2;
	choose(1);
	assert_false(runs(NULL, &record, false,
			  BEGIN_LIST TELL("0") WAIT
			  "chosen\nwatch 50\nend record\nbegin record of 1, it is open\n"
			  "show the watch\nclose processes\n" DRAWN(
				  "1") "finish\nend choice\nend of watch 1\nend list\n"));
}

static void another_process_takes_the_place_of_the_first(void **state)
{
	(void)state;
	script_reset();
	script.count = 3;
	script.measured = true;
	choose(1);
	runs(NULL, NULL, true,
	     BEGIN_WATCH("", "") "nothing\n" TURN(
		     "1") "chosen\nwatch 50\nend record\nbegin record of 2\nshow the watch\n"
			  "end of watch 1\nclose processes\n"
			  "replay 1\nrecord 1\n" TELL(
				  "2") "scan looks\nprobes look\nlist is wanted\n"
				       "state of 2\ndraw\ncost 0.25, 0.5\nshow\nshown\nname of "
				       "2\n- wait -1\n" TURN("2") "finish\nend choice\nend of "
								  "watch 2\nend list\n");
}

#define NO_THREAD                                                                                 \
	"Cannot start a thread: Resource temporarily unavailable; try again when the machine is " \
	"less busy."

static void the_first_stays_where_the_other_cannot_be_watched(void **state)
{
	(void)state;
	script_reset();
	script.count = 2;
	choose(1);
	script.watch_error_later = -EAGAIN;
	runs(NULL, NULL, true,
	     BEGIN_WATCH("", "") "nothing\n" TURN(
		     "1") "chosen\nwatch 50\ntell " NO_THREAD "\n"
			  "replay 1\nrecord 1\n" TELL(
				  "1") "scan looks\nprobes look\nlist is wanted\n"
				       "state of 1\ndraw, " NO_THREAD
				       "\nshow\nshown\nname of 1\n- wait -1\n"
				       "finish\nend choice\nend of watch 1\nend list\n");
}

/* None is watched before and afterwards: what is drawn has the time of the day. */
static void nothing_is_watched_where_the_first_cannot_be(void **state)
{
	(void)state;
	script_reset();
	script.count = 2;
	choose(1);
	script.watch_error_later = -EAGAIN;
	runs(NULL, NULL, false,
	     BEGIN_LIST TELL("0") WAIT "chosen\nwatch 50\ntell " NO_THREAD
				       "\n" TELL("0") "list is wanted\ndraw, at 77, " NO_THREAD
						      "\nshow\nshown\n- wait -1\n"
						      "finish\nend choice\nend list\n");
}

static void what_is_asked_of_no_process_is_not_done(void **state)
{
	(void)state;
	script_reset();
	script.count = 2;
	script.rounds[1].came = 1 << WAIT_KEYS;
	script.rounds[1].events[0] = (struct event){.type = EVENT_KEY, .key = 'a'};
	script.rounds[1].asked.bits =
		UI_SAMPLE | UI_SMAPS | UI_INTERVAL | UI_RECORD | UI_WISH | UI_DRAW;
	script.measured = true;
	runs(NULL, NULL, false,
	     BEGIN_LIST TELL("0") WAIT "key a\n" TELL("0")
		     TELL("0") "list is wanted\ndraw, at 77\ncost 0.25, 0\nshow\nshown\n- wait -1\n"
			       "finish\nend choice\nend list\n");
}

static void what_is_incomplete_is_told_with_the_first_picture(void **state)
{
	(void)state;
	script_reset();
	script.damage = "The file maps is cut.";
	runs(NULL, NULL, true,
	     "watch 49\nbegin record of 1\n" SIZED
	     "show the watch\ntell The file maps is cut.\nsurvey\nbegin comparison\n"
	     "release nothing\n" TURN("1") "finish\nend choice\nend of watch 1\nend list\n");
}

/* The command ends in a round; and another process is chosen then. */
static bool ends(struct launch *launch, bool exits, bool chosen)
{
	struct attachment attachment = {.source = some_source, .pid = 49};
	bool ended = false;

	script_reset();
	script.count = 3;
	script.rounds[1].came = exits ? 1 << WAIT_EXIT : 0;
	script.rounds[1].ends = true;
	if (chosen)
		choose(2);
	assert_int_equal(loop_run(&tty, &attachment, NULL, launch, NULL, &ended), EXIT_DONE);
	return ended;
}

static void the_end_of_a_command_is_remembered(void **state)
{
	struct launch launch = {0};

	(void)state;
	assert_true(ends(&launch, true, false));
	assert_false(ends(&launch, false, false));
	assert_false(ends(NULL, true, false));
	assert_true(ends(&launch, true, true));
	assert_false(ends(&launch, false, true));
	assert_false(ends(NULL, true, true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_process_may_be_chosen),
		cmocka_unit_test(another_process_takes_the_place_of_the_first),
		cmocka_unit_test(the_first_stays_where_the_other_cannot_be_watched),
		cmocka_unit_test(nothing_is_watched_where_the_first_cannot_be),
		cmocka_unit_test(what_is_asked_of_no_process_is_not_done),
		cmocka_unit_test(what_is_incomplete_is_told_with_the_first_picture),
		cmocka_unit_test(the_end_of_a_command_is_remembered),
	};

	return cmocka_run_group_tests_name("loop_watches", tests, NULL, NULL);
}
