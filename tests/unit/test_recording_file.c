/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "record/recording_file.h"
#include "record/recording_schema.h"
#include "recording_place.h"

static void write_bytes(const char *path, const void *bytes, size_t length)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	fclose(file);
}

static void nothing_is_overwritten(void **state)
{
	struct recording_place place = recording_place_make();
	char other[128];
	struct stat status;
	int descriptor, again;

	(void)state;
	descriptor = recording_file_create(place.path, false);
	assert_true(descriptor >= 0);
	assert_int_equal(fstat(descriptor, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	/* Another one records to it, whatever the user wants. */
	assert_int_equal(recording_file_create(place.path, false), -EBUSY);
	assert_int_equal(recording_file_create(place.path, true), -EBUSY);
	close(descriptor);
	assert_int_equal(recording_file_create(place.path, false), -EEXIST);
	write_bytes(place.path, "old", 3);
	again = recording_file_create(place.path, true);
	assert_true(again >= 0);
	assert_int_equal(fstat(again, &status), 0);
	assert_int_equal(status.st_size, 0);
	close(again);
	snprintf(other, sizeof(other), "%s-link", place.path);
	assert_int_equal(symlink(place.path, other), 0);
	assert_int_equal(recording_file_create(other, true), -ELOOP);
	assert_int_equal(recording_file_create(other, false), -EEXIST);
	unlink(other);
	assert_int_equal(recording_file_create(place.folder, true), -EISDIR);
	assert_int_equal(recording_file_create("/dev/null", true), -ENXIO);
	assert_int_equal(recording_file_create("/nowhere/file", false), -ENOENT);
	assert_int_equal(recording_file_create("/dev/null/file", false), -ENOTDIR);
	assert_int_equal(recording_file_create("/dev/null/file", true), -ENOTDIR);
	recording_place_remove(&place);
}

/* The journal of a file that is gone would be taken for that of the new one. */
static void a_journal_that_is_left_is_seen(void **state)
{
	struct recording_place place = recording_place_make();
	char journal[128];
	int descriptor;

	(void)state;
	snprintf(journal, sizeof(journal), "%s-journal", place.path);
	write_bytes(journal, "x", 1);
	assert_int_equal(recording_file_create(place.path, false), -EEXIST);
	assert_int_not_equal(access(place.path, F_OK), 0);
	descriptor = recording_file_create(place.path, true);
	assert_true(descriptor >= 0);
	close(descriptor);
	recording_place_remove(&place);
}

static void what_is_no_recording_is_told(void **state)
{
	struct recording_place place = recording_place_make();
	unsigned char header[RECORDING_HEADER_LENGTH] = "SQLite format 3";
	bool torn;

	(void)state;
	assert_int_equal(recording_file_check(place.path, &torn), -ENOENT);
	assert_int_equal(recording_file_check(place.folder, &torn), -EISDIR);
	assert_int_equal(recording_file_check("/dev/null", &torn), -ENXIO);
	write_bytes(place.path, "", 0);
	assert_int_equal(recording_file_check(place.path, &torn), -ENODATA);
	write_bytes(place.path, "#!/bin/sh\n", 10);
	assert_int_equal(recording_file_check(place.path, &torn), -EBADMSG);
	header[18] = header[19] = 1;
	memcpy(header + 68, "vast", 4);
	header[63] = RECORDING_VERSION + 1;
	write_bytes(place.path, header, sizeof(header));
	assert_int_equal(recording_file_check(place.path, &torn), -ENOTSUP);
	header[63] = RECORDING_VERSION;
	write_bytes(place.path, header, sizeof(header));
	assert_int_equal(recording_file_check(place.path, &torn), 0);
	assert_false(torn);
	recording_place_remove(&place);
}

static void one_that_was_interrupted_at_its_begin_is_empty(void **state)
{
	/* The mark, how many records, a number for checksums, how many pages there were. */
	unsigned char header[20] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7, 0, 0, 0, 1, 7};
	struct recording_place place = recording_place_make();
	char journal[128];
	bool torn;

	(void)state;
	snprintf(journal, sizeof(journal), "%s-journal", place.path);
	write_bytes(place.path, "a part", 6);
	assert_int_equal(recording_file_check(place.path, &torn), -EBADMSG);
	write_bytes(journal, header, sizeof(header));
	assert_int_equal(recording_file_check(place.path, &torn), -ENODATA);
	write_bytes(journal, header, sizeof(header) - 1);
	assert_int_equal(recording_file_check(place.path, &torn), -EBADMSG);
	/* Of a file that was not empty; and no journal. */
	header[19] = 1;
	write_bytes(journal, header, sizeof(header));
	assert_int_equal(recording_file_check(place.path, &torn), -EBADMSG);
	header[19] = header[0] = 0;
	write_bytes(journal, header, sizeof(header));
	assert_int_equal(recording_file_check(place.path, &torn), -EBADMSG);
	unlink(journal);
	recording_place_remove(&place);
}

static void what_was_interrupted_is_copied(void **state)
{
	static const unsigned char mark[] = {'n', 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
	unsigned char header[RECORDING_HEADER_LENGTH] = "SQLite format 3";
	struct recording_place place = recording_place_make();
	char journal[128], *copy = NULL;
	int lock;
	bool torn;

	(void)state;
	header[18] = header[19] = 1;
	memcpy(header + 68, "vast", 4);
	header[63] = RECORDING_VERSION;
	write_bytes(place.path, header, sizeof(header));
	snprintf(journal, sizeof(journal), "%s-journal", place.path);
	write_bytes(journal, "journal", 7);
	assert_int_equal(recording_file_check(place.path, &torn), 0);
	assert_true(torn);
	/* It is not while the one lives that writes. */
	lock = recording_file_create(place.path, true);
	assert_true(lock >= 0);
	write_bytes(place.path, header, sizeof(header));
	write_bytes(journal, "journal", 7);
	assert_int_equal(recording_file_check(place.path, &torn), 0);
	assert_false(torn);
	close(lock);
	assert_int_equal(recording_file_rescue(place.path, &copy), 0);
	assert_int_equal(recording_file_check(copy, &torn), 0);
	assert_true(torn);
	recording_file_discard(copy);
	/* SQLite would remove the file that this one names. */
	write_bytes(journal, mark, sizeof(mark));
	assert_int_equal(recording_file_rescue(place.path, &copy), -EBADMSG);
	assert_null(copy);
	unlink(journal);
	recording_place_remove(&place);
}

static void copies_are_made_where_temporary_files_are(void **state)
{
	const char *before = getenv("TMPDIR");
	char *folder = before ? strdup(before) : NULL;

	(void)state;
	setenv("TMPDIR", "/var/tmp", 1);
	assert_string_equal(recording_file_rescue_folder(), "/var/tmp");
	setenv("TMPDIR", "relative", 1);
	assert_string_equal(recording_file_rescue_folder(), "/tmp");
	unsetenv("TMPDIR");
	assert_string_equal(recording_file_rescue_folder(), "/tmp");
	if (folder)
		setenv("TMPDIR", folder, 1);
	free(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_overwritten),
		cmocka_unit_test(a_journal_that_is_left_is_seen),
		cmocka_unit_test(what_is_no_recording_is_told),
		cmocka_unit_test(one_that_was_interrupted_at_its_begin_is_empty),
		cmocka_unit_test(what_was_interrupted_is_copied),
		cmocka_unit_test(copies_are_made_where_temporary_files_are),
	};

	return cmocka_run_group_tests_name("recording_file", tests, NULL, NULL);
}
