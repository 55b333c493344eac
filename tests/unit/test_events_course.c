/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "events_run_script.h"

/* What --events does in each turn, by a script. */

static struct options options;

static int reset(void **state)
{
	(void)state;
	script_reset();
	options = (struct options){.action = ACTION_EVENTS,
				   .format = FORMAT_JSON,
				   .pid = 5,
				   .procfs = "/p",
				   .interval_ns = 30,
				   .budget = 0.5,
				   .samples = 9};
	return 0;
}

static void runs(struct launch *launch, int status, const char *expected, const char *written)
{
	assert_int_equal(events_run(&options, given_source, launch), status);
	script_check_closed();
	call_log_expect(expected);
	assert_string_equal(script.written, written);
}

#define BEGUN "attach to 5\nend attaching\ndamage\nplan 30 ns, budget 0.5, 9 times, after 1 pages\n"
#define WAIT  "- sample 201, exit 202, output 1\n"
#define CLOSE "destroy sampler\nclose record\n"
#define END   CLOSE "say the end of nothing, 0\n"

static void without_events_it_waits(void **state)
{
	struct launch launch = {0};

	(void)state;
	runs(NULL, EXIT_DONE, BEGUN "release nothing\n" WAIT END, "");
	reset(NULL);
	script.interruptions = 1;
	script.records = true;
	runs(&launch, EXIT_DONE,
	     BEGUN "record 1 pages\nrelease the command\n- interrupted\n" WAIT
		   "destroy sampler\nclose record, recorder\nsay the end of the command, 0\n",
	     "");
}

static void what_cannot_begin_is_said(void **state)
{
	(void)state;
	script.record = EXIT_USAGE;
	runs(NULL, EXIT_USAGE,
	     "say no record.\ndestroy source\ndestroy nothing\nclose record\n"
	     "say the end of nothing, 0\n",
	     "");
	reset(NULL);
	script.begin = -EAGAIN;
	runs(NULL, EXIT_TROUBLE,
	     "attach to 5\nsay cannot start a thread: Resource temporarily unavailable; try again "
	     "when the machine is less busy.\ndestroy nothing\nclose record\n"
	     "say the end of nothing, 0\n",
	     "");
	reset(NULL);
	script.status = EXIT_NO_PROCESS;
	runs(NULL, EXIT_NO_PROCESS,
	     "attach to 5\nend attaching\nsay not attached.\ndestroy nothing\nclose record\n"
	     "say the end of nothing, 0\n",
	     "");
	reset(NULL);
	script.create = -ENOMEM;
	runs(NULL, EXIT_TROUBLE,
	     BEGUN "destroy source\nsay cannot start a thread: Cannot allocate memory; try again "
		   "when the machine is less busy.\ndestroy nothing\nclose record\n"
		   "say the end of nothing, 0\n",
	     "");
}

/* The second sample, of so many pages. */
static void take(uint64_t pages)
{
	script.count = 2;
	script.turns[1] = (struct turn){.came = 2, .has_sample = true, .pages = pages};
}

#define GREW(end, size, delta)                                                                     \
	"{\"time\":\"1970-01-01T00:00:01.000Z\",\"change\":\"grew\",\"start\":\"0x1000\",\"end\":" \
	"\"" end "\",\"old_start\":\"0x1000\",\"old_end\":\"0x2000\",\"size\":" size               \
	",\"delta\":" delta ",\"perms\":\"---p\",\"old_perms\":\"---p\",\"name\":\"[heap]\","      \
	"\"kind\":\"heap\",\"tid\":null}\n"
#define GREW_3 GREW("0x4000", "12288", "8192")
#define EXITED                                                                                    \
	"{\"time\":\"1970-01-01T00:00:03.000Z\",\"change\":\"exit\",\"start\":null,\"end\":null," \
	"\"old_start\":null,\"old_end\":null,\"size\":null,\"delta\":null,\"perms\":null,"        \
	"\"old_perms\":null,\"name\":\"test\",\"kind\":null,\"tid\":null}\n"
#define TAKEN "pulses\nwait for output\nwrite\n"

static void changes_are_lines(void **state)
{
	(void)state;
	take(3);
	script.turns[1].pulses = 2;
	script.records = true;
	runs(NULL, EXIT_DONE,
	     BEGUN "record 1 pages\nrelease nothing\n" WAIT
		   "pulses\npulses\npulses\nrecord 3 pages\nwait for output\nwrite\n" WAIT
		   "destroy sampler\nclose record, recorder\nsay the end of nothing, 0\n",
	     GREW_3);
	reset(NULL);
	take(3);
	options.format = FORMAT_PICTURE;
	runs(NULL, EXIT_DONE, BEGUN "release nothing\n" WAIT TAKEN WAIT END,
	     "00:00:01.000  grew       000000001000-000000004000  ---p  +8.0K    [heap]\n");
	/* Nothing is there to be written. */
	reset(NULL);
	take(1);
	runs(NULL, EXIT_DONE, BEGUN "release nothing\n" WAIT "pulses\n" WAIT END, "");
	/* It was taken before. */
	reset(NULL);
	take(3);
	script.turns[1].has_sample = false;
	runs(NULL, EXIT_DONE, BEGUN "release nothing\n" WAIT "pulses\n" WAIT END, "");
}

static void each_change_of_a_sample_is_a_line(void **state)
{
	(void)state;
	take(100);
	options.format = FORMAT_PICTURE;
	runs(NULL, EXIT_DONE,
	     BEGUN "release nothing\n" WAIT TAKEN "wait for output\nwrite\n" WAIT END,
	     "00:00:01.000  grew       000000001000-000000065000  ---p  +396K    [heap]\n"
	     "00:00:01.000  mapped     000001000000-000001002000  ---p  +8.0K    anon\n");
}

static void after_the_last_sample_it_is_over(void **state)
{
	(void)state;
	take(3);
	script.turns[1].last = true;
	runs(NULL, EXIT_DONE, BEGUN "release nothing\n" WAIT TAKEN END, GREW_3);
}

#define WRITES(what, status, written) \
	runs(NULL, status, BEGUN "release nothing\n" WAIT "pulses\n" what, written)

static void all_of_a_line_is_written(void **state)
{
	(void)state;
	take(3);
	script.lengths[0] = 1;
	script.lengths[1] = 20;
	WRITES("wait for output\nwrite\nwait for output\nwrite\nwait for output\nwrite\n" WAIT END,
	       EXIT_DONE, GREW_3);
	reset(NULL);
	take(3);
	script.lengths[0] = -EINTR;
	script.lengths[1] = -EAGAIN;
	WRITES("wait for output\nwrite\nwait for output\nwrite\nwait for output\nwrite\n" WAIT END,
	       EXIT_DONE, GREW_3);
	/* Signals are taken while it waits for that. */
	reset(NULL);
	take(3);
	script.turns[1].numbers[0] = SIGTSTP;
	script.blocked = 1;
	WRITES("wait for output\nstop\nwait for output\nwrite\n" WAIT END, EXIT_DONE, GREW_3);
}

static void output_that_cannot_be_written_is_the_end(void **state)
{
	(void)state;
	take(3);
	script.lengths[0] = -EPIPE;
	WRITES("wait for output\nwrite\n" END, EXIT_DONE, "");
	reset(NULL);
	take(3);
	script.lengths[0] = 5;
	script.lengths[1] = -ENOSPC;
	WRITES("wait for output\nwrite\nwait for output\nwrite\n"
	       "say cannot write to standard output: No space left on device.\n" END,
	       EXIT_TROUBLE, "{\"tim");
}

/* It is found to be none any more while there is nothing to write. */
static void output_that_nobody_reads_is_the_end(void **state)
{
	(void)state;
	script.count = 2;
	script.turns[1].output = POLLERR;
	runs(NULL, EXIT_DONE, BEGUN "release nothing\n" WAIT END, "");
	reset(NULL);
	script.count = 2;
	script.turns[1].output = POLLERR | POLLHUP;
	runs(NULL, EXIT_DONE, BEGUN "release nothing\n" WAIT END, "");
	/* Where that is no error, it is looked at no more. */
	reset(NULL);
	script.count = 2;
	script.turns[1].output = POLLHUP;
	runs(NULL, EXIT_DONE,
	     BEGUN "release nothing\n" WAIT "- sample 201, exit 202, output -1\n" END, "");
}

static void the_end_of_the_process_is_told_once(void **state)
{
	struct launch launch = {0};

	(void)state;
	script.count = 2;
	script.turns[1].came = 4;
	runs(&launch, EXIT_DONE,
	     BEGUN "release the command\n" WAIT TAKEN CLOSE "say the end of the command, 1\n",
	     EXITED);
	/* By a sample that finds none; and what was recorded has an end, too. */
	reset(NULL);
	take(3);
	script.turns[1].error = -ESRCH;
	script.turns[1].came |= 4;
	script.records = true;
	runs(NULL, EXIT_DONE,
	     BEGUN "record 1 pages\nrelease nothing\n" WAIT
		   "pulses\nrecord the end at 3 s\nwait for output\nwrite\n"
		   "destroy sampler\nclose record, recorder\nsay the end of nothing, 1\n",
	     EXITED);
	/* What it did until then goes before. */
	reset(NULL);
	take(3);
	script.turns[1].came |= 4;
	runs(NULL, EXIT_DONE,
	     BEGUN "release nothing\n" WAIT TAKEN "wait for output\nwrite\n" CLOSE
		   "say the end of nothing, 1\n",
	     GREW_3 EXITED);
}

static void one_that_may_not_be_read_any_more_is_the_end(void **state)
{
	(void)state;
	take(3);
	script.turns[1].error = -EACCES;
	runs(NULL, EXIT_NO_PERMISSION,
	     BEGUN "release nothing\n" WAIT "pulses\ndenied, user 7, -13\n" END, "");
}

/* With signals in the turn, after which there is another one unless they end it. */
static void send(int first, int second, bool ends, const char *expected)
{
	reset(NULL);
	script.count = 2;
	script.turns[1].came = 1 | 2;
	script.turns[1].numbers[0] = first;
	script.turns[1].numbers[1] = second;
	if (!setjmp(script.death)) {
		assert_int_equal(events_run(&options, given_source, NULL), EXIT_DONE);
		assert_false(ends);
	}
	call_log_expect(expected);
}

static void signals_stop_and_end_it(void **state)
{
	(void)state;
	send(SIGUSR1, 0, false, BEGUN "release nothing\n" WAIT "pulses\n" WAIT END);
	send(SIGTSTP, 0, false, BEGUN "release nothing\n" WAIT "stop\npulses\n" WAIT END);
	/* No sample is taken then. */
	send(SIGTSTP, SIGTERM, true, BEGUN "release nothing\n" WAIT "stop\n" END "die of 15\n");
	send(SIGTERM, SIGINT, true, BEGUN "release nothing\n" WAIT END "die of 2\n");
}

static void signals_end_the_wait_for_a_process(void **state)
{
	(void)state;
	script.later = 1;
	runs(NULL, EXIT_DONE,
	     "attach to 5\nwait to be attached\nend attaching\ndamage\n"
	     "plan 30 ns, budget 0.5, 9 times, after 1 pages\nrelease nothing\n" WAIT END,
	     "");
	reset(NULL);
	script.later = 9;
	script.turns[0].numbers[0] = SIGHUP;
	if (!setjmp(script.death))
		events_run(&options, given_source, NULL);
	call_log_expect("attach to 5\nwait to be attached\nend attaching\ndestroy nothing\n"
			"close record\nsay the end of nothing, 0\ndie of 1\n");
}

/* What may be missed is another level, or longer than so; in the second of three turns. */
static void cover(enum coverage_level level, uint64_t seen_ns, bool told)
{
	reset(NULL);
	take(1);
	script.count = 3;
	script.turns[2] = script.turns[1];
	script.coverage = (struct coverage){level, seen_ns, 60};
	assert_int_equal(events_run(&options, given_source, NULL), EXIT_DONE);
	/* And once. */
	assert_int_equal(script.writes, told);
	assert_int_equal(strstr(script.written, "\"change\":\"coverage\"") != NULL, told);
	call_log_clear();
}

static void what_may_be_missed_is_told_where_it_is_another(void **state)
{
	(void)state;
	cover(COVERAGE_ALL, 30, false);
	cover(COVERAGE_SIZES, 30, true);
	cover(COVERAGE_ALL, 47, false);
	cover(COVERAGE_ALL, 48, true);
	cover(COVERAGE_ALL, 20, false);
	cover(COVERAGE_ALL, 19, true);
	/* Not after what ends it. */
	reset(NULL);
	take(3);
	script.coverage.level = COVERAGE_CODE;
	script.lengths[0] = -EPIPE;
	WRITES("wait for output\nwrite\n" END, EXIT_DONE, "");
	reset(NULL);
	take(1);
	options.format = FORMAT_PICTURE;
	script.coverage = (struct coverage){COVERAGE_CODE, 2000000000, 4000000000};
	runs(NULL, EXIT_DONE, BEGUN "release nothing\n" WAIT TAKEN WAIT END,
	     "00:00:01.000  coverage   changes that last 2.00 s are seen; moves and changes of r "
	     "and w, 4.00 s\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(without_events_it_waits, reset),
		cmocka_unit_test_setup(what_cannot_begin_is_said, reset),
		cmocka_unit_test_setup(changes_are_lines, reset),
		cmocka_unit_test_setup(each_change_of_a_sample_is_a_line, reset),
		cmocka_unit_test_setup(after_the_last_sample_it_is_over, reset),
		cmocka_unit_test_setup(all_of_a_line_is_written, reset),
		cmocka_unit_test_setup(output_that_cannot_be_written_is_the_end, reset),
		cmocka_unit_test_setup(output_that_nobody_reads_is_the_end, reset),
		cmocka_unit_test_setup(the_end_of_the_process_is_told_once, reset),
		cmocka_unit_test_setup(one_that_may_not_be_read_any_more_is_the_end, reset),
		cmocka_unit_test_setup(signals_stop_and_end_it, reset),
		cmocka_unit_test_setup(signals_end_the_wait_for_a_process, reset),
		cmocka_unit_test_setup(what_may_be_missed_is_told_where_it_is_another, reset),
	};

	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests_name("events_course", tests, NULL, NULL);
}
