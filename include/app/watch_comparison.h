/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_COMPARISON_H
#define APP_WATCH_COMPARISON_H

/*
 * What is shown compared with its baseline, or with what was given, for the pane of both
 * (ui/difference/difference_pane.h): by a thread that is started when the pane is opened for the
 * first time, and in a part of the time only. All zeroes: with the baseline, and not yet.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/comparison.h"

struct answerer;
struct ui;

/* What is compared: the times of both snapshots, and what is known of the memory of b. */
struct watch_comparison_key {
	int64_t a_ns, b_ns, smaps_ns;
	uint64_t rss;
};

struct watch_comparison {
	struct comparison_side given; /* owned: a; all zeroes: the baseline is */
	/* The baseline's usage, as it was known when it was shown. */
	struct kept_usage baseline;
	int64_t baseline_ns;       /* of which baseline; 0: none yet */
	struct answerer *answerer; /* NULL: not started, or it cannot be */
	bool asking;
	struct watch_comparison_key asked; /* what was asked for last */
	int64_t asked_ns;                  /* CLOCK_MONOTONIC: when */
	int64_t earliest_ns;               /* likewise: it is asked again no sooner */
};

/* Opens the pane where something was given to be compared with. */
void watch_comparison_begin(const struct watch_comparison *comparison, struct ui *ui);

/* Asks, if the screen wants to know and it is time; keeps what is known of the baseline. */
void watch_comparison_look(struct watch_comparison *comparison, const struct ui *ui);

/* Readable when watch_comparison_take() has something new; -1 while there is nothing to wait for.
 */
int watch_comparison_descriptor(const struct watch_comparison *comparison);

/* Gives the comparison to the screen. */
void watch_comparison_take(struct watch_comparison *comparison, struct ui *ui);

void watch_comparison_finish(struct watch_comparison *comparison);

#endif
