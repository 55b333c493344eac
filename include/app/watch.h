/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_H
#define APP_WATCH_H

/*
 * One process that is watched: its sampler, its session, its residency, and how all that comes to
 * the screen.
 */

#include <stdbool.h>
#include <stdint.h>

#include "app/target_words.h"
#include "app/watch_news.h"
#include "app/watch_probes.h"
#include "app/watch_record.h"
#include "app/watch_scan.h"
#include "base/text.h"
#include "model/session.h"

struct attachment;
struct launch;
struct options;
struct sampler;
struct scene_status;
struct ui;

struct watch {
	const struct options *options;
	struct launch *launch; /* the command that vastop started; NULL for a process */
	struct text output;    /* path of its output, escaped */
	struct sampler *sampler;
	struct session session;
	struct watch_record record;
	struct watch_scan scan;
	struct watch_news news;
	struct watch_probes probes;
	int exit_descriptor; /* readable when the process has ended; -1: samples show it */
	struct text damage;  /* what of a recorded process is incomplete; empty: nothing */
	struct text banner;  /* why there are no samples; empty while there are */
	bool stale;          /* the next sample is overdue */
	bool recorded;       /* what is watched are files copied from a procfs */
	int64_t ended_ns;    /* CLOCK_REALTIME, when the process had ended */
	char *user;          /* NULL: it has no name, or was not asked for yet */
	bool user_asked;
	struct timeline *timeline; /* of a recording, owned; else NULL */
	char stale_since[CLOCK_LENGTH];
	char clock[CLOCK_LENGTH], baseline[CLOCK_LENGTH]; /* of the status */
};

/*
 * Takes the source and the first sample of the attachment over. launch is the command that was
 * started to be watched, or NULL. Returns 0, or -errno when no thread can be started; then the
 * attachment is closed, too.
 */
int watch_start(struct watch *watch, const struct options *options, struct attachment *attachment,
		struct launch *launch);

/* What is opened to be recorded to, if anything, is for this watch from now on, which stays where
 * it is. */
void watch_begin_record(struct watch *watch, struct watch_record *opened);

/*
 * Asks the name services for the name of the process's user, once; that may take a while, as over a
 * network, so that it is called when the first picture is there.
 */
void watch_name_user(struct watch *watch, struct ui *ui);

/* To be called when the screen shows it no more. */
void watch_finish(struct watch *watch);

/* Takes the samples and pulses that came; the screen shows them. */
void watch_take_sample(struct watch *watch, struct ui *ui);

/* Takes what was found of its memory; and what was made of news beside. The screen shows it. */
void watch_take_scan(struct watch *watch, struct ui *ui);
void watch_take_news(struct watch *watch, struct ui *ui);

/*
 * What poll() is to wait for, of WAIT_SAMPLE, WAIT_SURVEY, WAIT_NEWS, WAIT_EXIT and from
 * WAIT_PROBES on (app/waits.h); -1: nothing.
 */
void watch_descriptors(const struct watch *watch, int *ret_descriptors);

/* The process has ended, as the exit descriptor shows; while news are made, that is seen later. */
void watch_take_exit(struct watch *watch, struct ui *ui);

/*
 * Sees at a time (CLOCK_MONOTONIC, nanoseconds) whether the next sample is overdue: the sampler has
 * been at work for three intervals, and a second at least. Returns when to see again.
 */
int64_t watch_check(struct watch *watch, struct ui *ui, int64_t now);

/* What the header says of it; valid until the next call and as long as the watch lives. */
void watch_tell(struct watch *watch, const struct ui *ui, struct scene_status *ret_status);

#endif
