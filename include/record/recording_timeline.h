/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDING_TIMELINE_H
#define RECORD_RECORDING_TIMELINE_H

/*
 * All of a recording at a glance. The time that it takes is bounded, however long it is: it is
 * divided into equal runs of samples, of each of which at most so many are looked at. Up to their
 * product the curve has every peak.
 */

struct recording;
struct timeline;

#define RECORDING_TIMELINE_RUNS    512
#define RECORDING_TIMELINE_SAMPLES 256

/* Returns 0 and fills *ret_timeline, for timeline_finish(); -EBADMSG where the recording is
 * damaged; or another -errno. */
int recording_timeline(struct recording *recording, struct timeline *ret_timeline);

#endif
