/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_REPLAY_SOURCE_H
#define APP_REPLAY_SOURCE_H

/*
 * A recording as a source (sampler/source.h). Each read gives its next sample, so that the interval
 * of the sampler is that of the recording; or, at a higher speed, the sample of the time that it
 * has come to; or the one that is wished (app/replay_link.h). While it is held, and after the last
 * sample, it says -EAGAIN.
 */

#include <stdint.h>

struct recording;
struct replay_link;
struct source;

/*
 * A source that begins with the sample and owns the recording. *ret_link is for its reader, in
 * another thread, and freed by replay_link_release(): both may outlive the other. Returns 0; or the
 * errors of recording_time(), and the recording is closed.
 */
int replay_source_create(struct recording *recording, int64_t sample, struct source **ret_source,
			 struct replay_link **ret_link);

#endif
