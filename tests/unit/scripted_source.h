/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_SCRIPTED_SOURCE_H
#define TESTS_UNIT_SCRIPTED_SOURCE_H

/* A source that does what a script says, and a sampler on it. */

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
struct scripted_source {
	struct source source;
	atomic_int pulses, reads;
	atomic_int stop_at; /* says so on reached from this pulse on */
	sem_t reached;
	int (*pulse)(struct scripted_source *fake, int turn, struct pulse *pulse);
	uint64_t (*listed)(struct scripted_source *fake, int turn); /* size of the list */
	int (*look)(struct scripted_source *fake, enum coverage_level level, uint64_t *print);
	atomic_int looks[COVERAGE_SIZES];
	atomic_bool moved; /* for scripts */
};

static inline int scripted_source_pulse(struct source *source, struct pulse *ret_pulse)
{
	struct scripted_source *fake = (struct scripted_source *)source;
	struct pulse pulse = {.time_ns = ++fake->pulses, .size = SIZE, .resident = 1};
	int error = fake->pulse ? fake->pulse(fake, fake->pulses, &pulse) : 0;

	if (!error)
		*ret_pulse = pulse;
	if (fake->stop_at && fake->pulses >= fake->stop_at)
		sem_post(&fake->reached);
	return error;
}

static inline int scripted_source_read(struct source *source, struct address_space **ret_space)
{
	static const struct target target = {.pid = 1, .comm = "fake"};
	struct scripted_source *fake = (struct scripted_source *)source;
	int turn = ++fake->reads;
	struct vma vma = {.start = 0x1000, .name = ""};

	vma.end = 0x1000 + (fake->listed ? fake->listed(fake, turn) : SIZE);
	return address_space_create(&target, &vma, 1, turn, 0, ret_space);
}

static inline int scripted_source_look(struct source *source, enum coverage_level level,
				       uint64_t *ret_print)
{
	struct scripted_source *fake = (struct scripted_source *)source;

	fake->looks[level]++;
	return fake->look ? fake->look(fake, level, ret_print) : -ENOTSUP;
}

static inline int scripted_source_exit_descriptor(const struct source *source)
{
	(void)source;
	return -1;
}

static inline void scripted_source_destroy(struct source *source)
{
	sem_destroy(&((struct scripted_source *)source)->reached);
}

static const struct source_operations scripted_source_operations = {
	.read = scripted_source_read,
	.pulse = scripted_source_pulse,
	.look = scripted_source_look,
	.exit_descriptor = scripted_source_exit_descriptor,
	.destroy = scripted_source_destroy,
};

static inline struct sampler *scripted_source_start(struct scripted_source *fake, uint64_t interval,
						    double budget)
{
	const struct sampler_plan plan = {.interval_ns = interval, .budget = budget};
	struct sampler *sampler = NULL;

	fake->source.operations = &scripted_source_operations;
	sem_init(&fake->reached, 0, 0);
	assert_int_equal(sampler_create(&fake->source, &plan, &sampler), 0);
	return sampler;
}

static inline bool scripted_source_is_readable(const struct sampler *sampler, int timeout)
{
	struct pollfd descriptor = {.fd = sampler_descriptor(sampler), .events = POLLIN};

	return poll(&descriptor, 1, timeout) == 1;
}

/* The number of the next sample, or its error. */
static inline int64_t scripted_source_next(struct sampler *sampler)
{
	struct sample sample = {0};
	int64_t number;

	do
		assert_true(scripted_source_is_readable(sampler, 10000));
	while (!sampler_take(sampler, &sample));
	number = sample.space ? sample.space->time_ns : sample.error;
	address_space_destroy(sample.space);
	return number;
}

#endif
