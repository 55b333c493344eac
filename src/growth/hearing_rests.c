/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/hearing_rests.h"

#include "growth/fault_load.h"
#include "growth/hearing_state.h"

#define WINDOW_NS      INT64_C(500000000)
#define WINDOW_MANY_NS INT64_C(5000000000) /* for many threads events take long to open */
#define SECOND_NS      1e9

/* What the process did in the window or in the rest up to now; nothing when no time has passed. */
static struct fault_rests_load load_of(const struct hearing *hearing, int64_t now_ns)
{
	const double passed = (double)(now_ns - hearing->rests.since_ns);
	const double switches = hearing->switches.per_second / SECOND_NS;
	const uint64_t cpu = fault_load_cpu(hearing->pid);

	if (!(passed > 0))
		return (struct fault_rests_load){.cpu = 0};
	return (struct fault_rests_load){
		.open = switches * hearing->cost.switch_ns,
		.closed = switches * hearing->cost.closed_ns,
		.cpu = cpu > hearing->window_cpu_ns
			       ? (double)(cpu - hearing->window_cpu_ns) / passed
			       : 0,
	};
}

double hearing_rests_factor(const struct hearing *hearing, int64_t now_ns)
{
	const int64_t window = hearing->rests.window_ns;
	const struct fault_rests_load load = load_of(hearing, now_ns);
	const double after = 1 + (double)fault_rests_length(&load, window) / (double)window;
	const double before = fault_rests_factor(&hearing->rests);

	return after > before ? after : before;
}

void hearing_rests_pass_steps(struct hearing *hearing, int64_t now_ns)
{
	const int64_t passed = now_ns - hearing->stepped_ns + HEARING_STEP_NS / 2;
	const int64_t steps = passed > 0 ? passed / HEARING_STEP_NS : 0;

	stack_table_step(&hearing->heard.attribution.stacks, (size_t)steps);
	hearing->steps += (uint64_t)steps;
	hearing->stepped_ns += steps * HEARING_STEP_NS;
}

void hearing_rests_end_window(struct hearing *hearing, int64_t now_ns)
{
	const int64_t shortest =
		fault_events_are_few(&hearing->events) ? WINDOW_NS : WINDOW_MANY_NS;
	const int64_t turns = hearing->turns.one_in * HEARING_TURN_NS;
	const int64_t window = turns > shortest ? turns : shortest;
	const struct fault_rests_load load = load_of(hearing, now_ns);
	struct fault_tally tally = {0};
	int64_t rest = 0;

	fault_rests_pay(&hearing->rests, &load, now_ns);
	if (hearing->rests.left_ns <= 0)
		rest = fault_rests_length(&load, window);
	hearing->heard.unheard += hearing->heard.owed;
	hearing->heard.owed = 0;
	if (rest) {
		fault_events_rest(&hearing->events, heard_take, &hearing->heard, &tally);
		heard_add(&hearing->heard, &tally);
		heard_unwind(&hearing->heard, hearing->unwinder);
		hearing_rests_pass_steps(hearing, now_ns);
	}
	fault_rests_begin(&hearing->rests, now_ns, window, rest);
	(void)fault_load_faults(hearing->directory, &hearing->window_faults);
	hearing->window_cpu_ns = fault_load_cpu(hearing->pid);
}

void hearing_rests_look(struct hearing *hearing)
{
	uint64_t faults;

	if (!fault_load_faults(hearing->directory, &faults))
		hearing->rest_faults = faults - hearing->window_faults;
}

bool hearing_rests_are_idle(const struct hearing *hearing)
{
	return hearing->rests.resting &&
	       hearing->rest_faults < hearing->events.plan.period * hearing->turns.one_in;
}

/*
 * Only a part of the process's faults may be seen, as those in system calls are not: it is the same
 * in a rest as it was in all windows before.
 */
static double seen_part(const struct hearing *hearing)
{
	const struct heard *heard = &hearing->heard;
	const uint64_t listened =
		hearing->window_faults - hearing->began_kernel_faults - hearing->rested_faults;
	const uint64_t seen = heard->faults - heard->rested;

	return seen < listened ? (double)seen / (double)listened : 1;
}

uint64_t hearing_rests_owed(const struct hearing *hearing)
{
	if (!hearing->rests.resting)
		return hearing->heard.owed;
	return (uint64_t)((double)hearing->rest_faults * seen_part(hearing));
}

int hearing_rests_end_rest(struct hearing *hearing, int64_t now_ns)
{
	const struct fault_rests_load load = load_of(hearing, now_ns);
	const uint64_t cpu = fault_load_cpu(hearing->pid);

	fault_rests_pay(&hearing->rests, &load, now_ns);
	hearing_rests_look(hearing);
	hearing->heard.owed = hearing_rests_owed(hearing);
	hearing->rested_faults += hearing->rest_faults;
	hearing->window_faults += hearing->rest_faults;
	hearing->paced_faults = hearing->window_faults;
	hearing->rest_faults = 0;
	if (cpu > hearing->window_cpu_ns)
		count_budget_pay(&hearing->budget, 0, (double)(cpu - hearing->window_cpu_ns));
	hearing->window_cpu_ns = hearing->paced_cpu_ns = cpu;
	hearing->paced_ns = now_ns;
	/* Nothing told what was mapped meanwhile. */
	hearing->heard.wants_space = true;
	switch_rate_look(&hearing->switches, hearing->directory, now_ns);
	fault_rests_end(&hearing->rests, now_ns);
	hearing->turn_ns = now_ns + HEARING_TURN_NS;
	return fault_events_pause(&hearing->events, false, true);
}
