/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <unistd.h>

#include "app/waits.h"
#include "kernel/clock.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_comes_is_told),
		cmocka_unit_test(between_frames_only_keys_come),
		cmocka_unit_test(news_that_were_held_back_come_in_time),
	};

	return cmocka_run_group_tests_name("waits", tests, NULL, NULL);
}
