/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/cadence.h"

#include <string.h>

#define PULSE_NS       INT64_C(10000000)
#define FINE_NS        INT64_C(100000000)  /* an interval below it has finer pulses */
#define NET_NS         INT64_C(1000000000) /* the longest without a list */
#define AVERAGE_WEIGHT 4                   /* a cost counts for a quarter of the average */
#define LATE_PART      4                   /* a turn may be late by a quarter of a beat */
#define STRETCH_MAX_NS CADENCE_INTERVAL_MAX_NS
#define LOOKS_PART     4 /* looks may take a quarter of the budget */
#define LOOKS_BEGIN    2 /* and begin when they need no more than a half of that: no to and fro */

/*
 * What looks are taken to cost, as parts of a list, until that is measured: the least that was
 * seen, as only what is tried is measured.
 */
static const double look_parts[] = {[COVERAGE_ALL] = 0.25, [COVERAGE_CODE] = 0.03};

static int64_t longer(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void set_intervals(struct cadence *cadence, uint64_t interval)
{
	int64_t bounded = interval < (uint64_t)CADENCE_INTERVAL_MAX_NS ? (int64_t)interval
								       : CADENCE_INTERVAL_MAX_NS;

	cadence->interval = longer(bounded, CADENCE_INTERVAL_MIN_NS);
	cadence->pulse_interval = cadence->interval;
	/* The interval is a whole number of beats. */
	if (cadence->pulses && cadence->interval < FINE_NS)
		cadence->pulse_interval /= cadence->interval / PULSE_NS;
}

/* What looks of the level are expected to take, as a share of a core. */
static double looks_share(const struct cadence *cadence, enum coverage_level level)
{
	if (level == COVERAGE_SIZES)
		return 0;
	return cadence->look_parts[level] * (double)cadence->cost / (double)cadence->interval;
}

static void choose_level(struct cadence *cadence)
{
	enum coverage_level before = cadence->level;
	const double most = cadence->budget / LOOKS_PART;

	for (unsigned i = COVERAGE_ALL; i < COVERAGE_SIZES; i++) {
		enum coverage_level level = (enum coverage_level)i;
		double limit = before <= level ? most : most / LOOKS_BEGIN;

		cadence->level = level;
		if (cadence->look_parts[level] > 0 && looks_share(cadence, level) <= limit)
			return;
	}
	cadence->level = COVERAGE_SIZES;
}

void cadence_init(struct cadence *cadence, uint64_t interval, double budget, int64_t now)
{
	*cadence = (struct cadence){
		.budget = budget > 0 && budget <= 1 ? budget : CADENCE_BUDGET_DEFAULT,
		.listed = now,
		.end = INT64_MAX,
		.pulses = true,
		.moved = true,
	};
	memcpy(cadence->look_parts, look_parts, sizeof(look_parts));
	cadence_set_interval(cadence, interval, now);
}

void cadence_set_interval(struct cadence *cadence, uint64_t interval, int64_t now)
{
	set_intervals(cadence, interval);
	cadence->beat = now + cadence->pulse_interval;
	choose_level(cadence);
}

void cadence_end_after(struct cadence *cadence, uint64_t intervals, int64_t now)
{
	const uint64_t most = (uint64_t)((INT64_MAX - now) / cadence->interval);

	cadence->end = INT64_MAX;
	if (intervals && intervals < most)
		cadence->end = now + (int64_t)intervals * cadence->interval;
}

bool cadence_is_over(const struct cadence *cadence, int64_t now)
{
	return now >= cadence->end;
}

void cadence_without_pulses(struct cadence *cadence)
{
	cadence->pulses = false;
	set_intervals(cadence, (uint64_t)cadence->interval);
}

void cadence_without_looks(struct cadence *cadence, enum coverage_level level)
{
	cadence->look_parts[level] = 0;
	choose_level(cadence);
}

/* The time for which the budget allows such a cost. */
static int64_t allowed(const struct cadence *cadence, int64_t cost)
{
	double time = (double)cost / cadence->budget;

	return time < (double)STRETCH_MAX_NS ? (int64_t)time : STRETCH_MAX_NS;
}

/* Turns are a little late, now more, now less: the beat must not be missed for that. */
static int64_t allow_late(const struct cadence *cadence, int64_t wanted)
{
	return wanted - cadence->pulse_interval / LATE_PART;
}

/* When the list is due, as far as is known. */
static int64_t list_due(const struct cadence *cadence)
{
	int64_t wanted = cadence->interval;

	if (!cadence->moved)
		wanted = longer(wanted, NET_NS);
	return cadence->listed + longer(allow_late(cadence, wanted),
					allowed(cadence, cadence->cost + cadence->look_cost));
}

int64_t cadence_next(const struct cadence *cadence)
{
	int64_t due = list_due(cadence);
	bool put_off = cadence->moved && due > cadence->listed + cadence->interval;
	int64_t next = put_off && due < cadence->beat ? due : cadence->beat;

	return next < cadence->end ? next : cadence->end;
}

bool cadence_turn(struct cadence *cadence, int64_t now, bool moved)
{
	int64_t pulse = cadence->pulse_interval;

	if (cadence->beat <= now)
		cadence->beat += (1 + (now - cadence->beat) / pulse) * pulse;
	if (moved || !cadence->pulses)
		cadence->moved = true;
	return list_due(cadence) <= now || cadence_is_over(cadence, now);
}

enum coverage_level cadence_look(const struct cadence *cadence, int64_t now)
{
	int64_t last = longer(cadence->looked, cadence->listed);

	/* Without a list there is no cost to go by; and a list that is put off needs no look. */
	if (!cadence->pulses || !cadence->cost || cadence->moved)
		return COVERAGE_SIZES;
	return now - last < allow_late(cadence, cadence->interval) ? COVERAGE_SIZES
								   : cadence->level;
}

bool cadence_looked(struct cadence *cadence, enum coverage_level level, int64_t now, int64_t cost,
		    bool moved)
{
	double *part = &cadence->look_parts[level];

	cadence->looked = now;
	cadence->look_cost += cost;
	cadence->moved |= moved;
	if (cost > 0 && cadence->cost > 0) {
		*part += ((double)cost / (double)cadence->cost - *part) / AVERAGE_WEIGHT;
		choose_level(cadence);
	}
	return cadence->moved && list_due(cadence) <= now;
}

struct coverage cadence_coverage(const struct cadence *cadence)
{
	int64_t seen = longer(cadence->interval, allowed(cadence, cadence->cost));
	int64_t rest = cadence->pulses ? longer(seen, NET_NS) : seen;

	return (struct coverage){
		.level = rest > seen ? cadence->level : COVERAGE_ALL,
		.seen_ns = (uint64_t)seen,
		.rest_ns = (uint64_t)rest,
	};
}

void cadence_listed(struct cadence *cadence, int64_t began, int64_t cost, bool moved)
{
	cadence->cost =
		cadence->cost ? cadence->cost + (cost - cadence->cost) / AVERAGE_WEIGHT : cost;
	cadence->listed = began;
	cadence->look_cost = 0;
	cadence->moved = moved;
	choose_level(cadence);
}
