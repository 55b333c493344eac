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
#include <sys/syscall.h>
#include <unistd.h>

#include "app/core_file.h"
#include "app/message.h"
#include "base/text.h"
#include "written_file.h"

/* Where the file without a name is made that a core file is decompressed into. */

static int refusal;     /* of O_TMPFILE; 0: none */
static char asked[200]; /* where it was asked for */

int open(const char *path, int flags, ...)
{
	va_list arguments;
	mode_t mode = 0;

	if (flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE) {
		va_start(arguments, flags);
		mode = va_arg(arguments, mode_t);
		va_end(arguments);
	}
	if ((flags & O_TMPFILE) == O_TMPFILE) {
		assert_int_equal(flags, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC);
		assert_int_equal(mode, 0600);
		snprintf(asked, sizeof(asked), "%s", path);
		if (refusal) {
			errno = refusal;
			return -1;
		}
	}
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

/* Opens a file that begins as one that gzip(1) made. The caller closes it. */
static int open_packed(struct core_file *ret_file, struct text *why)
{
	struct written_file written = written_file_make("\x1f\x8b\x08");
	int status = core_file_open(written.path, ret_file, why);

	if (status)
		assert_non_null(strstr(text_string(why), written.path));
	written_file_remove(&written);
	return status;
}

/* It is made, can be written, and has no name. */
static void is_made(const char *folder)
{
	struct core_file file;
	struct text why = {0};
	struct stat status;

	assert_int_equal(open_packed(&file, &why), EXIT_DONE);
	assert_string_equal(asked, folder);
	assert_int_equal(why.length, 0);
	assert_int_equal(fstat(file.unpacked, &status), 0);
	assert_int_equal(status.st_nlink, 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_true(fcntl(file.unpacked, F_GETFD) & FD_CLOEXEC);
	assert_int_equal(write(file.unpacked, "a", 1), 1);
	core_file_close(&file);
	text_finish(&why);
}

static void is_not_made(const char *said)
{
	struct core_file file = {.descriptor = -7};
	struct text why = {0};

	assert_int_equal(open_packed(&file, &why), EXIT_TROUBLE);
	assert_int_equal(file.descriptor, -7);
	assert_non_null(strstr(text_string(&why), said));
	text_finish(&why);
}

static char folder[] = "/tmp/vastop-core-XXXXXX";

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	/* Nothing is left in it. */
	return rmdir(folder);
}

static void the_folder_is_that_of_the_environment(void **state)
{
	struct stat status;

	(void)state;
	refusal = 0;
	setenv("TMPDIR", folder, 1);
	is_made(folder);
	if (stat("/var/tmp", &status) || access("/var/tmp", W_OK))
		skip();
	setenv("TMPDIR", "", 1);
	is_made("/var/tmp");
	unsetenv("TMPDIR");
	is_made("/var/tmp");
}

static void without_such_files_it_loses_its_name(void **state)
{
	static const int refusals[] = {EOPNOTSUPP, EISDIR, EINVAL};

	(void)state;
	setenv("TMPDIR", folder, 1);
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		refusal = refusals[i];
		is_made(folder);
	}
	setenv("TMPDIR", "/nonexistent", 1);
	is_not_made(strerror(ENOENT));
}

static void what_else_is_wrong_is_said(void **state)
{
	(void)state;
	setenv("TMPDIR", folder, 1);
	refusal = EROFS;
	is_not_made(strerror(EROFS));
	refusal = ENOSPC;
	is_not_made(strerror(ENOSPC));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_folder_is_that_of_the_environment),
		cmocka_unit_test(without_such_files_it_loses_its_name),
		cmocka_unit_test(what_else_is_wrong_is_said),
	};

	return cmocka_run_group_tests_name("core_file_unnamed", tests, make_folder, remove_folder);
}
