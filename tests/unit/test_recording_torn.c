/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "model/kept_usage.h"
#include "record/recording.h"
#include "recording_made.h"
#include "recording_tables.h"

/* What a recorder that was killed in the middle of a commit leaves behind: a part, and a journal.
 */

static void copy_file(const char *from, const char *to)
{
	FILE *in = fopen(from, "r"), *out = fopen(to, "w");
	int byte;

	assert_true(in && out);
	while ((byte = getc(in)) != EOF)
		putc(byte, out);
	fclose(in);
	assert_int_equal(fclose(out), 0);
}

static void journal_of(const struct recording_place *place, char path[static 128])
{
	snprintf(path, 128, "%s-journal", place->path);
}

/* All times are others by then, which is in the file already, and not committed. */
static void tear(const struct recording_place *whole, const struct recording_place *torn)
{
	struct database *database;
	char from[128], to[128];

	journal_of(whole, from);
	journal_of(torn, to);
	assert_int_equal(database_open(whole->path, &database), 0);
	assert_int_equal(database_run(database,
				      "PRAGMA cache_size=1; BEGIN;"
				      "UPDATE sample SET time_ns=7;"
				      "UPDATE mapping SET name=name || hex(zeroblob(99))"),
			 0);
	copy_file(from, to);
	copy_file(whole->path, torn->path);
	assert_int_equal(database_run(database, "ROLLBACK"), 0);
	assert_int_equal(database_close(database), 0);
}

static void what_was_not_committed_is_undone_in_a_copy(void **state)
{
	struct recording_place whole, torn;
	struct address_space *space;
	struct recording *recording;
	struct kept_usage usage;
	char journal[128], folder[64] = "/tmp/vastop-test-XXXXXX";
	const char *before = getenv("TMPDIR");
	char *kept = before ? strdup(before) : NULL;
	int64_t time;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	whole = recording_made();
	torn = recording_place_make();
	tear(&whole, &torn);
	assert_non_null(mkdtemp(folder));
	setenv("TMPDIR", folder, 1);
	assert_int_equal(recording_open(torn.path, &recording), 0);
	assert_int_equal(recording_last(recording), RECORDING_MADE_SAMPLES);
	for (int64_t i = 1; i <= RECORDING_MADE_SAMPLES; i++) {
		assert_int_equal(recording_time(recording, i, &time), 0);
		assert_int_equal(time, RECORDING_MADE_START + (i - 1) * RECORDING_MADE_SECOND);
	}
	assert_int_equal(recording_read(recording, 3, &space, &usage), 0);
	kept_usage_finish(&usage);
	address_space_destroy(space);
	assert_int_equal(rmdir(folder), -1); /* the copy is there */
	recording_close(recording);
	assert_int_equal(rmdir(folder), 0);
	/* What was torn stays as it is. */
	journal_of(&torn, journal);
	assert_int_equal(access(journal, F_OK), 0);
	/* No copy can be made. */
	assert_int_equal(recording_open(torn.path, &recording), -ENOENT);
	if (kept)
		setenv("TMPDIR", kept, 1);
	else
		unsetenv("TMPDIR");
	free(kept);
	unlink(journal);
	recording_place_remove(&torn);
	recording_place_remove(&whole);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_not_committed_is_undone_in_a_copy),
	};

	return cmocka_run_group_tests_name("recording_torn", tests, NULL, NULL);
}
