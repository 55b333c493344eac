/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/cadence.h"

#define PULSE_NS       INT64_C(10000000)
#define FINE_NS        INT64_C(100000000)  /* an interval below it has finer pulses */
#define NET_NS         INT64_C(1000000000) /* the longest without a list */
#define AVERAGE_WEIGHT 4                   /* a cost counts for a quarter of the average */
#define LATE_PART      4                   /* a turn may be late by a quarter of a beat */
#define STRETCH_MAX_NS CADENCE_INTERVAL_MAX_NS

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

void cadence_init(struct cadence *cadence, uint64_t interval, double budget, int64_t now)
{
	*cadence = (struct cadence){
		.budget = budget > 0 && budget <= 1 ? budget : CADENCE_BUDGET_DEFAULT,
		.listed = now,
		.end = INT64_MAX,
		.pulses = true,
		.moved = true,
	};
	cadence_set_interval(cadence, interval, now);
}

void cadence_set_interval(struct cadence *cadence, uint64_t interval, int64_t now)
{
	set_intervals(cadence, interval);
	cadence->beat = now + cadence->pulse_interval;
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

/* The least time from the begin of a list to the next. */
static int64_t forced(const struct cadence *cadence)
{
	double time = (double)cadence->cost / cadence->budget;

	return time < (double)STRETCH_MAX_NS ? (int64_t)time : STRETCH_MAX_NS;
}

int64_t cadence_stretched(const struct cadence *cadence)
{
	int64_t time = forced(cadence);

	return time > cadence->interval ? time : 0;
}

/* When the list is due, as far as is known. */
static int64_t list_due(const struct cadence *cadence)
{
	int64_t wanted = cadence->interval;

	if (!cadence->moved)
		wanted = longer(wanted, NET_NS);
	/* Turns are a little late, now more, now less: the beat must not be missed for that. */
	wanted -= cadence->pulse_interval / LATE_PART;
	return cadence->listed + longer(wanted, forced(cadence));
}

int64_t cadence_next(const struct cadence *cadence)
{
	int64_t due = list_due(cadence);
	bool put_off = cadence->moved && forced(cadence) > cadence->interval;
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

void cadence_listed(struct cadence *cadence, int64_t began, int64_t cost, bool moved)
{
	cadence->cost =
		cadence->cost ? cadence->cost + (cost - cadence->cost) / AVERAGE_WEIGHT : cost;
	cadence->listed = began;
	cadence->moved = moved;
}
