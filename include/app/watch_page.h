/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_PAGE_H
#define APP_WATCH_PAGE_H

/*
 * The page at the address that the screen answers about (ui/pane/go_to_pane.h): looked at for each
 * snapshot by a thread that is started when there is something to look at for the first time. What
 * only smaps tells is asked when the address or the mapping there is another one, and seldom
 * again.
 */

#include <stdbool.h>
#include <stdint.h>

struct options;
struct page_looker;
struct ui;

struct watch_page {
	const struct options *options;
	struct page_looker *looker; /* NULL: not started, or it cannot be */
	/* What was asked last, and about which mapping: there or above. */
	uint64_t address, start, end;
	unsigned perms;
	int64_t time_ns;  /* of the snapshot; 0: nothing */
	int64_t smaps_ns; /* when smaps was asked: CLOCK_MONOTONIC */
	bool told;        /* smaps did tell */
};

/* Asks about what the screen shows, if that is something else or newer than before. */
void watch_page_look(struct watch_page *page, const struct ui *ui);

/* Readable when watch_page_take() has something new; -1 while there is nothing to wait for. */
int watch_page_descriptor(const struct watch_page *page);

/* Gives what was found to the screen. */
void watch_page_take(struct watch_page *page, struct ui *ui);

void watch_page_finish(struct watch_page *page);

#endif
