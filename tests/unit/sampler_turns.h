/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_SAMPLER_TURNS_H
#define TESTS_UNIT_SAMPLER_TURNS_H

/* A sampler whose thread, clocks, schedule and source reply what a test says, turn by turn. */

#include "kernel/clock.h"
#include "model/pulse.h"
#include "sampler/sampler.h"
#include "sampler/schedule.h"
#include "sampler/source.h"
#include "worker_script.h"

#define TURN_NS 2000 /* from turn to turn */
#define READ_NS 5    /* processor time of a list */
#define LOOK_NS 3

static struct {
	int64_t now, process, thread;
	struct schedule *schedule;
	int waits;   /* that may still be */
	bool asked;  /* the wait is not gone to */
	int64_t far; /* until the next turn; 0: TURN_NS */
	int descriptor;
	int64_t expect_busy; /* since when it is at work while it reads; 0: any */

	struct pulse pulse;
	int pulse_error;
	int after_error; /* of the second one in a turn */
	uint64_t grows;  /* what is added to its data then */
	int pulses_had;  /* in this turn */

	int read_error, again_error; /* of the first and the second one in a turn */
	int reads, reads_had;
	uint64_t sizes[16]; /* of what the reads list; 0: that of the pulse */

	uint64_t print;
	int look_error;

	bool due, over, look_due, list_for_look; /* what the schedule says, */
	bool follows;                            /* of a list that was taken, too */
	bool held;                               /* a list waits to be taken */
	enum coverage_level level;
} script;

int64_t clock_ns(clockid_t clock)
{
	return clock == CLOCK_MONOTONIC            ? script.now
	       : clock == CLOCK_PROCESS_CPUTIME_ID ? script.process
						   : script.thread;
}

static struct sampler *sampler;

static inline void script_cost(int64_t cost)
{
	script.process += cost;
	script.thread += cost;
}

int source_pulse(struct source *source, struct pulse *ret_pulse)
{
	assert_ptr_equal(source, &script);
	worker_script_expect_held(false);
	call_log_say("pulse");
	if (script.pulse_error)
		return script.pulse_error;
	if (script.pulses_had++) {
		if (script.after_error)
			return script.after_error;
		script.pulse.data += script.grows;
	}
	*ret_pulse = script.pulse;
	return 0;
}

int source_read(struct source *source, struct address_space **ret_space)
{
	static const struct target target = {.pid = 1, .comm = "fake"};
	struct vma vma = {.start = 0x1000, .name = ""};
	const int error = script.reads_had++ ? script.again_error : script.read_error;
	uint64_t size = script.sizes[script.reads];

	assert_ptr_equal(source, &script);
	worker_script_expect_held(false);
	call_log_say("read");
	if (script.expect_busy)
		assert_int_equal(sampler_busy_since(sampler), script.expect_busy);
	script.expect_busy = 0;
	script_cost(READ_NS);
	if (error)
		return error;
	vma.end = vma.start + (size ? size : script.pulse.size);
	return address_space_create(&target, &vma, 1, ++script.reads, 0, ret_space);
}

int source_look(struct source *source, enum coverage_level level, uint64_t *ret_print)
{
	assert_ptr_equal(source, &script);
	worker_script_expect_held(false);
	call_log_say("look at %d", (int)level);
	script_cost(LOOK_NS);
	*ret_print = script.print;
	return script.look_error;
}

int source_exit_descriptor(const struct source *source)
{
	assert_ptr_equal(source, &script);
	return script.descriptor;
}

void source_destroy(struct source *source)
{
	if (source)
		call_log_say("destroy source");
}

void schedule_init(struct schedule *schedule, uint64_t interval, double budget, int64_t now)
{
	call_log_say("interval %d, budget %g, at %d", (int)interval, budget, (int)now);
	*schedule = (struct schedule){.pulses = true};
	script.schedule = schedule;
}

void schedule_set_interval(struct schedule *schedule, uint64_t interval, int64_t now)
{
	assert_ptr_equal(schedule, script.schedule);
	worker_script_expect_held(true);
	call_log_say("interval %d at %d", (int)interval, (int)now);
}

void schedule_end_after(struct schedule *schedule, uint64_t intervals, int64_t now)
{
	assert_ptr_equal(schedule, script.schedule);
	call_log_say("end after %d from %d", (int)intervals, (int)now);
}

bool schedule_is_over(const struct schedule *schedule, int64_t now)
{
	assert_ptr_equal(schedule, script.schedule);
	assert_int_equal(now, script.now);
	return script.over;
}

void schedule_without_pulses(struct schedule *schedule)
{
	call_log_say("without pulses");
	schedule->pulses = false;
}

void schedule_without_looks(struct schedule *schedule, enum coverage_level level)
{
	assert_ptr_equal(schedule, script.schedule);
	call_log_say("without looks %d", (int)level);
}

int64_t schedule_next(const struct schedule *schedule)
{
	assert_ptr_equal(schedule, script.schedule);
	return script.now + (script.far ? script.far : TURN_NS);
}

void schedule_hold(struct schedule *schedule)
{
	assert_ptr_equal(schedule, script.schedule);
	worker_script_expect_held(true);
	script.held = true;
}

bool schedule_release(struct schedule *schedule, int64_t now)
{
	assert_ptr_equal(schedule, script.schedule);
	assert_int_equal(now, script.now);
	worker_script_expect_held(true);
	assert_true(script.held);
	script.held = false;
	return script.follows;
}

bool schedule_turn(struct schedule *schedule, int64_t now, bool moved)
{
	assert_ptr_equal(schedule, script.schedule);
	assert_int_equal(now, script.now);
	worker_script_expect_held(true);
	call_log_say("turn moved %d", moved);
	return script.due;
}

enum coverage_level schedule_look(const struct schedule *schedule, int64_t now)
{
	assert_ptr_equal(schedule, script.schedule);
	assert_int_equal(now, script.now);
	call_log_say("look");
	return script.look_due ? script.level : COVERAGE_SIZES;
}

bool schedule_looked(struct schedule *schedule, enum coverage_level level, int64_t now,
		     int64_t cost, bool moved)
{
	assert_ptr_equal(schedule, script.schedule);
	worker_script_expect_held(true);
	call_log_say("looked %d at %d, %d, moved %d", (int)level, (int)now, (int)cost, moved);
	return script.list_for_look;
}

void schedule_listed(struct schedule *schedule, int64_t began, int64_t cost, bool moved)
{
	assert_ptr_equal(schedule, script.schedule);
	worker_script_expect_held(true);
	call_log_say("listed at %d, %d, moved %d", (int)began, (int)cost, moved);
}

void schedule_spent(struct schedule *schedule, int64_t spent, int64_t own)
{
	assert_ptr_equal(schedule, script.schedule);
	call_log_say("spent %d, own %d", (int)spent, (int)own);
}

struct coverage schedule_coverage(const struct schedule *schedule)
{
	assert_ptr_equal(schedule, script.schedule);
	worker_script_expect_held(true);
	return (struct coverage){COVERAGE_CODE, 5, 7};
}

/* What happens in a wait of the thread: its time passes, or the end comes. */
static inline bool script_wait(int64_t time)
{
	assert_int_equal(sampler_busy_since(sampler), 0);
	if (!script.waits--) {
		worker_script.worker->stop = true;
		return false;
	}
	script.now = time;
	return true;
}

/* One turn of the thread. */
static inline void script_turn(void)
{
	script.pulses_had = script.reads_had = 0;
	script.waits = script.asked ? 0 : 1;
	worker_script.worker->stop = false;
	worker_script_run();
}

/* One with these calls up to what is spent, and then those. */
static inline void turn_of(const char *begin, const char *calls)
{
	char expected[512];

	script_turn();
	snprintf(expected, sizeof(expected), "%s%s", begin, calls);
	call_log_expect(expected);
}

/* One that begins with a pulse; what it spent is left out. */
static inline void turn(const char *calls)
{
	char *spent, *end;

	script_turn();
	spent = strstr(call_log.text, "spent ");
	assert_non_null(spent);
	end = strchr(spent, '\n') + 1;
	memmove(spent, end, strlen(end) + 1);
	assert_int_equal(strncmp(call_log.text, "pulse\n", 6), 0);
	assert_string_equal(call_log.text + 6, calls);
	call_log_clear();
}

/* The number of the sample that was published, or its error; 0: there is none. */
static inline int64_t take_sample(void)
{
	struct sample sample;
	int64_t number = 0;

	if (sampler_take(sampler, &sample)) {
		number = sample.space ? sample.space->time_ns : sample.error;
		address_space_destroy(sample.space);
	}
	call_log_expect("clear\n");
	return number;
}

static inline int set_up(void **state)
{
	const struct sampler_plan plan = {.interval_ns = 9, .budget = 0.5, .intervals = 3};

	(void)state;
	memset(&script, 0, sizeof(script));
	script.process = 100;
	script.pulse.size = 0x9000;
	script.descriptor = 0;
	worker_script.wait = script_wait;
	call_log_clear();
	assert_int_equal(sampler_create((struct source *)&script, &plan, &sampler), 0);
	call_log_expect("interval 9, budget 0.5, at 0\nend after 3 from 0\n"
			"start vastop/sampler\n");
	return 0;
}

static inline int tear_down(void **state)
{
	(void)state;
	call_log_clear();
	sampler_destroy(sampler);
	call_log_expect("end\ndestroy source\nfinish\n");
	return 0;
}

#endif
