/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_LISTING_H
#define APP_LISTING_H

/*
 * The part of the loop that brings the process list what it shows, while it is shown: a thread
 * lists again and again, and is paused in between. All zeroes: it was not started yet.
 */

#include <stdbool.h>

struct lister;
struct ui;

struct listing {
	struct lister *lister; /* NULL: not started */
	bool going;            /* else it is paused */
};

void listing_finish(struct listing *listing);

/*
 * Starts listing and waits for the first list, but not long: the screen is not taken to show
 * nothing. Returns 0, or -errno when no thread can be started.
 */
int listing_wait(struct listing *listing);

/* Lists or pauses, as the screen shows the process list or not; says why it cannot. */
void listing_set_wanted(struct listing *listing, struct ui *ui);

/* What poll() is to wait for; -1 for nothing. */
int listing_descriptor(const struct listing *listing);

/* Gives the list that came, if one did, to the screen. */
void listing_take(struct listing *listing, struct ui *ui);

#endif
