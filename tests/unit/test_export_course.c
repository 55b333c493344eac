/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "export_script.h"

/* When processes are sampled for an export, and what of each, in a time that only passes as the
 * script says. */

static struct options options;

static int reset(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.now = 2000 * MS;
	script.cpu = 70 * MS;
	script.rss = TARGET_UNKNOWN;
	script.brk = TARGET_UNKNOWN;
	options = (struct options){.action = ACTION_ONCE,
				   .format = FORMAT_OPENMETRICS,
				   .procfs = "/p",
				   .budget = 0.5,
				   .interval_ns = 100 * MS,
				   .processes = {{.pid = 11}},
				   .process_count = 1};
	call_log_clear();
	return 0;
}

#define SAMPLE(number) "open " number "\nclose\nscan\nfinish usage\nfinish scan\n"

static void one_round_comes_at_once_without_a_file(void **state)
{
	(void)state;
	options.process_count = 3;
	options.processes[1].pid = 12;
	options.processes[2].pid = 11;
	options.samples = 5;
	script.cost = 10 * MS;
	assert_int_equal(export_run(&options), EXIT_DONE);
	call_log_expect(SAMPLE("11") SAMPLE(
		"12") "write 2, failed 0, left out 0\n11: python3, -1 used, ''\n"
		      "12: python3, -1 used, ''\ntook 20000 us, cpu 20000 us, at 2020000 us\n");
}

/* By as much as half of a processor allows, where that is worth a pause. */
static void processes_are_sampled_as_the_budget_allows(void **state)
{
	(void)state;
	options.output = "a.prom";
	options.samples = 1;
	options.process_count = 3;
	options.processes[1].pid = 12;
	options.processes[2].pid = 13;
	script.cost = 5 * MS;
	assert_int_equal(export_run(&options), EXIT_DONE);
	/* At 5 ms 5 ms are due, at 10 ms 10. */
	call_log_expect(SAMPLE("11") SAMPLE("12") "sleep until 2.020000000\n" SAMPLE(
		"13") "to a.prom\nwrite 3, failed 0, left out 0\n11: python3, -1 used, ''\n"
		      "12: python3, -1 used, ''\n13: python3, -1 used, ''\n"
		      "took 25000 us, cpu 15000 us, at 2025000 us\nrename\n");
}

/* What helpers took that have ended. */
static void children_count_with_all_of_their_time(void **state)
{
	(void)state;
	options.output = "a.prom";
	options.samples = 1;
	options.processes[1].pid = 12;
	options.process_count = 2;
	script.child = (struct rusage){.ru_utime = {1, 20}, .ru_stime = {2, 300}};
	assert_int_equal(export_run(&options), EXIT_DONE);
	call_log_expect(SAMPLE("11") "sleep until 8.000640000\n" SAMPLE(
		"12") "to a.prom\nwrite 2, failed 0, left out 0\n11: python3, -1 used, ''\n"
		      "12: python3, -1 used, ''\n"
		      "took 6000640 us, cpu 6000640 us, at 8000640 us\nrename\n");
}

/* And a signal ends no pause. */
static void rounds_come_at_intervals(void **state)
{
	(void)state;
	options.output = "a.prom";
	options.samples = 2;
	script.interruptions = 2;
	script.cost = 10 * MS;
	assert_int_equal(export_run(&options), EXIT_DONE);
	call_log_expect(
		SAMPLE("11") "to a.prom\nwrite 1, failed 0, left out 0\n"
			     "11: python3, -1 used, ''\n"
			     "took 10000 us, cpu 10000 us, at 2010000 us\nrename\n"
			     "sleep until 2.100000000\nsleep until 2.100000000\n"
			     "sleep until 2.100000000\n" SAMPLE(
				     "11") "to a.prom\nwrite 1, failed 0, left out 0\n11: python3, "
					   "-1 used, ''\n"
					   "took 10000 us, cpu 10000 us, at 2110000 us\nrename\n");
}

static void rounds_that_were_missed_are_not_made_up_for(void **state)
{
	(void)state;
	options.output = "a.prom";
	options.samples = 3;
	script.cost = 250 * MS;
	assert_int_equal(export_run(&options), EXIT_DONE);
	assert_null(strstr(call_log.text, "sleep until 2.100000000\n"));
	assert_non_null(strstr(call_log.text, "sleep until 2.250000000\n"));
	assert_non_null(strstr(call_log.text, "sleep until 2.500000000\n"));
	assert_non_null(strstr(call_log.text, "at 2750000 us\nrename\n"));
}

/* Of --samples=0 there is no end but a mistake. */
static void a_file_that_cannot_be_written_is_the_end(void **state)
{
	(void)state;
	options.output = "a.prom";
	script.create = -ESRCH;
	script.open = -ENOENT;
	assert_int_equal(export_run(&options), EXIT_TROUBLE);
	call_log_expect("open 11\nto a.prom\n"
			"say cannot write a.prom: No such file or directory; --output needs a "
			"folder that vastop may write.\n");
	script.open = 0;
	script.close = -ENOSPC;
	assert_int_equal(export_run(&options), EXIT_TROUBLE);
	call_log_expect("open 11\nto a.prom\nwrite 0, failed 0, left out 0\n"
			"took 0 us, cpu 0 us, at 2000000 us\nrename\n"
			"say cannot write a.prom: No space left on device; --output needs a "
			"folder that vastop may write.\n");
}

#define FAILED(number)                                        \
	"write 0, failed " number ", left out 0\ntook 0 us, " \
	"cpu 0 us, at 2000000 us\n"

static void what_has_ended_or_is_the_kernels_has_not_failed(void **state)
{
	(void)state;
	script.create = -ESRCH;
	assert_int_equal(export_run(&options), EXIT_DONE);
	call_log_expect("open 11\n" FAILED("0"));
	script.create = -EMFILE;
	assert_int_equal(export_run(&options), EXIT_DONE);
	call_log_expect("open 11\n" FAILED("1"));
	script.create = 0;
	script.read = -ENXIO;
	assert_int_equal(export_run(&options), EXIT_DONE);
	call_log_expect("open 11\nclose\n" FAILED("0"));
	script.read = -ESRCH;
	assert_int_equal(export_run(&options), EXIT_DONE);
	call_log_expect("open 11\nclose\n" FAILED("0"));
	script.read = -EACCES;
	assert_int_equal(export_run(&options), EXIT_DONE);
	call_log_expect("open 11\nclose\n" FAILED("1"));
}

/* How many are sampled, and how many are left out, of the names and PID 5000. */
static void find(int first, int second, int sampled, int left_out)
{
	char expected[100];
	int taken = 0;

	script.found[0] = first;
	script.found[1] = second;
	assert_int_equal(export_run(&options), EXIT_DONE);
	for (const char *at = call_log.text; (at = strstr(at, "close\n")); at++)
		taken++;
	snprintf(expected, sizeof(expected), "write 0, failed %d, left out %d\n", sampled,
		 left_out);
	assert_int_equal(taken, sampled);
	assert_non_null(strstr(call_log.text, expected));
	call_log_clear();
}

static void names_are_looked_up_and_what_is_too_many_left_out(void **state)
{
	(void)state;
	script.read = -EIO;
	options.process_count = 3;
	options.processes[0] = (struct options_process){.name = "a"};
	options.processes[1] = (struct options_process){.name = "b"};
	options.processes[2] = (struct options_process){.pid = 5000};
	find(0, 0, 1, 0);
	find(0, 1, 1, 0);
	find(2, 2, 4, 0);
	find(511, 1, 512, 0);
	find(511, 2, 512, 1);
	find(512, 1, 512, 2);
	find(1024, 0, 512, 513);
	find(1025, 0, 512, 514);
	find(1027, 0, 512, 516);
	/* They could not be looked up. */
	find(-EACCES, 1, 1, 0);
}

/* With so much resident. */
static void check_smaps(uint64_t rss, bool wanted)
{
	script.rss = rss;
	assert_int_equal(export_run(&options), EXIT_DONE);
	assert_int_equal(strstr(call_log.text, "scan, smaps\n") != NULL, wanted);
	assert_int_equal(strstr(call_log.text, "\nscan\n") != NULL, !wanted);
	call_log_clear();
}

static void smaps_is_read_where_it_is_cheap(void **state)
{
	struct address_space *space = sample_python();
	const size_t count = space->vma_count;
	uint64_t most = 0;

	(void)state;
	address_space_destroy(space);
	while (scan_smaps_estimate(count, most + 4096) <= 5 * MS)
		most += 4096;
	check_smaps(0, true);
	check_smaps(most, true);
	check_smaps(most + 4096, false);
	check_smaps(TARGET_UNKNOWN, false);
	options.no_smaps = true;
	check_smaps(0, false);
}

static void what_could_not_be_scanned_is_not_known(void **state)
{
	(void)state;
	script.scan = -EACCES;
	script.grouped = true;
	assert_int_equal(export_run(&options), EXIT_DONE);
	call_log_expect(SAMPLE("11") "write 1, failed 0, left out 0\n"
				     "11: python3, -1 used, 'cron.service'\n"
				     "took 0 us, cpu 0 us, at 2000000 us\n");
}

/* With so much of the heap in memory; NULL: it is not walked. */
static void walk(uint64_t brk, uint64_t arenas, const char *pace)
{
	char expected[300];

	script.brk = brk;
	script.arenas = arenas;
	assert_int_equal(export_run(&options), EXIT_DONE);
	snprintf(expected, sizeof(expected), "open 11\nclose\nscan\n%s%s%sfinish usage\n",
		 pace ? "walk, " : "", pace ? pace : "", pace ? "\n" : "");
	assert_int_equal(strncmp(call_log.text, expected, strlen(expected)), 0);
	assert_int_equal(strstr(call_log.text, "11: python3, 333 used, ''\n") != NULL,
			 pace && !script.walk);
	assert_int_equal(strstr(call_log.text, "11: python3, -1 used, ''\n") != NULL,
			 !pace || script.walk);
	call_log_clear();
}

static void heaps_are_walked_where_they_are_small_or_asked_for(void **state)
{
	static const char soon[] = "0.5 to 0.7", slow[] = "0.0025 to 0.02";

	(void)state;
	options.samples = 1;
	walk(0, 0, soon);
	walk(30 * MIB, 2 * MIB, soon);
	walk(30 * MIB, 2 * MIB + 1, NULL);
	walk(TARGET_UNKNOWN, 0, NULL);
	walk(1, TARGET_UNKNOWN, NULL);
	options.large_heaps = true;
	walk(1, TARGET_UNKNOWN, soon);
	walk(40 * MIB, 0, soon);
	options.output = "a.prom";
	walk(40 * MIB, 0, slow);
	walk(32 * MIB, 0, soon);
	script.walk = -ENOENT;
	walk(32 * MIB, 0, soon);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(one_round_comes_at_once_without_a_file, reset),
		cmocka_unit_test_setup(processes_are_sampled_as_the_budget_allows, reset),
		cmocka_unit_test_setup(children_count_with_all_of_their_time, reset),
		cmocka_unit_test_setup(rounds_come_at_intervals, reset),
		cmocka_unit_test_setup(rounds_that_were_missed_are_not_made_up_for, reset),
		cmocka_unit_test_setup(a_file_that_cannot_be_written_is_the_end, reset),
		cmocka_unit_test_setup(what_has_ended_or_is_the_kernels_has_not_failed, reset),
		cmocka_unit_test_setup(names_are_looked_up_and_what_is_too_many_left_out, reset),
		cmocka_unit_test_setup(smaps_is_read_where_it_is_cheap, reset),
		cmocka_unit_test_setup(what_could_not_be_scanned_is_not_known, reset),
		cmocka_unit_test_setup(heaps_are_walked_where_they_are_small_or_asked_for, reset),
	};

	return cmocka_run_group_tests_name("export_course", tests, NULL, NULL);
}
