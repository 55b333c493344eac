/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/scan_once.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/residency.h"
#include "model/usage_ranges.h"
#include "residency/scan_plan.h"
#include "residency/scan_scope.h"
#include "residency/scan_result.h"
#include "residency/scan_smaps.h"
#include "residency/scan_target.h"
#include "residency/scan_walk.h"

struct once {
	struct scan_target target;
	struct scan_scope look;
	struct scan_walk walk;
	struct scan_smaps smaps;
	struct scan_pace pace;
	long sleeps; /* of the thread, before the step */
	bool walks, has_smaps;
};

/* How often the thread has slept, which it does in a step only to wait for the lock. */
static long count_sleeps(void)
{
	struct rusage usage;

	return getrusage(RUSAGE_THREAD, &usage) ? 0 : usage.ru_nvcsw;
}

/* Leaves the lock to others for a while, if it is time to. */
static void rest(struct once *once, uint64_t held, uint64_t expected)
{
	bool waited = count_sleeps() != once->sleeps;
	uint64_t pause = scan_pace_pause(&once->pace, held, waited ? 0 : expected,
					 clock_ns(CLOCK_MONOTONIC));
	const struct timespec time = {.tv_sec = (time_t)(pause / 1000000000),
				      .tv_nsec = (long)(pause % 1000000000)};

	if (pause)
		clock_nanosleep(CLOCK_MONOTONIC, 0, &time, NULL);
	once->sleeps = count_sleeps();
}

static int read_smaps(struct once *once)
{
	uint64_t held;
	int more = scan_smaps_begin(&once->smaps, &once->target, false);

	if (more)
		return more;
	while ((more = scan_smaps_step(&once->smaps, &held)) > 0)
		rest(once, held, held);
	once->has_smaps = more == 0;
	if (more)
		scan_smaps_finish(&once->smaps);
	return more;
}

static int walk_all(struct once *once)
{
	uint64_t held, expected;
	int more;

	/* Behind the last step there is nothing to rest for. */
	while ((more = scan_walk_step(&once->walk, &held, &expected)) > 0 &&
	       !scan_walk_is_over(&once->walk))
		rest(once, held, expected);
	return more < 0 ? more : 0;
}

static void settle(struct once *once)
{
	scan_result(&once->walk, &once->target, once->has_smaps ? &once->smaps.parser.told : NULL);
}

/* Only where it is needed smaps is read, unless it was asked for: then nothing else is. */
static int find_out(struct once *once, const struct procfs_options *options, bool smaps)
{
	int error;

	/* It tells all that a walk would. */
	if (smaps && read_smaps(once) == 0)
		return 0;
	scan_scope_list(&once->look);
	error = scan_walk_begin(&once->walk, &once->target, options->avoid, once->look.ranges,
				once->look.count, once->look.visible_start);
	once->walks = !error;
	/* Without pagemap smaps is all there is; where there is none either, nothing is known. */
	if (error) {
		error = read_smaps(once);
		return error == -ENOENT ? 0 : error;
	}
	/* What entries do not tell is asked before, so that the time between both is short. */
	if (once->walk.source == RESIDENCY_PAGEMAP)
		read_smaps(once);
	error = walk_all(once);
	if (error)
		return error;
	settle(once);
	if (once->walk.uncertain && !once->has_smaps && read_smaps(once) == 0)
		settle(once);
	return 0;
}

static void hand_over(struct once *once, bool smaps, struct scan *ret_scan)
{
	struct scan scan = {0};

	/* Its cost is that of smaps as well, which was read meanwhile. */
	if (once->walks)
		scan.residency = scan_result_take(&once->walk, &scan.cost_ns);
	if (once->has_smaps) {
		if (!once->walks)
			scan.cost_ns = once->smaps.cost_ns;
		if (!once->walks)
			scan.residency = residency_create(NULL, 0, RESIDENCY_SMAPS,
							  once->smaps.time_ns, once->smaps.held_ns);
		if (smaps || !once->walks) {
			scan.smaps_ns = once->smaps.time_ns;
			scan.smaps = smaps_parser_take(&once->smaps.parser);
		}
	}
	*ret_scan = scan;
}

int scan_once(const struct procfs_options *options, int32_t pid, const struct address_space *space,
	      bool smaps, struct scan *ret_scan)
{
	struct once once = {0};
	struct scan_image before, after;
	int error = scan_target_open(&once.target, options, pid);

	if (error)
		return error;
	scan_pace_init(&once.pace, SCAN_SHARE_ONCE_MAX, SCAN_SHARE_ONCE_MIN,
		       clock_ns(CLOCK_MONOTONIC));
	once.sleeps = count_sleeps();
	once.look = scan_scope_at(space, 0, 0);
	error = scan_target_image(&once.target, &before);
	if (!error && !scan_scope_is_of(&once.look, &before))
		error = -ESRCH;
	if (!error)
		error = find_out(&once, options, smaps);
	if (!error)
		error = scan_target_image(&once.target, &after);
	if (!error && !scan_image_same(&before, &after))
		error = -ESRCH;
	if (!error)
		hand_over(&once, smaps, ret_scan);
	if (once.walks)
		scan_walk_finish(&once.walk);
	if (once.has_smaps)
		scan_smaps_finish(&once.smaps);
	scan_scope_finish(&once.look);
	scan_target_close(&once.target);
	return error;
}

void scan_finish(struct scan *scan)
{
	residency_destroy(scan->residency);
	usage_ranges_destroy(scan->smaps);
	free(scan->nodes);
	*scan = (struct scan){0};
}
