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

#include "app/launch_output.h"

/* Opens a fresh file for the command, checks how it begins and what it is, and removes it. */
static void check_fresh(const char *command, const char *beginning)
{
	struct stat status;
	char *path = NULL;
	int descriptor = launch_output_open(NULL, command, &path);

	assert_true(descriptor > 2);
	assert_int_equal(unlink(path), 0);
	assert_memory_equal(path, beginning, strlen(beginning));
	assert_int_equal(strlen(path), strlen(beginning) + strlen("XXXXXX.out"));
	assert_string_equal(path + strlen(path) - 4, ".out");
	assert_int_equal(fstat(descriptor, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0600);
	assert_true(fcntl(descriptor, F_GETFD) & FD_CLOEXEC);
	assert_true(fcntl(descriptor, F_GETFL) & O_APPEND);
	close(descriptor);
	free(path);
}

static void a_fresh_file_has_a_safe_name(void **state)
{
	(void)state;
	unsetenv("TMPDIR");
	check_fresh("grow", "/tmp/vastop-grow-");
	check_fresh("../bin/g++_1.2", "/tmp/vastop-g++_1.2-");
	check_fresh("./a b\n\033[2J\377/-x$", "/tmp/vastop--x--");
	check_fresh("a b\n\377", "/tmp/vastop-a-b---");
	check_fresh("bin/", "/tmp/vastop--");
	check_fresh("0123456789012345678901234567890123456789",
		    "/tmp/vastop-01234567890123456789012345678901-");
}

static void tmpdir_says_where(void **state)
{
	char folder[] = "/tmp/test_output-XXXXXX", beginning[64], *path = NULL;

	(void)state;
	assert_non_null(mkdtemp(folder));
	setenv("TMPDIR", folder, 1);
	strcpy(beginning, folder);
	strcat(beginning, "/vastop-x-");
	check_fresh("x", beginning);
	/* The name would depend on the current folder. */
	setenv("TMPDIR", "relative", 1);
	check_fresh("x", "/tmp/vastop-x-");
	assert_int_equal(rmdir(folder), 0);
	setenv("TMPDIR", folder, 1);
	assert_int_equal(launch_output_open(NULL, "x", &path), -ENOENT);
	assert_null(path);
	unsetenv("TMPDIR");
}

static void a_given_file_is_emptied(void **state)
{
	char given[] = "/tmp/test_output-XXXXXX", *path = NULL;
	int descriptor = mkstemp(given);
	struct stat status;

	(void)state;
	assert_int_equal(write(descriptor, "old", 3), 3);
	close(descriptor);
	descriptor = launch_output_open(given, "x", &path);
	assert_true(descriptor > 2);
	assert_string_equal(path, given);
	assert_int_equal(fstat(descriptor, &status), 0);
	assert_int_equal(status.st_size, 0);
	close(descriptor);
	free(path);
	unlink(given);
	path = NULL;
	assert_int_equal(launch_output_open("/no/such/folder/file", "x", &path), -ENOENT);
	assert_null(path);
}

static void check_refused(const char *path, int error)
{
	char *opened = NULL;

	assert_int_equal(launch_output_open(path, "x", &opened), error);
	assert_null(opened);
	assert_true(launch_output_error(error)[0]);
}

/* Each would have another file written, or vastop wait. */
static void links_and_what_is_no_file_are_refused(void **state)
{
	char folder[] = "/tmp/test_output-XXXXXX", file[64], other[64], *path;
	struct stat status;
	int descriptor, reader;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(file, sizeof(file), "%s/file", folder);
	snprintf(other, sizeof(other), "%s/other", folder);
	descriptor = open(file, O_WRONLY | O_CREAT, 0600);
	assert_int_equal(write(descriptor, "old", 3), 3);
	assert_int_equal(symlink(file, other), 0);
	check_refused(other, -ELOOP);
	unlink(other);
	assert_int_equal(link(file, other), 0);
	check_refused(other, -EMLINK);
	unlink(other);
	assert_int_equal(mkfifo(other, 0600), 0);
	check_refused(other, -ENXIO);
	/* With somebody who reads it, too. */
	reader = open(other, O_RDONLY | O_NONBLOCK);
	check_refused(other, -ENXIO);
	close(reader);
	unlink(other);
	check_refused(folder, -EISDIR);
	assert_int_equal(fstat(descriptor, &status), 0);
	assert_int_equal(status.st_size, 3);
	close(descriptor);
	unlink(file);
	rmdir(folder);
	/* What is written there is nobody's file. */
	descriptor = launch_output_open("/dev/null", "x", &path);
	assert_true(descriptor > 2);
	assert_int_equal(fcntl(descriptor, F_GETFL) & O_NONBLOCK, 0);
	close(descriptor);
	free(path);
}

static void low_descriptors_are_lifted(void **state)
{
	int saved = fcntl(0, F_DUPFD_CLOEXEC, 10), lifted;

	(void)state;
	close(0);
	lifted = launch_output_lift(open("/dev/null", O_RDONLY | O_CLOEXEC));
	assert_true(lifted > 2);
	assert_true(fcntl(lifted, F_GETFD) & FD_CLOEXEC);
	/* The low one is closed. */
	assert_int_equal(fcntl(0, F_GETFD), -1);
	assert_int_equal(launch_output_lift(lifted), lifted);
	close(lifted);
	assert_int_equal(launch_output_lift(open("/no/such/file", O_RDONLY)), -ENOENT);
	dup2(saved, 0);
	close(saved);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fresh_file_has_a_safe_name),
		cmocka_unit_test(tmpdir_says_where),
		cmocka_unit_test(a_given_file_is_emptied),
		cmocka_unit_test(links_and_what_is_no_file_are_refused),
		cmocka_unit_test(low_descriptors_are_lifted),
	};

	return cmocka_run_group_tests_name("launch_output", tests, NULL, NULL);
}
