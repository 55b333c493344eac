/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_NEWS_H
#define APP_WATCH_NEWS_H

/*
 * News of a process with very many mappings, of which a thread makes what takes long while the
 * screen answers keys: of a snapshot the step of the session, the usage of its mappings and what
 * the picture rests on, of a scan that usage. There is one at a time: from when it is given to the
 * thread until it is taken, the session is given no other snapshot, and what is known of the memory
 * stays as it is. All zeroes: the thread is not started.
 */

#include <stdbool.h>
#include <stddef.h>

#include "app/scan_update.h"
#include "model/session.h"
#include "ui/shown.h"

struct address_space;
struct answerer;
struct ui;
struct watch_scan;

/* VMAs from which on it is worth a thread; a session then follows no mapping back. */
#define WATCH_NEWS_VMAS ((size_t)1 << 15)

struct watch_news {
	struct answerer *answerer; /* NULL: not started */
	bool busy;                 /* with news that were not taken yet */
};

struct news {
	struct session_step step;  /* of a snapshot; without a space: they are of a scan */
	struct shown_basis basis;  /* of the snapshot */
	bool updates;              /* other things become known of the memory: */
	struct scan_update update; /* these */
	bool again;                /* only the basis is made, for the second time */
	/* For the thread: */
	const struct address_space *now; /* the session's */
	struct address_space *baseline;  /* a copy of the session's; NULL for a scan */
	struct usage_table table;        /* of now, not owned */
	bool wishes;                     /* it is known how the screen will show it: */
	struct shown_wish wish;          /* so */
};

/*
 * Starts the thread, if it is worth it and was not started yet. Returns whether news are to be
 * given to it.
 */
bool watch_news_start(struct watch_news *news, const struct session *session,
		      const struct watch_scan *scan);

/*
 * Gives the thread, which is at rest, a snapshot, or what was found; both are taken over. Session
 * and scan are not to be changed until watch_news_take().
 */
void watch_news_add(struct watch_news *news, struct session *session, const struct watch_scan *scan,
		    const struct ui *ui, struct address_space *space);
void watch_news_find(struct watch_news *news, const struct session *session,
		     const struct scan_update *found);

/* What poll() is to wait for; -1 for nothing. */
int watch_news_descriptor(const struct watch_news *news);

/*
 * Gives news that were taken to the thread once more, where the user went elsewhere or set another
 * baseline meanwhile: then what the picture rests on would have to be made here. Returns whether it
 * did.
 */
bool watch_news_again(struct watch_news *news, const struct session *session, const struct ui *ui,
		      struct news *made);

/* Takes news that are made, if there are any; news_finish() frees what is left of them. */
bool watch_news_take(struct watch_news *news, struct news *ret_news);
void news_finish(struct news *news);

/* Waits until the thread is at rest; what it made is to be taken then. */
void watch_news_wait(const struct watch_news *news);

/* Ends the thread; what it made is lost. */
void watch_news_finish(struct watch_news *news);

#endif
