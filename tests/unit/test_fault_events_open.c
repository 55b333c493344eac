/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "events_script.h"

/* What is opened for a process, by which limits, and each error of it. */

static const struct fault_plan plan = {.period = 3};

static int open_it(struct fault_events *events, const struct script_process *process)
{
	return fault_events_open(events, process->directory, 7, &plan);
}

static void a_process_has_rings_and_events(void **state)
{
	struct script_process process;
	struct fault_events events;

	(void)state;
	script_reset();
	script_process_begin(&process);
	assert_int_equal(open_it(&events, &process), 0);
	call_log_expect("probe\n"
			"ring of 0, 512 KiB\n"
			"ring of 1, 512 KiB\n"
			"open 7 on 0: period 3, copies 0, kernel 1\n"
			"output of 1 to 1000\n"
			"open 7 on 1: period 3, copies 0, kernel 1\n"
			"output of 2 to 1001\n");
	assert_true(events.in_kernel);
	assert_false(events.paused);
	assert_int_equal(events.missed, 0);
	assert_int_equal(events.plan.period, 3);
	assert_int_equal(events.listened, 2);
	fault_events_wait(&events, 5, 30);
	call_log_expect("poll 5 for 1\npoll 1000 for 1\npoll 1001 for 1\nfor 30 ms\n");
	events.missed = 4;
	fault_events_close(&events);
	call_log_expect("close ring 0\nclose ring 1\n");
	assert_int_equal(script_open_events(), 0);
	assert_true(events.in_kernel);
	assert_int_equal(events.plan.period, 3);
	assert_int_equal(events.missed, 4);
	assert_int_equal(events.ring_count, 0);
	assert_null(events.rings);
	script_process_end(&process);
}

/* Half a MiB where memory is limited, four where it is not, 16 for all of many processors. */
static void rings_are_as_large_as_there_is_room(void **state)
{
	static const struct {
		int processors;
		uid_t user;
		const char *first;
	} cases[] = {
		{1, 1000, "ring of 0, 512 KiB\n"},
		{4, 0, "ring of 0, 4096 KiB\n"},
		{4, 1, "ring of 0, 512 KiB\n"},
	};
	struct script_process process;
	struct fault_events events;

	(void)state;
	script_process_begin(&process);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		script_reset();
		script.processors = cases[i].processors;
		script.user = cases[i].user;
		assert_int_equal(open_it(&events, &process), 0);
		assert_non_null(strstr(call_log.text, cases[i].first));
		fault_events_close(&events);
	}
	/* 16 MiB of five, or of 33; the first is not there, and that is reported. */
	script_reset();
	script.user = 0;
	script.processors = 5;
	script.ring_errors[0] = -EIO;
	assert_int_equal(open_it(&events, &process), -EIO);
	call_log_expect("probe\nring of 0, 2048 KiB\n");
	script.processors = 33;
	assert_int_equal(open_it(&events, &process), -EIO);
	call_log_expect("probe\nring of 0, 256 KiB\n");
	script_process_end(&process);
}

/* Processors that are not there have no ring; where none is, that is reported. */
static void processors_may_be_missing(void **state)
{
	static const struct {
		int error, told;
	} cases[] = {
		{-EPERM, -ENOBUFS},
		{-ENOMEM, -ENOBUFS},
		{-EMFILE, -EMFILE},
	};
	struct script_process process;
	struct fault_events events;

	(void)state;
	script_process_begin(&process);
	script_reset();
	script.processors = 3;
	script.ring_errors[1] = -ENODEV;
	assert_int_equal(open_it(&events, &process), 0);
	assert_non_null(strstr(call_log.text, "open 7 on 2: period 3, copies 0, kernel 1\n"
					      "output of 2 to 1002\n"));
	assert_int_equal(script.opened, 2);
	call_log_clear();
	fault_events_close(&events);
	call_log_expect("close ring 0\nclose ring 2\n");
	script_reset();
	script.processors = 1;
	script.ring_errors[0] = -ENODEV;
	assert_int_equal(open_it(&events, &process), -ENODEV);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		script_reset();
		script.ring_errors[1] = cases[i].error;
		assert_int_equal(open_it(&events, &process), cases[i].told);
		call_log_expect("probe\nring of 0, 512 KiB\nring of 1, 512 KiB\nclose ring 0\n");
	}
	script_process_end(&process);
}

/* Descriptors: all that may be had, but for 128. */
static void descriptors_are_left_to_others(void **state)
{
	static const struct {
		rlim_t limit, most;
		int error, opens; /* of three threads with two events each */
		const char *limits;
	} cases[] = {
		{134, 134, 0, 6, ""},
		{133, 133, 0, 4, ""},
		{130, 130, 0, 2, ""},
		{129, 129, -EMFILE, 0, ""},
		{128, 128, -EMFILE, 0, ""},
		{100, 100, -EMFILE, 0, ""},
		{20, 132, 0, 4, "limit 132 of 132\n"},
	};
	struct script_process process;
	struct fault_events events;

	(void)state;
	script_process_begin(&process);
	script_process_add(&process, 8);
	script_process_add(&process, 9);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		script_reset();
		script.limit = cases[i].limit;
		script.limit_most = cases[i].most;
		assert_int_equal(open_it(&events, &process), cases[i].error);
		assert_int_equal(script.opened, cases[i].opens);
		assert_int_equal(events.missed, 3 - cases[i].opens / 2);
		assert_int_equal(strstr(call_log.text, "limit") != NULL, cases[i].limits[0] != 0);
		if (cases[i].limits[0])
			assert_non_null(strstr(call_log.text, cases[i].limits));
		if (!cases[i].error)
			fault_events_close(&events);
	}
	script_reset();
	script.limit_error = EFAULT;
	assert_int_equal(open_it(&events, &process), -EMFILE);
	script_process_remove(&process, 8);
	script_process_remove(&process, 9);
	script_process_end(&process);
}

/* An event that cannot be opened, or not lead into its ring, closes the others of its thread. */
static void each_refusal_has_its_number(void **state)
{
	static const struct {
		int refusal, probe, told;
	} cases[] = {
		{-ESRCH, 0, -ESRCH},  {-EMFILE, 0, -EMFILE}, {-EACCES, 0, -EACCES},
		{-EPERM, 0, -EACCES}, {-EINVAL, 0, -EINVAL},
	};
	struct script_process process;
	struct fault_events events;

	(void)state;
	script_process_begin(&process);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		script_reset();
		script.refused = 2;
		script.refusal = cases[i].refusal;
		script.refusals = 9;
		assert_int_equal(open_it(&events, &process), cases[i].told);
		assert_int_equal(script_open_events(), 0);
		assert_int_equal(events.missed, cases[i].refusal != -ESRCH);
		assert_null(events.events);
	}
	for (size_t i = 0; i < 2; i++) {
		script_reset();
		script.failing_ioctl = i ? PERF_EVENT_IOC_ID : PERF_EVENT_IOC_SET_OUTPUT;
		assert_int_equal(open_it(&events, &process), -ENXIO);
		assert_int_equal(script.opened, 1);
		assert_int_equal(script_open_events(), 0);
	}
	script_process_end(&process);
}

/* All events are refused: before anything is opened, or since what was allowed changed. */
static void a_refusal_of_all_is_another(void **state)
{
	struct script_process process;
	struct fault_events events;

	(void)state;
	script_process_begin(&process);
	script_reset();
	script.probe = -ENOSYS;
	assert_int_equal(open_it(&events, &process), -ENOSYS);
	call_log_expect("probe\n");
	assert_int_equal(events.plan.period, 3);
	script_process_end(&process);
}

/* What takes a privilege is left out where it is refused. */
static void faults_of_the_kernel_are_left_out(void **state)
{
	struct script_process process;
	struct fault_events events;

	(void)state;
	script_process_begin(&process);
	script_reset();
	script.refuses_kernel = true;
	assert_int_equal(open_it(&events, &process), 0);
	call_log_expect("probe\n"
			"ring of 0, 512 KiB\n"
			"ring of 1, 512 KiB\n"
			"open 7 on 0: period 3, copies 0, kernel 1\n"
			"open 7 on 0: period 3, copies 0, kernel 0\n"
			"output of 1 to 1000\n"
			"open 7 on 1: period 3, copies 0, kernel 0\n"
			"output of 2 to 1001\n");
	assert_false(events.in_kernel);
	fault_events_close(&events);
	assert_false(events.in_kernel);
	/* One refusal of EPERM is no other; one of a number that says something else is the end. */
	script_reset();
	script.refused = 1;
	script.refusals = 1;
	script.refusal = -EPERM;
	assert_int_equal(open_it(&events, &process), 0);
	assert_false(events.in_kernel);
	fault_events_close(&events);
	script_reset();
	script.refused = 1;
	script.refusals = 1;
	script.refusal = -ENOMEM;
	assert_int_equal(open_it(&events, &process), -ENOMEM);
	assert_true(events.in_kernel);
	script_process_end(&process);
}

static void without_threads_it_has_ended(void **state)
{
	struct script_process process;
	struct fault_events events;

	(void)state;
	script_reset();
	script_process_begin(&process);
	script_process_remove(&process, 7);
	assert_int_equal(mkdirat(process.directory, "task/x7", 0700), 0); /* is no thread */
	assert_int_equal(open_it(&events, &process), -ESRCH);
	assert_int_equal(script.opened, 0);
	assert_int_equal(unlinkat(process.directory, "task/x7", AT_REMOVEDIR), 0);
	assert_int_equal(unlinkat(process.directory, "task", AT_REMOVEDIR), 0);
	assert_int_equal(open_it(&events, &process), -ESRCH);
	/* No folder: that is another error. */
	close(openat(process.directory, "task", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	assert_int_equal(open_it(&events, &process), -ENOTDIR);
	assert_int_equal(unlinkat(process.directory, "task", 0), 0);
	assert_int_equal(mkdirat(process.directory, "task", 0700), 0);
	script_process_add(&process, 7);
	script_process_end(&process);
}

static void take_none(void *context, const struct fault_record *sample, uint64_t faults)
{
	(void)context;
	(void)sample;
	(void)faults;
	fail();
}

/* In a rest there is no event at all, rings included; listening goes on as it was. */
static void a_rest_closes_all(void **state)
{
	struct fault_tally tally = {.lost = 1};
	struct script_process process;
	struct fault_events events;

	(void)state;
	script_process_begin(&process);
	script_reset();
	script.refuses_kernel = true;
	assert_int_equal(open_it(&events, &process), 0);
	call_log_clear();
	fault_events_rest(&events, take_none, NULL, &tally);
	call_log_expect("disable 1\ndisable 2\n"
			"drain ring 0, 0 registers\ndrain ring 1, 0 registers\n"
			"close ring 0\nclose ring 1\n");
	assert_int_equal(script_open_events(), 0);
	assert_true(events.paused);
	assert_int_equal(events.listened, 2);
	assert_int_equal(events.threads.count, 0);
	assert_int_equal(tally.lost, 1);
	fault_events_find_threads(&events);
	fault_events_wait(&events, 5, 30);
	call_log_expect("poll 5 for 1\nfor 30 ms\n");
	assert_int_equal(fault_events_pause(&events, false, true), 0);
	call_log_expect("ring of 0, 512 KiB\n"
			"ring of 1, 512 KiB\n"
			"open 7 on 0: period 3, copies 0, kernel 0\noutput of 3 to 1000\n"
			"open 7 on 1: period 3, copies 0, kernel 0\noutput of 4 to 1001\n");
	assert_false(events.paused);
	fault_events_rest(&events, take_none, NULL, &tally);
	script.ring_errors[0] = -EPERM;
	assert_int_equal(fault_events_pause(&events, false, true), -ENOBUFS);
	fault_events_close(&events);
	assert_int_equal(script_open_events(), 0);
	script_process_end(&process);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_process_has_rings_and_events),
		cmocka_unit_test(rings_are_as_large_as_there_is_room),
		cmocka_unit_test(processors_may_be_missing),
		cmocka_unit_test(descriptors_are_left_to_others),
		cmocka_unit_test(each_refusal_has_its_number),
		cmocka_unit_test(a_refusal_of_all_is_another),
		cmocka_unit_test(faults_of_the_kernel_are_left_out),
		cmocka_unit_test(without_threads_it_has_ended),
		cmocka_unit_test(a_rest_closes_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
