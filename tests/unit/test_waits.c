/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/waits.h"
#include "kernel/clock.h"

#define MS INT64_C(1000000)

/* A pipe with something to read. */
static int readable(int ends[static 2])
{
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "x", 1), 1);
	return ends[0];
}

static void close_both(const int ends[static 2])
{
	close(ends[0]);
	close(ends[1]);
}

static void what_comes_is_told(void **state)
{
	struct waits waits;
	int keys[2], list[2];

	(void)state;
	waits_init(&waits, 0.01);
	assert_int_equal(waits_wait(&waits, 0), 0);
	waits.descriptors[WAIT_KEYS] = readable(keys);
	assert_int_equal(waits_wait(&waits, -1), 0);
	assert_true(waits_came(&waits, WAIT_KEYS));
	assert_false(waits_came(&waits, WAIT_LIST));
	assert_false(waits_have_news(&waits));
	waits.descriptors[WAIT_LIST] = readable(list);
	assert_int_equal(waits_wait(&waits, -1), 0);
	assert_true(waits_came(&waits, WAIT_LIST) && waits_have_news(&waits));
	waits.descriptors[WAIT_LIST] = -1;
	waits.descriptors[WAIT_COUNT - 1] = list[0];
	assert_int_equal(waits_wait(&waits, -1), 0);
	assert_true(waits_came(&waits, WAIT_PROBES) && waits_have_news(&waits));
	assert_false(waits_came(&waits, WAIT_LIST));
	close_both(keys);
	close_both(list);
}

static void between_frames_only_keys_come(void **state)
{
	struct waits waits;
	int keys[2], sample[2];

	(void)state;
	waits_init(&waits, 0.01);
	waits.descriptors[WAIT_KEYS] = readable(keys);
	waits.descriptors[WAIT_SAMPLE] = readable(sample);
	/* As if far too many had been shown: an hour is to pass. */
	waits.pace.next_ns = clock_ns(CLOCK_MONOTONIC) + INT64_C(3600000000000);
	assert_int_equal(waits_wait(&waits, -1), 0);
	assert_true(waits_came(&waits, WAIT_KEYS));
	assert_false(waits_have_news(&waits));
	close_both(keys);
	close_both(sample);
}

/* What a key asked for is no news that other ones are shown with. */
static void what_the_user_waits_for_comes_at_once(void **state)
{
	static const int urgent[] = {WAIT_NEWS, WAIT_PROBES, WAIT_COUNT - 1};
	static const int others[] = {WAIT_SAMPLE, WAIT_SURVEY, WAIT_EXIT, WAIT_RECORD};
	struct waits waits;
	int ends[2];

	(void)state;
	readable(ends);
	for (size_t i = 0; i < sizeof(urgent) / sizeof(urgent[0]); i++) {
		waits_init(&waits, 0.01);
		waits.pace.next_ns = clock_ns(CLOCK_MONOTONIC) + INT64_C(3600000000000);
		waits.descriptors[urgent[i]] = ends[0];
		assert_int_equal(waits_wait(&waits, 0), 0);
		assert_false(waits_have_news(&waits));
		waits.awaited = true;
		assert_int_equal(waits_wait(&waits, -1), 0);
		assert_true(waits_have_news(&waits));
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		waits_init(&waits, 0.01);
		waits.pace.next_ns = clock_ns(CLOCK_MONOTONIC) + INT64_C(3600000000000);
		waits.descriptors[others[i]] = ends[0];
		waits.awaited = true;
		assert_int_equal(waits_wait(&waits, 0), 0);
		assert_false(waits_have_news(&waits));
	}
	close_both(ends);
}

static void news_that_were_held_back_come_in_time(void **state)
{
	struct waits waits;
	int sample[2];

	(void)state;
	waits_init(&waits, 0.01);
	waits.descriptors[WAIT_SAMPLE] = readable(sample);
	for (int64_t i = 0; i <= PACE_REST_NS / PACE_LEAST_NS + 1; i++)
		pace_add(&waits.pace, clock_ns(CLOCK_MONOTONIC), 0);
	/* Nobody does anything, and no time was asked for. */
	do
		assert_int_equal(waits_wait(&waits, -1), 0);
	while (!waits_have_news(&waits));
	close_both(sample);
}

/* Whatever is held back: an hour is to pass. */
static void who_does_not_wait_does_not(void **state)
{
	struct waits waits;
	int sample[2];

	(void)state;
	waits_init(&waits, 0.01);
	waits.descriptors[WAIT_SAMPLE] = readable(sample);
	waits.pace.next_ns = clock_ns(CLOCK_MONOTONIC) + INT64_C(3600000000000);
	assert_int_equal(waits_wait(&waits, 0), 0);
	assert_int_equal(waits_wait(&waits, 1), 0);
	assert_false(waits_came(&waits, WAIT_SAMPLE));
	close_both(sample);
}

static void frames_of_news_have_their_share(void **state)
{
	struct waits waits;
	int keys[2], sample[2], tries = 1000;
	int64_t now;

	(void)state;
	waits_init(&waits, 0.01);
	waits.descriptors[WAIT_KEYS] = readable(keys);
	assert_int_equal(waits_wait(&waits, -1), 0);
	waits_shown(&waits);
	assert_true(waits.pace.next_ns == 0);
	waits.descriptors[WAIT_SAMPLE] = readable(sample);
	assert_int_equal(waits_wait(&waits, -1), 0);
	assert_true(waits.spent_ns > 0);
	/*
	 * As if half a millisecond of the processor was used since the last: a hundred times that.
	 * What was used for other things counts as well, and nothing twice. It is tried again where
	 * that is much.
	 */
	do {
		waits.pace.next_ns = 0;
		waits.spent_ns = clock_ns(CLOCK_PROCESS_CPUTIME_ID) - 500000;
		now = clock_ns(CLOCK_MONOTONIC);
		waits_shown(&waits);
		assert_true(waits.pace.next_ns >= now + 50 * MS);
		assert_true(waits.spent_ns <= clock_ns(CLOCK_PROCESS_CPUTIME_ID));
		assert_true(--tries);
	} while (waits.pace.next_ns > clock_ns(CLOCK_MONOTONIC) + 90 * MS ||
		 clock_ns(CLOCK_PROCESS_CPUTIME_ID) - waits.spent_ns >= 400000);
	close_both(keys);
	close_both(sample);
}

static void an_error_of_waiting_is_one(void **state)
{
	struct rlimit before, few;
	struct waits waits;

	(void)state;
	waits_init(&waits, 0.01);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	few = before;
	few.rlim_cur = WAIT_COUNT - 1;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	assert_int_equal(waits_wait(&waits, 0), -EINVAL);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	assert_int_equal(waits_wait(&waits, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_comes_is_told),
		cmocka_unit_test(between_frames_only_keys_come),
		cmocka_unit_test(what_the_user_waits_for_comes_at_once),
		cmocka_unit_test(news_that_were_held_back_come_in_time),
		cmocka_unit_test(who_does_not_wait_does_not),
		cmocka_unit_test(frames_of_news_have_their_share),
		cmocka_unit_test(an_error_of_waiting_is_one),
	};

	return cmocka_run_group_tests_name("waits", tests, NULL, NULL);
}
