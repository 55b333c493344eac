/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDER_H
#define RECORD_RECORDER_H

/*
 * A thread that writes a recording of what it is given, and commits it every half a second, so that
 * whatever happens no more than the last second is missing. Until its condition holds it only keeps
 * the last minutes in memory. Those who give wait for nothing: what the file system does not take
 * in time is dropped, and said.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/condition.h"
#include "record/recording_writer.h"

struct address_space;
struct recorder;
struct residency;
struct usage_table;

struct recorder_plan {
	struct recording_plan file;
	const struct condition *when; /* NULL: at once */
	uint64_t memory;              /* bytes that wait at most, in memory */
};

enum recorder_state {
	RECORDER_OPENING,
	RECORDER_WAITING, /* for its condition */
	RECORDER_WRITING,
	RECORDER_FAILED, /* what was committed before is in the file */
	RECORDER_CLOSED, /* all is in the file */
};

struct recorder_news {
	enum recorder_state state;
	int error;        /* of RECORDER_FAILED: -errno */
	bool began;       /* it had begun to write by then */
	uint64_t dropped; /* samples, as the file system was too slow */
};

/*
 * Starts the thread, which makes the file at once (recording_writer_create()), also where it waits
 * for a condition. Returns 0 and sets *ret_recorder, or -errno.
 */
int recorder_create(const struct recorder_plan *plan, struct recorder **ret_recorder);

/* Commits, closes and ends; waits for that some seconds at most. Returns the news at the end. NULL
 * is allowed. */
struct recorder_news recorder_destroy(struct recorder *recorder);

/* Readable when there are news. */
int recorder_descriptor(const struct recorder *recorder);
struct recorder_news recorder_take(struct recorder *recorder);

/* Waits until the file is made, or cannot be; returns the news. */
struct recorder_news recorder_wait(struct recorder *recorder);

/*
 * Gives it a sample; of the newest one what of it is in memory (copied); that the one of the time
 * became the baseline; a note of the user; the process's end. Times are CLOCK_REALTIME,
 * nanoseconds.
 */
void recorder_add(struct recorder *recorder, const struct address_space *space);
void recorder_add_usage(struct recorder *recorder, const struct usage_table *usage,
			const struct residency *residency);
void recorder_add_baseline(struct recorder *recorder, int64_t time_ns);
void recorder_add_note(struct recorder *recorder, int64_t time_ns, const char *words);
void recorder_add_end(struct recorder *recorder, int64_t time_ns);

#endif
