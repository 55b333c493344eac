/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_RECORD_SAMPLE_H
#define APP_RECORD_SAMPLE_H

/* A recording of the samples that --once takes: vastop --once --record=FILE. */

struct once_target;
struct options;
struct recording_writer;

/*
 * Records the target's sample; *recording is NULL before the first one, when the file is made.
 * Returns the exit status, after saying what went wrong.
 */
int record_sample(const struct options *options, const struct once_target *target,
		  struct recording_writer **recording);

/* Ends it (NULL: there is none); returns the exit status likewise. */
int record_sample_end(const struct options *options, struct recording_writer *recording);

#endif
