/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_BYTES_H
#define APP_WATCH_BYTES_H

/*
 * The bytes that the pane of bytes shows (ui/pane/bytes_pane.h), read by a thread that is started
 * when the pane is opened for the first time. All zeroes but for the options: it was not.
 */

#include <stdbool.h>

#include "residency/memory_watch.h"

struct options;
struct ui;

struct watch_bytes {
	const struct options *options;
	struct memory_watch *watch;      /* NULL: not started, or it cannot be */
	struct memory_question question; /* what was asked last */
};

/* Asks for what the screen shows, if that is something else than before. */
void watch_bytes_look(struct watch_bytes *bytes, const struct ui *ui);

/* Readable when watch_bytes_take() has something new; -1 while there is nothing to wait for. */
int watch_bytes_descriptor(const struct watch_bytes *bytes);

/* Gives what was read to the screen, or why nothing may be read. */
void watch_bytes_take(struct watch_bytes *bytes, struct ui *ui);

void watch_bytes_finish(struct watch_bytes *bytes);

#endif
