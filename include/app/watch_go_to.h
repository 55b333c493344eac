/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_GO_TO_H
#define APP_WATCH_GO_TO_H

/*
 * The page at the address that the go-to pane describes, the file of its mapping, and what names of
 * symbols mean that are gone to (ui/pane/go_to_pane.h). Page and file are looked at for each
 * snapshot; each of the three by a thread that is started when it has something to do for the first
 * time. What only smaps reports for the page is
 * asked when the address or the mapping there is another one, and seldom again.
 */

#include <stdbool.h>
#include <stdint.h>

struct file_prober;
struct options;
struct page_prober;
struct place_prober;
struct ui;

struct watch_go_to {
	const struct options *options;
	struct {
		struct file_prober *prober; /* NULL: not started, or it cannot be */
		/* What was asked last: the mapping's start, in which snapshot; 0: nothing. */
		uint64_t start;
		int64_t time_ns;
	} file;
	struct {
		struct page_prober *prober; /* likewise */
		/* What was asked last, and about which mapping: there or above. */
		uint64_t address, start, end;
		unsigned perms;
		int64_t time_ns;  /* of the snapshot; 0: nothing */
		int64_t smaps_ns; /* when smaps was asked: CLOCK_MONOTONIC */
		bool told;        /* smaps had it */
	} page;
	struct {
		struct place_prober *prober; /* likewise */
		unsigned number;             /* of the question that was asked last; 0: none */
	} place;
};

/* Asks about what the screen shows, if that is something else or newer than before. */
void watch_go_to_look(struct watch_go_to *go_to, const struct ui *ui);

/* Readable when watch_go_to_take() has something new; -1 while there is nothing to wait for. */
int watch_go_to_file_descriptor(const struct watch_go_to *go_to);
int watch_go_to_page_descriptor(const struct watch_go_to *go_to);
int watch_go_to_place_descriptor(const struct watch_go_to *go_to);

/* Gives what was found to the screen. */
void watch_go_to_take(struct watch_go_to *go_to, struct ui *ui);

void watch_go_to_finish(struct watch_go_to *go_to);

#endif
