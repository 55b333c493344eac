/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_SCHEDULE_RUN_H
#define TESTS_UNIT_SCHEDULE_RUN_H

/* What a schedule decides, carried out in made-up time. Times are nanoseconds. */

#include <stdbool.h>
#include <stdint.h>

#include "sampler/schedule.h"

#define US     INT64_C(1000)
#define MS     INT64_C(1000000)
#define SECOND INT64_C(1000000000)
#define HOUR   (3600 * SECOND)

/* A thread that carries out what is decided, in a time that only passes as it says. */
struct schedule_run {
	struct schedule schedule;
	int64_t now;
	int64_t late;                         /* how much later than asked for it wakes up */
	int64_t cost;                         /* of a list */
	double pulses, others;                /* what these take, as a share of a core */
	int64_t look_costs[COVERAGE_SIZES];   /* by level; 0: looks that are not worth counting */
	int64_t spent;                        /* on all lists and looks */
	int64_t last_list, shortest, longest; /* between lists */
	int64_t looked;                       /* what looks took since the last list */
	int turns, lists, looks[COVERAGE_SIZES];
};

static inline void schedule_run_start(struct schedule_run *run, int64_t interval, double budget)
{
	schedule_init(&run->schedule, (uint64_t)interval, budget, run->now);
	run->last_list = run->now;
	run->shortest = INT64_MAX;
}

/* The look that is due, if one is; returns whether it brings a list. */
static inline bool schedule_run_look(struct schedule_run *run, bool moved)
{
	enum coverage_level level = schedule_look(&run->schedule, run->now);

	if (level == COVERAGE_SIZES)
		return false;
	run->looks[level]++;
	run->spent += run->look_costs[level];
	run->looked += run->look_costs[level];
	return schedule_looked(&run->schedule, level, run->now, run->look_costs[level], moved);
}

/* One turn, in which a pulse has moved, or only what a look sees; whether there was a list. */
static inline bool schedule_run_turn_with(struct schedule_run *run, bool moved, bool unseen)
{
	int64_t since, own;

	run->now = schedule_next(&run->schedule) + run->late;
	run->turns++;
	since = run->now - run->last_list;
	own = run->looked + (int64_t)(run->pulses * (double)since);
	schedule_spent(&run->schedule, own + (int64_t)(run->others * (double)since), own);
	if (!schedule_turn(&run->schedule, run->now, moved) && !schedule_run_look(run, unseen))
		return false;
	run->shortest = since < run->shortest ? since : run->shortest;
	run->longest = since > run->longest ? since : run->longest;
	run->last_list = run->now;
	run->lists++;
	run->looked = 0;
	run->spent += run->cost;
	schedule_listed(&run->schedule, run->now, run->cost, false);
	run->now += run->cost;
	return true;
}

static inline bool schedule_run_turn(struct schedule_run *run, bool moved)
{
	return schedule_run_turn_with(run, moved, false);
}

static inline void schedule_run_until(struct schedule_run *run, int64_t end, bool moved)
{
	while (schedule_next(&run->schedule) <= end)
		schedule_run_turn(run, moved);
}

#endif
