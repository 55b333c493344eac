/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/hearing_sites.h"

#include <time.h>

#include "growth/fault_load.h"
#include "growth/hearing_rests.h"
#include "growth/hearing_state.h"
#include "growth/site_maker.h"
#include "inside/call_sites.h"
#include "kernel/clock.h"
#include "model/address_space.h"

/* Periods of faults that an event has to have, as half a one is not seen on average. */
#define THIN 25

/* How many faults a sample stands for in the time that it listens. */
static uint64_t faults_of_sample(const struct hearing *hearing)
{
	return hearing->events.plan.period * hearing->turns.one_in;
}

/* The share of the faults that were not seen though it listened: they happened in system calls. */
static double kernel_share(const struct hearing *hearing)
{
	const struct heard *heard = &hearing->heard;
	const uint64_t seen =
		heard->faults - heard->rested + heard->lost * faults_of_sample(hearing);
	/* With those in rests, which tell nothing. */
	const uint64_t before = hearing->began_kernel_faults + hearing->rested_faults;
	uint64_t all = hearing->window_faults;

	if ((!hearing->rests.resting && fault_load_faults(hearing->directory, &all)) ||
	    all <= before)
		return -1;
	all -= before;
	return seen < all ? (double)(all - seen) / (double)all : 0;
}

/* Whether so few faults are counted by each event that what is left of a period matters. */
static bool is_thin(const struct hearing *hearing)
{
	const struct fault_events *events = &hearing->events;
	const uint64_t all = events->listened + hearing->heard.began;

	return events->plan.period > 1 && hearing->heard.counted < THIN * all * events->plan.period;
}

static double slowdown(const struct hearing *hearing, int64_t now)
{
	const struct heard *heard = &hearing->heard;
	const uint64_t cpu = fault_load_cpu(hearing->pid);
	const double elapsed = (double)(now - hearing->began_ns);
	const double switches =
		elapsed > 0 ? switch_rate_seen(&hearing->switches, now) / elapsed : 0;
	const struct fault_dues dues = {
		.faults = (double)heard->counted,
		.samples = (double)(heard->samples - heard->copies),
		.copied_samples = (double)heard->copies,
		.switches = switches * (double)fault_rests_listened(&hearing->rests, now),
		.closed_switches = switches * (double)fault_rests_closed(&hearing->rests, now),
	};

	return cpu && hearing->began_cpu_ns
		       ? fault_cost_slowdown(&hearing->cost, &dues,
					     (double)(cpu - hearing->began_cpu_ns))
		       : -1;
}

void hearing_sites_fill(const struct hearing *hearing, struct listening *ret_listening)
{
	const struct fault_rests *rests = &hearing->rests;
	const struct heard *heard = &hearing->heard;
	const int64_t now = clock_ns(CLOCK_MONOTONIC);

	*ret_listening = (struct listening){
		.start_ns = hearing->start_ns,
		.elapsed_ns = (uint64_t)(now - hearing->began_ns),
		.listened_ns = (uint64_t)fault_rests_listened(rests, now),
		.window_ns = (uint64_t)rests->window_ns,
		.rest_ns = (uint64_t)rests->rest_ns,
		.unheard_bytes = heard->unheard * hearing->space->target.page_size,
		.step_ns = HEARING_STEP_NS,
		.steps = hearing->steps,
		.period = (uint64_t)((double)faults_of_sample(hearing) * fault_rests_factor(rests)),
		.samples = heard->samples,
		.lost = heard->lost,
		.faults = heard->faults,
		.slowdown = slowdown(hearing, now),
		.kernel_share = kernel_share(hearing),
		.in_kernel = hearing->events.in_kernel,
		.missed_threads = (uint32_t)hearing->events.missed,
		.thin = is_thin(hearing),
		.huge_bytes = heard->huge_bytes,
		.huge_unknown = heard->huge.unknown,
		.copies = hearing->events.plan.copies,
		.unwinding = heard->copied.error,
	};
}

struct call_sites *hearing_sites(struct hearing *hearing, bool last)
{
	const struct heard *heard = &hearing->heard;
	const uint64_t owed = hearing_rests_owed(hearing);
	struct call_sites *sites;

	heard_unwind(&hearing->heard, hearing->unwinder);
	hearing->unwound_ns = clock_ns(CLOCK_MONOTONIC);
	if (last)
		attribution_settle(&hearing->heard.attribution);
	site_maker_name(&hearing->heard.attribution.stacks, hearing->namer, hearing->store,
			hearing->space, last);
	sites = site_maker_make(&hearing->heard.attribution, hearing->store);
	hearing_sites_fill(hearing, &sites->listening);
	/* No window will come for what happened since the last one: it is taken to be alike. */
	if (last && heard->faults && owed) {
		call_sites_scale(sites, 1 + (double)owed / (double)heard->faults);
		sites->listening.faults += owed;
	}
	sites->listening.ended = last;
	return sites;
}
