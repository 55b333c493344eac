/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDING_MARKS_H
#define RECORD_RECORDING_MARKS_H

/*
 * What stands out in a recording: baselines and notes of the user, and the end of the process, by
 * sample. It is as hostile as the rest of the recording.
 */

#include <stddef.h>
#include <stdint.h>

struct recording;

/* A stranger's recording may have any number of them: those after that many are left out. */
#define RECORDING_MARKS_MAX 100000

enum recording_mark_type { RECORDING_BASELINE, RECORDING_NOTE, RECORDING_END };

struct recording_mark {
	enum recording_mark_type type;
	int64_t sample, time_ns; /* CLOCK_REALTIME */
	char *words;             /* of a note, not escaped; else NULL */
};

struct recording_marks {
	struct recording_mark *marks; /* by sample */
	size_t count, capacity;
};

/*
 * Reads those of the samples from first to last, both included. Returns 0 and fills *ret_marks, for
 * recording_marks_finish(); -EBADMSG where one is damaged; or another -errno.
 */
int recording_marks_read(struct recording *recording, int64_t first, int64_t last,
			 struct recording_marks *ret_marks);
void recording_marks_finish(struct recording_marks *marks);

#endif
