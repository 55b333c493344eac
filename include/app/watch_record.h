/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_RECORD_H
#define APP_WATCH_RECORD_H

/*
 * The recording of what is watched: begun by the command line or by a key, ended by a key, or when
 * another process is watched. What goes wrong with it is said, and the screen goes on.
 */

#include <stdbool.h>
#include <stdint.h>

struct options;
struct recorder;
struct session;
struct text;
struct ui;
struct ui_request;
struct watch_scan;

struct watch_record {
	struct recorder *recorder; /* NULL: nothing is recorded */
	char *path;
	bool waiting; /* for its condition */
	bool told_gaps;
	const struct options *options;
	/* Of what is recorded; NULL before watch_record_begin(). */
	const struct session *session;
	struct watch_scan *scan;
};

/*
 * Begins the recording of the options, if they ask for one; to be called before there is a screen.
 * Returns 0; or the exit status, after appending to why what to do.
 */
int watch_record_open(struct watch_record *record, const struct options *options, struct text *why);

/* Ends it, when the screen is gone; says on stderr when it could not be ended well. */
void watch_record_close(struct watch_record *record);

/*
 * From now on it records this session, which has its first sample, and what the scan finds, or
 * stands ready to. It takes over a recording that was opened before.
 */
void watch_record_begin(struct watch_record *record, struct watch_record *opened,
			const struct options *options, const struct session *session,
			struct watch_scan *scan);

/* What poll() is to wait for; -1 for nothing. */
int watch_record_descriptor(const struct watch_record *record);

/* Takes the news of the recording. */
void watch_record_take(struct watch_record *record, struct ui *ui);

/* Does what was asked for: begin or end it, take a note, set the baseline. */
void watch_record_act(struct watch_record *record, struct ui *ui, const struct ui_request *request);

/* Another process is watched now: ends it. */
void watch_record_end(struct watch_record *record, struct ui *ui);

#endif
