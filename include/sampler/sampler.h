/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_SAMPLER_H
#define SAMPLER_SAMPLER_H

/*
 * A thread that owns a source, looks at it at an interval and publishes what it finds: pulses on
 * every beat, samples (full lists) when a pulse or a look shows something new, and now and then in
 * any case. What is taken when, and how the cost is bounded, is in sampler/schedule.h. A source
 * without pulses is sampled every interval.
 *
 * There are a slot for the newest sample (one that was not taken is replaced by the next), a queue
 * of pulses, and an eventfd that says that there is something new: a sample, an error, or a pulse
 * that differs from the one before. A process that does nothing wakes the reader only for the
 * samples in between.
 *
 * A sample that contradicts the pulses around it is read once more before it is published
 * (sampler/torn_read.h). After -ESRCH nothing more comes. A source that says -EAGAIN (the process
 * was changing its image) is asked again one interval later, and nothing is published. Times are in
 * nanoseconds.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/coverage.h"

struct address_space;
struct pulse;
struct sampler;
struct source;

/*
 * One sample: a snapshot, or the error why there is none (source_read()). The snapshot shares its
 * list with that of the sample before where they are the same: it is compared here, once.
 */
struct sample {
	struct address_space *space; /* NULL when error is set */
	int error;                   /* 0 or -errno */
	bool last;                   /* the plan is carried out: nothing more comes */
};

struct sampler_plan {
	uint64_t interval_ns; /* from 10 ms to an hour; what is outside is brought inside */
	double budget;        /* share of one core for samples, up to 1; 0 for the default, 0.02 */
	uint64_t intervals;   /* after so many the last sample is taken; 0 for never */
	const struct address_space *first; /* the sample before the first one; NULL: none */
};

/*
 * Starts the thread; its first sample is taken one interval from now. The sampler owns the source
 * from then on; on failure the caller still does. Returns 0 and sets *ret_sampler, or -errno. All
 * signals are blocked in the thread.
 */
int sampler_create(struct source *source, const struct sampler_plan *plan,
		   struct sampler **ret_sampler);

/* Changes the interval, from now on. */
void sampler_set_interval(struct sampler *sampler, uint64_t interval_ns);

/*
 * Readable when there is something new since the last sampler_take() or sampler_take_pulses(); the
 * one that is woken calls both, in any order.
 */
int sampler_descriptor(const struct sampler *sampler);

/* Takes the newest sample; false when there is none since the last time. The caller owns it. */
bool sampler_take(struct sampler *sampler, struct sample *ret_sample);

/*
 * Takes the pulses since the last time, oldest first, at most capacity; when that many are
 * returned there may be more. At most 4096 wait, the oldest are dropped. Of pulses that differ in
 * nothing but their time, only the first and the last are there.
 */
size_t sampler_take_pulses(struct sampler *sampler, struct pulse *out, size_t capacity);

/* What is seen at every interval, as far as that is known by now. */
struct coverage sampler_coverage(struct sampler *sampler);

/*
 * Since when the thread has been at work on what it publishes next: CLOCK_MONOTONIC, 0 while it
 * rests. When that is long ago, it waits for the kernel.
 */
int64_t sampler_busy_since(struct sampler *sampler);

/* Takes a sample as soon as possible. */
void sampler_now(struct sampler *sampler);

/*
 * Ends the thread and frees everything; NULL is allowed. A thread that does not answer within a
 * moment (it waits for a dead file system) is left behind: it frees everything if it ever
 * continues.
 */
void sampler_destroy(struct sampler *sampler);

#endif
