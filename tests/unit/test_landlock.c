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
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/landlock.h"

/* In a child, with a folder that has a file and one that is open. Returns the line that is wrong.
 */
static int find_wrong(int open_file, const char *but)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || landlock_forbid_writing(but))
		return __LINE__;
	if (open("file", O_WRONLY) >= 0 || errno != EACCES)
		return __LINE__;
	if (open("other", O_RDWR | O_CREAT, 0600) >= 0 || errno != EACCES)
		return __LINE__;
	if (!unlink("file") || errno != EACCES)
		return __LINE__;
	if (!rename("file", "other") || errno != EACCES)
		return __LINE__;
	if (!mkdir("folder", 0700) || errno != EACCES)
		return __LINE__;
	if (!symlink("file", "other") || errno != EACCES)
		return __LINE__;
	/* What is read, or is open already, is as before. */
	if (open("file", O_RDONLY) < 0 || open(".", O_RDONLY | O_DIRECTORY) < 0)
		return __LINE__;
	return write(open_file, "x", 1) == 1 ? 0 : __LINE__;
}

static void files_can_only_be_read(void **state)
{
	char folder[] = "/tmp/vastop-landlock-XXXXXX", path[60];
	int status, file;
	pid_t child;

	(void)state;
	if (!landlock_version()) {
		puts("# skipped: the kernel has no Landlock");
		skip();
	}
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/file", folder);
	file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_true(file >= 0);
	child = fork();
	if (child == 0)
		_exit(chdir(folder) ? 255 : find_wrong(file, NULL) & 255);
	assert_int_equal(waitpid(child, &status, 0), child);
	close(file);
	unlink(path);
	assert_int_equal(rmdir(folder), 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* In the same: files below the folder can be made, written, renamed and removed; others cannot. */
static int find_wrong_beside(const char *but)
{
	int file;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || landlock_forbid_writing(but))
		return __LINE__;
	file = open("within/file", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (file < 0 || write(file, "x", 1) != 1)
		return __LINE__;
	if (rename("within/file", "within/other") || unlink("within/other"))
		return __LINE__;
	return mkdir("folder", 0700) && errno == EACCES ? 0 : __LINE__;
}

static void a_folder_can_be_left_out(void **state)
{
	char folder[] = "/tmp/vastop-landlock-XXXXXX", within[60];
	int status;
	pid_t child;

	(void)state;
	if (!landlock_version()) {
		puts("# skipped: the kernel has no Landlock");
		skip();
	}
	assert_non_null(mkdtemp(folder));
	snprintf(within, sizeof(within), "%s/within", folder);
	assert_int_equal(mkdir(within, 0700), 0);
	child = fork();
	if (child == 0)
		_exit(chdir(folder) ? 255 : find_wrong_beside(within) & 255);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(rmdir(within), 0);
	assert_int_equal(rmdir(folder), 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_can_only_be_read),
		cmocka_unit_test(a_folder_can_be_left_out),
	};

	return cmocka_run_group_tests_name("landlock", tests, NULL, NULL);
}
