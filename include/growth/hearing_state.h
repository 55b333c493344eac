/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_HEARING_STATE_H
#define GROWTH_HEARING_STATE_H

/*
 * What the modules that listen to a process share: growth/hearing.h, which makes it, and
 * hearing_pace.h, hearing_rests.h and hearing_sites.h. Faults of the process are counted by the
 * kernel since the process began.
 */

#include <stdbool.h>
#include <stdint.h>

#include "growth/count_budget.h"
#include "growth/fault_cost.h"
#include "growth/fault_events.h"
#include "growth/fault_rests.h"
#include "growth/fault_turns.h"
#include "growth/heard.h"
#include "growth/switch_rate.h"
#include "kernel/procfs_options.h"

#define HEARING_STEP_NS INT64_C(1000000000) /* between two results */
#define HEARING_TURN_NS INT64_C(50000000)   /* in which it listens, or does not */

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
	struct fault_rests rests;
	double rate;     /* faults a second that samples are afforded for */
	bool busy;       /* the process runs for much of the time */
	int64_t turn_ns; /* when the turn, or the rest, ends, CLOCK_MONOTONIC */
	struct heard heard;
	struct code_namer *namer;
	struct stack_unwinder *unwinder;
	int64_t unwound_ns; /* when stacks were unwound last, CLOCK_MONOTONIC */
	struct frame_store *store;
	struct address_space *space; /* the newest snapshot, a copy */
	/* Since counting began: */
	int64_t start_ns;           /* CLOCK_REALTIME */
	int64_t began_ns, paced_ns; /* CLOCK_MONOTONIC; of the last time that the pace was judged */
	uint64_t varied;            /* samples, when other periods were chosen */
	uint64_t rested_faults;     /* all of the process, in rests that are over */
	uint64_t began_kernel_faults; /* all of the process: when counting began, */
	uint64_t paced_faults;        /* when the pace was judged last, */
	uint64_t window_faults;       /* when the window or the rest began */
	uint64_t rest_faults;         /* in the rest that there is, when that was looked at last */
	uint64_t began_cpu_ns, paced_cpu_ns, window_cpu_ns;
	uint64_t steps;     /* of the trends */
	int64_t stepped_ns; /* CLOCK_MONOTONIC, when the last of them was over */
};

#endif
