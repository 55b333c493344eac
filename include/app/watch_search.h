/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_SEARCH_H
#define APP_WATCH_SEARCH_H

/*
 * The search in memory that the screen asks for (ui/pane/found_pane.h), made by a thread that is
 * started with the first one. All zeroes but for the options: there was none.
 */

#include <stdbool.h>

struct options;
struct search_thread;
struct ui;

struct watch_search {
	const struct options *options;
	struct search_thread *thread; /* NULL: not started, or it cannot be */
	bool searching;
	unsigned serial; /* of the search that goes on */
};

/* Begins the search that is asked for, or stops what goes on and is asked for no more. */
void watch_search_look(struct watch_search *search, const struct ui *ui);

/* Readable when watch_search_take() has something new; -1 while there is nothing to wait for. */
int watch_search_descriptor(const struct watch_search *search);

/* Gives what was found to the screen, or why nothing may be read. */
void watch_search_take(struct watch_search *search, struct ui *ui);

void watch_search_finish(struct watch_search *search);

#endif
