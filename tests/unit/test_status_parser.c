/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "model/target.h"
#include "sampler/status_parser.h"

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
					  "Threads:\t9\nKthread:\t0\nVmPTE:\t48 kB");

	(void)state;
	assert_int_equal(status.thread_group, 42);
	assert_int_equal(status.uid, 2);
	assert_int_equal(status.threads, 9);
	assert_int_equal(status.kernel_thread, 0);
	assert_int_equal(status.size, 3060 * 1024);
	assert_int_equal(status.rss, 1672 * 1024);
	assert_int_equal(status.swap, 0);
	assert_int_equal(status.page_tables, 48 * 1024);
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
		cmocka_unit_test(reads_the_numbers_in_all_namespaces),
	};

	return cmocka_run_group_tests_name("status_parser", tests, NULL, NULL);
}
