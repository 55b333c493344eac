/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "growth/switch_rate.h"

#define SECOND INT64_C(1000000000)

/* A process, as a tree of procfs: task/TID/status of its threads. */
struct process {
	char path[sizeof("/tmp/vastop-test-XXXXXX")];
	int directory, tasks;
};

static int begin(void **state)
{
	struct process *process = test_calloc(1, sizeof(*process));

	snprintf(process->path, sizeof(process->path), "/tmp/vastop-test-XXXXXX");
	assert_non_null(mkdtemp(process->path));
	process->directory = open(process->path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(mkdirat(process->directory, "task", 0700), 0);
	process->tasks = openat(process->directory, "task", O_PATH | O_DIRECTORY | O_CLOEXEC);
	*state = process;
	return 0;
}

static void remove_thread(const struct process *process, int tid)
{
	char name[40];

	snprintf(name, sizeof(name), "%d/status", tid);
	unlinkat(process->tasks, name, 0);
	snprintf(name, sizeof(name), "%d", tid);
	unlinkat(process->tasks, name, AT_REMOVEDIR);
}

static int end(void **state)
{
	struct process *process = *state;

	for (int tid = 1; tid <= 200; tid++)
		remove_thread(process, tid);
	unlinkat(process->directory, "task", AT_REMOVEDIR);
	close(process->tasks);
	close(process->directory);
	rmdir(process->path);
	test_free(process);
	return 0;
}

/* A number below 0 has no line. */
static void write_thread(const struct process *process, int tid, int voluntary, int involuntary)
{
	char name[40];
	int file;

	snprintf(name, sizeof(name), "%d", tid);
	mkdirat(process->tasks, name, 0700);
	snprintf(name, sizeof(name), "%d/status", tid);
	file = openat(process->tasks, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	dprintf(file, "Name:\tx\n");
	if (voluntary >= 0)
		dprintf(file, "voluntary_ctxt_switches:\t%d\n", voluntary);
	if (involuntary >= 0)
		dprintf(file, "nonvoluntary_ctxt_switches:\t%d\n", involuntary);
	close(file);
}

static void looks_once_a_second(void **state)
{
	const struct process *process = *state;
	struct switch_rate rate = {0};

	write_thread(process, 1, 100, 20);
	write_thread(process, 2, 1000, 0);
	switch_rate_look(&rate, process->directory, 50 * SECOND);
	assert_true(rate.per_second == 0 && rate.seen == 0);
	write_thread(process, 1, 300, 70);
	write_thread(process, 2, 1750, 0);
	switch_rate_look(&rate, process->directory, 50 * SECOND + SECOND / 10 - 1);
	assert_true(rate.per_second == 0);
	switch_rate_look(&rate, process->directory, 50 * SECOND + SECOND / 10);
	assert_true(rate.per_second == 10000); /* 1000 in a tenth of a second */
	assert_true(rate.seen == 1000);
	write_thread(process, 2, 2750, 0);
	switch_rate_look(&rate, process->directory, 51 * SECOND + SECOND / 10 - 1);
	assert_true(rate.per_second == 10000);
	switch_rate_look(&rate, process->directory, 52 * SECOND + SECOND / 10);
	assert_true(rate.per_second == 500);
	assert_true(rate.seen == 2000);
	switch_rate_look(&rate, process->directory, 53 * SECOND + SECOND / 10);
	assert_true(rate.per_second == 0);
	assert_true(rate.seen == 2000);
}

static void they_are_seen_up_to_now(void **state)
{
	const struct process *process = *state;
	struct switch_rate rate = {0};

	write_thread(process, 1, 0, 0);
	switch_rate_look(&rate, process->directory, SECOND);
	assert_true(switch_rate_seen(&rate, 3 * SECOND) == 0);
	write_thread(process, 1, 800, 0);
	switch_rate_look(&rate, process->directory, 2 * SECOND);
	assert_true(rate.seen == 800);
	assert_true(switch_rate_seen(&rate, 2 * SECOND) == 800);
	assert_true(switch_rate_seen(&rate, 2 * SECOND + SECOND / 2) == 1200);
}

/* What is less than before, or cannot be read, tells nothing: the rate stays. */
static void what_tells_nothing_changes_nothing(void **state)
{
	const struct process *process = *state;
	struct switch_rate rate = {0};

	write_thread(process, 1, 0, 0);
	write_thread(process, 2, 50, 0);
	switch_rate_look(&rate, process->directory, SECOND);
	write_thread(process, 1, 100, 0);
	switch_rate_look(&rate, process->directory, 2 * SECOND);
	assert_true(rate.per_second == 100);
	remove_thread(process, 2);
	switch_rate_look(&rate, process->directory, 3 * SECOND);
	assert_true(rate.per_second == 100); /* 150 before, 100 now */
	assert_true(rate.seen == 200);
	remove_thread(process, 1);
	switch_rate_look(&rate, process->directory, 4 * SECOND);
	write_thread(process, 1, 5000, 0);
	switch_rate_look(&rate, process->directory, 5 * SECOND);
	assert_true(rate.per_second == 100); /* what it had before is unknown */
	write_thread(process, 1, 5007, 0);
	switch_rate_look(&rate, process->directory, 6 * SECOND);
	assert_true(rate.per_second == 7);
}

/* A status without its lines is not known; others stand for it. */
static void known_threads_stand_for_the_others(void **state)
{
	const struct process *process = *state;
	struct switch_rate rate = {0};

	write_thread(process, 1, 0, 0);
	write_thread(process, 2, 9, -1);
	write_thread(process, 3, -1, 9);
	switch_rate_look(&rate, process->directory, SECOND);
	write_thread(process, 1, 100, 0);
	switch_rate_look(&rate, process->directory, 2 * SECOND);
	assert_true(rate.per_second == 300);
}

/* Of 128 threads 64 are read. */
static void of_many_threads_some_are_read(void **state)
{
	const struct process *process = *state;
	struct switch_rate rate = {0};

	for (int tid = 1; tid <= 128; tid++)
		write_thread(process, tid, 10, 0);
	switch_rate_look(&rate, process->directory, SECOND);
	for (int tid = 1; tid <= 128; tid++)
		write_thread(process, tid, 20, 5);
	switch_rate_look(&rate, process->directory, 2 * SECOND);
	assert_true(rate.per_second == 128 * 15);
	for (int tid = 1; tid <= 65; tid++)
		remove_thread(process, tid);
	switch_rate_look(&rate, process->directory, 3 * SECOND);
	for (int tid = 66; tid <= 128; tid++) /* 63: all */
		write_thread(process, tid, 30, 5);
	switch_rate_look(&rate, process->directory, 4 * SECOND);
	assert_true(rate.per_second == 63 * 10);
}

static void what_has_no_threads_is_unknown(void **state)
{
	struct switch_rate rate = {0};
	int directory = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);

	(void)state;
	switch_rate_look(&rate, directory, SECOND);
	switch_rate_look(&rate, directory, 2 * SECOND);
	assert_true(rate.per_second == 0 && rate.seen == 0);
	close(directory);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(looks_once_a_second),
		TEST(they_are_seen_up_to_now),
		TEST(what_tells_nothing_changes_nothing),
		TEST(known_threads_stand_for_the_others),
		TEST(of_many_threads_some_are_read),
		TEST(what_has_no_threads_is_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
