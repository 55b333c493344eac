/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_SCAN_H
#define APP_WATCH_SCAN_H

/*
 * The part of the loop that knows what is in memory: it tells the scan thread what is on the
 * screen, keeps the newest of what it found, and gives the screen the usage of the newest snapshot.
 * Without a scan thread (it could not be started) it does nothing, and nothing is known.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/usage.h"

struct options;
struct recorder;
struct replay_link;
struct scan_update;
struct scan_thread;
struct session;
struct ui;

struct watch_scan {
	struct scan_thread *thread;  /* NULL: there is none */
	struct residency *residency; /* the newest; NULL: not known */
	struct usage_ranges *smaps;  /* the newest; NULL: never read */
	int64_t smaps_ns;
	struct usage_node *nodes; /* read with smaps */
	size_t node_count;
	struct usage_table table;   /* of the newest snapshot */
	bool refused;               /* neither may be read */
	struct replay_link *replay; /* where that comes from of a recording; NULL: a process */
	struct recorder *recorder;  /* is given what becomes known; NULL: nothing is recorded */
	double held_share;          /* NAN: not known */
	uint64_t start, end;        /* the addresses on the screen, as last given to the thread */
	int64_t time_ns;            /* of the snapshot that it was given */
};

/*
 * Starts the scan thread for the process of the first snapshot. A small process is scanned at once,
 * so that the first picture can tell what is in memory; of a large one what the screen shows comes
 * first, and that is not known yet. It may fail: then all functions below do nothing.
 */
void watch_scan_start(struct watch_scan *scan, const struct options *options,
		      const struct address_space *first);

/* The same of a recording, of which no thread looks at anything. */
void watch_scan_replay(struct watch_scan *scan, struct replay_link *replay);

/* Says what the thread that plays the recording has to say. */
void watch_scan_say(struct watch_scan *scan, struct ui *ui);

/* To be called after ui_finish(), which still may look at what this owns. */
void watch_scan_finish(struct watch_scan *scan);

/* What poll() is to wait for; -1 for nothing. */
int watch_scan_descriptor(const struct watch_scan *scan);

/* Tells the scan thread of a new snapshot, or of other addresses on the screen. */
void watch_scan_look(struct watch_scan *scan, const struct ui *ui);

/* Takes what was found; the screen shows it. */
void watch_scan_take(struct watch_scan *scan, struct ui *ui);

/*
 * The same in parts, the one in between being scan_update_make() for the newest snapshot, which may
 * take long. Until what was made is put in its place, what is known does not change. The first
 * returns false when nothing was found, or is known by itself as of a recording.
 */
bool watch_scan_find(struct watch_scan *scan, struct scan_update *ret_update);
void watch_scan_put(struct watch_scan *scan, struct ui *ui, struct scan_update *update);

/*
 * The last part for a caller that shows and records it, together with a new snapshot: what was
 * known before is the update's then, to be freed after that.
 */
void watch_scan_swap(struct watch_scan *scan, struct ui *ui, struct scan_update *update);

/* What is known so far, for an update of it where nothing was found. */
struct scan_update watch_scan_update(const struct watch_scan *scan);

/* What was found is of a program that does not run any more. */
void watch_scan_forget(struct watch_scan *scan);

/* Gives the session what is known of its newest snapshot; to be called before the next one. */
void watch_scan_keep(const struct watch_scan *scan, struct session *session);

/* After ui_take_snapshot(): gives the screen the usage of the new snapshot. */
void watch_scan_apply(struct watch_scan *scan, struct ui *ui);

/* Gives a recording that begins what is known of the newest snapshot. */
void watch_scan_record(const struct watch_scan *scan);

/* Has smaps read once. */
void watch_scan_read_smaps(struct watch_scan *scan);

#endif
