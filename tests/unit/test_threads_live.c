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
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "high_descriptor.h"
#include "kernel/threads.h"

/* A recorded process whose threads are in these states; 0: there is none. */
static int make_process(char folder[static 32], const char states[static 5])
{
	int directory;

	strcpy(folder, "/tmp/vastop-test-XXXXXX");
	assert_non_null(mkdtemp(folder));
	directory = high_descriptor(open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC));
	mkdirat(directory, "task", 0700);
	for (int i = 0; i < 5; i++) {
		char path[64], line[200];
		int file;

		if (!states[i])
			continue;
		snprintf(path, sizeof(path), "task/%d", 10 + i);
		mkdirat(directory, path, 0700);
		snprintf(path, sizeof(path), "task/%d/stat", 10 + i);
		file = openat(directory, path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
		/* The 23rd field is the size. */
		snprintf(line, sizeof(line),
			 "%d (x) %c 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 5 %d 9 0 1 1 1\n", 10 + i,
			 states[i] == 'm' ? 'S' : states[i], states[i] == 'm' ? 0 : 4096);
		assert_int_equal(write(file, line, strlen(line)), strlen(line));
		close(file);
	}
	return directory;
}

static void remove_process(const char *folder, int directory)
{
	for (int i = 0; i < 5; i++) {
		char path[64];

		snprintf(path, sizeof(path), "task/%d/stat", 10 + i);
		unlinkat(directory, path, 0);
		snprintf(path, sizeof(path), "task/%d", 10 + i);
		unlinkat(directory, path, AT_REMOVEDIR);
	}
	unlinkat(directory, "task", AT_REMOVEDIR);
	close(directory);
	assert_int_equal(rmdir(folder), 0);
}

/* The thread that is found of 10 to 14, of which 10 is the main one; 0: none. */
static int find(const char states[static 5])
{
	char folder[32], path[64];
	int directory = make_process(folder, states), found = threads_open_live(directory, 10);
	int which = 0;
	struct stat task, stat;

	if (found < 0) {
		assert_int_equal(found, -ESRCH);
		remove_process(folder, directory);
		return 0;
	}
	assert_int_equal(fstat(found, &task), 0);
	for (int i = 0; i < 5; i++) {
		snprintf(path, sizeof(path), "task/%d", 10 + i);
		if (!fstatat(directory, path, &stat, 0) && stat.st_ino == task.st_ino)
			which = 10 + i;
	}
	close(found);
	remove_process(folder, directory);
	return which;
}

static void one_with_an_address_space_is_found(void **state)
{
	(void)state;
	assert_int_equal(find("ZZZZS"), 14);
	assert_int_equal(find("ZSZZZ"), 11);
	assert_int_equal(find("ZZmDX"), 13);
	assert_int_equal(find((char[5]){'Z', 0, 0, 'R', 0}), 13);
}

/* Not the main one, even if it lives. */
static void none_may_be_there(void **state)
{
	(void)state;
	assert_int_equal(find("SZZZZ"), 0);
	assert_int_equal(find("Zmmmm"), 0);
	assert_int_equal(find((char[5]){'S', 0, 0, 0, 0}), 0);
	assert_int_equal(threads_open_live(-1, 10), -ESRCH);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_with_an_address_space_is_found),
		cmocka_unit_test(none_may_be_there),
	};

	return cmocka_run_group_tests_name("threads_live", tests, NULL, NULL);
}
