/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_PICK_H
#define APP_WATCH_PICK_H

/*
 * The part of the loop that lets another process be chosen: the picker over the picture, and what
 * was chosen there. All zeroes: it is not open, and nothing is chosen.
 */

#include <stdbool.h>

#include "app/attach.h"

struct event;
struct pick;
struct target;
struct tty;

struct watch_pick {
	struct pick *pick;      /* NULL: it is not open */
	struct attachment next; /* chosen: to be watched instead; whoever takes it closes it */
};

/*
 * Opens the picker with the cursor on the process that is watched; NULL: at the top. Returns 0, or
 * -errno when there is no thread to list processes.
 */
int watch_pick_open(struct watch_pick *pick, struct tty *tty, const struct target *watched);

/* Closes it, if it is open. */
void watch_pick_close(struct watch_pick *pick);

/* What poll() is to wait for; -1 for nothing. */
int watch_pick_descriptor(const struct watch_pick *pick);

/* Takes the list that came. Returns reactions, here as below. */
unsigned watch_pick_take_list(struct watch_pick *pick);

/* Takes an event while it is open; closes it, and quits the watch, where that is what it means. */
unsigned watch_pick_take_event(struct watch_pick *pick, const struct event *event);

/* Another size of the screen. */
void watch_pick_measure(struct watch_pick *pick);

/* Draws it in the place of the picture; false when it is not open, or has nothing to show yet. */
bool watch_pick_draw(struct watch_pick *pick);

#endif
