/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/export_file.h"

struct place {
	char folder[40], path[60], fresh[70];
};

static int enter(void **state)
{
	struct place *place = calloc(1, sizeof(*place));

	strcpy(place->folder, "/tmp/vastop-export-XXXXXX");
	if (!mkdtemp(place->folder))
		return -1;
	snprintf(place->path, sizeof(place->path), "%s/a.prom", place->folder);
	snprintf(place->fresh, sizeof(place->fresh), "%s.new", place->path);
	*state = place;
	return 0;
}

static int leave(void **state)
{
	struct place *place = *state;

	unlink(place->path);
	unlink(place->fresh);
	rmdir(place->folder);
	free(place);
	return 0;
}

static void expect_text(const char *path, const char *expected)
{
	char text[80] = "";
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	fclose(file);
	assert_string_equal(text, expected);
}

static void write_text(const char *path, const char *text)
{
	struct export_file file;

	assert_int_equal(export_file_open(&file, path), 0);
	fputs(text, file.stream);
	assert_int_equal(export_file_close(&file), 0);
	expect_text(path, text);
}

static void the_old_file_is_there_until_the_new_one_is(void **state)
{
	const struct place *place = *state;
	struct export_file file;
	struct stat status;

	write_text(place->path, "old");
	assert_int_equal(export_file_open(&file, place->path), 0);
	fputs("new", file.stream);
	fflush(file.stream);
	expect_text(place->path, "old");
	assert_int_equal(export_file_close(&file), 0);
	expect_text(place->path, "new");
	assert_int_equal(stat(place->path, &status), 0);
	assert_int_equal(status.st_mode & 0777 & ~0644, 0);
	assert_int_equal(access(place->fresh, F_OK), -1);
}

static void what_was_left_is_replaced_and_no_link_followed(void **state)
{
	const struct place *place = *state;

	assert_int_equal(symlink("/nonexistent/elsewhere", place->fresh), 0);
	write_text(place->path, "one");
	assert_int_equal(access(place->fresh, F_OK), -1);
}

static void an_error_leaves_the_old_file(void **state)
{
	const struct place *place = *state;
	struct export_file file;
	FILE *full = fopen("/dev/full", "w");

	if (!full)
		skip();
	write_text(place->path, "old");
	assert_int_equal(export_file_open(&file, place->path), 0);
	fclose(file.stream);
	file.stream = full;
	fputs("new", file.stream);
	assert_int_equal(export_file_close(&file), -ENOSPC);
	expect_text(place->path, "old");
	assert_int_equal(access(place->fresh, F_OK), -1);
}

static void a_folder_that_is_not_there(void **state)
{
	struct export_file file;

	(void)state;
	assert_int_equal(export_file_open(&file, "/nonexistent/a.prom"), -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_old_file_is_there_until_the_new_one_is, enter,
						leave),
		cmocka_unit_test_setup_teardown(what_was_left_is_replaced_and_no_link_followed,
						enter, leave),
		cmocka_unit_test_setup_teardown(an_error_leaves_the_old_file, enter, leave),
		cmocka_unit_test(a_folder_that_is_not_there),
	};

	return cmocka_run_group_tests_name("export_file", tests, NULL, NULL);
}
