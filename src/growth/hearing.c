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
#include "growth/fault_pace.h"
#include "growth/site_maker.h"
#include "inside/frame_store.h"
#include "inside/unwind_sample.h"
#include "kernel/clock.h"
#include "kernel/procfs_relation.h"
#include "kernel/random_key.h"
#include "model/address_space.h"

#define TURN_NS      INT64_C(50000000)
#define START_PERIOD 37 /* of a program that begins: its loader alone faults some hundred times */
#define PACE_NS_MANY INT64_C(10000000000)
#define LOOK_MS      20u   /* at what it does before it is listened to */
#define LOOK_MANY_MS 1000u /* the same where that is decided for long */
#define EVENTS_MANY  ((size_t)128)
#define PERIODS_MANY 50   /* of a turn, of which one may be left out, */
#define PERIODS_SOME 20   /* or of one of a process that does not rest */
#define BUSY         0.25 /* of the time: it does not, though others want the processor, too */
#define SAMPLES_VARY 200  /* that one choice of periods is for */
#define FAULTS_FEW   1000 /* too few to tell what one takes */
#define PACE_NS_MIN  INT64_C(20000000)
#define PACE_NS      INT64_C(100000000) /* over which the pace is judged */
#define SECOND_NS    1e9

/* Between two times that stacks are unwound: each opens the tables of the mapped files anew. */
#define UNWIND_NS INT64_C(250000000)

static void begin_counting(struct hearing *hearing)
{
	hearing->start_ns = clock_ns(CLOCK_REALTIME);
	hearing->began_ns = hearing->paced_ns = clock_ns(CLOCK_MONOTONIC);
	hearing->samples = hearing->lost = hearing->copies = 0;
	hearing->huge_bytes = hearing->began = hearing->varied = 0;
	hearing->counted = hearing->faults = 0;
	hearing->switches = (struct switch_rate){0};
	switch_rate_look(&hearing->switches, hearing->directory, hearing->began_ns);
	hearing->began_cpu_ns = hearing->paced_cpu_ns = fault_load_cpu(hearing->pid);
	hearing->began_kernel_faults = 0;
	(void)fault_load_faults(hearing->directory, &hearing->began_kernel_faults);
	hearing->paced_faults = hearing->began_kernel_faults;
}

/* Processor time of a fault, since it is listened to; 0: not known. */
static double cpu_per_fault(const struct hearing *hearing)
{
	const uint64_t cpu = fault_load_cpu(hearing->pid);
	uint64_t faults;

	if (fault_load_faults(hearing->directory, &faults) || cpu < hearing->began_cpu_ns)
		return 0;
	if (faults <= hearing->began_kernel_faults + FAULTS_FEW || !hearing->began_cpu_ns)
		return faults ? (double)cpu / (double)faults : 0;
	return (double)(cpu - hearing->began_cpu_ns) /
	       (double)(faults - hearing->began_kernel_faults);
}

/* How to listen to so many faults a second, of so many events. */
static void choose_plan(const struct hearing *hearing, double rate, size_t events,
			struct fault_plan *plan)
{
	/* Samples are only taken in one of so many turns. */
	const unsigned one_in = hearing->turns.one_in;
	const struct fault_pace_load load = {.faults_per_second = rate / one_in,
					     .cpu_ns = cpu_per_fault(hearing) * one_in,
					     .events = events};
	uint64_t spread;

	plan->period = fault_pace_period(&hearing->cost, plan->copies, &load, plan->period);
	spread = fault_pace_spread(&hearing->cost, &load, plan->period);
	if (spread) {
		plan->period = spread;
		plan->copies = false;
	}
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
		choose_plan(hearing, hearing->rate, events, &plan);
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
	attribution_init(&hearing->attribution, &key);
	copied_stacks_init(&hearing->copied);
	fault_turns_init(&hearing->turns, key.words[0]);
	count_budget_init(&hearing->budget);
	huge_pages_open(&hearing->huge, options, directory);
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
	huge_pages_close(&hearing->huge);
	code_namer_destroy(hearing->namer);
	stack_unwinder_destroy(hearing->unwinder);
	frame_store_unref(hearing->store);
	attribution_finish(&hearing->attribution);
	copied_stacks_finish(&hearing->copied);
	address_space_destroy(hearing->space);
	procfs_options_finish(&hearing->options);
	close(hearing->directory);
	free(hearing);
}

void hearing_wait(struct hearing *hearing, int descriptor)
{
	const int64_t left = hearing->turn_ns - clock_ns(CLOCK_MONOTONIC);

	fault_events_wait(&hearing->events, descriptor, left < 0 ? 0 : (int)(left / 1000000) + 1);
}

/*
 * Code without frame pointers has anything in their register: what is no address of code ends the
 * chain.
 */
static void cut_off(struct call_stack *stack, const struct address_space *space)
{
	uint32_t good = 1;

	while (good < stack->count) {
		const size_t vma =
			address_space_find(space, call_stack_lookup_address(stack, good));

		if (vma == space->vma_count || !(space->vmas[vma].perms & PERM_EXEC))
			break;
		good++;
	}
	stack->count = good;
	if (good == 1)
		stack->source = CALL_STACK_ADDRESS;
}

/* A sample with the stack that was decided on. */
static void take_stack(void *context, uint64_t address, uint64_t bytes,
		       const struct call_stack *stack)
{
	struct hearing *hearing = context;
	struct call_stack checked = *stack;

	if (!checked.count)
		(void)call_stack_append(&checked, 0); /* not even the instruction is known */
	if (checked.source == CALL_STACK_FRAME_POINTERS)
		cut_off(&checked, hearing->space);
	attribution_take(&hearing->attribution, address, &checked, bytes);
}

static void take_sample(void *context, const struct fault_record *sample, uint64_t counted)
{
	struct hearing *hearing = context;
	const uint64_t faults = counted * hearing->turns.one_in;
	const uint64_t brought =
		huge_pages_brought(&hearing->huge, hearing->space, sample->address);

	hearing->samples++;
	hearing->counted += counted;
	hearing->faults += faults;
	hearing->copies += sample->stack_copy != NULL;
	if (brought > hearing->space->target.page_size)
		hearing->huge_bytes += faults * brought;
	copied_stacks_add(&hearing->copied, sample, faults * brought, take_stack, hearing);
}

static void take_tally(struct hearing *hearing, const struct fault_tally *tally)
{
	hearing->lost += tally->lost;
	hearing->began += tally->began;
	hearing->wants_space |= tally->mapped || tally->exec;
	hearing->exec |= tally->exec;
}

/*
 * Judges what counting alone takes of the process's time, and whether it rests at all, by the
 * faults in the time that passed since the last time.
 */
static void adapt_turns(struct hearing *hearing, double faults, int64_t passed_ns)
{
	const uint64_t cpu = fault_load_cpu(hearing->pid);
	const double used = cpu > hearing->paced_cpu_ns ? (double)(cpu - hearing->paced_cpu_ns) : 0;
	const double price = faults * hearing->cost.count_ns;

	count_budget_pay(&hearing->budget, price / hearing->turns.one_in, used);
	hearing->busy = used > BUSY * (double)passed_ns;
	if (fault_turns_are_complete(&hearing->turns)) {
		if (!fault_events_are_few(&hearing->events) || !hearing->budget.spent)
			fault_turns_adapt(&hearing->turns, 0);
		else if (used > 0 && hearing->paced_cpu_ns)
			fault_turns_adapt(&hearing->turns, price / used);
	}
	hearing->paced_cpu_ns = cpu;
}

/*
 * Judges how often samples are taken, by the faults that the kernel counts: samples tell nothing of
 * threads that have had fewer than one takes. Returns 0 or -errno.
 */
static int adapt_pace(struct hearing *hearing)
{
	const int64_t now = clock_ns(CLOCK_MONOTONIC);
	const int64_t passed = now - hearing->paced_ns;
	struct fault_plan plan = hearing->events.plan;
	struct fault_tally tally = {0};
	uint64_t faults = hearing->paced_faults;
	int error;

	if (passed < PACE_NS_MIN || fault_load_faults(hearing->directory, &faults))
		return 0;
	switch_rate_look(&hearing->switches, hearing->directory, now);
	adapt_turns(hearing, (double)(faults - hearing->paced_faults), passed);
	plan.copies = copied_stacks_are_wanted(&hearing->copied, now);
	hearing->rate = fault_pace_rate(
		hearing->rate,
		(double)(faults - hearing->paced_faults) * SECOND_NS / (double)passed, passed);
	choose_plan(hearing, hearing->rate, hearing->events.listened, &plan);
	hearing->paced_ns = now;
	hearing->paced_faults = faults;
	/* Now and then other periods, since some go along with the rhythm of a process. */
	if (plan.period == hearing->events.plan.period &&
	    plan.copies == hearing->events.plan.copies &&
	    (plan.period == 1 || hearing->samples < hearing->varied + SAMPLES_VARY ||
	     !fault_events_are_few(&hearing->events)))
		return 0;
	hearing->varied = hearing->samples;
	error = fault_events_change(&hearing->events, &plan, take_sample, hearing, &tally);
	take_tally(hearing, &tally);
	return error;
}

/*
 * Whether so much happens in a turn that the first faults of it, which no sample is taken of when
 * events are opened anew, do not matter. They matter more of a process that rests now and then: a
 * turn mostly begins there, so that they are of the same code each time.
 */
static bool closes(const struct hearing *hearing)
{
	const uint64_t periods = hearing->busy ? PERIODS_SOME : PERIODS_MANY;

	return hearing->events.plan.period == 1 ||
	       hearing->rate * TURN_NS / SECOND_NS >
		       (double)(periods * hearing->events.plan.period);
}

/* A turn is over: the next one begins. Returns 0 or -errno. */
static int take_turn(struct hearing *hearing)
{
	const int64_t now = clock_ns(CLOCK_MONOTONIC);
	/* Other events for many threads take long to open. */
	const int64_t pace_ns = fault_events_are_few(&hearing->events) ? PACE_NS : PACE_NS_MANY;
	int error = 0;

	if (fault_turns_are_complete(&hearing->turns) && now - hearing->paced_ns >= pace_ns)
		error = adapt_pace(hearing);
	hearing->turn_ns = now + TURN_NS;
	if (!error)
		error = fault_events_pause(&hearing->events, !fault_turns_next(&hearing->turns),
					   closes(hearing));
	return error;
}

void hearing_unwind(struct hearing *hearing)
{
	copied_stacks_unwind(&hearing->copied, hearing->unwinder, hearing->space, take_stack,
			     hearing);
	hearing->unwound_ns = clock_ns(CLOCK_MONOTONIC);
}

int hearing_take(struct hearing *hearing)
{
	const int64_t now = clock_ns(CLOCK_MONOTONIC);
	struct fault_tally tally = {0};
	int error = 0;

	fault_events_drain(&hearing->events, take_sample, hearing, &tally);
	take_tally(hearing, &tally);
	if (copied_stacks_are_many(&hearing->copied) || now - hearing->unwound_ns >= UNWIND_NS)
		hearing_unwind(hearing);
	hearing->wants_space |= hearing->attribution.waiting_count > 0;
	/* More than there is room for: the pace is changed at once. */
	if ((tally.lost || tally.throttled) && fault_events_are_few(&hearing->events))
		error = adapt_pace(hearing);
	if (!error && now >= hearing->turn_ns)
		error = take_turn(hearing);
	return error;
}

/* What was known is of a program that does not run any more. */
static void forget(struct hearing *hearing)
{
	struct hash_key key = random_key();

	attribution_finish(&hearing->attribution);
	attribution_init(&hearing->attribution, &key);
	frame_store_unref(hearing->store);
	hearing->store = frame_store_create();
	copied_stacks_forget(&hearing->copied);
	begin_counting(hearing);
}

void hearing_renew(struct hearing *hearing, const struct address_space *space)
{
	/* Where nobody listened when it began to run another program, its stack tells. */
	if (hearing->exec ||
	    (hearing->space && hearing->space->target.start_stack != space->target.start_stack))
		forget(hearing);
	hearing->exec = hearing->wants_space = false;
	address_space_destroy(hearing->space);
	hearing->space = address_space_copy(space);
	attribution_renew(&hearing->attribution, space);
	/* As long as the process is there: of one that has ended no file can be read. */
	site_maker_name(&hearing->attribution.stacks, hearing->namer, hearing->store,
			hearing->space, false);
}

void hearing_clear(struct hearing *hearing)
{
	attribution_clear(&hearing->attribution);
	begin_counting(hearing);
}

void hearing_step(struct hearing *hearing)
{
	stack_table_step(&hearing->attribution.stacks);
	fault_events_find_threads(&hearing->events);
}
