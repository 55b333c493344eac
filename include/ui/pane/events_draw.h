/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_EVENTS_DRAW_H
#define UI_PANE_EVENTS_DRAW_H

/*
 * The pane of what changed, a line each, the newest at the bottom: when, what, where, with which
 * permissions, by how much and which mapping. On top of it, if there ever was one, a line about
 * the mappings that are or were writable and executable.
 */

#include <stddef.h>
#include <stdint.h>

#include "model/change.h"
#include "ui/frame.h"

struct canvas;
struct wx_history;

#define EVENTS_TIME_LENGTH 32 /* bytes that a time's words may take, with the NUL */

struct events_draw {
	const struct change *changes; /* oldest first */
	size_t count;
	size_t back;                         /* how many of the newest lie below the pane */
	uint64_t total;                      /* all changes since then, whether kept or not */
	int64_t since_ns;                    /* from when on there can be changes */
	const struct wx_history *wx_history; /* NULL: not shown */
	int64_t time_ns;                     /* what it tells is of then: CLOCK_REALTIME */
	/* Writes the local time as "10:41:07.123" into out; fraction as ".123" at its end or none.
	 */
	void (*clock)(void *context, int64_t time_ns, char out[static EVENTS_TIME_LENGTH]);
	void *context;
};

void events_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		 const struct events_draw *pane);

/* How many changes a pane of that size shows at once. */
size_t events_draw_lines(const struct frame *frame, struct rect rect,
			 const struct events_draw *pane);

/* The nearest back that makes sense: the oldest change is at the top then, at most. */
size_t events_draw_clamp(size_t count, size_t lines, size_t back);

#endif
