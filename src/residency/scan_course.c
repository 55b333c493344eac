/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/scan_course.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/usage_ranges.h"
#include "residency/scan_result.h"

#define SMAPS_NS  INT64_C(5000000000) /* between two reads that nobody asked for, at least */
#define PART_NS   INT64_C(1000000000) /* between two parts of a long walk */
#define WINDOW_NS INT64_C(1000000000) /* the least time that a share of is told */

static void end_walk(struct scan_course *course)
{
	if (course->walks)
		scan_walk_finish(&course->walk);
	course->walks = false;
	scan_scope_unlist(&course->look);
}

static void end_smaps(struct scan_course *course)
{
	if (course->reads)
		scan_smaps_finish(&course->smaps);
	course->reads = false;
}

static int64_t now(void)
{
	return clock_ns(CLOCK_MONOTONIC);
}

/* A memory has a lock of its own, which nothing is known to contend for, and is to be walked soon.
 */
static void begin_memory(struct scan_course *course)
{
	scan_pace_init(&course->pace, SCAN_SHARE_MAX, SCAN_SHARE_MIN, now());
	course->told = false;
}

int scan_course_init(struct scan_course *course, const struct procfs_options *options, int32_t pid,
		     double budget)
{
	*course = (struct scan_course){.avoid = options->avoid,
				       .has_nodes = scan_smaps_has_nodes(),
				       .window = now(),
				       .own_ns = clock_ns(CLOCK_THREAD_CPUTIME_ID)};
	begin_memory(course);
	scan_budget_init(&course->budget, budget, course->window,
			 clock_ns(CLOCK_PROCESS_CPUTIME_ID));
	return scan_target_open(&course->target, options, pid);
}

void scan_course_finish(struct scan_course *course)
{
	end_walk(course);
	end_smaps(course);
	usage_ranges_destroy(course->known);
	scan_scope_finish(&course->look);
	scan_finish(&course->found);
	scan_target_close(&course->target);
}

/* Counts time that the lock was held; what is told is the share of a second at least. */
static void count_held(struct scan_course *course, uint64_t held)
{
	int64_t time = now() - course->window;

	course->held += held;
	course->held_share = (double)course->held / (double)(time > WINDOW_NS ? time : WINDOW_NS);
	if (time > 2 * WINDOW_NS) {
		course->window += time;
		course->held = 0;
	}
}

void scan_merge(struct scan *scan, struct scan *newer)
{
	if (newer->residency)
		scan->residency = residency_renew(scan->residency, newer->residency);
	if (newer->smaps) {
		usage_ranges_destroy(scan->smaps);
		free(scan->nodes);
		scan->nodes = newer->nodes;
		scan->node_count = newer->node_count;
		scan->smaps = newer->smaps;
		scan->smaps_ns = newer->smaps_ns;
	}
	scan->error = newer->error;
	scan->cost_ns = newer->cost_ns;
	scan->held_share = newer->held_share;
	*newer = (struct scan){0};
}

static void publish(struct scan_course *course, struct scan found)
{
	found.held_share = course->held_share;
	course->last_error = found.error;
	course->has_found = true;
	scan_merge(&course->found, &found);
}

/* Tells of an error once; with the end of the process there is nothing more to come. */
static void fail(struct scan_course *course, int error)
{
	if (error == -ESRCH)
		course->gone = true;
	else if (error != -EACCES)
		return; /* it was changing; the next look will tell */
	if (error != course->last_error)
		publish(course, (struct scan){.error = error});
}

static bool is_affordable(const struct scan_course *course)
{
	return (double)course->estimate <= SCAN_SHARE_MAX * (double)SMAPS_NS;
}

/* From one read to the next, for which the budget allows its cost. */
static int64_t smaps_interval(const struct scan_course *course)
{
	double time = (double)course->estimate / course->budget.share * SCAN_BUDGET_PART;

	return time > (double)SMAPS_NS ? (int64_t)time : SMAPS_NS;
}

static bool is_smaps_due(const struct scan_course *course)
{
	if (!course->moved || !is_affordable(course))
		return false;
	return !course->smaps_time || now() - course->smaps_time >= smaps_interval(course);
}

static void begin_walk(struct scan_course *course)
{
	struct scan_scope *look = &course->look;
	int error;

	scan_scope_list(look);
	error = scan_walk_begin(&course->walk, &course->target, course->avoid, look->ranges,
				look->count, look->visible_start);
	course->walks = !error;
	if (error)
		scan_scope_unlist(look);
	course->seen_told = false;
	course->told_time = now();
	course->only_smaps = error && error != -EACCES;
	if (course->only_smaps)
		course->any = true;
	if (error == -EACCES)
		fail(course, error);
}

/* Whether there is a reason to do something about this snapshot; takes it over then. */
static void consider(struct scan_course *course, struct scan_scope *look)
{
	struct scan_image image;
	int error = scan_target_image(&course->target, &image);
	bool same;

	if (error) {
		fail(course, error);
		return;
	}
	if (!scan_scope_is_of(look, &image))
		return; /* execve(2) came between: the next snapshot is of this image */
	/* numa_maps walks as much as smaps does. */
	course->estimate =
		scan_smaps_estimate(look->count, image.resident) * (course->has_nodes ? 2 : 1);
	same = course->any && scan_image_same(&image, &course->seen) &&
	       image.resident == course->seen.resident &&
	       image.minor_faults == course->seen.minor_faults &&
	       scan_scope_equal(look, &course->look);
	/* An equal one is taken over, too: it is of the list that others have. */
	scan_scope_finish(&course->look);
	course->look = *look;
	*look = (struct scan_scope){0};
	if (!same) {
		if (!scan_image_same(&image, &course->seen))
			begin_memory(course);
		course->seen = image;
		course->moved = true;
		begin_walk(course);
	}
	if (!course->reads && is_smaps_due(course))
		course->smaps_wanted = true;
}

/* The walk has come to its end; whether what was walked was the same memory all the time. */
static bool is_confirmed(struct scan_course *course)
{
	struct scan_image image;
	int error = scan_target_image(&course->target, &image);

	if (error)
		fail(course, error);
	return !error && scan_image_same(&image, &course->seen);
}

/*
 * How long to rest after a step that held the lock for so long. The budget also counts what was
 * done with the results of steps since the last rest.
 */
static uint64_t pause_after(struct scan_course *course, uint64_t held, uint64_t expected)
{
	const int64_t time = now(), own = clock_ns(CLOCK_THREAD_CPUTIME_ID);
	const uint64_t lock = scan_pace_pause(&course->pace, held, expected, time);
	const uint64_t budget = scan_budget_pause(&course->budget, (uint64_t)(own - course->own_ns),
						  time, clock_ns(CLOCK_PROCESS_CPUTIME_ID));

	course->own_ns = own;
	return course->told && budget > lock ? budget : lock;
}

static void complete_walk(struct scan_course *course)
{
	struct scan_walk *walk = &course->walk;
	struct scan found = {0};

	scan_result(walk, &course->target, course->known);
	course->needs_smaps = walk->uncertain || walk->source == RESIDENCY_PAGEMAP;
	course->any = true;
	if (is_confirmed(course)) {
		found.residency = scan_result_take(walk, &found.cost_ns);
		publish(course, found);
		course->told = true;
	}
	end_walk(course);
}

/* Whether all that the reader sees was walked. */
static bool is_seen(const struct scan_course *course)
{
	const struct scan_plan *plan = &course->walk.plan;

	return plan->wrapped || plan->cursor >= course->look.visible_end;
}

/* What the reader sees is told as soon as it is known, and from time to time what there is. */
static bool is_part_due(const struct scan_course *course)
{
	return (!course->seen_told && is_seen(course)) || now() - course->told_time >= PART_NS;
}

static void tell_part(struct scan_course *course)
{
	struct scan found = {0};

	course->seen_told = is_seen(course);
	course->told_time = now();
	if (!is_confirmed(course))
		return;
	found.residency =
		scan_result_part(&course->walk, &course->target, course->known, &found.cost_ns);
	publish(course, found);
}

static uint64_t step_walk(struct scan_course *course)
{
	uint64_t held = 0, expected = 0;
	int more = scan_walk_step(&course->walk, &held, &expected);

	if (more < 0) {
		end_walk(course);
		return 0;
	}
	/* What was the last step is told before the rest that it calls for. */
	if (more == 0 || scan_walk_is_over(&course->walk))
		complete_walk(course);
	else if (is_part_due(course))
		tell_part(course);
	if (more == 0)
		return 0;
	count_held(course, held);
	return pause_after(course, held, expected);
}

static void begin_smaps(struct scan_course *course)
{
	int error = scan_smaps_begin(&course->smaps, &course->target, course->has_nodes);

	course->smaps_wanted = false;
	course->reads = !error;
	if (error == -EACCES)
		fail(course, error);
}

/* Keeps what walks need. They are done anew with it. */
static void keep_known(struct scan_course *course)
{
	const struct usage_ranges *told = &course->smaps.parser.told;

	usage_ranges_destroy(course->known);
	course->known = NULL;
	if (!course->needs_smaps || !told->count)
		return;
	course->known = usage_ranges_copy(told);
	course->any = false;
}

static void complete_smaps(struct scan_course *course)
{
	struct scan_smaps *smaps = &course->smaps;
	struct scan found = {.smaps_ns = smaps->time_ns, .cost_ns = smaps->cost_ns};

	course->smaps_time = now();
	course->moved = false;
	/* A memory that is gone has no mappings. */
	if (smaps->parser.told.count && is_confirmed(course)) {
		keep_known(course);
		if (course->only_smaps)
			found.residency = residency_create(NULL, 0, RESIDENCY_SMAPS, smaps->time_ns,
							   smaps->held_ns);
		found.smaps = smaps_parser_take(&smaps->parser);
		found.nodes = numa_parser_take(&smaps->nodes, &found.node_count);
		publish(course, found);
	}
	end_smaps(course);
}

static uint64_t step_smaps(struct scan_course *course)
{
	uint64_t held = 0;
	int more = scan_smaps_step(&course->smaps, &held);

	count_held(course, held);
	if (more == 0)
		complete_smaps(course);
	else if (more < 0)
		end_smaps(course);
	/* One mapping with much memory takes long without anybody else's doing. */
	return more > 0 ? pause_after(course, held, held) : 0;
}

bool scan_course_is_idle(const struct scan_course *course)
{
	return !course->walks && !course->reads && !course->smaps_wanted;
}

bool scan_course_is_other(const struct scan_course *course, const struct scan_scope *look)
{
	return !scan_scope_is_of(look, &course->seen);
}

uint64_t scan_course_step(struct scan_course *course, struct scan_scope *look, bool asked)
{
	if (look) {
		end_walk(course);
		consider(course, look);
	}
	if (asked)
		course->smaps_wanted = true;
	if (course->gone)
		return 0;
	if (course->walks)
		return step_walk(course);
	if (course->smaps_wanted && !course->reads)
		begin_smaps(course);
	return course->reads ? step_smaps(course) : 0;
}
