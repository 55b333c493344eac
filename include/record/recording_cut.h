/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDING_CUT_H
#define RECORD_RECORDING_CUT_H

/*
 * A part of a recording as a recording of its own: its samples from first to last, what was known
 * of their memory, the baselines and notes among them, and where it was recorded. All of it is read
 * as it is shown, so that what is damaged does not get into the new one.
 */

#include <stdbool.h>
#include <stdint.h>

struct recording;

struct recording_cut {
	const char *path; /* of the new one */
	bool force;       /* overwrite a file that exists */
	int64_t first, last;
};

/*
 * Writes it, beside its path under that name with six letters more; only the whole of it gets the
 * name. Returns 0; or -errno, where nothing is left of the new one and a file that was there is as
 * it was: that of recording_file_take(), of recording_writer_create() and its other functions, or
 * with *ret_reading set that of recording_read().
 */
int recording_cut_write(struct recording *recording, const struct recording_cut *cut,
			bool *ret_reading);

#endif
