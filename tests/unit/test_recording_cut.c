/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <unistd.h>

#include "model/address_space.h"
#include "model/kept_usage.h"
#include "record/database.h"
#include "record/recording.h"
#include "record/recording_cut.h"
#include "record/recording_file.h"
#include "recording_made.h"
#include "report/json.h"
#include "report_text.h"

/* The sample as JSON, for the caller to free. */
static char *json_of(struct recording *recording, int64_t sample)
{
	struct address_space *space;
	struct report_text text;
	struct kept_usage usage;

	assert_int_equal(recording_read(recording, sample, &space, &usage), 0);
	report_text_begin(&text);
	assert_int_equal(json_write_snapshot(text.stream, space, kept_usage_table(&usage), NULL),
			 0);
	kept_usage_finish(&usage);
	address_space_destroy(space);
	return report_text_end(&text);
}

static void samples_of_a_part_are_those_of_the_whole(void **state)
{
	struct recording_place whole, part;
	struct recording *of_whole, *of_part;
	struct recording_cut cut = {.first = 4, .last = 9};
	struct database *database;
	bool reading;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	whole = recording_made();
	part = recording_place_make();
	cut.path = part.path;
	/* One that no machine has. */
	assert_int_equal(database_open(whole.path, &database), 0);
	assert_int_equal(database_run(database, "UPDATE process SET user='elsewhere/'"), 0);
	assert_int_equal(database_close(database), 0);
	assert_int_equal(recording_open(whole.path, &of_whole), 0);
	assert_int_equal(recording_cut_write(of_whole, &cut, &reading), 0);
	assert_int_equal(recording_open(part.path, &of_part), 0);
	assert_int_equal(recording_first(of_part), 1);
	assert_int_equal(recording_last(of_part), 6);
	for (int64_t i = 0; i < 6; i++) {
		char *a = json_of(of_whole, cut.first + i), *b = json_of(of_part, 1 + i);

		assert_string_equal(a, b);
		free(a);
		free(b);
		assert_string_equal(recording_user(of_part), "elsewhere/");
	}
	assert_string_equal(recording_origin(of_part)->host, recording_origin(of_whole)->host);
	assert_int_equal(recording_origin(of_part)->interval_ns,
			 recording_origin(of_whole)->interval_ns);
	recording_close(of_part);
	/* It is there already. */
	assert_int_equal(recording_cut_write(of_whole, &cut, &reading), -EEXIST);
	assert_false(reading);
	recording_close(of_whole);
	recording_place_remove(&whole);
	recording_place_remove(&part);
}

static void of_what_cannot_be_read_nothing_is_left(void **state)
{
	struct recording_place whole, part;
	struct recording *recording;
	struct recording_cut cut = {.first = 1, .last = RECORDING_MADE_SAMPLES + 1};
	bool reading;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	whole = recording_made();
	part = recording_place_make();
	cut.path = part.path;
	assert_int_equal(recording_open(whole.path, &recording), 0);
	assert_int_not_equal(recording_cut_write(recording, &cut, &reading), 0);
	assert_true(reading);
	assert_int_not_equal(access(part.path, F_OK), 0);
	recording_close(recording);
	recording_place_remove(&whole);
	recording_place_remove(&part);
}

/* How many files lie in the folder of the path. */
static size_t files_beside(const char *path)
{
	char folder[4096];
	struct dirent *entry;
	size_t count = 0;
	DIR *stream;

	snprintf(folder, sizeof(folder), "%s", path);
	stream = opendir(dirname(folder));
	assert_non_null(stream);
	while ((entry = readdir(stream)))
		count += entry->d_name[0] != '.';
	closedir(stream);
	return count;
}

static void what_is_overwritten_stays_until_the_new_one_is_whole(void **state)
{
	struct recording_place whole, part;
	struct recording *recording, *written;
	struct recording_cut cut = {.force = true, .first = 2, .last = RECORDING_MADE_SAMPLES + 1};
	bool reading;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	whole = recording_made();
	part = recording_made();
	cut.path = part.path;
	assert_int_equal(recording_open(whole.path, &recording), 0);
	assert_int_not_equal(recording_cut_write(recording, &cut, &reading), 0);
	assert_true(reading);
	assert_int_equal(recording_open(part.path, &written), 0);
	assert_int_equal(recording_last(written), RECORDING_MADE_SAMPLES);
	recording_close(written);
	assert_int_equal(files_beside(part.path), 1);

	cut.last = 3;
	assert_int_equal(recording_cut_write(recording, &cut, &reading), 0);
	assert_false(reading);
	assert_int_equal(recording_open(part.path, &written), 0);
	assert_int_equal(recording_last(written), 2);
	recording_close(written);
	assert_int_equal(files_beside(part.path), 1);
	recording_close(recording);
	recording_place_remove(&whole);
	recording_place_remove(&part);
}

/* A journal of what was there before is not taken for one of the new file. */
static void a_journal_of_what_is_overwritten_goes_with_it(void **state)
{
	struct recording_place whole, part;
	struct recording *recording;
	struct recording_cut cut = {.force = true, .first = 2, .last = 3};
	char journal[4096];
	bool reading;
	FILE *file;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	whole = recording_made();
	part = recording_made();
	cut.path = part.path;
	snprintf(journal, sizeof(journal), "%s-journal", part.path);
	file = fopen(journal, "w");
	assert_non_null(file);
	fclose(file);
	assert_int_equal(recording_open(whole.path, &recording), 0);
	assert_int_equal(recording_cut_write(recording, &cut, &reading), 0);
	assert_int_not_equal(access(journal, F_OK), 0);
	recording_close(recording);
	recording_place_remove(&whole);
	recording_place_remove(&part);
}

/* What another vastop records to is left to it. */
static void a_file_that_is_locked_is_not_overwritten(void **state)
{
	struct recording_place whole, part;
	struct recording *recording;
	struct recording_cut cut = {.force = true, .first = 2, .last = 3};
	bool reading = true;
	int other;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	whole = recording_made();
	part = recording_made();
	cut.path = part.path;
	other = recording_file_take(part.path, true);
	assert_true(other >= 0);
	assert_int_equal(recording_open(whole.path, &recording), 0);
	assert_int_equal(recording_cut_write(recording, &cut, &reading), -EBUSY);
	assert_false(reading);
	assert_int_equal(files_beside(part.path), 1);
	close(other);
	recording_close(recording);
	recording_place_remove(&whole);
	recording_place_remove(&part);
}

/* The descriptor of the file that is overwritten may be the lowest one that there is. */
static void the_lowest_descriptor_is_one(void **state)
{
	struct recording_place whole, part;
	struct recording *recording, *written;
	struct recording_cut cut = {.force = true, .first = 2, .last = 3};
	int kept = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	bool reading;

	(void)state;
	if (kept < 0)
		assert_int_equal(open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
	SKIP_WITHOUT_SQLITE();
	whole = recording_made();
	part = recording_made();
	cut.path = part.path;
	assert_int_equal(recording_open(whole.path, &recording), 0);
	close(STDIN_FILENO);
	assert_int_equal(recording_cut_write(recording, &cut, &reading), 0);
	assert_int_equal(fcntl(STDIN_FILENO, F_GETFD), -1);
	if (kept >= 0) {
		assert_int_equal(dup2(kept, STDIN_FILENO), STDIN_FILENO);
		close(kept);
	}
	assert_int_equal(recording_open(part.path, &written), 0);
	assert_int_equal(recording_last(written), 2);
	recording_close(written);
	recording_close(recording);
	recording_place_remove(&whole);
	recording_place_remove(&part);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(samples_of_a_part_are_those_of_the_whole),
		cmocka_unit_test(of_what_cannot_be_read_nothing_is_left),
		cmocka_unit_test(what_is_overwritten_stays_until_the_new_one_is_whole),
		cmocka_unit_test(a_journal_of_what_is_overwritten_goes_with_it),
		cmocka_unit_test(a_file_that_is_locked_is_not_overwritten),
		cmocka_unit_test(the_lowest_descriptor_is_one),
	};

	return cmocka_run_group_tests_name("recording_cut", tests, NULL, NULL);
}
