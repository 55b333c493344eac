/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_SAMPLER_SCRIPT_H
#define TESTS_UNIT_SAMPLER_SCRIPT_H

/* A sampler that gives what the test says, in the place of sampler/sampler.c. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "model/coverage.h"
#include "model/pulse.h"
#include "sampler/sampler.h"
#include "sampler/source.h"

struct sampler {
	struct source *source;
	struct sample next; /* the sample that waits, where there is one */
	bool has_next;
	size_t pulses; /* that wait: each a nanosecond later, and a byte more, than the one before
			*/
	int64_t pulse_ns;
	int64_t busy_since;
	uint64_t interval_ns; /* that was set last */
	int asked;            /* how often a sample was asked for */
};

static struct sampler sampler;
static int sampler_error;                /* when it is created */
static struct sampler_plan sampler_plan; /* of the last one that was */

int sampler_create(struct source *source, const struct sampler_plan *plan,
		   struct sampler **ret_sampler)
{
	sampler_plan = *plan;
	if (sampler_error)
		return sampler_error;
	sampler = (struct sampler){.source = source};
	*ret_sampler = &sampler;
	return 0;
}

void sampler_destroy(struct sampler *destroyed)
{
	if (destroyed)
		source_destroy(destroyed->source);
}

void sampler_set_interval(struct sampler *changed, uint64_t interval_ns)
{
	changed->interval_ns = interval_ns;
}

int sampler_descriptor(const struct sampler *described)
{
	return described == &sampler ? 79 : -1;
}

bool sampler_take(struct sampler *taken, struct sample *ret_sample)
{
	if (!taken->has_next)
		return false;
	*ret_sample = taken->next;
	taken->has_next = false;
	return true;
}

size_t sampler_take_pulses(struct sampler *taken, struct pulse *out, size_t capacity)
{
	size_t count = taken->pulses < capacity ? taken->pulses : capacity;

	for (size_t i = 0; i < count; i++)
		out[i] = (struct pulse){.time_ns = ++taken->pulse_ns,
					.heap = (uint64_t)taken->pulse_ns,
					.resident = (uint64_t)taken->pulse_ns,
					.size = (uint64_t)taken->pulse_ns};
	taken->pulses -= count;
	return count;
}

struct coverage sampler_coverage(struct sampler *given)
{
	(void)given;
	return (struct coverage){COVERAGE_CODE, 5, 7};
}

int64_t sampler_busy_since(struct sampler *given)
{
	return given->busy_since;
}

void sampler_now(struct sampler *given)
{
	given->asked++;
}

#endif
