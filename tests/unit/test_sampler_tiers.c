/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdbool.h>
#include <time.h>

#include "model/address_space.h"
#include "model/pulse.h"
#include "sampler/sampler.h"
#include "scripted_source.h"

static void an_idle_process_wakes_nobody(void **state)
{
	struct scripted_source fake = {0};
	struct sampler *sampler = scripted_source_start(&fake, BEAT_NS, 1);
	struct pulse pulses[16];
	int seen;

	(void)state;
	assert_int_equal(scripted_source_next(sampler), 1);
	sampler_take_pulses(sampler, pulses, 16);
	seen = fake.pulses;
	fake.stop_at = seen + 8;
	sem_wait(&fake.reached);
	/* Unless this took a second, and there was another sample as a net. */
	if (fake.reads == 1)
		assert_false(scripted_source_is_readable(sampler, 0));
	assert_int_equal(sampler_take_pulses(sampler, pulses, 16), 1);
	assert_true(pulses[0].time_ns >= seen + 7); /* the end of the plateau, that far */
	sampler_destroy(sampler);
}

static int move_when_told(struct scripted_source *fake, int turn, struct pulse *pulse)
{
	(void)turn;
	pulse->heap = fake->moved;
	return 0;
}

static void a_pulse_that_moves_brings_a_sample(void **state)
{
	struct scripted_source fake = {.pulse = move_when_told};
	struct sampler *sampler = scripted_source_start(&fake, BEAT_NS, 1);
	struct pulse pulses[16];
	size_t count;

	(void)state;
	assert_int_equal(scripted_source_next(sampler), 1);
	sampler_take_pulses(sampler, pulses, 16);
	fake.moved = true;
	assert_true(scripted_source_next(sampler) >= 2);
	count = sampler_take_pulses(sampler, pulses, 16);
	assert_true(count > 0 && pulses[count - 1].heap == 1);
	sampler_destroy(sampler);
}

static int touch_when_told(struct scripted_source *fake, int turn, struct pulse *pulse)
{
	(void)turn;
	pulse->resident += fake->moved;
	return 0;
}

static void residency_alone_wakes_but_brings_no_sample(void **state)
{
	struct scripted_source fake = {.pulse = touch_when_told};
	struct sampler *sampler = scripted_source_start(&fake, BEAT_NS, 1);
	struct pulse pulses[16];
	struct sample sample;
	size_t count;

	(void)state;
	assert_int_equal(scripted_source_next(sampler), 1);
	sampler_take_pulses(sampler, pulses, 16);
	fake.moved = true;
	do {
		assert_true(scripted_source_is_readable(sampler, 10000));
		count = sampler_take_pulses(sampler, pulses, 16);
	} while (count == 0 || pulses[count - 1].resident != 2);
	if (fake.reads == 1)
		assert_false(sampler_take(sampler, &sample));
	sampler_destroy(sampler);
}

static int end_at_4(struct scripted_source *fake, int turn, struct pulse *pulse)
{
	(void)fake;
	(void)pulse;
	return turn > 3 ? -ESRCH : 0;
}

static void a_pulse_tells_of_the_end(void **state)
{
	struct scripted_source fake = {.pulse = end_at_4};
	struct sampler *sampler = scripted_source_start(&fake, BEAT_NS, 1);
	int64_t number;

	(void)state;
	while ((number = scripted_source_next(sampler)) > 0)
		;
	assert_int_equal(number, -ESRCH);
	sampler_now(sampler);
	assert_false(scripted_source_is_readable(sampler, 0));
	sampler_destroy(sampler);
	assert_int_equal(fake.pulses, 4);
}

static uint64_t with_a_hole_once(struct scripted_source *fake, int turn)
{
	(void)fake;
	return turn == 2 ? SIZE - 0x1000 : SIZE;
}

static void a_torn_list_is_read_again(void **state)
{
	struct scripted_source fake = {.listed = with_a_hole_once};
	struct sampler *sampler = scripted_source_start(&fake, HOUR_NS, 1);

	(void)state;
	sampler_now(sampler);
	assert_int_equal(scripted_source_next(sampler), 1);
	sampler_now(sampler);
	assert_int_equal(scripted_source_next(sampler), 3);
	sampler_now(sampler);
	assert_int_equal(scripted_source_next(sampler), 4);
	sampler_destroy(sampler);
}

static uint64_t always_less(struct scripted_source *fake, int turn)
{
	(void)fake;
	(void)turn;
	return SIZE - 0x1000;
}

static void what_is_counted_differently_is_learnt(void **state)
{
	struct scripted_source fake = {.listed = always_less};
	struct sampler *sampler = scripted_source_start(&fake, HOUR_NS, 1);

	(void)state;
	sampler_now(sampler);
	assert_int_equal(scripted_source_next(sampler), 2);
	sampler_now(sampler);
	assert_int_equal(scripted_source_next(sampler), 3);
	sampler_destroy(sampler);
}

static int shrink_at_3(struct scripted_source *fake, int turn, struct pulse *pulse)
{
	(void)fake;
	if (turn >= 3)
		pulse->size -= 0x1000;
	return 0;
}

static uint64_t less_from_2(struct scripted_source *fake, int turn)
{
	(void)fake;
	return turn >= 2 ? SIZE - 0x1000 : SIZE;
}

static void a_smaller_size_explains_a_hole(void **state)
{
	struct scripted_source fake = {.pulse = shrink_at_3, .listed = less_from_2};
	struct sampler *sampler = scripted_source_start(&fake, HOUR_NS, 1);

	(void)state;
	for (int turn = 1; turn <= 3; turn++) {
		sampler_now(sampler);
		assert_int_equal(scripted_source_next(sampler), turn);
	}
	sampler_destroy(sampler);
}

/* Takes at least 2 ms of the thread's own time. */
static uint64_t slowly(struct scripted_source *fake, int turn)
{
	struct timespec begin, now;

	(void)fake;
	(void)turn;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
	do
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	while ((now.tv_sec - begin.tv_sec) * 1000000000 + now.tv_nsec - begin.tv_nsec < 2000000);
	return SIZE;
}

static void says_that_the_budget_stretches_the_interval(void **state)
{
	struct scripted_source fake = {.listed = slowly};
	struct sampler *sampler = scripted_source_start(&fake, HOUR_NS, 0.02);

	(void)state;
	assert_int_equal(sampler_coverage(sampler).seen_ns, HOUR_NS);
	sampler_now(sampler);
	scripted_source_next(sampler);
	assert_int_equal(sampler_coverage(sampler).seen_ns, HOUR_NS);
	sampler_set_interval(sampler, BEAT_NS);
	assert_true(sampler_coverage(sampler).seen_ns >= 100000000);
	sampler_set_interval(sampler, HOUR_NS);
	assert_int_equal(sampler_coverage(sampler).seen_ns, HOUR_NS);
	sampler_destroy(sampler);
}

static int end_at_once(struct scripted_source *fake, int turn, struct pulse *pulse)
{
	(void)fake;
	(void)turn;
	(void)pulse;
	return -ESRCH;
}

/* No descriptor tells of the end, and the next pulse is an hour away. */
static void the_end_is_asked_for_between_pulses(void **state)
{
	struct scripted_source fake = {.pulse = end_at_once};
	struct sampler *sampler = scripted_source_start(&fake, HOUR_NS, 0.02);

	(void)state;
	assert_int_equal(scripted_source_next(sampler), -ESRCH);
	sampler_destroy(sampler);
}

static void another_interval_is_taken_at_once(void **state)
{
	struct scripted_source fake = {0};
	struct sampler *sampler = scripted_source_start(&fake, HOUR_NS, 1);

	(void)state;
	sampler_set_interval(sampler, BEAT_NS);
	assert_int_equal(scripted_source_next(sampler), 1);
	sampler_destroy(sampler);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_idle_process_wakes_nobody),
		cmocka_unit_test(a_pulse_that_moves_brings_a_sample),
		cmocka_unit_test(residency_alone_wakes_but_brings_no_sample),
		cmocka_unit_test(a_pulse_tells_of_the_end),
		cmocka_unit_test(a_torn_list_is_read_again),
		cmocka_unit_test(what_is_counted_differently_is_learnt),
		cmocka_unit_test(a_smaller_size_explains_a_hole),
		cmocka_unit_test(says_that_the_budget_stretches_the_interval),
		cmocka_unit_test(the_end_is_asked_for_between_pulses),
		cmocka_unit_test(another_interval_is_taken_at_once),
	};

	return cmocka_run_group_tests_name("sampler_tiers", tests, NULL, NULL);
}
