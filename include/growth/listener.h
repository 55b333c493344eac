/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_LISTENER_H
#define GROWTH_LISTENER_H

/*
 * The thread that listens to the page faults of a process (growth/hearing.h), for a caller that
 * must not wait. It listens only between listener_start() and listener_stop().
 */

#include <stdbool.h>
#include <stdint.h>

struct address_space;
struct call_sites;
struct listener;
struct procfs_options;

/* What it tells: that listening began or goes on, or that it is over. */
struct listener_news {
	struct call_sites *sites; /* a reference of the taker; NULL: none that are new */
	int error;                /* 0, or why it cannot listen: see hearing_begin() */
	bool wants_space;         /* a fresher snapshot is needed to know where memory lies */
};

/* Returns 0 and sets *ret_listener, or -errno. */
int listener_create(const struct procfs_options *options, struct listener **ret_listener);

/* Ends listening and the thread; one that waits for a dead file system is left behind. */
void listener_destroy(struct listener *listener);

/*
 * Begins to listen to the process of the snapshot (copied); from_start as in hearing_begin(). What
 * was listened to before ends. The first news comes when it listens, or cannot.
 */
void listener_start(struct listener *listener, const struct address_space *space, bool from_start);

/* Stops; a last result comes, whose listening.ended is set. */
void listener_stop(struct listener *listener);

/* There is a fresher snapshot of the process. */
void listener_renew(struct listener *listener, const struct address_space *space);

/* Sets all counts to 0. */
void listener_clear(struct listener *listener);

/* Readable when listener_take() has something new. */
int listener_descriptor(const struct listener *listener);
bool listener_take(struct listener *listener, struct listener_news *ret_news);

#endif
