/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_PICK_H
#define APP_PICK_H

/*
 * The process picker at work: lists that come again and again, keys and the mouse, and the attempt
 * to attach. It stands alone (pick_run()), or over a watch, whose loop then passes events on.
 */

#include <stdbool.h>

#include "app/attach.h"
#include "ui/picker.h"

struct event;
struct tty;

enum pick_end {
	PICK_GOES_ON, /* and is to be drawn anew */
	PICK_LEFT,
	PICK_QUIT,
	PICK_ATTACHED, /* to pick->attachment */
};

struct pick {
	struct tty *tty;
	struct picker picker;
	struct attachment attachment; /* taken over by whoever was told PICK_ATTACHED */
};

/* Starts, narrowed to the text or not (NULL). Returns 0 and sets *ret_pick, or -errno. */
int pick_create(struct tty *tty, const char *narrow, struct pick **ret_pick);

/* NULL is allowed. */
void pick_destroy(struct pick *pick);

/* Readable when there is a new list: pick_take_list() takes it. */
int pick_descriptor(const struct pick *pick);
void pick_take_list(struct pick *pick);

/* Whether there is something to show: a list, or why there is none. */
bool pick_is_ready(const struct pick *pick);

/* Takes over what the terminal is like, once it is taken and when its size changes. */
void pick_measure(struct pick *pick);

/* Takes a key or an event of the mouse. */
enum pick_end pick_take_event(struct pick *pick, const struct event *event);

/* Draws on the terminal, which must have been taken. */
void pick_draw(struct pick *pick);

/*
 * The picker on its own, until a process could be attached to or the reader leaves (then
 * *ret_attachment has no source). Returns the exit status; what went wrong was said.
 */
int pick_run(struct tty *tty, const char *narrow, struct attachment *ret_attachment);

#endif
