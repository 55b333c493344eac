/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/procfs_options.h"
#include "sampler/thread_group.h"

static const struct procfs_options live = {.root = "/proc"};

static void *report_tid(void *argument)
{
	int *channel = argument;
	int32_t tid = gettid();
	char byte;

	(void)!write(channel[1], &tid, sizeof(tid));
	(void)!read(channel[2], &byte, 1);
	return NULL;
}

static void a_thread_belongs_to_its_process(void **state)
{
	int to_us[2], to_it[2], channel[3];
	pthread_t thread;
	int32_t tid, pid = 0;

	(void)state;
	assert_int_equal(pipe(to_us), 0);
	assert_int_equal(pipe(to_it), 0);
	channel[1] = to_us[1];
	channel[2] = to_it[0];
	assert_int_equal(pthread_create(&thread, NULL, report_tid, channel), 0);
	assert_int_equal(read(to_us[0], &tid, sizeof(tid)), sizeof(tid));
	assert_int_equal(thread_group_find(&live, tid, &pid), 0);
	assert_int_equal(pid, getpid());
	assert_int_equal(thread_group_find(&live, getpid(), &pid), 0);
	assert_int_equal(pid, getpid());
	pid = 7;
	assert_int_equal(thread_group_find(&live, 0, &pid), -ESRCH);
	assert_int_equal(thread_group_find(&live, INT32_MAX, &pid), -ESRCH);
	assert_int_equal(pid, 7);
	close(to_it[1]);
	pthread_join(thread, NULL);
	close(to_it[0]);
	close(to_us[0]);
	close(to_us[1]);
}

/* A directory may have another name than its process had. */
static void the_directory_is_the_process(void **state)
{
	const char *folder = getenv("top_srcdir");
	char root[] = "/tmp/vastop-test-XXXXXX", path[64], from[4096];
	struct procfs_options options = {.root = root};
	int32_t pid = 0;

	(void)state;
	assert_non_null(mkdtemp(root));
	snprintf(path, sizeof(path), "%s/9", root);
	snprintf(from, sizeof(from), "%s/tests/fixtures/sleep/29203", folder ? folder : ".");
	if (from[0] != '/')
		skip();
	assert_int_equal(symlink(from, path), 0);
	assert_int_equal(thread_group_find(&options, 9, &pid), 0);
	assert_int_equal(pid, 9);
	unlink(path);
	rmdir(root);
}

static void write_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

/* What the status of 9 says, where 5 is recorded, too. */
static void what_status_says_counts_if_it_is_there(void **state)
{
	static const struct {
		const char *status;
		int error;
		int32_t pid;
	} cases[] = {{"Tgid:\t5\n", 0, 5}, {"Tgid:\t6\n", 0, 9}, {"Tgid:\t2147483653\n", 0, 9},
		     {"Name:\tx\n", 0, 9}, {"", 0, 9},           {NULL, -ESRCH, 7}};
	char root[] = "/tmp/vastop-test-XXXXXX", path[64];
	struct procfs_options options = {.root = root};

	(void)state;
	assert_non_null(mkdtemp(root));
	for (const char *name = "59"; *name; name++) {
		snprintf(path, sizeof(path), "%s/%c", root, *name);
		assert_int_equal(mkdir(path, 0700), 0);
	}
	strcat(path, "/status");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int32_t pid = 7;

		unlink(path);
		if (cases[i].status)
			write_text(path, cases[i].status);
		assert_int_equal(thread_group_find(&options, 9, &pid), cases[i].error);
		assert_int_equal(pid, cases[i].pid);
	}
	snprintf(path, sizeof(path), "%s/5", root);
	rmdir(path);
	snprintf(path, sizeof(path), "%s/9", root);
	rmdir(path);
	rmdir(root);
	assert_int_equal(thread_group_find(&options, 9, &(int32_t){0}), -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_thread_belongs_to_its_process),
		cmocka_unit_test(the_directory_is_the_process),
		cmocka_unit_test(what_status_says_counts_if_it_is_there),
	};

	return cmocka_run_group_tests_name("thread_group", tests, NULL, NULL);
}
