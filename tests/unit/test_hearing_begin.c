/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "hearing_script.h"

/* How listening begins and ends, what is done with each sample, and with another program. */

/* What is known when it has begun. */
static void check_beginning(const struct hearing *hearing)
{
	assert_int_equal(hearing->pid, 4711);
	assert_true(hearing->rate == 5000);
	assert_int_equal(hearing->start_ns, 77);
	assert_int_equal(hearing->began_ns, script.now);
	assert_int_equal(hearing->paced_ns, script.now);
	assert_int_equal(hearing->began_cpu_ns, 900);
	assert_int_equal(hearing->paced_cpu_ns, 900);
	assert_int_equal(hearing->began_kernel_faults, 300);
	assert_int_equal(hearing->paced_faults, 300);
	assert_int_equal(hearing->heard.samples, 0);
	assert_int_equal(hearing->turn_ns, 0);
	assert_false(hearing->heard.wants_space);
}

static void a_beginning_is_in_order(void **state)
{
	struct address_space *space = script_space(3, 7);
	struct hearing *hearing = NULL;
	char expected[2000];
	const long processors = sysconf(_SC_NPROCESSORS_ONLN);
	int directory;

	(void)state;
	script_reset();
	assert_int_equal(hearing_begin(&script_options, space, false, &hearing), 0);
	snprintf(expected, sizeof(expected),
		 "relation /p\n"
		 "open /p 4711\n"
		 "attribution by 11 22\n"
		 "copies\n"
		 "open huge pages\n"
		 "turns by 11\n"
		 "namer for /p\n"
		 "unwinder for /p\n"
		 "unwind 1, 0 bytes, 2 mappings\n"
		 "measure\n"
		 "rate since 1000, %d ms\n"
		 "period for 5000/s, 3 ns, %ld events, copies %d, now 0\n"
		 "spread for 5000/s, 3 ns, %ld events, period 17\n"
		 "listen to 4711, period 17, copies %d\n"
		 "look at switches\n"
		 "renew by 2 mappings\n"
		 "name in 2 mappings, hurry 0\n",
		 3 * processors > 128 ? 1000 : 20, 3 * processors, UNWIND_REGISTER_COUNT > 0,
		 3 * processors, UNWIND_REGISTER_COUNT > 0);
	call_log_expect(expected);
	check_beginning(hearing);
	assert_true(hearing->space && hearing->space != space);
	directory = hearing->directory;
	hearing_end(hearing);
	call_log_expect("close events\n"
			"no namer\n"
			"no unwinder\n"
			"close huge pages\n"
			"no attribution\n"
			"no copies\n"
			"finish options /p\n");
	assert_int_equal(fcntl(directory, F_GETFD), -1);
	hearing_end(NULL);
	call_log_expect("");
	address_space_destroy(space);
}

/* Of many threads the rate is looked at for long, and of one whose rate spreads no stack is copied.
 */
static void many_threads_are_looked_at_for_long(void **state)
{
	const uint32_t processors = (uint32_t)sysconf(_SC_NPROCESSORS_ONLN);
	const uint32_t limit = 128 / processors;
	struct hearing *hearing = NULL;

	(void)state;
	for (uint32_t threads = limit; threads <= limit + 1; threads++) {
		struct address_space *space = script_space(threads, 7);
		char line[100];

		script_reset();
		script.spread = 3;
		assert_int_equal(hearing_begin(&script_options, space, false, &hearing), 0);
		snprintf(line, sizeof(line), "rate since 1000, %d ms\n",
			 threads == limit ? 20 : 1000);
		assert_non_null(strstr(call_log.text, line));
		assert_non_null(strstr(call_log.text, "listen to 4711, period 3, copies 0\n"));
		hearing_end(hearing);
		address_space_destroy(space);
	}
}

/* What a program that begins did before says nothing. */
static void a_program_that_begins_is_not_looked_at(void **state)
{
	struct address_space *space = script_space(1, 7);
	struct hearing *hearing = NULL;
	char line[100];

	(void)state;
	script_reset();
	assert_int_equal(hearing_begin(&script_options, space, true, &hearing), 0);
	snprintf(line, sizeof(line),
		 "measure\nlisten to 4711, period 37, copies %d\nlook at switches",
		 UNWIND_REGISTER_COUNT > 0);
	assert_non_null(strstr(call_log.text, line));
	assert_true(hearing->rate == 0);
	hearing_end(hearing);
	address_space_destroy(space);
}

/* An error leaves what is returned as it was, and nothing open: the suite looks for that. */
static void each_error_of_a_beginning_is_told(void **state)
{
	struct address_space *space = script_space(1, 7);
	struct hearing *none = (struct hearing *)(void *)space, *hearing = none;

	(void)state;
	for (int relation = -ENOENT; relation <= PROCFS_RECORDED; relation++) {
		script_reset();
		script.relation = relation;
		if (relation == PROCFS_OWN)
			continue;
		assert_int_equal(hearing_begin(&script_options, space, true, &hearing), -ENOTSUP);
		call_log_expect("relation /p\n");
	}
	script_reset();
	script.opened = -ENOENT;
	assert_int_equal(hearing_begin(&script_options, space, true, &hearing), -ESRCH);
	script.opened = -EACCES;
	assert_int_equal(hearing_begin(&script_options, space, true, &hearing), -EACCES);
	call_log_expect("relation /p\nopen /p 4711\nrelation /p\nopen /p 4711\n");
	script_reset();
	script.open_error = -ENOBUFS;
	assert_int_equal(hearing_begin(&script_options, space, true, &hearing), -ENOBUFS);
	assert_non_null(strstr(call_log.text, "listen to 4711"));
	assert_null(strstr(call_log.text, "renew"));
	assert_non_null(strstr(call_log.text, "finish options /p\n"));
	assert_ptr_equal(hearing, none);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_beginning_is_in_order),
		cmocka_unit_test(many_threads_are_looked_at_for_long),
		cmocka_unit_test(a_program_that_begins_is_not_looked_at),
		cmocka_unit_test(each_error_of_a_beginning_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
