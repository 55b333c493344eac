/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_SAMPLER_H
#define SAMPLER_SAMPLER_H

/*
 * A thread that owns a source, samples it at an interval and publishes what it finds: a slot for
 * the newest sample and an eventfd that says that there is one. A sample that nobody took is
 * replaced by the next. After -ESRCH no more samples come. A source that says -EAGAIN (the process
 * was changing its image) is asked again one interval later, and nothing is published. Times are
 * in nanoseconds.
 */

#include <stdbool.h>
#include <stdint.h>

struct address_space;
struct sampler;
struct source;

/* One sample: a snapshot, or the error why there is none (source_read()). */
struct sample {
	struct address_space *space; /* NULL when error is set */
	int error;                   /* 0 or -errno */
};

/*
 * Starts the thread; its first sample is taken one interval from now. The sampler owns the source
 * from then on; on failure the caller still does. Returns 0 and sets *ret_sampler, or -errno. All
 * signals are blocked in the thread.
 */
int sampler_create(struct source *source, uint64_t interval_ns, struct sampler **ret_sampler);

/* Readable when sampler_take() has something to give. */
int sampler_descriptor(const struct sampler *sampler);

/* Takes the newest sample; false when there is none since the last time. The caller owns it. */
bool sampler_take(struct sampler *sampler, struct sample *ret_sample);

/* While paused no sample is taken. */
void sampler_pause(struct sampler *sampler, bool paused);

/* Takes a sample as soon as possible, also while paused. */
void sampler_now(struct sampler *sampler);

/*
 * Ends the thread and frees everything; NULL is allowed. A thread that does not answer within a
 * moment (it waits for a dead file system) is left behind: it frees everything if it ever goes on.
 */
void sampler_destroy(struct sampler *sampler);

#endif
