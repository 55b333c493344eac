/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * From exec to the first picture: how long until a program in a terminal has drawn its first frame,
 * that is, until the last byte before it first falls silent. vastop beside htop and top.
 */

#include "kernel/clock.h"
#include "whole_program.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>

#define QUIET   INT64_C(20000000)
#define LONGEST INT64_C(5000000000)

enum { RUNS = 15 };

static int64_t measure_once(char *const argv[])
{
	int64_t begin = clock_ns(CLOCK_MONOTONIC), end;
	int terminal;
	pid_t pid = bench_start_in_terminal(argv, &terminal);

	end = bench_read_terminal(terminal, QUIET, begin + LONGEST);
	bench_stop_in_terminal(pid, terminal);
	if (!end)
		errx(1, "%s showed nothing", argv[0]);
	return end - begin;
}

static int64_t measure(char *const argv[], int64_t reference)
{
	int64_t times[RUNS], median;

	if (!bench_has_program(argv[0])) {
		printf("%-12s %10s\n", argv[0], "not found");
		return 0;
	}
	for (int i = 0; i < RUNS; i++)
		times[i] = measure_once(argv);
	median = bench_median(times, RUNS);
	printf("%-12s %10.1f %10.1f %10.1f", argv[0], (double)times[0] / 1e6, (double)median / 1e6,
	       (double)times[RUNS - 1] / 1e6);
	if (reference)
		printf(" %10.2f", (double)reference / (double)median);
	printf("\n");
	return median;
}

int main(void)
{
	char pid[16];
	char *vastop[] = {bench_vastop(), pid, NULL};
	char *htop[] = {"htop", NULL}, *top[] = {"top", NULL};
	int64_t median;

	snprintf(pid, sizeof(pid), "%d", (int)bench_start_target("200"));
	printf("start to first picture, %d runs, 200 mappings; ms\n", RUNS);
	printf("%-12s %10s %10s %10s %10s\n", "", "fastest", "median", "slowest", "vastop/it");
	median = measure(vastop, 0);
	measure(htop, median);
	measure(top, median);
	return 0;
}
