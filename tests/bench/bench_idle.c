/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What watching a small process costs, at one, ten and a hundred frames a second: the CPU time of
 * vastop in a terminal, all of it, while a process of 200 mappings does nothing, and while its heap
 * grows by a page every 10 ms; beside top and htop at the same rate, and a loop that only sleeps.
 * All take turns, so that a noisy machine disturbs all alike. vastop/it is that of the unchanged
 * process to the program, in pairs. Arguments: seconds for each (default 3), rounds (default 3).
 */

#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "kernel/clock.h"
#include "support/child.h"
#include "support/process_cost.h"
#include "support/spread.h"
#include "support/viewer.h"
#include "whole_program.h"

#define SECOND INT64_C(1000000000)
#define SETTLE (2 * SECOND) /* what happens once at the start is over then */

enum { SECONDS = 3, ROUNDS = 3, MOST_ROUNDS = 50, ARGUMENTS = 5, MAPPINGS = 200 };

/* A program that draws at the rate. */
struct program {
	const char *name;
	char *argv[ARGUMENTS];
	double shares[MOST_ROUNDS]; /* of a core, in per cent */
};

static void sleep_until(int64_t time)
{
	const struct timespec until = {.tv_sec = time / SECOND, .tv_nsec = time % SECOND};

	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
}

/* Calls the function, if any, each interval. */
static void tick(int64_t interval, void (*function)(void))
{
	for (int64_t at = clock_ns(CLOCK_MONOTONIC);; at += interval) {
		sleep_until(at);
		if (function)
			function();
	}
}

static void grow(void)
{
	char *page = sbrk(4096);

	if (page != (char *)-1)
		*page = 1;
}

static pid_t start_growing(int64_t interval)
{
	pid_t pid = fork();

	if (pid < 0)
		err(1, "fork");
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		tick(interval, grow);
	}
	return pid;
}

static int64_t cpu_time(pid_t pid, const char *name)
{
	int64_t used;

	if (process_cost_cpu(pid, &used))
		errx(1, "%s ended early", name);
	return used;
}

static double measure_once(const struct program *program, double seconds)
{
	struct viewer viewer;
	int64_t begin, used;

	bench_start_viewer(&viewer, program->argv);
	viewer_ignore(&viewer, clock_ns(CLOCK_MONOTONIC) + SETTLE);
	used = cpu_time(viewer.pid, program->name);
	begin = clock_ns(CLOCK_MONOTONIC);
	/* It may show nothing: only the deadline ends this. */
	viewer_ignore(&viewer, begin + (int64_t)(seconds * 1e9));
	used = cpu_time(viewer.pid, program->name) - used;
	begin = clock_ns(CLOCK_MONOTONIC) - begin;
	viewer_stop(&viewer);
	return (double)used / (double)begin * 100;
}

static void print(struct program *program, const double *reference, size_t rounds)
{
	struct spread ratio = spread_of_ratios(reference, program->shares, rounds);
	struct spread share = spread_of(program->shares, rounds);

	printf("%-24s %9.3f %9.3f %9.3f %11.3f %9.3f %9.3f\n", program->name, share.least,
	       share.median, share.most, ratio.median, ratio.least, ratio.most);
	fflush(stdout);
}

static void measure(int64_t interval, char *still, char *growing, double seconds, size_t rounds)
{
	char option[32], delay[16], tenths[16];
	struct program programs[] = {
		{.name = "vastop, unchanged", .argv = {bench_vastop(), option, still}},
		{.name = "vastop, growing heap", .argv = {bench_vastop(), option, growing}},
		{.name = "top", .argv = {"top", "-d", delay}},
		{.name = "htop", .argv = {"htop", "-d", tenths}},
		{.name = "a loop that sleeps", .argv = {"/proc/self/exe", "--sleep", delay}},
	};
	enum { PROGRAMS = sizeof(programs) / sizeof(programs[0]) };
	double reference[MOST_ROUNDS];

	snprintf(delay, sizeof(delay), "%.2f", (double)interval / 1e9);
	snprintf(option, sizeof(option), "--delay=%s", delay);
	snprintf(tenths, sizeof(tenths), "%d", (int)(interval / (SECOND / 10)));
	printf("\n%.2f s\n", (double)interval / 1e9);
	/* htop draws ten times a second at most. */
	for (size_t round = 0; round < rounds; round++)
		for (size_t i = 0; i < PROGRAMS; i++)
			if (bench_has_program(programs[i].argv[0]) &&
			    (programs[i].argv[2] != tenths || strcmp(tenths, "0")))
				programs[i].shares[round] = measure_once(&programs[i], seconds);
	memcpy(reference, programs[0].shares, sizeof(reference));
	for (size_t i = 0; i < PROGRAMS; i++)
		if (programs[i].shares[0] > 0)
			print(&programs[i], reference, rounds);
		else
			printf("%-24s %9s\n", programs[i].name, "cannot");
}

int main(int argc, char *argv[])
{
	static const int64_t intervals[] = {SECOND, SECOND / 10, SECOND / 100};
	const size_t mappings = MAPPINGS;
	double seconds = argc > 1 ? strtod(argv[1], NULL) : SECONDS;
	size_t rounds = argc > 2 ? strtoul(argv[2], NULL, 10) : ROUNDS;
	char still_pid[16], growing_pid[16];
	pid_t still, growing;

	if (argc > 2 && !strcmp(argv[1], "--sleep"))
		tick((int64_t)(strtod(argv[2], NULL) * 1e9), NULL);
	if (!(seconds > 0))
		seconds = SECONDS;
	if (rounds < 1 || rounds > MOST_ROUNDS)
		rounds = ROUNDS;
	still = child_start(child_map_pages, &mappings);
	growing = start_growing(SECOND / 100);
	snprintf(still_pid, sizeof(still_pid), "%d", (int)still);
	snprintf(growing_pid, sizeof(growing_pid), "%d", (int)growing);
	printf("%% of a core, %.0f s, %zu rounds\n%-24s %9s %9s %9s %11s %9s %9s\n", seconds,
	       rounds, "", "least", "median", "most", "vastop/it", "least", "most");
	for (size_t i = 0; i < sizeof(intervals) / sizeof(intervals[0]); i++)
		measure(intervals[i], still_pid, growing_pid, seconds, rounds);
	child_end(growing);
	child_end(still);
	return 0;
}
