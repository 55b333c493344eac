/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_INSIDE_H
#define APP_WATCH_INSIDE_H

/*
 * What the screen shows of the inside of a mapping (ui/inside/inside_wants.h): the object that it
 * is part of, and the state of the pages that are on the screen, asked again for each snapshot.
 * Each is found by a thread that is started when it is wanted for the first time.
 */

#include <stdbool.h>
#include <stdint.h>

struct inside_prober;
struct options;
struct range_prober;
struct ui;

struct watch_inside {
	const struct options *options;
	struct {
		struct inside_prober *prober; /* NULL: not started, or it cannot be */
		/* What was asked last: the mapping's start, in which snapshot; 0: nothing. */
		uint64_t start;
		int64_t time_ns;
		bool asked; /* and not answered yet */
	} object;
	struct {
		struct range_prober *prober; /* likewise */
		/* What was asked last, of which snapshot; 0: nothing. */
		uint64_t start, end;
		int64_t time_ns;
		bool more; /* the answer was not all of it */
	} pages;
};

/* Asks for what the screen shows, if that is something else or newer than before. */
void watch_inside_look(struct watch_inside *inside, const struct ui *ui);

/* Readable when watch_inside_take() has something new; -1 while there is nothing to wait for. */
int watch_inside_object_descriptor(const struct watch_inside *inside);
int watch_inside_pages_descriptor(const struct watch_inside *inside);

/* Gives what was found to the screen. */
void watch_inside_take(struct watch_inside *inside, struct ui *ui);

void watch_inside_finish(struct watch_inside *inside);

#endif
