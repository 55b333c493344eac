/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <err.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "kernel/clock.h"
#include "support/process_cost.h"
#include "support/program_run.h"
#include "support/spread.h"
#include "support/viewer.h"
#include "victim.h"
#include "whole_program.h"

#define SECOND   INT64_C(1000000000)
#define WINDOW   (3 * SECOND)
#define SETTLE   (2 * SECOND) /* of what watches, before a window */
#define STALL    (SECOND / 1000)
#define MAPPINGS 10000
#define RESIDENT ((size_t)1 << 30)
#define PAGES    16 /* of a blow */

/* Small blocks, of 466 bytes on average; every other one is freed again. */
#define HEAP_BLOCKS 265000
#define HEAP_LEAST  16
#define HEAP_SPREAD 900

/* Blocks of a blow to the heap: the break goes up and down with them. */
#define BLOW_BLOCKS 64

enum { MOST_THREADS = 16 };

/* What a thread of the victim counts, in memory that both share. */
struct counts {
	_Atomic uint64_t operations, stalls;
	_Atomic int64_t longest; /* nanoseconds; who reads it sets it back */
	_Atomic pid_t thread;    /* 0: has not begun */
};

struct victim {
	pid_t pid;
	int threads;
	enum victim_storm storm;
	struct counts *counts;
};

/* What each of its threads is given. */
struct sufferer {
	enum victim_storm storm;
	struct counts *counts;
};

struct result {
	double blocked[BENCH_MOST_ROUNDS]; /* per cent */
	double rate[BENCH_MOST_ROUNDS];
	uint64_t stalls;
	int64_t longest;
};

static void sleep_until(int64_t time)
{
	const struct timespec until = {.tv_sec = time / SECOND, .tv_nsec = time % SECOND};

	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
}

void victim_fragment(const void *unused)
{
	static void *blocks[HEAP_BLOCKS];

	(void)unused;
	for (size_t i = 0; i < HEAP_BLOCKS; i++)
		blocks[i] = malloc(HEAP_LEAST + i * 37 % HEAP_SPREAD);
	for (size_t i = 0; i < HEAP_BLOCKS; i += 2)
		free(blocks[i]);
}

static void allocate_and_free(void)
{
	static _Thread_local size_t round;
	char *blocks[BLOW_BLOCKS];

	round++;
	for (size_t i = 0; i < BLOW_BLOCKS; i++) {
		blocks[i] = malloc((size_t)HEAP_LEAST << ((i + round) % 12));
		if (blocks[i])
			blocks[i][0] = 1;
	}
	for (size_t i = 0; i < BLOW_BLOCKS; i++)
		free(blocks[i]);
}

/* Maps, touches and unmaps; or touches what it has and gives it back. */
static void take_blow(enum victim_storm storm, char **memory)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE), size = PAGES * page;

	if (storm == VICTIM_HEAP) {
		allocate_and_free();
		return;
	}
	if (!*memory)
		*memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			       0);
	for (size_t at = 0; at < size; at += page)
		(*memory)[at] = 1;
	if (storm == VICTIM_FAULTS) {
		madvise(*memory, size, MADV_DONTNEED);
		return;
	}
	munmap(*memory, size);
	*memory = NULL;
}

static void *suffer(void *context)
{
	const struct sufferer *sufferer = context;
	struct counts *counts = sufferer->counts;
	char *memory = NULL;

	counts->thread = gettid();
	for (;;) {
		int64_t began = clock_ns(CLOCK_MONOTONIC), took;

		take_blow(sufferer->storm, &memory);
		took = clock_ns(CLOCK_MONOTONIC) - began;
		counts->operations++;
		if (took > STALL)
			counts->stalls++;
		if (took > counts->longest)
			counts->longest = took;
	}
	return NULL;
}

/* 10 000 mappings, and 1 GB. */
static void map_much(void)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE), size = MAPPINGS * page + RESIDENT;
	char *area = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (area == MAP_FAILED)
		err(1, "mmap");
	madvise(area, size, MADV_NOHUGEPAGE);
	for (size_t at = 0; at < size; at += page)
		area[at] = 1;
	for (size_t i = 0; i < MAPPINGS; i += 2)
		mprotect(area + i * page, page, PROT_READ);
}

static void be_victim(const struct victim *victim)
{
	struct sufferer sufferers[MOST_THREADS];
	pthread_t thread;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (victim->storm == VICTIM_HEAP)
		victim_fragment(NULL);
	else
		map_much();
	for (int i = 0; i < victim->threads; i++)
		sufferers[i] = (struct sufferer){victim->storm, &victim->counts[i]};
	for (int i = 1; i < victim->threads; i++)
		if (pthread_create(&thread, NULL, suffer, &sufferers[i]))
			errx(1, "no thread");
	suffer(&sufferers[0]);
}

static void start_victim(struct victim *victim, const struct victim_plan *plan)
{
	const int threads = plan->threads < MOST_THREADS ? plan->threads : MOST_THREADS;

	victim->threads = threads;
	victim->storm = plan->storm;
	victim->counts = mmap(NULL, MOST_THREADS * sizeof(*victim->counts), PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	victim->pid = fork();
	if (victim->counts == MAP_FAILED || victim->pid < 0)
		err(1, "the victim");
	if (victim->pid == 0)
		be_victim(victim);
	for (int i = 0; i < threads; i++)
		while (!victim->counts[i].thread)
			sleep_until(clock_ns(CLOCK_MONOTONIC) + SECOND / 100);
}

static void end_victim(struct victim *victim)
{
	kill(victim->pid, SIGKILL);
	waitpid(victim->pid, NULL, 0);
	munmap(victim->counts, MOST_THREADS * sizeof(*victim->counts));
}

/* What its threads have done and have had. Nothing of it moves while the victim is stopped. */
struct reading {
	uint64_t operations, stalls;
	int64_t at, ran, delayed;
};

/*
 * Stops the victim, so that the kernel's account of its running threads is complete; the account
 * of a thread that runs may be late by a tick.
 */
static struct reading stop(const struct victim *victim)
{
	struct reading reading = {0};
	struct thread_past past;

	kill(victim->pid, SIGSTOP);
	waitpid(victim->pid, NULL, WUNTRACED);
	reading.at = clock_ns(CLOCK_MONOTONIC);
	for (int i = 0; i < victim->threads; i++) {
		if (process_cost_past(victim->counts[i].thread, &past))
			errx(1, "this kernel does not account for waiting (schedstat)");
		reading.ran += past.ran;
		reading.delayed += past.delayed;
		reading.operations += victim->counts[i].operations;
		reading.stalls += victim->counts[i].stalls;
	}
	return reading;
}

static void watch(const struct victim_way *way, int64_t end)
{
	struct program_run run;

	while (clock_ns(CLOCK_MONOTONIC) < end) {
		int64_t next = clock_ns(CLOCK_MONOTONIC) + SECOND;

		if (!way->stays && way->argv[0] && program_run(way->argv, &run))
			errx(1, "%s failed", way->name);
		sleep_until(next < end ? next : end);
	}
}

/* A window, from one stop of the victim to the next. */
static void measure_window(const struct victim *victim, const struct victim_way *way, size_t round,
			   struct result *result)
{
	struct reading before, after;
	struct viewer viewer;
	int64_t now;
	double wall, delayed;

	if (way->stays) {
		bench_start_viewer(&viewer, way->argv);
		viewer_ignore(&viewer, clock_ns(CLOCK_MONOTONIC) + SETTLE);
		if (way->keys)
			viewer_type(&viewer, way->keys);
	}
	before = stop(victim);
	for (int i = 0; i < victim->threads; i++)
		victim->counts[i].longest = 0;
	before.at = now = clock_ns(CLOCK_MONOTONIC);
	kill(victim->pid, SIGCONT);
	if (way->stays)
		viewer_ignore(&viewer, now + WINDOW);
	else
		watch(way, now + WINDOW);
	after = stop(victim);
	for (int i = 0; i < victim->threads; i++)
		if (victim->counts[i].longest > result->longest)
			result->longest = victim->counts[i].longest;
	kill(victim->pid, SIGCONT);
	if (way->stays)
		viewer_stop(&viewer);
	wall = (double)(after.at - before.at) * victim->threads;
	delayed = (double)(after.delayed - before.delayed);
	result->blocked[round] = 100 - 100 * ((double)(after.ran - before.ran) + delayed) / wall;
	result->rate[round] =
		(double)(after.operations - before.operations) / (wall - delayed) * 1e9;
	result->stalls += after.stalls - before.stalls;
}

static void print(const struct victim_way *way, struct result *result, const struct result *quiet,
		  size_t rounds)
{
	struct spread ratio = spread_of_ratios(result->rate, quiet->rate, rounds);
	struct spread blocked = spread_of(result->blocked, rounds);

	printf("%-12s %8.2f %5.2f %5.2f %10.2f %5.2f %5.2f %10.1f %10.1f\n", way->name,
	       blocked.median, blocked.low, blocked.high, ratio.median, ratio.low, ratio.high,
	       (double)result->stalls * 3e9 / (double)(WINDOW * (int64_t)rounds),
	       (double)result->longest / 1e6);
}

/* Each way in turn, round by round. */
static void measure(const struct victim_plan *plan, const struct victim *victim,
		    struct result *results)
{
	for (size_t round = 0; round < plan->rounds; round++)
		for (size_t i = 0; i < plan->way_count; i++)
			if (!plan->ways[i].argv[0] || bench_has_program(plan->ways[i].argv[0]))
				measure_window(victim, &plan->ways[i], round, &results[i]);
}

void victim_measure(const struct victim_plan *plan)
{
	static const char *const storms[] = {[VICTIM_MAPS] = "mmap and page faults",
					     [VICTIM_FAULTS] = "page faults",
					     [VICTIM_HEAP] = "malloc and free"};
	struct result *results = calloc(plan->way_count, sizeof(*results));
	struct victim victim;

	if (!results)
		err(1, "calloc");
	start_victim(&victim, plan);
	snprintf(plan->pid, VICTIM_PID_LENGTH, "%d", (int)victim.pid);
	measure(plan, &victim, results);
	end_victim(&victim);
	printf("\n%s, %d %s\n%-12s %20s %22s %10s %10s\n%-12s %8s %5s %5s %10s %5s %5s %10s %10s\n",
	       storms[plan->storm], plan->threads, plan->threads == 1 ? "thread" : "threads", "",
	       "blocked, %", "operations : quiet", "stalls", "longest", "", "median", "from", "to",
	       "median", "from", "to", "in 3 s", "ms");
	for (size_t i = 0; i < plan->way_count; i++)
		if (!plan->ways[i].argv[0] || bench_has_program(plan->ways[i].argv[0]))
			print(&plan->ways[i], &results[i], &results[0], plan->rounds);
		else
			printf("%-12s is not installed\n", plan->ways[i].name);
	free(results);
}
