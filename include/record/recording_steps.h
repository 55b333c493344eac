/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDING_STEPS_H
#define RECORD_RECORDING_STEPS_H

/* Ways through a recording: to the next event, and what it says of the life of a mapping. */

#include <stdint.h>

struct recording;
struct replay_wish;
struct vma;

/*
 * Finds the sample that is wished from another one on. Returns 0 and sets *ret_sample; -ENOENT
 * where there is none; -EBADMSG where the recording is damaged; or another -errno.
 */
int recording_step(struct recording *recording, int64_t from, const struct replay_wish *wish,
		   int64_t *ret_sample);

struct recording_life {
	int64_t appeared_ns; /* CLOCK_REALTIME: of the first sample that has it */
	int64_t largest_ns;  /* of the first one in which it is as large as it ever is */
	uint64_t largest;    /* bytes */
	int64_t last_ns;     /* of the last one that has it */
};

/*
 * What becomes of a mapping of the sample, back and forward as long as there is one of its name
 * where it was. Returns 0 and fills *ret_life; or as recording_step().
 */
int recording_life(struct recording *recording, int64_t sample, const struct vma *vma,
		   struct recording_life *ret_life);

#endif
