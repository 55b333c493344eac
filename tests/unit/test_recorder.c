/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <sys/resource.h>

#include "model/address_space.h"
#include "record/recorder.h"
#include "record/recording.h"
#include "recording_place.h"
#include "recording_tables.h"
#include "support/sample.h"

#define MEMORY (UINT64_C(64) << 20)

static struct recorder *create(const struct recording_place *place, const struct condition *when,
			       enum recorder_state state)
{
	const struct recorder_plan plan = {
		.file = {.path = place->path}, .when = when, .memory = MEMORY};
	struct recorder *recorder = NULL;

	assert_int_equal(recorder_create(&plan, &recorder), 0);
	assert_int_equal(recorder_wait(recorder).state, state);
	return recorder;
}

static void add(struct recorder *recorder, uint64_t bytes, int second)
{
	struct address_space *space = sample_python_grown(bytes);

	space->time_ns += second * INT64_C(1000000000);
	recorder_add(recorder, space);
	address_space_destroy(space);
}

static int64_t count_samples(const struct recording_place *place)
{
	struct recording *recording;
	int64_t count;

	assert_int_equal(recording_open(place->path, &recording), 0);
	count = recording_last(recording) - recording_first(recording) + 1;
	recording_close(recording);
	return count;
}

static void what_is_given_is_written(void **state)
{
	struct recording_place place = recording_place_make();
	struct recorder *recorder;
	struct recorder_news news;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	recorder = create(&place, NULL, RECORDER_WRITING);
	for (int i = 0; i < 50; i++) {
		add(recorder, (uint64_t)i << 12, i);
		recorder_add_usage(recorder, NULL, NULL);
	}
	recorder_add_baseline(recorder, 1);
	recorder_add_note(recorder, 2, "note");
	recorder_add_end(recorder, 3);
	news = recorder_destroy(recorder);
	assert_int_equal(news.state, RECORDER_CLOSED);
	assert_int_equal(news.error, 0);
	assert_int_equal(count_samples(&place), 50);
	recording_place_remove(&place);
}

/* Where it never holds there was nothing to be recorded. */
static void it_begins_with_what_was_before(void **state)
{
	struct condition when;
	struct recording_place place = recording_place_make();
	struct recorder *recorder;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	assert_int_equal(condition_parse("growth>40K", &when), 0);
	recorder = create(&place, &when, RECORDER_WAITING);
	for (int i = 0; i < 10; i++)
		add(recorder, (uint64_t)i << 12, i);
	assert_int_equal(recorder_destroy(recorder).error, 0);
	assert_int_not_equal(access(place.path, F_OK), 0);
	recorder = create(&place, &when, RECORDER_WAITING);
	/* What is older than ten minutes goes. */
	for (int i = 0; i < 5; i++)
		add(recorder, 0, i - 1000);
	for (int i = 0; i < 13; i++)
		add(recorder, (uint64_t)i << 12, i);
	assert_int_equal(recorder_destroy(recorder).error, 0);
	assert_int_equal(count_samples(&place), 13);
	recording_place_remove(&place);
}

static void a_file_that_cannot_be_made_is_told(void **state)
{
	struct recording_place place = {.path = "/nowhere/file"};
	struct recorder *recorder;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	recorder = create(&place, NULL, RECORDER_FAILED);
	/* Nobody takes it any more. */
	add(recorder, 0, 0);
	assert_int_equal(recorder_take(recorder).error, -ENOENT);
	assert_int_equal(recorder_destroy(recorder).error, -ENOENT);
	assert_int_equal(recorder_destroy(NULL).error, 0);
}

/* The screen goes on; what was committed reads back. */
static void a_disk_that_is_full_ends_it(void **state)
{
	struct recording_place place = recording_place_make();
	struct rlimit limit, before;
	struct recording *recording;
	struct recorder_news news;
	struct recorder *recorder;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	recorder = create(&place, NULL, RECORDER_WRITING);
	add(recorder, 0, 0);
	while (recording_open(place.path, &recording))
		usleep(10000);
	recording_close(recording);
	/* SQLite begins with a hundred thousand bytes. */
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	limit = before;
	limit.rlim_cur = 200000;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	do {
		for (int i = 0; i < 100; i++)
			add(recorder, (uint64_t)i << 12, i);
		usleep(1000);
		news = recorder_take(recorder);
	} while (news.state == RECORDER_WRITING);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(news.state, RECORDER_FAILED);
	/* SQLite does not always keep what the system said. */
	assert_true(news.error == -EFBIG || news.error == -ENOSPC || news.error == -EIO);
	assert_true(news.began);
	assert_int_equal(recorder_destroy(recorder).error, news.error);
	assert_true(count_samples(&place) > 0);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_given_is_written),
		cmocka_unit_test(it_begins_with_what_was_before),
		cmocka_unit_test(a_disk_that_is_full_ends_it),
		cmocka_unit_test(a_file_that_cannot_be_made_is_told),
	};

	return cmocka_run_group_tests_name("recorder", tests, NULL, NULL);
}
