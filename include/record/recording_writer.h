/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDING_WRITER_H
#define RECORD_RECORDING_WRITER_H

/*
 * Writes a recording. All functions wait for the file system. What is written reads back once
 * recording_writer_commit() has returned 0, whatever happens afterwards; the file stands alone then
 * (SQLite keeps a journal beside it while it commits, and no longer).
 */

#include <stdbool.h>
#include <stdint.h>

struct address_space;
struct recording_origin;
struct recording_writer;
struct residency;
struct usage_table;

struct recording_plan {
	const char *path;
	bool force;           /* overwrite a file that exists */
	uint64_t limit;       /* bytes; the oldest goes when it takes more; 0: never */
	uint64_t interval_ns; /* between two samples, as the user asked for */
	const struct recording_origin
		*origin; /* where it was recorded; NULL: here, at interval_ns */
};

/*
 * Makes the file, which only its owner may read, and takes its lock. Returns 0, or -EEXIST, -EBUSY
 * (another program records to it), -EISDIR, -ENXIO (no regular file), -ELIBACC (SQLite is
 * missing), or another -errno.
 */
int recording_writer_create(const struct recording_plan *plan,
			    struct recording_writer **ret_writer);

/* Commits and closes; NULL is allowed. Returns 0 or -errno. */
int recording_writer_close(struct recording_writer *writer);

/* The next sample, with what changed since the one before. Returns 0 or -errno, as do the others.
 */
int recording_writer_add(struct recording_writer *writer, const struct address_space *space);

/* The name of the user that processes of the next samples are of, for one that was recorded
 * elsewhere; NULL: none. */
void recording_writer_set_user(struct recording_writer *writer, const char *user);

/* What of the newest sample is in memory; each may be NULL: not known. In place of what was said
 * of it before. */
int recording_writer_add_usage(struct recording_writer *writer, const struct usage_table *usage,
			       const struct residency *residency);

/* The sample of the time became the baseline; the user's note; the process's end. */
int recording_writer_add_baseline(struct recording_writer *writer, int64_t time_ns);
int recording_writer_add_note(struct recording_writer *writer, int64_t time_ns, const char *words);
int recording_writer_add_end(struct recording_writer *writer, int64_t time_ns);

/* Makes what was written permanent. */
int recording_writer_commit(struct recording_writer *writer);

#endif
