/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_SCHEDULE_H
#define SAMPLER_SCHEDULE_H

/*
 * When to look at a process, and how closely: pure decisions, which the sampler's thread carries
 * out. There are three tiers.
 *
 * - A pulse, about 1 us, on every beat: about 10 ms (never less) when the interval is shorter than
 *   100 ms, else every interval.
 * - A look, every interval that has no list, for what no pulse shows: protections and moves. At
 *   all mappings while that is expected to take no more than a quarter of the budget, else at the
 *   executable ones, else not at all (model/coverage.h). What a look costs is measured, and kept
 *   as a share of the cost of a list, so that it is known of a target that grew or shrank.
 * - The full list of mappings when a pulse or a look has moved, but not more often than the
 *   interval; and every second (every interval, where that is longer) as the net for the rest, or
 *   less often where the net would take more than a third of the budget.
 *
 * The budget is the program's. From the begin of a list to the next one at least the cost passes of
 * the list, of the looks behind it and of whatever else the program does meanwhile, divided by the
 * budget: a target too large for the interval is listed less often. But lists and looks have a
 * third of what pulses leave of the budget, and a fifth of the budget, in any case, however much is
 * scanned and drawn. A list that was not taken yet is not replaced by another one. Without pulses
 * there is a list every interval, and no look.
 *
 * Times are nanoseconds of a clock that never goes back; the caller reads it.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/coverage.h"

#define SCHEDULE_INTERVAL_MIN_NS INT64_C(10000000)
#define SCHEDULE_INTERVAL_MAX_NS INT64_C(3600000000000)
#define SCHEDULE_BUDGET_DEFAULT  0.02 /* of one core */

struct schedule {
	int64_t interval;
	int64_t pulse_interval;
	double budget;
	int64_t beat;           /* of the next pulse */
	int64_t listed;         /* when the last list began */
	int64_t cost;           /* of a list, the moving average; 0 before the first */
	int64_t pulse_cost;     /* of the pulses since that began */
	int64_t others;         /* what all else cost since */
	int64_t pulses_average; /* from list to list */
	int64_t others_average;
	int64_t end;          /* when the last list is due; INT64_MAX for never */
	bool pulses;          /* the source has them */
	bool moved;           /* there is something to list */
	bool held;            /* a list waits to be taken, */
	bool was_held;        /* and the next one was due meanwhile */
	bool at_once;         /* it is not to wait for the next beat */
	int64_t held_average; /* how long it was due before it came */

	enum coverage_level level;         /* of the looks */
	int64_t looked;                    /* when the last look began */
	int64_t look_cost;                 /* of the looks since the last list */
	double look_parts[COVERAGE_SIZES]; /* of a list's cost, by level; 0: it cannot look so */
};

/*
 * The plan, from now on. The interval is brought into its bounds; a budget that is not above 0
 * and at most 1 is the default. The caller knows a list that is about as old as now, but what
 * changed since is not known: the first pulse counts as moved.
 */
void schedule_init(struct schedule *schedule, uint64_t interval, double budget, int64_t now);

/* Another interval; the next beat is one of the new ones from now. */
void schedule_set_interval(struct schedule *schedule, uint64_t interval, int64_t now);

/*
 * Ends so many intervals from now, of the length that they have now; 0 for never. The list at the
 * end is due whatever was seen and whatever it costs.
 */
void schedule_end_after(struct schedule *schedule, uint64_t intervals, int64_t now);

/* Whether a list that begins now is the last one. */
bool schedule_is_over(const struct schedule *schedule, int64_t now);

/* The source turned out to have no pulses; or no looks of the level. */
void schedule_without_pulses(struct schedule *schedule);
void schedule_without_looks(struct schedule *schedule, enum coverage_level level);

/* When the next turn is due: the next beat, or before it a list that was put off. */
int64_t schedule_next(const struct schedule *schedule);

/* A list waits to be taken: until then none is due but the last one, as it would only replace it.
 */
void schedule_hold(struct schedule *schedule);

/*
 * It was taken. Returns whether the next one is due already, and the next beat so far away that it
 * is not to be waited for.
 */
bool schedule_release(struct schedule *schedule, int64_t now);

/*
 * A turn is taken now; moved says whether the pulse has. Beats missed are left out, the others
 * keep their phase. Returns whether the list is due.
 */
bool schedule_turn(struct schedule *schedule, int64_t now, bool moved);

/* Which look is due in this turn, in which no list is: COVERAGE_SIZES for none. */
enum coverage_level schedule_look(const struct schedule *schedule, int64_t now);

/*
 * A look of the level was taken now: what it cost (0: nothing worth counting), and whether it has
 * moved. Returns whether the list is due.
 */
bool schedule_looked(struct schedule *schedule, enum coverage_level level, int64_t now,
		     int64_t cost, bool moved);

/* A list was taken: when it began and what it cost. moved: a pulse after it differs already. */
void schedule_listed(struct schedule *schedule, int64_t began, int64_t cost, bool moved);

/*
 * The program has spent so much processor time since the last list began, that list not counted;
 * own of it is the sampler's, on looks and pulses.
 */
void schedule_spent(struct schedule *schedule, int64_t spent, int64_t own);

/* What is seen at every interval, as the plan is now. */
struct coverage schedule_coverage(const struct schedule *schedule);

#endif
