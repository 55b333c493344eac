/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What being watched costs a process (tests/bench/victim.h) that maps, touches and unmaps memory:
 * by vastop and pagemon in a terminal, and by pmap -x and pmap -X once a second. Argument: how many
 * rounds (default 5).
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
		{.name = "vastop", .argv = {bench_vastop(), pid}, .stays = true},
		{.name = "pagemon", .argv = {"pagemon", "-d", "1000000", "-p", pid}, .stays = true},
		{.name = "pmap -x", .argv = {"pmap", "-x", pid}},
		{.name = "pmap -X", .argv = {"pmap", "-X", pid}},
	};
	struct victim_plan plan = {
		.storm = VICTIM_MAPS,
		.threads = 1,
		.rounds = bench_rounds(argc, argv, ROUNDS),
		.ways = ways,
		.way_count = sizeof(ways) / sizeof(ways[0]),
		.pid = pid,
	};

	printf("10 000 mappings, 1 GB, %zu rounds; from and to are the quartiles\n", plan.rounds);
	victim_measure(&plan);
	plan.threads = THREADS;
	victim_measure(&plan);
	return 0;
}
