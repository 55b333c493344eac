/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <poll.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

#include "model/address_space.h"
#include "model/pulse.h"
#include "sampler/sampler.h"
#include "sampler/source.h"

#define HOUR_NS UINT64_C(3600000000000)
#define BEAT_NS UINT64_C(10000000)
#define SIZE    UINT64_C(0x9000)

/* A source that does what a script says at its n-th pulse and its n-th sample, from 1 on. */
struct fake {
	struct source source;
	atomic_int pulses, reads;
	atomic_int stop_at; /* says so on reached from this pulse on */
	sem_t reached;
	int (*pulse)(struct fake *fake, int turn, struct pulse *pulse);
	uint64_t (*listed)(struct fake *fake, int turn); /* size of the list */
	atomic_bool moved;                               /* for scripts */
};

static int fake_pulse(struct source *source, struct pulse *ret_pulse)
{
	struct fake *fake = (struct fake *)source;
	struct pulse pulse = {.time_ns = ++fake->pulses, .size = SIZE, .resident = 1};
	int error = fake->pulse ? fake->pulse(fake, fake->pulses, &pulse) : 0;

	if (!error)
		*ret_pulse = pulse;
	if (fake->stop_at && fake->pulses >= fake->stop_at)
		sem_post(&fake->reached);
	return error;
}

static int fake_read(struct source *source, struct address_space **ret_space)
{
	static const struct target target = {.pid = 1, .comm = "fake"};
	struct fake *fake = (struct fake *)source;
	int turn = ++fake->reads;
	struct vma vma = {.start = 0x1000, .name = ""};

	vma.end = 0x1000 + (fake->listed ? fake->listed(fake, turn) : SIZE);
	return address_space_create(&target, &vma, 1, turn, 0, ret_space);
}

static int fake_exit_descriptor(const struct source *source)
{
	(void)source;
	return -1;
}

static void fake_destroy(struct source *source)
{
	sem_destroy(&((struct fake *)source)->reached);
}

static const struct source_operations operations = {
	.read = fake_read,
	.pulse = fake_pulse,
	.exit_descriptor = fake_exit_descriptor,
	.destroy = fake_destroy,
};

static struct sampler *start(struct fake *fake, uint64_t interval, double budget)
{
	const struct sampler_plan plan = {.interval_ns = interval, .budget = budget};
	struct sampler *sampler = NULL;

	fake->source.operations = &operations;
	sem_init(&fake->reached, 0, 0);
	assert_int_equal(sampler_create(&fake->source, &plan, &sampler), 0);
	return sampler;
}

static bool is_readable(const struct sampler *sampler, int timeout)
{
	struct pollfd descriptor = {.fd = sampler_descriptor(sampler), .events = POLLIN};

	return poll(&descriptor, 1, timeout) == 1;
}

/* The number of the next sample, or its error. */
static int64_t next_sample(struct sampler *sampler)
{
	struct sample sample = {0};
	int64_t number;

	do
		assert_true(is_readable(sampler, 10000));
	while (!sampler_take(sampler, &sample));
	number = sample.space ? sample.space->time_ns : sample.error;
	address_space_destroy(sample.space);
	return number;
}

static void an_idle_process_wakes_nobody(void **state)
{
	struct fake fake = {0};
	struct sampler *sampler = start(&fake, BEAT_NS, 1);
	struct pulse pulses[16];
	int seen;

	(void)state;
	assert_int_equal(next_sample(sampler), 1);
	sampler_take_pulses(sampler, pulses, 16);
	seen = fake.pulses;
	fake.stop_at = seen + 8;
	sem_wait(&fake.reached);
	/* Unless this took a second, and there was another sample as a net. */
	if (fake.reads == 1)
		assert_false(is_readable(sampler, 0));
	assert_int_equal(sampler_take_pulses(sampler, pulses, 16), 1);
	assert_true(pulses[0].time_ns >= seen + 7); /* the end of the plateau, that far */
	sampler_destroy(sampler);
}

static int move_when_told(struct fake *fake, int turn, struct pulse *pulse)
{
	(void)turn;
	pulse->heap = fake->moved;
	return 0;
}

static void a_pulse_that_moves_brings_a_sample(void **state)
{
	struct fake fake = {.pulse = move_when_told};
	struct sampler *sampler = start(&fake, BEAT_NS, 1);
	struct pulse pulses[16];
	size_t count;

	(void)state;
	assert_int_equal(next_sample(sampler), 1);
	sampler_take_pulses(sampler, pulses, 16);
	fake.moved = true;
	assert_true(next_sample(sampler) >= 2);
	count = sampler_take_pulses(sampler, pulses, 16);
	assert_true(count > 0 && pulses[count - 1].heap == 1);
	sampler_destroy(sampler);
}

static int touch_when_told(struct fake *fake, int turn, struct pulse *pulse)
{
	(void)turn;
	pulse->resident += fake->moved;
	return 0;
}

static void residency_alone_wakes_but_brings_no_sample(void **state)
{
	struct fake fake = {.pulse = touch_when_told};
	struct sampler *sampler = start(&fake, BEAT_NS, 1);
	struct pulse pulses[16];
	struct sample sample;
	size_t count;

	(void)state;
	assert_int_equal(next_sample(sampler), 1);
	sampler_take_pulses(sampler, pulses, 16);
	fake.moved = true;
	do {
		assert_true(is_readable(sampler, 10000));
		count = sampler_take_pulses(sampler, pulses, 16);
	} while (count == 0 || pulses[count - 1].resident != 2);
	if (fake.reads == 1)
		assert_false(sampler_take(sampler, &sample));
	sampler_destroy(sampler);
}

static int end_at_4(struct fake *fake, int turn, struct pulse *pulse)
{
	(void)fake;
	(void)pulse;
	return turn > 3 ? -ESRCH : 0;
}

static void a_pulse_tells_of_the_end(void **state)
{
	struct fake fake = {.pulse = end_at_4};
	struct sampler *sampler = start(&fake, BEAT_NS, 1);
	int64_t number;

	(void)state;
	while ((number = next_sample(sampler)) > 0)
		;
	assert_int_equal(number, -ESRCH);
	sampler_now(sampler);
	assert_false(is_readable(sampler, 0));
	sampler_destroy(sampler);
	assert_int_equal(fake.pulses, 4);
}

static uint64_t with_a_hole_once(struct fake *fake, int turn)
{
	(void)fake;
	return turn == 2 ? SIZE - 0x1000 : SIZE;
}

static void a_torn_list_is_read_again(void **state)
{
	struct fake fake = {.listed = with_a_hole_once};
	struct sampler *sampler = start(&fake, HOUR_NS, 1);

	(void)state;
	sampler_now(sampler);
	assert_int_equal(next_sample(sampler), 1);
	sampler_now(sampler);
	assert_int_equal(next_sample(sampler), 3);
	sampler_now(sampler);
	assert_int_equal(next_sample(sampler), 4);
	sampler_destroy(sampler);
}

static uint64_t always_less(struct fake *fake, int turn)
{
	(void)fake;
	(void)turn;
	return SIZE - 0x1000;
}

static void what_is_counted_differently_is_learnt(void **state)
{
	struct fake fake = {.listed = always_less};
	struct sampler *sampler = start(&fake, HOUR_NS, 1);

	(void)state;
	sampler_now(sampler);
	assert_int_equal(next_sample(sampler), 2);
	sampler_now(sampler);
	assert_int_equal(next_sample(sampler), 3);
	sampler_destroy(sampler);
}

static int shrink_at_3(struct fake *fake, int turn, struct pulse *pulse)
{
	(void)fake;
	if (turn >= 3)
		pulse->size -= 0x1000;
	return 0;
}

static uint64_t less_from_2(struct fake *fake, int turn)
{
	(void)fake;
	return turn >= 2 ? SIZE - 0x1000 : SIZE;
}

static void a_smaller_size_explains_a_hole(void **state)
{
	struct fake fake = {.pulse = shrink_at_3, .listed = less_from_2};
	struct sampler *sampler = start(&fake, HOUR_NS, 1);

	(void)state;
	for (int turn = 1; turn <= 3; turn++) {
		sampler_now(sampler);
		assert_int_equal(next_sample(sampler), turn);
	}
	sampler_destroy(sampler);
}

/* Takes at least 2 ms of the thread's own time. */
static uint64_t slowly(struct fake *fake, int turn)
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

static void the_last_sample_comes_after_so_many_intervals(void **state)
{
	struct fake fake = {0};
	const struct sampler_plan plan = {.interval_ns = 5 * BEAT_NS, .intervals = 3};
	struct sampler *sampler = NULL;
	struct sample sample = {0};

	(void)state;
	fake.source.operations = &operations;
	sem_init(&fake.reached, 0, 0);
	assert_int_equal(sampler_create(&fake.source, &plan, &sampler), 0);
	while (!sample.last) {
		address_space_destroy(sample.space);
		assert_true(is_readable(sampler, 10000));
		sampler_take(sampler, &sample);
	}
	/* Nothing moved: but for the first one and the last no list was due. */
	assert_in_range(fake.reads, 1, 2);
	assert_int_equal(sample.space->time_ns, fake.reads);
	address_space_destroy(sample.space);
	sampler_destroy(sampler);
}

static void says_that_the_budget_stretches_the_interval(void **state)
{
	struct fake fake = {.listed = slowly};
	struct sampler *sampler = start(&fake, HOUR_NS, 0.02);

	(void)state;
	assert_int_equal(sampler_stretched(sampler), 0);
	sampler_now(sampler);
	next_sample(sampler);
	assert_int_equal(sampler_stretched(sampler), 0);
	sampler_set_interval(sampler, BEAT_NS);
	assert_true(sampler_stretched(sampler) >= 100000000);
	sampler_set_interval(sampler, HOUR_NS);
	assert_int_equal(sampler_stretched(sampler), 0);
	sampler_destroy(sampler);
}

static int end_at_once(struct fake *fake, int turn, struct pulse *pulse)
{
	(void)fake;
	(void)turn;
	(void)pulse;
	return -ESRCH;
}

/* No descriptor tells of the end, and the next pulse is an hour away. */
static void the_end_is_asked_for_between_pulses(void **state)
{
	struct fake fake = {.pulse = end_at_once};
	struct sampler *sampler = start(&fake, HOUR_NS, 0.02);

	(void)state;
	assert_int_equal(next_sample(sampler), -ESRCH);
	sampler_destroy(sampler);
}

static void another_interval_is_taken_at_once(void **state)
{
	struct fake fake = {0};
	struct sampler *sampler = start(&fake, HOUR_NS, 1);

	(void)state;
	sampler_set_interval(sampler, BEAT_NS);
	assert_int_equal(next_sample(sampler), 1);
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
		cmocka_unit_test(the_last_sample_comes_after_so_many_intervals),
		cmocka_unit_test(says_that_the_budget_stretches_the_interval),
		cmocka_unit_test(the_end_is_asked_for_between_pulses),
		cmocka_unit_test(another_interval_is_taken_at_once),
	};

	return cmocka_run_group_tests_name("sampler_tiers", tests, NULL, NULL);
}
