/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_HEARING_EVENTS_H
#define TESTS_UNIT_HEARING_EVENTS_H

/* The events, and the copies of stacks, of the script of hearing_script.h, which includes this. */

#include "growth/copied_stacks.h"
#include "growth/fault_events.h"

void copied_stacks_init(struct copied_stacks *copied)
{
	assert_non_null(copied);
	call_log_say("copies");
}

void copied_stacks_finish(struct copied_stacks *copied)
{
	assert_non_null(copied);
	call_log_say("no copies");
}

void copied_stacks_add(struct copied_stacks *copied, const struct fault_record *sample,
		       uint64_t bytes, copied_stacks_take *take, void *context)
{
	assert_non_null(copied);
	take(context, sample->address, bytes, &sample->stack);
}

bool copied_stacks_are_many(const struct copied_stacks *copied)
{
	assert_non_null(copied);
	return script.many;
}

void copied_stacks_unwind(struct copied_stacks *copied, struct stack_unwinder *unwinder,
			  const struct address_space *space, copied_stacks_take *take,
			  void *context)
{
	assert_true(copied && unwinder && space && take && context);
	call_log_say("unwind copies");
}

bool copied_stacks_are_wanted(struct copied_stacks *copied, int64_t now_ns)
{
	assert_non_null(copied);
	assert_int_equal(now_ns, script.now);
	return script.copies_wanted;
}

void copied_stacks_forget(struct copied_stacks *copied)
{
	assert_non_null(copied);
	call_log_say("forget copies");
}

int fault_events_open(struct fault_events *events, int directory, int32_t pid,
		      const struct fault_plan *plan)
{
	assert_true(directory >= 0);
	call_log_say("listen to %d, period %d, copies %d", (int)pid, (int)plan->period,
		     plan->copies);
	events->plan = *plan;
	return script.open_error;
}

/* Gives what there is. */
static void script_take(fault_events_take *take, void *context, struct fault_tally *tally)
{
	for (size_t i = 0; i < script.sample_count; i++)
		take(context, &script.samples[i], script.stands_for);
	tally->lost += script.tally.lost;
	tally->began += script.tally.began;
	tally->throttled += script.tally.throttled;
	tally->mapped |= script.tally.mapped;
	tally->exec |= script.tally.exec;
	script.sample_count = 0;
	script.tally = (struct fault_tally){0};
}

int fault_events_change(struct fault_events *events, const struct fault_plan *plan,
			fault_events_take *take, void *context, struct fault_tally *tally)
{
	call_log_say("change to period %d, copies %d", (int)plan->period, plan->copies);
	script_take(take, context, tally);
	events->plan = *plan;
	return script.change_error;
}

void fault_events_rest(struct fault_events *events, fault_events_take *take, void *context,
		       struct fault_tally *tally)
{
	assert_non_null(events);
	call_log_say("rest");
	script_take(take, context, tally);
}

int fault_events_pause(struct fault_events *events, bool paused, bool closes)
{
	assert_non_null(events);
	call_log_say("pause %d, close %d", paused, closes);
	return script.pause_error;
}

bool fault_events_are_few(const struct fault_events *events)
{
	assert_non_null(events);
	return script.few;
}

void fault_events_find_threads(struct fault_events *events)
{
	assert_non_null(events);
	call_log_say("find threads");
}

void fault_events_drain(struct fault_events *events, fault_events_take *take, void *context,
			struct fault_tally *tally)
{
	assert_non_null(events);
	script_take(take, context, tally);
}

void fault_events_wait(const struct fault_events *events, int descriptor, int milliseconds)
{
	assert_non_null(events);
	call_log_say("wait for %d, %d ms", descriptor, milliseconds);
}

void fault_events_close(struct fault_events *events)
{
	assert_non_null(events);
	call_log_say("close events");
}

#endif
