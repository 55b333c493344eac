/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "kernel/clock.h"
#include "model/address_space.h"
#include "sampler/sampler.h"
#include "scripted_source.h"

static int look_as_told(struct scripted_source *fake, enum coverage_level level, uint64_t *print)
{
	(void)level;
	*print = fake->moved ? 7 : 6;
	return 0;
}

/* Waits until so many more turns were taken. */
static void wait_for_turns(struct scripted_source *fake, int turns)
{
	fake->stop_at = fake->pulses + turns;
	while (fake->pulses < fake->stop_at)
		sem_wait(&fake->reached);
}

static void a_look_that_sees_more_brings_a_sample(void **state)
{
	struct scripted_source fake = {.look = look_as_told};
	struct sampler *sampler = scripted_source_start(&fake, BEAT_NS, 1);
	int reads;

	(void)state;
	/* The first list, and one as nobody knows what was before the first look. */
	while (scripted_source_next(sampler) < 2)
		;
	wait_for_turns(&fake, 5);
	reads = fake.reads;
	fake.moved = true;
	while (scripted_source_next(sampler) <= reads)
		;
	assert_int_equal(fake.looks[COVERAGE_CODE], 0);
	assert_int_equal(sampler_coverage(sampler).level, COVERAGE_ALL);
	sampler_destroy(sampler);
}

static int be_idle(struct scripted_source *fake, enum coverage_level level, uint64_t *print)
{
	(void)level;
	*print = (uint64_t)fake->pulses;
	return SOURCE_IDLE;
}

static void looks_at_an_idle_process_bring_none(void **state)
{
	struct scripted_source fake = {.look = be_idle};
	int64_t begin = clock_ns(CLOCK_MONOTONIC);
	struct sampler *sampler = scripted_source_start(&fake, BEAT_NS, 1);

	(void)state;
	assert_int_equal(scripted_source_next(sampler), 1);
	wait_for_turns(&fake, 10);
	/* But for the net of every second. */
	assert_true(fake.reads <= 1 + (clock_ns(CLOCK_MONOTONIC) - begin) / 1000000000);
	assert_true(fake.looks[COVERAGE_ALL] >= 5);
	sampler_destroy(sampler);
}

static int fail_after_4(struct scripted_source *fake, enum coverage_level level, uint64_t *print)
{
	*print = 1;
	return fake->looks[level] > 4 ? -ESRCH : 0;
}

static void a_look_that_fails_brings_a_sample(void **state)
{
	struct scripted_source fake = {.look = fail_after_4};
	struct sampler *sampler = scripted_source_start(&fake, BEAT_NS, 1);

	(void)state;
	for (int i = 1; i <= 5; i++)
		assert_true(scripted_source_next(sampler) >= i);
	sampler_destroy(sampler);
}

static void a_source_that_cannot_look_is_not_asked_again(void **state)
{
	struct scripted_source fake = {0};
	struct sampler *sampler = scripted_source_start(&fake, BEAT_NS, 1);

	(void)state;
	assert_int_equal(scripted_source_next(sampler), 1);
	wait_for_turns(&fake, 6);
	assert_int_equal(fake.looks[COVERAGE_ALL], 1);
	assert_int_equal(fake.looks[COVERAGE_CODE], 1);
	assert_int_equal(sampler_coverage(sampler).level, COVERAGE_SIZES);
	assert_int_equal(sampler_coverage(sampler).rest_ns, 1000000000);
	sampler_destroy(sampler);
}

static void the_last_sample_comes_after_so_many_intervals(void **state)
{
	struct scripted_source fake = {0};
	const struct sampler_plan plan = {.interval_ns = 5 * BEAT_NS, .intervals = 3};
	struct sampler *sampler = NULL;
	struct sample sample = {0};

	(void)state;
	fake.source.operations = &scripted_source_operations;
	sem_init(&fake.reached, 0, 0);
	assert_int_equal(sampler_create(&fake.source, &plan, &sampler), 0);
	while (!sample.last) {
		address_space_destroy(sample.space);
		assert_true(scripted_source_is_readable(sampler, 10000));
		sampler_take(sampler, &sample);
	}
	/* Nothing moved: but for the first one, the last, and the net no list was due. */
	assert_in_range(fake.reads, 1, 3);
	assert_int_equal(sample.space->time_ns, fake.reads);
	address_space_destroy(sample.space);
	sampler_destroy(sampler);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_look_that_sees_more_brings_a_sample),
		cmocka_unit_test(looks_at_an_idle_process_bring_none),
		cmocka_unit_test(a_look_that_fails_brings_a_sample),
		cmocka_unit_test(a_source_that_cannot_look_is_not_asked_again),
		cmocka_unit_test(the_last_sample_comes_after_so_many_intervals),
	};

	return cmocka_run_group_tests_name("sampler_looks", tests, NULL, NULL);
}
