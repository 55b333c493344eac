/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_GROWTH_H
#define APP_WATCH_GROWTH_H

/*
 * Whose code touches new pages of the process that is watched (ui/sites_wants.h): listened to by a
 * thread that is started when the screen first asks for it, from the baseline on or, where that is
 * earlier, from then.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct address_space;
struct call_sites;
struct listener;
struct options;
struct ui;

struct watch_growth {
	const struct options *options;
	struct listener *listener;    /* NULL: not started, or it cannot be */
	struct call_sites *sites;     /* that the screen shows */
	struct address_space *before; /* when counting began, a copy; NULL: it did not */
	struct text words;            /* likewise */
	bool listening;               /* it is to */
	int32_t pid;                  /* to which process */
	uint64_t start_ticks;
	int64_t baseline_ns; /* of the baseline that is counted from */
	int64_t space_ns;    /* of the newest snapshot that it has */
	int64_t asked_ns;    /* CLOCK_MONOTONIC: when a sample was last asked for */
};

/* Begins or ends listening as the screen wants it, and hands on snapshots and the baseline. */
void watch_growth_look(struct watch_growth *growth, struct ui *ui);

/* Readable when watch_growth_take() has something new; -1 while there is nothing to wait for. */
int watch_growth_descriptor(const struct watch_growth *growth);

/* Gives what was found to the screen. */
void watch_growth_take(struct watch_growth *growth, struct ui *ui);

void watch_growth_finish(struct watch_growth *growth);

#endif
