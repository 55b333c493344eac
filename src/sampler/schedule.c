/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/schedule.h"

#include <string.h>

#define PULSE_NS       INT64_C(10000000)
#define FINE_NS        INT64_C(100000000)  /* an interval below it has finer pulses */
#define NET_NS         INT64_C(1000000000) /* the longest without a list */
#define AVERAGE_WEIGHT 4                   /* a cost counts for a quarter of the average */
#define LATE_PART      4                   /* a turn may be late by a quarter of a beat */
#define STRETCH_MAX_NS SCHEDULE_INTERVAL_MAX_NS
#define OTHERS_MOST    2 /* all else counts for so many times a list, at most */
#define PULSES_MOST    2 /* and so do pulses */
#define NET_PART       3 /* a list that nothing asked for may take a third of the budget */
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

static int64_t shorter(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static void set_intervals(struct schedule *schedule, uint64_t interval)
{
	int64_t bounded = interval < (uint64_t)SCHEDULE_INTERVAL_MAX_NS ? (int64_t)interval
									: SCHEDULE_INTERVAL_MAX_NS;

	schedule->interval = longer(bounded, SCHEDULE_INTERVAL_MIN_NS);
	schedule->pulse_interval = schedule->interval;
	/* The interval is a whole number of beats. */
	if (schedule->pulses && schedule->interval < FINE_NS)
		schedule->pulse_interval /= schedule->interval / PULSE_NS;
}

/* What looks of the level are expected to take, as a share of a core. */
static double looks_share(const struct schedule *schedule, enum coverage_level level)
{
	if (level == COVERAGE_SIZES)
		return 0;
	return schedule->look_parts[level] * (double)schedule->cost / (double)schedule->interval;
}

static void choose_level(struct schedule *schedule)
{
	enum coverage_level before = schedule->level;
	const double most = schedule->budget / LOOKS_PART;

	for (unsigned i = COVERAGE_ALL; i < COVERAGE_SIZES; i++) {
		enum coverage_level level = (enum coverage_level)i;
		double limit = before <= level ? most : most / LOOKS_BEGIN;

		schedule->level = level;
		if (schedule->look_parts[level] > 0 && looks_share(schedule, level) <= limit)
			return;
	}
	schedule->level = COVERAGE_SIZES;
}

void schedule_init(struct schedule *schedule, uint64_t interval, double budget, int64_t now)
{
	*schedule = (struct schedule){
		.budget = budget > 0 && budget <= 1 ? budget : SCHEDULE_BUDGET_DEFAULT,
		.listed = now,
		.end = INT64_MAX,
		.pulses = true,
		.moved = true,
	};
	memcpy(schedule->look_parts, look_parts, sizeof(look_parts));
	schedule_set_interval(schedule, interval, now);
}

void schedule_set_interval(struct schedule *schedule, uint64_t interval, int64_t now)
{
	set_intervals(schedule, interval);
	schedule->beat = now + schedule->pulse_interval;
	choose_level(schedule);
}

void schedule_end_after(struct schedule *schedule, uint64_t intervals, int64_t now)
{
	const uint64_t most = (uint64_t)((INT64_MAX - now) / schedule->interval);

	schedule->end = INT64_MAX;
	if (intervals && intervals < most)
		schedule->end = now + (int64_t)intervals * schedule->interval;
}

bool schedule_is_over(const struct schedule *schedule, int64_t now)
{
	return now >= schedule->end;
}

void schedule_without_pulses(struct schedule *schedule)
{
	schedule->pulses = false;
	set_intervals(schedule, (uint64_t)schedule->interval);
}

void schedule_without_looks(struct schedule *schedule, enum coverage_level level)
{
	schedule->look_parts[level] = 0;
	choose_level(schedule);
}

/* The time for which the budget allows such a cost. */
static int64_t allowed(const struct schedule *schedule, int64_t cost)
{
	double time = (double)cost / schedule->budget;

	return time < (double)STRETCH_MAX_NS ? (int64_t)time : STRETCH_MAX_NS;
}

/* Turns are a little late, now more, now less: the beat must not be missed for that. */
static int64_t allow_late(const struct schedule *schedule, int64_t wanted)
{
	return wanted - schedule->pulse_interval / LATE_PART;
}

/* From the begin of a list to the next one that nothing asks for, at least. */
static int64_t net_rest(const struct schedule *schedule, int64_t cost)
{
	return longer(longer(schedule->interval, NET_NS), allowed(schedule, NET_PART * cost));
}

/* From the begin of a list to the next one, at least; cost: of the list, and of looks. */
static int64_t list_rest(const struct schedule *schedule, int64_t cost)
{
	int64_t others = longer(schedule->others, schedule->others_average);
	int64_t pulses = longer(schedule->pulse_cost, schedule->pulses_average);

	/* So that lists have a part of the budget in any case. */
	return allowed(schedule, cost + shorter(others, OTHERS_MOST * cost) +
					 shorter(pulses, PULSES_MOST * cost));
}

/* When the list is due, as far as is known. */
static int64_t list_due(const struct schedule *schedule)
{
	int64_t cost = schedule->cost + schedule->look_cost;
	int64_t wanted = schedule->moved || !schedule->pulses ? schedule->interval
							      : net_rest(schedule, cost);

	return schedule->listed + longer(allow_late(schedule, wanted), list_rest(schedule, cost));
}

int64_t schedule_next(const struct schedule *schedule)
{
	int64_t due = list_due(schedule), next = schedule->beat;
	bool put_off = schedule->at_once ||
		       (schedule->moved && due > schedule->listed + schedule->interval);

	if (put_off && !schedule->held && due < next)
		next = due;
	return next < schedule->end ? next : schedule->end;
}

static bool is_due(struct schedule *schedule, int64_t now)
{
	bool due = list_due(schedule) <= now;

	schedule->was_held |= due && schedule->held;
	return due && !schedule->held;
}

void schedule_hold(struct schedule *schedule)
{
	schedule->held = true;
}

bool schedule_release(struct schedule *schedule, int64_t now)
{
	schedule->held = false;
	schedule->at_once = schedule->was_held && schedule->beat - now > PULSE_NS;
	return schedule->at_once;
}

bool schedule_turn(struct schedule *schedule, int64_t now, bool moved)
{
	int64_t pulse = schedule->pulse_interval;

	if (schedule->beat <= now)
		schedule->beat += (1 + (now - schedule->beat) / pulse) * pulse;
	if (moved || !schedule->pulses)
		schedule->moved = true;
	return is_due(schedule, now) || schedule_is_over(schedule, now);
}

enum coverage_level schedule_look(const struct schedule *schedule, int64_t now)
{
	int64_t last = longer(schedule->looked, schedule->listed);

	/* Without a list there is no cost to go by; and a list that is put off needs no look. */
	if (!schedule->pulses || !schedule->cost || schedule->moved)
		return COVERAGE_SIZES;
	return now - last < allow_late(schedule, schedule->interval) ? COVERAGE_SIZES
								     : schedule->level;
}

bool schedule_looked(struct schedule *schedule, enum coverage_level level, int64_t now,
		     int64_t cost, bool moved)
{
	double *part = &schedule->look_parts[level];

	schedule->looked = now;
	schedule->look_cost += cost;
	schedule->moved |= moved;
	if (cost > 0 && schedule->cost > 0) {
		*part += ((double)cost / (double)schedule->cost - *part) / AVERAGE_WEIGHT;
		choose_level(schedule);
	}
	return schedule->moved && is_due(schedule, now);
}

struct coverage schedule_coverage(const struct schedule *schedule)
{
	int64_t seen = longer(schedule->interval, list_rest(schedule, schedule->cost)) +
		       schedule->held_average;
	int64_t rest = schedule->pulses ? net_rest(schedule, schedule->cost) : seen;

	return (struct coverage){
		.level = rest > seen ? schedule->level : COVERAGE_ALL,
		.seen_ns = (uint64_t)seen,
		.rest_ns = (uint64_t)rest,
	};
}

static int64_t average(int64_t before, int64_t cost)
{
	return before ? before + (cost - before) / AVERAGE_WEIGHT : cost;
}

void schedule_spent(struct schedule *schedule, int64_t spent, int64_t own)
{
	schedule->pulse_cost = longer(0, own - schedule->look_cost);
	schedule->others = longer(0, spent - own);
}

void schedule_listed(struct schedule *schedule, int64_t began, int64_t cost, bool moved)
{
	int64_t late = schedule->was_held ? longer(0, began - list_due(schedule)) : 0;

	schedule->held_average += (late - schedule->held_average) / AVERAGE_WEIGHT;
	schedule->was_held = schedule->at_once = false;
	schedule->cost = average(schedule->cost, cost);
	schedule->others_average =
		average(schedule->others_average, shorter(schedule->others, OTHERS_MOST * cost));
	schedule->pulses_average = average(schedule->pulses_average,
					   shorter(schedule->pulse_cost, PULSES_MOST * cost));
	schedule->listed = began;
	schedule->look_cost = schedule->others = schedule->pulse_cost = 0;
	schedule->moved = moved;
	choose_level(schedule);
}
