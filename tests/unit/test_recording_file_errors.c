/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "record/recording_file.h"
#include "recording_place.h"

/* What a file is refused for, and what is left of it, by each error of the system. */

static struct {
	int lock, truncate, write, read, pread; /* the errno that each fails with; 0: it does not */
	bool writes_less;
} script;

/* Whether it fails so; a test's own file is never touched. */
static bool fails(int error)
{
	errno = error;
	return error != 0;
}

int flock(int file, int operation)
{
	return fails(script.lock) ? -1 : (int)syscall(SYS_flock, file, operation);
}

int ftruncate(int file, off_t length)
{
	return fails(script.truncate) ? -1 : (int)syscall(SYS_ftruncate, file, length);
}

ssize_t write(int file, const void *bytes, size_t size)
{
	if (file > 2 && fails(script.write))
		return -1;
	return syscall(SYS_write, file, bytes, size - (file > 2 && script.writes_less));
}

ssize_t read(int file, void *bytes, size_t size)
{
	return fails(script.read) ? -1 : syscall(SYS_read, file, bytes, size);
}

ssize_t pread(int file, void *bytes, size_t size, off_t offset)
{
	return fails(script.pread) ? -1 : syscall(SYS_pread64, file, bytes, size, offset);
}

static struct recording_place place;
static char journal[120];

static int begin(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	place = recording_place_make();
	snprintf(journal, sizeof(journal), "%s-journal", place.path);
	return 0;
}

static int end(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	unlink(journal);
	recording_place_remove(&place);
	return 0;
}

static void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "we");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static off_t size_of(const char *path)
{
	struct stat status;

	return stat(path, &status) ? -1 : status.st_size;
}

/* A lock that another holds is one thing, one that cannot be had another. */
static void a_lock_may_be_refused(void **state)
{
	static const struct {
		int error, told;
	} cases[] = {{EWOULDBLOCK, -EBUSY}, {ENOLCK, -ENOLCK}};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		script.lock = cases[i].error;
		assert_int_equal(recording_file_create(place.path, false), cases[i].told);
		assert_int_equal(size_of(place.path), -1); /* what was made is gone */
		put(place.path, "words");
		assert_int_equal(recording_file_create(place.path, true), cases[i].told);
		assert_int_equal(recording_file_take(place.path, true), cases[i].told);
		assert_int_equal(size_of(place.path), 5);
		unlink(place.path);
	}
}

static void what_cannot_be_emptied_stays(void **state)
{
	int file;

	(void)state;
	put(place.path, "words");
	put(journal, "rest");
	script.truncate = EFBIG;
	assert_int_equal(recording_file_create(place.path, true), -EFBIG);
	assert_int_equal(size_of(place.path), 5);
	assert_int_equal(size_of(journal), 4);
	script.truncate = 0;
	file = recording_file_create(place.path, true);
	assert_true(file >= 0);
	assert_int_equal(size_of(place.path), 0);
	assert_int_equal(size_of(journal), -1);
	close(file);
}

/* Whether a file is there, and what it is, says another number with force and without. */
static void what_is_in_the_way_is_told(void **state)
{
	char folder[120], link[120];
	int file;

	(void)state;
	assert_int_equal(recording_file_take(place.path, false), -ENOENT);
	assert_int_equal(recording_file_take(place.path, true), -ENOENT);
	snprintf(folder, sizeof(folder), "%s/no/file", place.folder);
	assert_int_equal(recording_file_create(folder, true), -ENOENT);
	put(place.path, "words");
	assert_int_equal(recording_file_take(place.path, false), -EEXIST);
	assert_int_equal(recording_file_create(place.path, false), -EEXIST);
	file = recording_file_take(place.path, true);
	assert_true(file >= 0);
	assert_int_equal(size_of(place.path), 5);
	assert_int_equal(recording_file_take(place.path, true), -EBUSY);
	close(file);
	snprintf(folder, sizeof(folder), "%s/folder", place.folder);
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(recording_file_take(folder, false), -EISDIR);
	assert_int_equal(recording_file_create(folder, true), -EISDIR);
	assert_int_equal(rmdir(folder), 0);
	assert_int_equal(mkfifo(folder, 0600), 0);
	assert_int_equal(recording_file_take(folder, true), -ENXIO);
	unlink(folder);
	snprintf(link, sizeof(link), "%s/link", place.folder);
	assert_int_equal(symlink(place.path, link), 0);
	assert_int_equal(recording_file_take(link, true), -ELOOP);
	assert_int_equal(recording_file_take(link, false), -EEXIST);
	unlink(link);
}

/* A journal without its file would be taken for that of the new one. */
static void a_journal_is_in_the_way(void **state)
{
	int file;

	(void)state;
	put(journal, "rest");
	assert_int_equal(recording_file_create(place.path, false), -EEXIST);
	assert_int_equal(size_of(place.path), -1);
	assert_int_equal(size_of(journal), 4);
	file = recording_file_create(place.path, true);
	assert_true(file >= 0);
	assert_int_equal(size_of(journal), -1);
	close(file);
}

static void what_cannot_be_read_is_told(void **state)
{
	bool torn = true;

	(void)state;
	put(place.path, "words");
	script.pread = EIO;
	assert_int_equal(recording_file_check(place.path, &torn), -EIO);
	assert_false(torn);
	script.pread = 0;
	assert_int_equal(recording_file_check(place.path, &torn), -EBADMSG);
	put(journal, "rest");
	assert_int_equal(recording_file_check(place.path, &torn), -EBADMSG);
	assert_true(torn);
	script.lock = EWOULDBLOCK; /* a recorder lives, and will remove it */
	assert_int_equal(recording_file_check(place.path, &torn), -EBADMSG);
	assert_false(torn);
	script.lock = 0;
	put(journal, "");
	assert_int_equal(recording_file_check(place.path, &torn), -EBADMSG);
	assert_false(torn);
	put(place.path, "");
	assert_int_equal(recording_file_check(place.path, &torn), -ENODATA);
}

/* Whether nothing is in the folder, in which copies are made. */
static bool is_empty(const char *folder)
{
	return rmdir(folder) == 0 && mkdir(folder, 0700) == 0;
}

static void a_copy_that_fails_leaves_nothing(void **state)
{
	char folder[120], *copy = NULL;

	(void)state;
	snprintf(folder, sizeof(folder), "%s/tmp", place.folder);
	setenv("TMPDIR", folder, 1);
	put(place.path, "words");
	put(journal, "rest");
	assert_int_equal(recording_file_rescue(place.path, &copy), -ENOENT); /* no such folder */
	assert_null(copy);
	assert_int_equal(mkdir(folder, 0700), 0);
	script.read = EIO;
	assert_int_equal(recording_file_rescue(place.path, &copy), -EIO);
	assert_null(copy);
	assert_true(is_empty(folder));
	script.read = 0;
	script.write = EDQUOT;
	assert_int_equal(recording_file_rescue(place.path, &copy), -ENOSPC);
	assert_true(is_empty(folder));
	script.write = 0;
	script.writes_less = true;
	assert_int_equal(recording_file_rescue(place.path, &copy), -ENOSPC);
	assert_null(copy);
	assert_true(is_empty(folder));
	script.writes_less = false;
	unlink(journal);
	assert_int_equal(recording_file_rescue(place.path, &copy), -ENOENT);
	assert_true(is_empty(folder));
	put(journal, "rest");
	assert_int_equal(recording_file_rescue(place.path, &copy), 0);
	assert_int_equal(size_of(copy), 5);
	recording_file_discard(copy);
	recording_file_discard(NULL);
	assert_int_equal(rmdir(folder), 0);
	unsetenv("TMPDIR");
	assert_string_equal(recording_file_rescue_folder(), "/tmp");
	setenv("TMPDIR", "here", 1);
	assert_string_equal(recording_file_rescue_folder(), "/tmp");
	unsetenv("TMPDIR");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_lock_may_be_refused),       TEST(what_cannot_be_emptied_stays),
		TEST(what_is_in_the_way_is_told),  TEST(a_journal_is_in_the_way),
		TEST(what_cannot_be_read_is_told), TEST(a_copy_that_fails_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
