/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/hearing_sites.h"

#include <time.h>

#include "growth/fault_load.h"
#include "growth/hearing.h"
#include "growth/site_maker.h"
#include "inside/call_sites.h"
#include "kernel/clock.h"

/* Periods of faults that an event has to have, as half a one is not seen on average. */
#define THIN 25

/* How many faults a sample stands for: those of a period in as many turns as one is chosen of. */
static uint64_t faults_of_sample(const struct hearing *hearing)
{
	return hearing->events.plan.period * hearing->turns.one_in;
}

/* The share of the faults that were not seen since they happened in system calls. */
static double kernel_share(const struct hearing *hearing)
{
	const uint64_t seen = hearing->faults + hearing->lost * faults_of_sample(hearing);
	uint64_t all;

	if (fault_load_faults(hearing->directory, &all) || all <= hearing->began_kernel_faults)
		return -1;
	all -= hearing->began_kernel_faults;
	return seen < all ? (double)(all - seen) / (double)all : 0;
}

/* Whether so few faults are counted by each event that what is left of a period matters. */
static bool is_thin(const struct hearing *hearing)
{
	const struct fault_events *events = &hearing->events;
	const uint64_t all = events->listened + hearing->began;

	return events->plan.period > 1 && hearing->counted < THIN * all * events->plan.period;
}

static double slowdown(const struct hearing *hearing)
{
	const uint64_t cpu = fault_load_cpu(hearing->pid);
	const struct fault_dues dues = {
		.faults = (double)hearing->counted,
		.samples = (double)(hearing->samples - hearing->copies),
		.copied_samples = (double)hearing->copies,
		.switches = switch_rate_seen(&hearing->switches, clock_ns(CLOCK_MONOTONIC)),
	};

	return cpu && hearing->began_cpu_ns
		       ? fault_cost_slowdown(&hearing->cost, &dues,
					     (double)(cpu - hearing->began_cpu_ns))
		       : -1;
}

void hearing_sites_fill(const struct hearing *hearing, struct listening *ret_listening)
{
	*ret_listening = (struct listening){
		.start_ns = hearing->start_ns,
		.elapsed_ns = (uint64_t)(clock_ns(CLOCK_MONOTONIC) - hearing->began_ns),
		.step_ns = HEARING_STEP_NS,
		.period = faults_of_sample(hearing),
		.samples = hearing->samples,
		.lost = hearing->lost,
		.faults = hearing->faults,
		.slowdown = slowdown(hearing),
		.kernel_share = kernel_share(hearing),
		.in_kernel = hearing->events.in_kernel,
		.missed_threads = (uint32_t)hearing->events.missed,
		.thin = is_thin(hearing),
		.huge_bytes = hearing->huge_bytes,
		.huge_unknown = hearing->huge.unknown,
		.copies = hearing->events.plan.copies,
		.unwinding = hearing->copied.error,
	};
}

struct call_sites *hearing_sites(struct hearing *hearing, bool last)
{
	struct call_sites *sites;

	hearing_unwind(hearing);
	if (last)
		attribution_settle(&hearing->attribution);
	site_maker_name(&hearing->attribution.stacks, hearing->namer, hearing->store,
			hearing->space, last);
	sites = site_maker_make(&hearing->attribution, hearing->store);
	hearing_sites_fill(hearing, &sites->listening);
	sites->listening.ended = last;
	return sites;
}
