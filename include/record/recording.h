/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDING_H
#define RECORD_RECORDING_H

/*
 * A recording that is read. It may come from a stranger: nothing in the file is run, and nothing
 * that it says is believed before it was checked. All functions wait for the file system; one
 * thread at a time uses it.
 */

#include <stddef.h>
#include <stdint.h>

#include "model/change.h"
#include "record/recording_origin.h"

struct address_space;
struct database;
struct kept_usage;
struct recording;

/*
 * Opens it. Returns 0 and sets *ret_recording; or the errors of recording_file_check(), -ENODATA
 * where there is no sample, -EBADMSG where it is damaged, -ELIBACC without SQLite, or another
 * -errno.
 */
int recording_open(const char *path, struct recording **ret_recording);
void recording_close(struct recording *recording);

const struct recording_origin *recording_origin(const struct recording *recording);

/* Its tables, for what reads them on its own; valid until it is closed. */
struct database *recording_database(const struct recording *recording);

/* The numbers of the first and the last sample. */
int64_t recording_first(const struct recording *recording);
int64_t recording_last(const struct recording *recording);

/* The name of the user of the sample that was read last, where it was recorded; NULL: none. Valid
 * until the next one is read. */
const char *recording_user(const struct recording *recording);

/* The time of a sample (CLOCK_REALTIME, nanoseconds); or -EBADMSG. */
int recording_time(struct recording *recording, int64_t sample, int64_t *ret_time_ns);

/* The last sample that is not later, or the first one; or -EBADMSG. */
int recording_find(struct recording *recording, int64_t time_ns, int64_t *ret_sample);

/*
 * The sample as it was, which the caller destroys, and what was known of its memory, for
 * kept_usage_finish(). Returns 0; -ENOENT where there is no such sample; -EBADMSG where it is
 * damaged; or another -errno.
 */
int recording_read(struct recording *recording, int64_t sample, struct address_space **ret_space,
		   struct kept_usage *ret_usage);

#endif
