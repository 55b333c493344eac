/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/hearing_pace.h"

#include <time.h>

#include "growth/fault_load.h"
#include "growth/fault_pace.h"
#include "growth/hearing_rests.h"
#include "growth/hearing_state.h"
#include "kernel/clock.h"

#define BUSY         0.25 /* it runs for so much of the time, though others want the processor, too */
#define SAMPLES_VARY 200  /* that one choice of periods is for */
#define FAULTS_FEW   1000 /* too few to tell what one takes */
#define PACE_NS_MIN  INT64_C(20000000)
#define SECOND_NS    1e9

/* Processor time of a fault, since it is listened to; 0: not known. */
static double cpu_per_fault(const struct hearing *hearing)
{
	const uint64_t cpu = fault_load_cpu(hearing->pid);
	uint64_t faults;

	if (fault_load_faults(hearing->directory, &faults) || cpu < hearing->began_cpu_ns)
		return 0;
	if (faults <= hearing->began_kernel_faults + FAULTS_FEW || !hearing->began_cpu_ns)
		return faults ? (double)cpu / (double)faults : 0;
	return (double)(cpu - hearing->began_cpu_ns) /
	       (double)(faults - hearing->began_kernel_faults);
}

void hearing_pace_choose(const struct hearing *hearing, double rate, size_t events,
			 struct fault_plan *plan)
{
	/* Samples are only taken in one of so many turns, and not in rests. */
	const double one_in =
		hearing->turns.one_in * hearing_rests_factor(hearing, clock_ns(CLOCK_MONOTONIC));
	const struct fault_pace_load load = {.faults_per_second = rate / one_in,
					     .cpu_ns = cpu_per_fault(hearing) * one_in,
					     .events = events};
	uint64_t spread;

	plan->period = fault_pace_period(&hearing->cost, plan->copies, &load, plan->period);
	spread = fault_pace_spread(&hearing->cost, &load, plan->period);
	if (spread) {
		plan->period = spread;
		plan->copies = false;
	}
}

/*
 * Judges what counting alone takes of the process's time, and whether it is busy, by the
 * faults in the time that passed since the last time.
 */
static void adapt_turns(struct hearing *hearing, double faults, int64_t passed_ns)
{
	const uint64_t cpu = fault_load_cpu(hearing->pid);
	const double used = cpu > hearing->paced_cpu_ns ? (double)(cpu - hearing->paced_cpu_ns) : 0;
	const double price = faults * hearing->cost.count_ns;

	count_budget_pay(&hearing->budget, price / hearing->turns.one_in, used);
	hearing->busy = used > BUSY * (double)passed_ns;
	if (fault_turns_are_complete(&hearing->turns)) {
		if (!fault_events_are_few(&hearing->events) || !hearing->budget.spent)
			fault_turns_adapt(&hearing->turns, 0);
		else if (used > 0 && hearing->paced_cpu_ns)
			fault_turns_adapt(&hearing->turns, price / used);
	}
	hearing->paced_cpu_ns = cpu;
}

int hearing_pace_adapt(struct hearing *hearing)
{
	const int64_t now = clock_ns(CLOCK_MONOTONIC);
	const int64_t passed = now - hearing->paced_ns;
	struct fault_plan plan = hearing->events.plan;
	struct fault_tally tally = {0};
	uint64_t faults = hearing->paced_faults;
	int error;

	if (passed < PACE_NS_MIN || fault_load_faults(hearing->directory, &faults))
		return 0;
	switch_rate_look(&hearing->switches, hearing->directory, now);
	adapt_turns(hearing, (double)(faults - hearing->paced_faults), passed);
	plan.copies = copied_stacks_are_wanted(&hearing->heard.copied, now);
	hearing->rate = fault_pace_rate(
		hearing->rate,
		(double)(faults - hearing->paced_faults) * SECOND_NS / (double)passed, passed);
	hearing_pace_choose(hearing, hearing->rate, hearing->events.listened, &plan);
	hearing->paced_ns = now;
	hearing->paced_faults = faults;
	/* Now and then other periods, since some go along with the rhythm of a process. */
	if (plan.period == hearing->events.plan.period &&
	    plan.copies == hearing->events.plan.copies &&
	    (plan.period == 1 || hearing->heard.samples < hearing->varied + SAMPLES_VARY ||
	     !fault_events_are_few(&hearing->events)))
		return 0;
	hearing->varied = hearing->heard.samples;
	error = fault_events_change(&hearing->events, &plan, heard_take, &hearing->heard, &tally);
	heard_add(&hearing->heard, &tally);
	return error;
}
