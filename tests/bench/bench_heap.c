/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What the inside of a heap of 130 MB with 130 000 holes costs: the user, who asks for it with
 * --inside=heap, beside asking for nothing but the list of mappings; and a process that allocates
 * and frees all the time (tests/bench/victim.h), while its heap is shown and while it is not.
 * Argument: how many rounds (default 5).
 */

#include <err.h>
#include <stdio.h>

#include "support/child.h"
#include "support/program_run.h"
#include "support/spread.h"
#include "victim.h"
#include "whole_program.h"

enum { ROUNDS = 5, RUNS = 11, THREADS = 4 };

static void print(const char *what, double *cpu, double *wall)
{
	struct spread of_cpu = spread_of(cpu, RUNS), of_wall = spread_of(wall, RUNS);

	printf("%-24s CPU %6.1f ms (%.1f to %.1f), elapsed %6.1f ms (%.1f to %.1f)\n", what,
	       of_cpu.median, of_cpu.least, of_cpu.most, of_wall.median, of_wall.least,
	       of_wall.most);
}

/* From the start of the program to its end; each in turn. */
static void measure_runs(char *pid)
{
	char *const commands[][VICTIM_ARGUMENTS] = {
		{bench_vastop(), "--once", "--format=json", pid},
		{bench_vastop(), "--inside=heap", "--format=json", pid},
		{bench_vastop(), "--inside=heap", "--parts", "--format=json", pid},
	};
	const char *const names[] = {"the list of mappings", "the heap", "the heap, its chunks"};
	enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };
	double cpu[COMMANDS][RUNS], wall[COMMANDS][RUNS];
	struct program_run run;

	for (size_t i = 0; i < RUNS; i++)
		for (size_t command = 0; command < COMMANDS; command++) {
			if (program_run(commands[command], &run))
				errx(1, "%s failed", names[command]);
			cpu[command][i] = (double)run.cpu_ns / 1e6;
			wall[command][i] = (double)run.wall_ns / 1e6;
		}
	for (size_t command = 0; command < COMMANDS; command++)
		print(names[command], cpu[command], wall[command]);
}

int main(int argc, char *argv[])
{
	char pid[VICTIM_PID_LENGTH];
	const struct victim_way ways[] = {
		{.name = "quiet"},
		{.name = "picture", .argv = {bench_vastop(), pid}, .stays = true},
		{.name = "heap", .argv = {bench_vastop(), pid}, .stays = true, .keys = "H"},
		{.name = "heap, 100/s",
		 .argv = {bench_vastop(), "--delay=0.01", pid},
		 .stays = true,
		 .keys = "H"},
		{.name = "--inside", .argv = {bench_vastop(), "--inside=heap", pid}},
	};
	struct victim_plan plan = {
		.storm = VICTIM_HEAP,
		.rounds = bench_rounds(argc, argv, ROUNDS),
		.ways = ways,
		.way_count = sizeof(ways) / sizeof(ways[0]),
		.pid = pid,
	};
	pid_t child = child_start(victim_fragment, NULL);

	if (child < 0)
		err(1, "the heap");
	snprintf(pid, sizeof(pid), "%d", (int)child);
	measure_runs(pid);
	child_end(child);
	for (plan.threads = 1; plan.threads <= THREADS; plan.threads += THREADS - 1)
		victim_measure(&plan);
	return 0;
}
