/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_REPLAY_SOURCE_H
#define APP_REPLAY_SOURCE_H

/*
 * A recording as a source (sampler/source.h): each read gives its next sample, so that the interval
 * of the sampler is the speed. After the last one it says -EAGAIN. What of a sample was in memory
 * goes another way, as a source has no place for it.
 */

#include <stdbool.h>
#include <stdint.h>

struct kept_usage;
struct recording;
struct replay_usage;
struct source;

/*
 * A source that begins with the sample and owns the recording. *ret_usage is for its reader, in
 * another thread, and freed by replay_usage_release(): both may outlive the other.
 */
struct source *replay_source_create(struct recording *recording, int64_t sample,
				    struct replay_usage **ret_usage);

/*
 * Moves what was known of the newest sample to *ret_usage, for kept_usage_finish(). False: it is
 * not of that time, or was taken before. *ret_last: that was the last sample.
 */
bool replay_usage_take(struct replay_usage *usage, int64_t time_ns, struct kept_usage *ret_usage,
		       bool *ret_last);

/* NULL is allowed. */
void replay_usage_release(struct replay_usage *usage);

#endif
