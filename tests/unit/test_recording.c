/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "base/memory.h"
#include "plausible_process.h"
#include "model/kept_usage.h"
#include "model/residency.h"
#include "model/residency_coarse.h"
#include "random_memory.h"
#include "record/recording.h"
#include "record/recording_writer.h"
#include "recording_place.h"
#include "recording_tables.h"
#include "residency_equal.h"
#include "support/sample.h"

#define SAMPLES 400
#define PAGES   16384 /* as many as a recording keeps */

struct moment {
	struct address_space *space;
	struct usage_table usage;
	struct residency *residency; /* coarse */
	bool told;
};

/* Those that no kernel has are not kept. */
static struct usage named_flags(struct usage usage)
{
	uint64_t named = 0;

	for (size_t i = 0; usage_flag_name(i); i++)
		named |= UINT64_C(1) << i;
	if (usage.flags != TARGET_UNKNOWN)
		usage.flags &= named;
	return usage;
}

static void check(struct recording *recording, int64_t sample, const struct moment *moment)
{
	struct address_space *space;
	struct kept_usage kept;

	assert_int_equal(recording_read(recording, sample, &space, &kept), 0);
	assert_same_space(space, moment->space);
	assert_int_equal(moment->told, kept.known);
	for (size_t i = 0; moment->told && i < space->vma_count; i++) {
		const struct usage one = named_flags(usage_table_at(&moment->usage, i));
		const struct usage other = usage_table_at(&kept.table, i);

		assert_memory_equal(&one, &other, sizeof(one));
	}
	if (moment->told) {
		assert_memory_equal(&moment->usage.total, &kept.table.total, sizeof(struct usage));
		assert_memory_equal(moment->usage.by_kind, kept.table.by_kind,
				    sizeof(kept.table.by_kind));
		assert_same_residency(moment->residency, kept.residency);
	}
	address_space_destroy(space);
	kept_usage_finish(&kept);
}

static void write_moment(struct recording_writer *writer, struct edited_process *process,
			 struct moment *moment)
{
	struct residency *residency;

	plausible_process_step(process);
	moment->space = edited_process_space(process);
	moment->told = random_below(&process->random, 5) != 0;
	residency = random_residency(&process->random, moment->space);
	random_usage(&process->random, moment->space, residency, &moment->usage);
	moment->residency = residency_coarse(residency, moment->space, PAGES);
	assert_int_equal(recording_writer_add(writer, moment->space), 0);
	assert_int_equal(
		recording_writer_add_usage(writer, moment->told ? &moment->usage : NULL, residency),
		0);
	residency_destroy(residency);
}

static void all_that_was_seen_comes_back(void **state)
{
	struct recording_place place = recording_place_make();
	const struct recording_plan plan = {.path = place.path, .interval_ns = 5};
	struct moment *moments = memory_alloc(SAMPLES * sizeof(*moments));
	struct recording_writer *writer;
	struct edited_process process;
	struct recording *recording;
	int64_t sample;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	edited_process_init(&process, 1);
	assert_int_equal(recording_writer_create(&plan, &writer), 0);
	for (int i = 0; i < SAMPLES; i++)
		write_moment(writer, &process, &moments[i]);
	assert_int_equal(recording_writer_close(writer), 0);
	assert_int_equal(recording_open(place.path, &recording), 0);
	assert_int_equal(recording_first(recording), 1);
	assert_int_equal(recording_last(recording), SAMPLES);
	assert_int_equal(recording_origin(recording)->interval_ns, 5);
	assert_string_equal(recording_origin(recording)->system, "Linux");
	/* From the last one on, as nothing of another one is needed. */
	for (int i = SAMPLES; i-- > 0;) {
		check(recording, i + 1, &moments[i]);
		assert_int_equal(recording_find(recording, moments[i].space->time_ns, &sample), 0);
		assert_true(sample >= i + 1);
		address_space_destroy(moments[i].space);
		usage_table_finish(&moments[i].usage);
		residency_destroy(moments[i].residency);
	}
	assert_int_equal(recording_find(recording, 0, &sample), 0);
	assert_int_equal(sample, 1);
	assert_int_equal(recording_find(recording, INT64_MAX, &sample), 0);
	assert_int_equal(sample, SAMPLES);
	recording_close(recording);
	edited_process_finish(&process);
	free(moments);
	recording_place_remove(&place);
}

/* Parts of mappings and stacks in others, and the name of the user. */
static void stacks_come_back(void **state)
{
	struct recording_place place = recording_place_make();
	const struct recording_plan plan = {.path = place.path};
	struct address_space *space = sample_stacks(3), *back;
	struct recording_writer *writer;
	struct recording *recording;
	struct kept_usage usage;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	space->target.uid = 0;
	assert_int_equal(recording_writer_create(&plan, &writer), 0);
	assert_int_equal(recording_writer_add(writer, space), 0);
	assert_int_equal(recording_writer_close(writer), 0);
	assert_int_equal(recording_open(place.path, &recording), 0);
	assert_int_equal(recording_read(recording, 1, &back, &usage), 0);
	assert_same_space(space, back);
	assert_int_equal(back->part_count, space->part_count);
	assert_true(space->part_count > 0);
	for (size_t i = 0; i < back->part_count; i++) {
		assert_true(vma_equal(&back->parts[i], &space->parts[i]));
		assert_string_equal(back->parts[i].name, space->parts[i].name);
	}
	assert_int_equal(back->lodged_count, space->lodged_count);
	for (size_t i = 0; i < back->lodged_count; i++)
		assert_true(back->lodged[i].address == space->lodged[i].address &&
			    back->lodged[i].tid == space->lodged[i].tid);
	assert_true(!recording_user(recording) || *recording_user(recording));
	assert_int_equal(recording_read(recording, 2, &back, &usage), -ENOENT);
	recording_close(recording);
	address_space_destroy(space);
	address_space_destroy(back);
	recording_place_remove(&place);
}

/* A recording with one sample that was changed so is refused, when it is opened or read. */
static void refuse(const char *sql, int expected)
{
	struct recording_place place = recording_place_make();
	const struct recording_plan plan = {.path = place.path};
	struct address_space *space = sample_stacks(2), *back;
	struct recording_writer *writer;
	struct recording *recording;
	struct database *database;
	struct kept_usage usage;
	int error;

	assert_int_equal(recording_writer_create(&plan, &writer), 0);
	assert_int_equal(recording_writer_add(writer, space), 0);
	assert_int_equal(recording_writer_close(writer), 0);
	assert_int_equal(database_open(place.path, &database), 0);
	if (database_run(database, sql))
		fail_msg("not run: %s", sql);
	database_close(database);
	error = recording_open(place.path, &recording);
	if (!error) {
		error = recording_read(recording, 1, &back, &usage);
		recording_close(recording);
	}
	if (error != expected)
		fail_msg("%d after %s", error, sql);
	address_space_destroy(space);
	recording_place_remove(&place);
}

static void what_is_not_written_so_is_refused(void **state)
{
	static const char *const changes[] = {
		"CREATE TABLE more(a)",
		"CREATE VIEW more AS SELECT 1",
		"CREATE TRIGGER t AFTER INSERT ON note BEGIN SELECT 1; END",
		"DROP INDEX mapping_first",
		"DROP TABLE note",
		"ALTER TABLE note ADD COLUMN a ANY",
		"DROP TABLE note; CREATE VIEW note AS SELECT 1",
		"DELETE FROM recording",
		"DELETE FROM keyframe",
		"DELETE FROM process",
		"UPDATE process SET page_size=0",
		"UPDATE process SET page_size=3000",
		"UPDATE process SET page_size=2097152",
		"UPDATE process SET pid=-1",
		"UPDATE process SET comm=7",
		"UPDATE sample SET state=''",
		"UPDATE sample SET state='\x1b'",
		"UPDATE sample SET threads=1<<40",
		"UPDATE sample SET id=-5",
		"UPDATE sample SET id=0",
		"UPDATE sample SET id=9223372036854775807",
		"UPDATE mapping SET start=0",
		"UPDATE mapping SET size=size*2",
		"UPDATE part SET size=size-4096",
		"UPDATE part SET start=start+(1<<40)",
		"UPDATE argument SET position=position+1",
	};

	(void)state;
	SKIP_WITHOUT_SQLITE();
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++)
		refuse(changes[i], -EBADMSG);
	refuse("DELETE FROM sample", -ENODATA);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_that_was_seen_comes_back),
		cmocka_unit_test(stacks_come_back),
		cmocka_unit_test(what_is_not_written_so_is_refused),
	};

	return cmocka_run_group_tests_name("recording", tests, NULL, NULL);
}
