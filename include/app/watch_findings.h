/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_FINDINGS_H
#define APP_WATCH_FINDINGS_H

/*
 * What the findings of the screen (ui/pane/findings_pane.h) need to know beside the mappings: a
 * thread looks at the files of the process while the pane is seen, again with new snapshots, but
 * not more often than every few seconds.
 */

#include <stdbool.h>
#include <stdint.h>

struct check_prober;
struct options;
struct ui;

struct watch_findings {
	const struct options *options;
	struct check_prober *prober; /* NULL: not started, or it cannot be */
	bool asking;
	bool wanted;         /* it was, at the last look */
	int64_t time_ns;     /* of the snapshot that was asked about last */
	int64_t asked_ns;    /* CLOCK_MONOTONIC: when */
	int64_t earliest_ns; /* likewise: it is asked again no sooner */
};

/* Asks, if the screen wants to know and it is time. */
void watch_findings_look(struct watch_findings *findings, const struct ui *ui);

/* Readable when watch_findings_take() has something new; -1 while there is nothing to wait for. */
int watch_findings_descriptor(const struct watch_findings *findings);

/* Gives what was found to the screen. */
void watch_findings_take(struct watch_findings *findings, struct ui *ui);

void watch_findings_finish(struct watch_findings *findings);

#endif
