/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/hearing.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "files/code_namer.h"
#include "files/stack_unwinder.h"
#include "growth/fault_load.h"
#include "growth/hearing_pace.h"
#include "growth/hearing_rests.h"
#include "growth/hearing_state.h"
#include "growth/site_maker.h"
#include "inside/frame_store.h"
#include "inside/unwind_sample.h"
#include "kernel/clock.h"
#include "kernel/procfs_relation.h"
#include "kernel/random_key.h"
#include "model/address_space.h"

#define START_PERIOD 37 /* of a program that begins: its loader alone faults some hundred times */
#define PACE_NS_MANY INT64_C(10000000000)
#define LOOK_MS      20u   /* at what it does before it is listened to */
#define LOOK_MANY_MS 1000u /* the same where that is decided for long */
#define EVENTS_MANY  ((size_t)128)
#define PERIODS_MANY 50                 /* of a turn, of which one may be left out, */
#define PERIODS_SOME 20                 /* or of one of a process that is busy */
#define PACE_NS      INT64_C(100000000) /* over which the pace is judged */
#define SECOND_NS    1e9

/* Between two times that stacks are unwound: each opens the tables of the mapped files anew. */
#define UNWIND_NS INT64_C(250000000)

static void begin_counting(struct hearing *hearing)
{
	hearing->start_ns = clock_ns(CLOCK_REALTIME);
	hearing->began_ns = hearing->paced_ns = clock_ns(CLOCK_MONOTONIC);
	hearing->varied = hearing->rested_faults = hearing->rest_faults = 0;
	heard_clear(&hearing->heard);
	fault_rests_clear(&hearing->rests, hearing->began_ns);
	hearing->steps = 0;
	hearing->stepped_ns = hearing->began_ns;
	hearing->switches = (struct switch_rate){0};
	switch_rate_look(&hearing->switches, hearing->directory, hearing->began_ns);
	hearing->began_cpu_ns = hearing->paced_cpu_ns = fault_load_cpu(hearing->pid);
	hearing->began_kernel_faults = 0;
	(void)fault_load_faults(hearing->directory, &hearing->began_kernel_faults);
	hearing->paced_faults = hearing->window_faults = hearing->began_kernel_faults;
	hearing->window_cpu_ns = hearing->began_cpu_ns;
	if (hearing->rests.resting)
		hearing->turn_ns = hearing->rests.until_ns;
}

static int open_events(struct hearing *hearing, const struct address_space *space, bool from_start)
{
	/* There will be one for each thread and processor. */
	const size_t events = (size_t)space->target.threads * (size_t)sysconf(_SC_NPROCESSORS_ONLN);
	struct fault_plan plan = {.copies = UNWIND_REGISTER_COUNT > 0};

	fault_cost_measure(&hearing->cost);
	if (from_start) {
		plan.period = START_PERIOD;
	} else {
		hearing->rate = fault_load_rate(hearing->directory, space->target.start_ticks,
						events > EVENTS_MANY ? LOOK_MANY_MS : LOOK_MS);
		hearing_pace_choose(hearing, hearing->rate, events, &plan);
	}
	return fault_events_open(&hearing->events, hearing->directory, hearing->pid, &plan);
}

/*
 * Has the unwinder read what it needs: from then on samples come, and those that wait for it fill
 * the rings.
 */
static void prepare_unwinder(struct hearing *hearing, const struct address_space *space)
{
	static const unsigned char registers[(UNWIND_REGISTER_COUNT + 1) * sizeof(uint64_t)];
	const struct unwind_sample sample = {.registers = registers, .stack = registers};
	struct call_stack stack;

	(void)stack_unwinder_unwind(hearing->unwinder, space, &sample, 1, &stack);
}

int hearing_begin(const struct procfs_options *options, const struct address_space *space,
		  bool from_start, struct hearing **ret_hearing)
{
	struct hearing *hearing;
	struct hash_key key = random_key();
	int directory, error;

	if (procfs_relation_at(options->root) != PROCFS_OWN)
		return -ENOTSUP;
	directory = procfs_options_open_process(options, space->target.pid);
	if (directory < 0)
		return directory == -ENOENT ? -ESRCH : directory;
	hearing = memory_alloc(sizeof(*hearing));
	hearing->options = procfs_options_copy(options);
	hearing->pid = space->target.pid;
	hearing->directory = directory;
	fault_rests_init(&hearing->rests);
	heard_init(&hearing->heard, &key, options, directory);
	fault_turns_init(&hearing->turns, key.words[0]);
	count_budget_init(&hearing->budget);
	hearing->store = frame_store_create();
	hearing->namer = code_namer_create(options);
	hearing->unwinder = stack_unwinder_create(options);
	prepare_unwinder(hearing, space);
	error = open_events(hearing, space, from_start);
	if (error) {
		hearing_end(hearing);
		return error;
	}
	begin_counting(hearing);
	hearing_renew(hearing, space);
	*ret_hearing = hearing;
	return 0;
}

void hearing_end(struct hearing *hearing)
{
	if (!hearing)
		return;
	fault_events_close(&hearing->events);
	code_namer_destroy(hearing->namer);
	stack_unwinder_destroy(hearing->unwinder);
	frame_store_unref(hearing->store);
	heard_finish(&hearing->heard);
	address_space_destroy(hearing->space);
	procfs_options_finish(&hearing->options);
	close(hearing->directory);
	free(hearing);
}

void hearing_wait(struct hearing *hearing, int descriptor)
{
	int64_t left = hearing->turn_ns - clock_ns(CLOCK_MONOTONIC);

	/* There are results in rests, too. */
	if (left > HEARING_STEP_NS)
		left = HEARING_STEP_NS;
	fault_events_wait(&hearing->events, descriptor, left < 0 ? 0 : (int)(left / 1000000) + 1);
}

/*
 * Whether so much happens in a turn that the first faults of it, which no sample is taken of when
 * events are opened anew, do not matter. They matter more of a process that waits now and then: a
 * turn mostly begins then, so that they are of the same code each time.
 */
static bool closes(const struct hearing *hearing)
{
	const uint64_t periods = hearing->busy ? PERIODS_SOME : PERIODS_MANY;

	return hearing->events.plan.period == 1 ||
	       hearing->rate * HEARING_TURN_NS / SECOND_NS >
		       (double)(periods * hearing->events.plan.period);
}

/* A turn is over: the next one begins. Returns 0 or -errno. */
static int take_turn(struct hearing *hearing)
{
	const int64_t now = clock_ns(CLOCK_MONOTONIC);
	/* Other events for many threads take long to open. */
	const int64_t pace_ns = fault_events_are_few(&hearing->events) ? PACE_NS : PACE_NS_MANY;
	int error = 0;

	if (fault_turns_are_complete(&hearing->turns) && now >= hearing->rests.until_ns)
		hearing_rests_end_window(hearing, now);
	if (hearing->rests.resting) {
		hearing->turn_ns = hearing->rests.until_ns;
		return 0;
	}
	if (fault_turns_are_complete(&hearing->turns) && now - hearing->paced_ns >= pace_ns)
		error = hearing_pace_adapt(hearing);
	hearing->turn_ns = now + HEARING_TURN_NS;
	if (!error)
		error = fault_events_pause(&hearing->events, !fault_turns_next(&hearing->turns),
					   closes(hearing));
	return error;
}

/* Some of a rest is over. Returns 0 or -errno. */
static int take_rest(struct hearing *hearing, int64_t now)
{
	if (now >= hearing->turn_ns)
		return hearing_rests_end_rest(hearing, now);
	hearing_rests_look(hearing);
	return 0;
}

int hearing_take(struct hearing *hearing)
{
	const int64_t now = clock_ns(CLOCK_MONOTONIC);
	struct fault_tally tally = {0};
	int error = 0;

	if (hearing->rests.resting)
		return take_rest(hearing, now);
	hearing->heard.one_in = hearing->turns.one_in;
	hearing->heard.factor = fault_rests_factor(&hearing->rests);
	fault_events_drain(&hearing->events, heard_take, &hearing->heard, &tally);
	heard_add(&hearing->heard, &tally);
	if (copied_stacks_are_many(&hearing->heard.copied) ||
	    now - hearing->unwound_ns >= UNWIND_NS) {
		heard_unwind(&hearing->heard, hearing->unwinder);
		hearing->unwound_ns = clock_ns(CLOCK_MONOTONIC);
	}
	hearing->heard.wants_space |= hearing->heard.attribution.waiting_count > 0;
	/* More than there is room for: the pace is changed at once. */
	if ((tally.lost || tally.throttled) && fault_events_are_few(&hearing->events))
		error = hearing_pace_adapt(hearing);
	if (!error && now >= hearing->turn_ns)
		error = take_turn(hearing);
	return error;
}

/* What was known is of a program that does not run any more. */
static void forget(struct hearing *hearing)
{
	struct hash_key key = random_key();

	heard_forget(&hearing->heard, &key);
	frame_store_unref(hearing->store);
	hearing->store = frame_store_create();
	begin_counting(hearing);
}

void hearing_renew(struct hearing *hearing, const struct address_space *space)
{
	/* Where nobody listened when it began to run another program, its stack tells. */
	if (hearing->heard.exec ||
	    (hearing->space && hearing->space->target.start_stack != space->target.start_stack))
		forget(hearing);
	hearing->heard.exec = hearing->heard.wants_space = false;
	address_space_destroy(hearing->space);
	hearing->space = address_space_copy(space);
	hearing->heard.space = hearing->space;
	attribution_renew(&hearing->heard.attribution, space);
	/* As long as the process is there: of one that has ended no file can be read. */
	site_maker_name(&hearing->heard.attribution.stacks, hearing->namer, hearing->store,
			hearing->space, false);
}

void hearing_clear(struct hearing *hearing)
{
	attribution_clear(&hearing->heard.attribution);
	begin_counting(hearing);
}

void hearing_step(struct hearing *hearing)
{
	/*
	 * Of a window and the rest before it what was touched is known when the window is over; or
	 * earlier, when that is nothing.
	 */
	if (!hearing->rests.rest_ns || hearing_rests_are_idle(hearing))
		hearing_rests_pass_steps(hearing, clock_ns(CLOCK_MONOTONIC));
	fault_events_find_threads(&hearing->events);
}
