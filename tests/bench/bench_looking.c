/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What it costs a process (tests/bench/victim.h) that vastop shows its bytes, and searches its
 * memory for what is not there, beside showing its picture alone. Argument: how many rounds
 * (default 5).
 */

#include <stdio.h>

#include "victim.h"
#include "whole_program.h"

enum { ROUNDS = 5, THREADS = 4 };

int main(int argc, char *argv[])
{
	char pid[VICTIM_PID_LENGTH];
	const struct victim_way ways[] = {
		{.name = "quiet"},
		{.name = "picture", .argv = {bench_vastop(), pid}, .stays = true},
		{.name = "bytes", .argv = {bench_vastop(), pid}, .stays = true, .keys = "B"},
		{.name = "bytes, 100/s",
		 .argv = {bench_vastop(), "--delay=0.01", pid},
		 .stays = true,
		 .keys = "B"},
		{.name = "search",
		 .argv = {bench_vastop(), pid},
		 .stays = true,
		 .keys = "F0x5a4b3c2d1e0f\r"},
	};
	struct victim_plan plan = {
		.rounds = bench_rounds(argc, argv, ROUNDS),
		.ways = ways,
		.way_count = sizeof(ways) / sizeof(ways[0]),
		.pid = pid,
	};

	printf("10 000 mappings, 1 GB, %zu rounds; from and to are the quartiles\n", plan.rounds);
	for (int storm = VICTIM_MAPS; storm <= VICTIM_FAULTS; storm++)
		for (int threads = 1; threads <= THREADS; threads += THREADS - 1) {
			plan.storm = (enum victim_storm)storm;
			plan.threads = threads;
			victim_measure(&plan);
		}
	return 0;
}
