/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "growth/fault_events.h"

#define PAGES ((size_t)300) /* that each thread touches */

/* A process that touches pages when it is told to, in threads that begin then. */
struct target {
	pid_t pid;
	int directory;
	int go, done; /* ends of pipes */
	char *memory; /* at the same place in both */
	size_t page_size;
};

struct touched {
	struct target *target;
	size_t part;
};

static void *touch(void *argument)
{
	struct touched *touched = argument;
	char *memory = touched->target->memory + touched->part * PAGES * touched->target->page_size;

	for (size_t i = 0; i < PAGES; i++)
		((volatile char *)memory)[i * touched->target->page_size] = 1;
	return NULL;
}

/* In the child: one part itself, one in a thread that is there before, one in a new one, each time
 * that it is told to. */
static _Noreturn void run(struct target *target, int go, int done)
{
	char byte;

	for (size_t part = 0; read(go, &byte, 1) == 1; part += 2) {
		struct touched own = {target, part}, other = {target, part + 1};
		pthread_t thread;

		touch(&own);
		pthread_create(&thread, NULL, touch, &other);
		pthread_join(thread, NULL);
		if (write(done, &byte, 1) != 1)
			break;
	}
	_exit(0);
}

static void begin(struct target *target)
{
	int go[2], done[2];
	char path[40];

	target->page_size = (size_t)sysconf(_SC_PAGESIZE);
	target->memory = mmap(NULL, 4 * PAGES * target->page_size, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_true(target->memory != MAP_FAILED);
	madvise(target->memory, 4 * PAGES * target->page_size, MADV_NOHUGEPAGE);
	assert_int_equal(pipe(go), 0);
	assert_int_equal(pipe(done), 0);
	target->pid = fork();
	assert_true(target->pid >= 0);
	if (target->pid == 0) {
		close(go[1]);
		run(target, go[0], done[1]);
	}
	close(go[0]);
	close(done[1]);
	target->go = go[1];
	target->done = done[0];
	snprintf(path, sizeof(path), "/proc/%d", (int)target->pid);
	target->directory = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

static void let_touch(const struct target *target)
{
	char byte = 0;

	assert_int_equal(write(target->go, &byte, 1), 1);
	assert_int_equal(read(target->done, &byte, 1), 1);
}

static void end(struct target *target)
{
	int status;

	close(target->go);
	close(target->done);
	waitpid(target->pid, &status, 0);
	close(target->directory);
	munmap(target->memory, 4 * PAGES * target->page_size);
}

struct seen {
	const struct target *target;
	size_t in[4]; /* samples of each part */
	size_t with_copies, samples;
	uint64_t faults;
	int32_t tids[2];
};

static void take(void *context, const struct fault_record *sample, uint64_t faults)
{
	struct seen *seen = context;
	const struct target *target = seen->target;
	uint64_t memory = (uint64_t)(uintptr_t)target->memory;
	size_t part;

	assert_int_equal(sample->pid, target->pid);
	seen->faults += faults;
	seen->samples++;
	seen->with_copies += sample->registers && sample->stack_size > 0;
	if (sample->address < memory || sample->address >= memory + 4 * PAGES * target->page_size)
		return;
	assert_true(sample->stack.count >= 1);
	part = (size_t)(sample->address - memory) / (PAGES * target->page_size);
	seen->in[part]++;
	if (part < 2)
		seen->tids[part] = sample->tid;
}

/* Opens the events, or skips the test where they are refused. */
static void listen_to(struct fault_events *events, const struct target *target, uint64_t period)
{
	const struct fault_plan plan = {.period = period};
	int error = fault_events_open(events, target->directory, target->pid, &plan);

	if (error == -EPERM || error == -EACCES || error == -ENOSYS || error == -ENOBUFS) {
		print_message("perf_event_open(2) is refused here\n");
		skip();
	}
	assert_int_equal(error, 0);
}

static void every_fault_of_every_thread_is_seen(void **state)
{
	struct fault_events events;
	struct fault_tally tally = {0};
	struct target target;
	struct seen seen = {.target = &target};

	(void)state;
	begin(&target);
	listen_to(&events, &target, 1);
	let_touch(&target);
	fault_events_drain(&events, take, &seen, &tally);
	assert_int_equal(seen.in[0], PAGES);
	assert_int_equal(seen.in[1], PAGES);
	assert_int_equal(seen.tids[0], target.pid);
	assert_int_not_equal(seen.tids[1], target.pid);
	assert_int_equal(tally.lost, 0);
	assert_int_equal(tally.bad, 0);
	assert_int_equal(events.missed, 0);
	assert_true(tally.samples >= 2 * PAGES);
	fault_events_close(&events);
	end(&target);
}

/* Two sets of events for a thread, which the one that it makes inherits, are not two faults. */
static void no_fault_counts_twice(void **state)
{
	struct fault_events events;
	struct fault_tally tally = {0};
	struct target target;
	struct seen seen = {.target = &target};

	(void)state;
	begin(&target);
	listen_to(&events, &target, 1);
	fault_threads_finish(&events.threads); /* as if it were not known */
	fault_events_find_threads(&events);
	let_touch(&target);
	fault_events_drain(&events, take, &seen, &tally);
	assert_int_equal(seen.in[0], PAGES);
	assert_int_equal(seen.in[1], PAGES);
	fault_events_close(&events);
	end(&target);
}

static void another_plan_holds_for_all(void **state)
{
	struct fault_events events;
	struct fault_tally tally = {0};
	struct target target;
	struct seen seen = {.target = &target};
	const struct fault_plan rare = {.period = 7}, copies = {.period = 1, .copies = true};

	(void)state;
	begin(&target);
	listen_to(&events, &target, 1);
	assert_int_equal(fault_events_change(&events, &rare, take, &seen, &tally), 0);
	let_touch(&target);
	fault_events_drain(&events, take, &seen, &tally);
	/* Other faults of the thread may come first, and each processor counts for itself. */
	assert_in_range(seen.in[0], PAGES / 10, PAGES / 5);
	assert_in_range(seen.in[1], PAGES / 10, PAGES / 5);
	assert_int_equal(seen.faults, 7 * seen.samples);
	assert_int_equal(seen.with_copies, 0);
	assert_int_equal(fault_events_change(&events, &copies, take, &seen, &tally), 0);
	let_touch(&target);
	fault_events_drain(&events, take, &seen, &tally);
#if defined(__x86_64__) || defined(__aarch64__)
	assert_true(seen.with_copies > 0);
#endif
	assert_int_equal(tally.bad, 0);
	fault_events_close(&events);
	end(&target);
}

static void check_pause(bool closes)
{
	struct fault_events events;
	struct fault_tally tally = {0};
	struct target target;
	struct seen seen = {.target = &target};

	begin(&target);
	listen_to(&events, &target, 1);
	assert_int_equal(fault_events_pause(&events, true, closes), 0);
	/* It may have run for a moment before. */
	fault_events_drain(&events, take, &seen, &tally);
	seen = (struct seen){.target = &target};
	fault_events_find_threads(&events);
	let_touch(&target);
	fault_events_drain(&events, take, &seen, &tally);
	assert_int_equal(seen.samples, 0);
	assert_true(fault_events_are_few(&events));
	assert_int_equal(fault_events_pause(&events, false, closes), 0);
	let_touch(&target);
	fault_events_drain(&events, take, &seen, &tally);
	assert_int_equal(seen.in[2], PAGES);
	assert_int_equal(seen.in[3], PAGES);
	fault_events_close(&events);
	end(&target);
}

static void nothing_is_seen_in_a_pause(void **state)
{
	(void)state;
	check_pause(false);
	check_pause(true);
}

static void one_that_has_ended_is_told(void **state)
{
	const struct fault_plan plan = {.period = 1};
	struct fault_events events;
	struct target target;
	int status;

	(void)state;
	if (fault_event_probe())
		skip();
	begin(&target);
	kill(target.pid, SIGKILL);
	waitpid(target.pid, &status, 0);
	assert_int_equal(fault_events_open(&events, target.directory, target.pid, &plan), -ESRCH);
	assert_null(events.events);
	end(&target);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_fault_of_every_thread_is_seen),
		cmocka_unit_test(no_fault_counts_twice),
		cmocka_unit_test(another_plan_holds_for_all),
		cmocka_unit_test(nothing_is_seen_in_a_pause),
		cmocka_unit_test(one_that_has_ended_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
