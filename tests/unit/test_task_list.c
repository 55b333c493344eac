/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/task_list.h"

static void only_numbers_of_threads_count(void **state)
{
	static const char *const names[] = {"2147483647", "2147483648", "x",  "12",
					    "7a",         "-3",         "0x5"};
	char path[] = "/tmp/vastop-test-XXXXXX";
	int directory;
	int64_t sum = 0;
	int32_t tid, count = 0;
	DIR *tasks;

	(void)state;
	assert_non_null(mkdtemp(path));
	directory = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(mkdirat(directory, "task", 0700), 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char name[64];

		snprintf(name, sizeof(name), "task/%s", names[i]);
		assert_int_equal(mkdirat(directory, name, 0700), 0);
	}
	tasks = task_list_open(directory);
	assert_non_null(tasks);
	while ((tid = task_list_next(tasks))) {
		sum += tid;
		count++;
	}
	assert_int_equal(count, 2);
	assert_int_equal(sum, INT64_C(2147483647) + 12);
	assert_int_equal(task_list_next(tasks), 0);
	closedir(tasks);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char name[64];

		snprintf(name, sizeof(name), "task/%s", names[i]);
		unlinkat(directory, name, AT_REMOVEDIR);
	}
	unlinkat(directory, "task", AT_REMOVEDIR);
	close(directory);
	rmdir(path);
}

static void this_process_has_its_main_thread(void **state)
{
	int directory = open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC);
	DIR *tasks = task_list_open(directory);

	(void)state;
	assert_non_null(tasks);
	assert_int_equal(task_list_next(tasks), getpid());
	closedir(tasks);
	close(directory);
}

static void without_a_list_errno_says_why(void **state)
{
	int directory = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);

	(void)state;
	errno = 0;
	assert_null(task_list_open(directory));
	assert_int_equal(errno, ENOENT);
	close(directory);
	assert_null(task_list_open(directory));
	assert_int_equal(errno, EBADF);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_numbers_of_threads_count),
		cmocka_unit_test(this_process_has_its_main_thread),
		cmocka_unit_test(without_a_list_errno_says_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
