/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_SCAN_SCRIPT_H
#define TESTS_UNIT_SCAN_SCRIPT_H

/*
 * What scan_course.c and scan_once.c stand on, as a script says it: the process, the steps of walks
 * and of reading smaps, the pauses and the clocks. Each call is a line of the log.
 */

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "call_log.h"
#include "kernel/avoid.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "maps_space.h"
#include "model/residency.h"
#include "model/usage.h"
#include "model/usage_ranges.h"
#include "residency/scan_course.h"
#include "residency/scan_once.h"
#include "residency/scan_result.h"
#include "residency/scan_smaps.h"
#include "residency/scan_target.h"
#include "residency/scan_walk.h"

#define SCRIPT_STEPS 4

struct script_step {
	int more; /* what the step returns */
	uint64_t held, expected;
	uint64_t cursor;    /* of the walk, from then on */
	bool wrapped, over; /* the same */
};

struct scan_script {
	int64_t now; /* CLOCK_MONOTONIC */
	int open_error;
	struct scan_image images[SCRIPT_STEPS]; /* one after the other, and then always the last */
	int image_errors[SCRIPT_STEPS];
	size_t image_count, image_at;
	int walk_error, smaps_error;
	enum residency_source source;
	bool uncertain; /* what the next result is */
	struct script_step walk[SCRIPT_STEPS], smaps[SCRIPT_STEPS];
	size_t walk_at, smaps_at;
	size_t told, nodes; /* of smaps */
	bool has_nodes;
	uint64_t estimate, pause;
	int64_t spent, thread; /* CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID */
	uint64_t budget_pause, own;
};

static struct scan_script script;

int64_t clock_ns(clockid_t clock)
{
	if (clock == CLOCK_THREAD_CPUTIME_ID)
		return script.thread;
	assert_true(clock == CLOCK_MONOTONIC || clock == CLOCK_PROCESS_CPUTIME_ID);
	return clock == CLOCK_MONOTONIC ? script.now : script.spent;
}

int scan_target_open(struct scan_target *target, const struct procfs_options *options, int32_t pid)
{
	call_log_say("open %s %d", options->root, (int)pid);
	target->pid = pid;
	return script.open_error;
}

void scan_target_close(struct scan_target *target)
{
	assert_int_equal(target->pid, 4711);
	call_log_say("close");
}

int scan_target_image(struct scan_target *target, struct scan_image *ret_image)
{
	const size_t at = script.image_at;

	assert_int_equal(target->pid, 4711);
	if (script.image_at + 1 < script.image_count)
		script.image_at++;
	call_log_say("image");
	if (!script.image_errors[at])
		*ret_image = script.images[at];
	return script.image_errors[at];
}

bool scan_image_same(const struct scan_image *a, const struct scan_image *b)
{
	return a->start_brk == b->start_brk && a->start_stack == b->start_stack;
}

uint64_t scan_target_swap(struct scan_target *target)
{
	assert_non_null(target);
	return 0;
}

int scan_target_open_file(const struct scan_target *target, const char *name)
{
	assert_true(target && name);
	return -ENOENT;
}

int scan_walk_begin(struct scan_walk *walk, const struct scan_target *target, unsigned avoid,
		    const struct scan_range *ranges, size_t count, uint64_t visible_start)
{
	assert_int_equal(target->pid, 4711);
	assert_non_null(ranges);
	call_log_say("walk %zu from %x, avoid %x", count, (unsigned)visible_start, avoid);
	*walk = (struct scan_walk){.source = script.source, .page_size = 4096};
	script.walk_at = 0;
	return script.walk_error;
}

int scan_walk_step(struct scan_walk *walk, uint64_t *ret_held_ns, uint64_t *ret_expected_ns)
{
	const struct script_step *step = &script.walk[script.walk_at++];

	call_log_say("step");
	*ret_held_ns = step->held;
	*ret_expected_ns = step->expected;
	walk->plan.cursor = step->cursor;
	walk->plan.wrapped = step->wrapped;
	return step->more;
}

bool scan_walk_is_over(const struct scan_walk *walk)
{
	assert_non_null(walk);
	return script.walk[script.walk_at - 1].over;
}

void scan_walk_finish(struct scan_walk *walk)
{
	assert_int_equal(walk->page_size, 4096);
	call_log_say("end of walk");
}

void scan_result(struct scan_walk *walk, struct scan_target *target,
		 const struct usage_ranges *smaps)
{
	assert_int_equal(target->pid, 4711);
	call_log_say("result, %d mappings known", smaps ? (int)smaps->count : -1);
	walk->uncertain = script.uncertain;
}

struct residency *scan_result_take(struct scan_walk *walk, uint64_t *ret_cost_ns)
{
	*ret_cost_ns = 5;
	return residency_create(NULL, 0, walk->source, 1, 2);
}

struct residency *scan_result_part(struct scan_walk *walk, struct scan_target *target,
				   const struct usage_ranges *smaps, uint64_t *ret_cost_ns)
{
	struct residency *residency = scan_result_take(walk, ret_cost_ns);

	assert_int_equal(target->pid, 4711);
	call_log_say("part, %d mappings known", smaps ? (int)smaps->count : -1);
	residency->partial = true;
	return residency;
}

bool scan_smaps_has_nodes(void)
{
	return script.has_nodes;
}

int scan_smaps_begin(struct scan_smaps *smaps, const struct scan_target *target, bool nodes)
{
	const struct usage unknown = usage_unknown();

	assert_int_equal(target->pid, 4711);
	call_log_say("smaps, nodes %d", nodes);
	if (script.smaps_error)
		return script.smaps_error;
	*smaps = (struct scan_smaps){.file = -1, .nodes_file = -1, .held_ns = 6, .cost_ns = 7};
	smaps->time_ns = 8;
	smaps_parser_init(&smaps->parser);
	for (uint64_t i = 0; i < script.told; i++)
		usage_ranges_add(&smaps->parser.told, (i + 1) * 4096, (i + 2) * 4096, &unknown);
	if (script.nodes) {
		smaps->nodes.nodes = memory_alloc(script.nodes * sizeof(*smaps->nodes.nodes));
		smaps->nodes.count = script.nodes;
	}
	script.smaps_at = 0;
	return 0;
}

int scan_smaps_step(struct scan_smaps *smaps, uint64_t *ret_held_ns)
{
	const struct script_step *step = &script.smaps[script.smaps_at++];

	assert_non_null(smaps);
	call_log_say("read");
	*ret_held_ns = step->held;
	return step->more;
}

void scan_smaps_finish(struct scan_smaps *smaps)
{
	call_log_say("end of smaps");
	smaps_parser_finish(&smaps->parser);
	numa_parser_finish(&smaps->nodes);
}

void scan_pace_init(struct scan_pace *pace, double most, double least, int64_t now_ns)
{
	assert_int_equal(now_ns, script.now);
	*pace = (struct scan_pace){.most = most, .least = least};
}

uint64_t scan_pace_pause(struct scan_pace *pace, uint64_t held_ns, uint64_t expected_ns,
			 int64_t now_ns)
{
	assert_int_equal(now_ns, script.now);
	call_log_say("pause for %d of %d, %g to %g", (int)held_ns, (int)expected_ns, pace->most,
		     pace->least);
	return script.pause;
}

void scan_budget_init(struct scan_budget *budget, double share, int64_t now_ns, int64_t spent_ns)
{
	assert_int_equal(now_ns, script.now);
	assert_int_equal(spent_ns, script.spent);
	*budget = (struct scan_budget){.share = share};
}

/* Not in the log: of each step. */
uint64_t scan_budget_pause(struct scan_budget *budget, uint64_t own_ns, int64_t now_ns,
			   int64_t spent_ns)
{
	assert_true(budget->share > 0);
	assert_int_equal(now_ns, script.now);
	assert_int_equal(spent_ns, script.spent);
	script.own = own_ns;
	return script.budget_pause;
}

uint64_t scan_smaps_estimate(size_t vmas, uint64_t resident)
{
	call_log_say("estimate %zu, %d", vmas, (int)resident);
	return script.estimate;
}

/* A process whose image is that of script_space(): it can be walked in one step and read in one. */
static inline void script_reset(void)
{
	script = (struct scan_script){
		.now = INT64_C(100000000000),
		.thread = 4000, /* it has opened the process */
		.images = {{.start_brk = 0x5000000,
			    .start_stack = 0x7ffc00020000,
			    .resident = 40960,
			    .minor_faults = 3}},
		.image_count = 1,
		.source = RESIDENCY_PAGEMAP_SCAN,
		.walk = {{.more = 1, .over = true}},
		.told = 2,
		.estimate = 1000,
		.pause = 77,
	};
	call_log_clear();
}

static inline struct address_space *script_space(void)
{
	return maps_space_create(NULL, "00400000-00402000 r-xp 00000000 fe:01 1 /bin/x\n"
				       "00600000-00601000 rw-p 00000000 00:00 0\n");
}

#endif
