/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "model/target.h"
#include "procfs/status_parser.h"

static struct proc_status parse(const char *text)
{
	struct proc_status status;

	status_parse(text, strlen(text), &status);
	return status;
}

static void reads_keys_columns_and_units(void **state)
{
	struct proc_status status = parse("Name:\tVmRSS:\\n\nTgid:\t42\nUid:\t1\t2\t3\t4\nVmSize:\t"
					  "    3060 kB\nVmRSS:\t 1672 kB\nVmSwap:\t0 kB\n"
					  "Threads:\t9\nKthread:\t0\nVmPTE:\t48 kB\n"
					  "voluntary_ctxt_switches:\t7\n"
					  "nonvoluntary_ctxt_switches:\t11\n");

	(void)state;
	assert_int_equal(status.thread_group, 42);
	assert_int_equal(status.uid, 2);
	assert_int_equal(status.threads, 9);
	assert_int_equal(status.kernel_thread, 0);
	assert_int_equal(status.size, 3060 * 1024);
	assert_int_equal(status.rss, 1672 * 1024);
	assert_int_equal(status.swap, 0);
	assert_int_equal(status.page_tables, 48 * 1024);
	assert_int_equal(status.voluntary_switches, 7);
	assert_int_equal(status.involuntary_switches, 11);
	assert_true(status.size_peak == TARGET_UNKNOWN);
}

static void what_is_missing_is_unknown(void **state)
{
	struct proc_status status = parse("");

	(void)state;
	assert_true(status.uid == TARGET_UNKNOWN);
	assert_true(status.kernel_thread == TARGET_UNKNOWN);
	assert_true(status.rss == TARGET_UNKNOWN);
}

static void what_is_odd_is_unknown(void **state)
{
	struct proc_status status = parse("Uid:\t1\nVmSize:\t12 MB\nVmRSS:\t-5 kB\n"
					  "VmSwap:\t18446744073709551615 kB\nTgid\t5\n:\nThreads:");

	(void)state;
	assert_true(status.uid == TARGET_UNKNOWN);
	assert_true(status.size == TARGET_UNKNOWN);
	assert_true(status.rss == TARGET_UNKNOWN);
	assert_true(status.swap == TARGET_UNKNOWN);
	assert_true(status.thread_group == TARGET_UNKNOWN);
	assert_true(status.threads == TARGET_UNKNOWN);
}

/* Recorded, it may be cut anywhere: a value is what it was, or unknown. */
static void a_text_cut_anywhere_tells_nothing_wrong(void **state)
{
	static const char text[] = "Name:\tx\nTgid:\t4711\nUid:\t1001\t1002\t1003\t1004\n"
				   "VmRSS:\t 1672 kB\nThreads:\t12\n";
	struct proc_status status;

	(void)state;
	for (size_t length = 0; length < sizeof(text); length++) {
		status_parse(text, length, &status);
		assert_true(status.thread_group == TARGET_UNKNOWN || status.thread_group == 4711);
		assert_true(status.uid == TARGET_UNKNOWN || status.uid == 1002);
		assert_true(status.rss == TARGET_UNKNOWN || status.rss == 1672 * 1024);
		assert_true(status.threads == TARGET_UNKNOWN || status.threads == 12);
	}
	assert_int_equal(status.threads, 12);
}

static void line_ends_of_dos_do_not_matter(void **state)
{
	struct proc_status status =
		parse("Uid:\t1\t2\t3\t4\r\nVmRSS:\t 1672 kB\r\nThreads:\t9\r\n");

	(void)state;
	assert_int_equal(status.uid, 2);
	assert_int_equal(status.rss, 1672 * 1024);
	assert_int_equal(status.threads, 9);
}

static void finds_what_stands_behind_a_key(void **state)
{
	static const char text[] = "Name:\tx y\nStatement:\n\tState:\nState:\tS (sleeping)\nEnd:";
	const char *end, *at = status_find(text, strlen(text), "State", &end);

	(void)state;
	assert_non_null(at);
	assert_int_equal(end - at, strlen("S (sleeping)"));
	assert_memory_equal(at, "S (sleeping)", strlen("S (sleeping)"));
	at = status_find(text, strlen(text), "End", &end);
	assert_ptr_equal(at, end);
	assert_null(status_find(text, strlen(text), "Nam", &end));
}

static void reads_the_numbers_in_all_namespaces(void **state)
{
	static const struct {
		const char *text;
		size_t count;
		int32_t first, last;
	} cases[] = {
		{"Pid:\t5\nPPid:\t4\nNSpid:\t4711\t12\t1\nNSpgid:\t1\n", 3, 4711, 1},
		{"NSpid:\t4711", 1, 4711, 4711},
		{"NSpid:\t4711 7x\n", 2, 4711, 7},
		{"Name:\tNSpid:\nNStgid:\t1\n", 0, 0, 0},
		{"NSpid:\n1\n", 0, 0, 0},
		{"NSpid:\t99999999999\n", 0, 0, 0},
		{"", 0, 0, 0},
	};
	int32_t pids[STATUS_NAMESPACES_MAX];

	(void)state;
	assert_int_equal(parse(cases[0].text).parent, 4);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t count = status_parse_namespaces(cases[i].text, strlen(cases[i].text), pids);

		assert_int_equal(count, cases[i].count);
		if (count) {
			assert_int_equal(pids[0], cases[i].first);
			assert_int_equal(pids[count - 1], cases[i].last);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_keys_columns_and_units),
		cmocka_unit_test(what_is_missing_is_unknown),
		cmocka_unit_test(what_is_odd_is_unknown),
		cmocka_unit_test(a_text_cut_anywhere_tells_nothing_wrong),
		cmocka_unit_test(line_ends_of_dos_do_not_matter),
		cmocka_unit_test(finds_what_stands_behind_a_key),
		cmocka_unit_test(reads_the_numbers_in_all_namespaces),
	};

	return cmocka_run_group_tests_name("status_parser", tests, NULL, NULL);
}
