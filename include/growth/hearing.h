/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_HEARING_H
#define GROWTH_HEARING_H

/*
 * One process that is listened to, from beginning to end: its events, whose code they come from,
 * and how often samples are taken. Used by one thread; it waits in hearing_wait() alone, and as
 * long as files need to be read.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "growth/attribution.h"
#include "growth/copied_stacks.h"
#include "growth/count_budget.h"
#include "growth/fault_cost.h"
#include "growth/fault_events.h"
#include "growth/fault_turns.h"
#include "growth/huge_pages.h"
#include "growth/switch_rate.h"
#include "kernel/procfs_options.h"

#define HEARING_STEP_NS INT64_C(1000000000) /* between two results */

struct address_space;

struct hearing {
	struct procfs_options options;
	int32_t pid;
	int directory; /* of the process */
	struct fault_cost cost;
	struct fault_events events;
	struct fault_turns turns;
	struct count_budget budget;
	struct switch_rate switches; /* since counting began */
	struct huge_pages huge;
	double rate;     /* faults a second that samples are afforded for */
	bool busy;       /* it does not rest */
	int64_t turn_ns; /* when the turn ends, CLOCK_MONOTONIC */
	struct attribution attribution;
	struct copied_stacks copied;
	struct code_namer *namer;
	struct stack_unwinder *unwinder;
	int64_t unwound_ns; /* when stacks were unwound last, CLOCK_MONOTONIC */
	struct frame_store *store;
	struct address_space *space; /* the newest snapshot, a copy */
	/* Since counting began: */
	int64_t start_ns;           /* CLOCK_REALTIME */
	int64_t began_ns, paced_ns; /* CLOCK_MONOTONIC; of the last time that the pace was judged */
	uint64_t samples, lost, copies;
	uint64_t varied;       /* samples, when other periods were chosen */
	uint64_t huge_bytes;   /* of what was touched: in huge pages */
	uint64_t began;        /* events that new threads inherited */
	uint64_t counted;      /* faults, as far as it listened */
	uint64_t faults;       /* that these stand for */
	uint64_t paced_faults; /* all of the process, when the pace was judged last */
	uint64_t began_cpu_ns, paced_cpu_ns, began_kernel_faults;
	bool wants_space; /* code was mapped, or touched memory is not in the snapshot */
	bool exec;        /* another program runs: what is known is of the one before */
};

/*
 * Begins to listen to the process of the snapshot; from_start: it begins only now, so that what it
 * did before says nothing about how often to take samples. Returns 0 and sets *ret_hearing; or as
 * fault_events_open(), or -ENOTSUP the root is none of this program's PID namespace, or not of a
 * running kernel.
 */
int hearing_begin(const struct procfs_options *options, const struct address_space *space,
		  bool from_start, struct hearing **ret_hearing);

/* Ends it. NULL is allowed. */
void hearing_end(struct hearing *hearing);

/* Waits until there is something, the descriptor is readable, or some time is over. */
void hearing_wait(struct hearing *hearing, int descriptor);

/* Takes what there is and adapts the pace. Returns 0, or -errno when listening is over. */
int hearing_take(struct hearing *hearing);

/* There is a fresher snapshot. Of another program counting begins again. */
void hearing_renew(struct hearing *hearing, const struct address_space *space);

/* Sets all counts to 0. */
void hearing_clear(struct hearing *hearing);

/* A step of time is over. */
void hearing_step(struct hearing *hearing);

/* Unwinds the stacks that were kept for it: with them all that was taken is attributed. */
void hearing_unwind(struct hearing *hearing);

#endif
