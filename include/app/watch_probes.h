/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_PROBES_H
#define APP_WATCH_PROBES_H

/*
 * What panes want to know of the process beside its snapshots, each found out by a thread of its
 * own: after each event they are asked what they want, and what was found goes to the screen.
 */

#include "app/watch_bytes.h"
#include "app/watch_comparison.h"
#include "app/watch_findings.h"
#include "app/watch_go_to.h"
#include "app/watch_growth.h"
#include "app/watch_inside.h"
#include "app/watch_heap.h"
#include "app/watch_history.h"
#include "app/watch_search.h"

struct options;
struct ui;

struct watch_probes {
	struct watch_go_to go_to;
	struct watch_bytes bytes;
	struct watch_search search;
	struct watch_inside inside;
	struct watch_heap heap;
	struct watch_growth growth;
	struct watch_findings findings;
	struct watch_comparison comparison;
	struct watch_history history;
};

/* Nothing is asked yet; the options must live as long. */
void watch_probes_init(struct watch_probes *probes, const struct options *options);
void watch_probes_finish(struct watch_probes *probes);

/* Asks for what the screen shows, where that is something else or newer than before. */
void watch_probes_look(struct watch_probes *probes, struct ui *ui);

#define WATCH_PROBES 12 /* how many threads there may be */

/* Sets the descriptors: each is readable when there is something to take, and -1 without a thread.
 */
void watch_probes_descriptors(const struct watch_probes *probes,
			      int ret_descriptors[static WATCH_PROBES]);

/* Gives the screen what was found. */
void watch_probes_take(struct watch_probes *probes, struct ui *ui);

#endif
