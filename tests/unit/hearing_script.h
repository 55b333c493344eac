/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_HEARING_SCRIPT_H
#define TESTS_UNIT_HEARING_SCRIPT_H

/*
 * All that growth/hearing.c stands on, as a script says it: the clocks, what the process does, the
 * events and what comes by them. Each call is a line of the log.
 */

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "call_log.h"
#include "files/code_namer.h"
#include "files/stack_unwinder.h"
#include "growth/fault_load.h"
#include "growth/fault_pace.h"
#include "growth/hearing.h"
#include "growth/hearing_state.h"
#include "growth/site_maker.h"
#include "inside/frame_store.h"
#include "inside/unwind_sample.h"
#include "kernel/clock.h"
#include "kernel/procfs_relation.h"
#include "kernel/random_key.h"
#include "maps_space.h"

#define SCRIPT_SAMPLES 4

struct hearing_script {
	/* What is replied: */
	int64_t now, wall;
	int relation, opened; /* of the directory: an error, or 0 */
	uint64_t cpu, faults;
	double rate; /* that fault_load_rate() and fault_pace_rate() say */
	uint64_t period, spread;
	bool few, complete, next, many, copies_wanted;
	int load_error, open_error, change_error, pause_error;
	uint64_t brought;
	/* What the rings hold, once: */
	struct fault_record samples[SCRIPT_SAMPLES];
	size_t sample_count;
	uint64_t stands_for; /* faults of a sample */
	struct fault_tally tally;
};

static struct hearing_script script;

int64_t clock_ns(clockid_t clock)
{
	return clock == CLOCK_REALTIME ? script.wall : clock == CLOCK_MONOTONIC ? script.now : -1;
}

struct hash_key random_key(void)
{
	return (struct hash_key){{11, 22}};
}

int procfs_relation_at(const char *root)
{
	call_log_say("relation %s", root);
	return script.relation;
}

struct procfs_options procfs_options_copy(const struct procfs_options *options)
{
	return *options;
}

void procfs_options_finish(struct procfs_options *options)
{
	call_log_say("finish options %s", options->root);
}

int procfs_options_open_process(const struct procfs_options *options, int32_t pid)
{
	call_log_say("open %s %d", options->root, (int)pid);
	return script.opened ? script.opened : open("/", O_PATH | O_CLOEXEC);
}

int fault_load_faults(int directory, uint64_t *ret_faults)
{
	assert_true(directory >= 0);
	if (!script.load_error)
		*ret_faults = script.faults;
	return script.load_error;
}

double fault_load_rate(int directory, uint64_t start_ticks, unsigned milliseconds)
{
	assert_true(directory >= 0);
	call_log_say("rate since %d, %u ms", (int)start_ticks, milliseconds);
	return script.rate;
}

uint64_t fault_load_cpu(int32_t pid)
{
	assert_int_equal(pid, 4711);
	return script.cpu;
}

void fault_cost_measure(struct fault_cost *ret_cost)
{
	call_log_say("measure");
	*ret_cost = (struct fault_cost){.count_ns = 10,
					.sample_ns = 100,
					.copy_ns = 1000,
					.switch_ns = 10000,
					.closed_ns = 2000};
}

void switch_rate_look(struct switch_rate *rate, int directory, int64_t now_ns)
{
	assert_true(rate && directory >= 0);
	assert_int_equal(now_ns, script.now);
	call_log_say("look at switches");
}

uint64_t fault_pace_period(const struct fault_cost *cost, bool copies,
			   const struct fault_pace_load *load, uint64_t present)
{
	assert_true(cost->copy_ns == 1000);
	call_log_say("period for %g/s, %g ns, %zu events, copies %d, now %d",
		     load->faults_per_second, load->cpu_ns, load->events, copies, (int)present);
	return script.period;
}

uint64_t fault_pace_spread(const struct fault_cost *cost, const struct fault_pace_load *load,
			   uint64_t period)
{
	assert_true(cost->copy_ns == 1000);
	call_log_say("spread for %g/s, %g ns, %zu events, period %d", load->faults_per_second,
		     load->cpu_ns, load->events, (int)period);
	return script.spread;
}

double fault_pace_rate(double before, double now, int64_t passed_ns)
{
	call_log_say("rate was %g, is %g, in %lld ns", before, now, (long long)passed_ns);
	return script.rate;
}

void fault_turns_init(struct fault_turns *turns, uint64_t seed)
{
	call_log_say("turns by %d", (int)seed);
	turns->one_in = 1;
}

void fault_turns_adapt(struct fault_turns *turns, double share)
{
	assert_true(turns->one_in > 0);
	call_log_say("turns for a share of %g", share);
}

bool fault_turns_are_complete(const struct fault_turns *turns)
{
	assert_true(turns->one_in > 0);
	return script.complete;
}

bool fault_turns_next(struct fault_turns *turns)
{
	assert_true(turns->one_in > 0);
	return script.next;
}

void huge_pages_open(struct huge_pages *huge, const struct procfs_options *options, int directory)
{
	assert_true(directory >= 0 && options->root && huge->size == 0);
	call_log_say("open huge pages");
}

void huge_pages_close(struct huge_pages *huge)
{
	assert_int_equal(huge->size, 0);
	call_log_say("close huge pages");
}

uint64_t huge_pages_brought(struct huge_pages *huge, const struct address_space *space,
			    uint64_t address)
{
	assert_true(huge->size == 0 && space->vma_count > 0 && address > 0);
	return script.brought;
}

struct stack_unwinder *stack_unwinder_create(const struct procfs_options *options)
{
	call_log_say("unwinder for %s", options->root);
	return (struct stack_unwinder *)memory_alloc(1);
}

void stack_unwinder_destroy(struct stack_unwinder *unwinder)
{
	call_log_say("no unwinder");
	free(unwinder);
}

int stack_unwinder_unwind(struct stack_unwinder *unwinder, const struct address_space *space,
			  const struct unwind_sample *samples, size_t count,
			  struct call_stack *ret_stacks)
{
	assert_non_null(unwinder);
	assert_non_null(samples->registers);
	assert_non_null(samples->stack);
	call_log_say("unwind %zu, %zu bytes, %zu mappings", count, samples->stack_size,
		     space->vma_count);
	ret_stacks->count = 0;
	return 0;
}

struct code_namer *code_namer_create(const struct procfs_options *options)
{
	call_log_say("namer for %s", options->root);
	return (struct code_namer *)memory_alloc(1);
}

void code_namer_destroy(struct code_namer *namer)
{
	call_log_say("no namer");
	free(namer);
}

void site_maker_name(struct stack_table *stacks, struct code_namer *namer,
		     struct frame_store *store, const struct address_space *space, bool hurry)
{
	assert_true(stacks && namer && store);
	call_log_say("name in %zu mappings, hurry %d", space->vma_count, hurry);
}

void attribution_init(struct attribution *attribution, const struct hash_key *key)
{
	call_log_say("attribution by %d %d", (int)key->words[0], (int)key->words[1]);
	attribution->waiting_count = 0;
}

void attribution_finish(struct attribution *attribution)
{
	assert_non_null(attribution);
	call_log_say("no attribution");
}

void attribution_take(struct attribution *attribution, uint64_t address,
		      const struct call_stack *stack, uint64_t bytes)
{
	char frames[256] = "";

	assert_non_null(attribution);
	for (uint32_t i = 0; i < stack->count; i++)
		snprintf(frames + strlen(frames), sizeof(frames) - strlen(frames), " %x",
			 (unsigned)stack->frames[i]);
	call_log_say("take %d bytes at %x, %s:%s", (int)bytes, (unsigned)address,
		     call_stack_source_name(stack->source), frames);
}

void attribution_renew(struct attribution *attribution, const struct address_space *space)
{
	assert_non_null(attribution);
	call_log_say("renew by %zu mappings", space->vma_count);
}

void attribution_clear(struct attribution *attribution)
{
	assert_non_null(attribution);
	call_log_say("clear");
}

void stack_table_step(struct stack_table *table, size_t steps)
{
	assert_non_null(table);
	call_log_say("%zu steps", steps);
}

#include "hearing_events.h"

static const struct procfs_options script_options = {.root = "/p"};

static const char script_maps[] = "00400000-00402000 r-xp 00000000 fe:01 1 /bin/x\n"
				  "00600000-00601000 rw-p 00000000 00:00 0\n";

static inline struct address_space *script_space(uint32_t threads, uint64_t start_stack)
{
	struct target target = maps_space_target();

	target.threads = threads;
	target.start_stack = start_stack;
	return maps_space_create(&target, script_maps);
}

/* Begins, and clears the log. */
static inline struct hearing *script_begin(const struct address_space *space)
{
	struct hearing *hearing = NULL;

	assert_int_equal(hearing_begin(&script_options, space, true, &hearing), 0);
	call_log_clear();
	return hearing;
}

static inline void script_reset(void)
{
	script = (struct hearing_script){.relation = PROCFS_OWN,
					 .now = INT64_C(50000000000),
					 .wall = 77,
					 .cpu = 900,
					 .faults = 300,
					 .rate = 5000,
					 .period = 17,
					 .stands_for = 1,
					 .brought = 4096,
					 .few = true,
					 .complete = true,
					 .next = true};
	call_log_clear();
}

#endif
