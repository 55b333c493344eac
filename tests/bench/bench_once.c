/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * vastop --once from exec to exit, on a target of about 60 000 mappings, beside programs that read
 * the same maps.
 */

#include "kernel/clock.h"
#include "whole_program.h"

#include <err.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>

enum { RUNS = 9 };

extern char **environ;

static int64_t measure_once(char *const argv[])
{
	posix_spawn_file_actions_t actions;
	int64_t begin = clock_ns(CLOCK_MONOTONIC);
	int status;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	if (posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ) ||
	    waitpid(pid, &status, 0) != pid)
		errx(1, "%s does not start", argv[0]);
	posix_spawn_file_actions_destroy(&actions);
	if (status)
		errx(1, "%s failed", argv[0]);
	return clock_ns(CLOCK_MONOTONIC) - begin;
}

static void measure(const char *name, char *const argv[])
{
	int64_t times[RUNS], median;

	if (!bench_has_program(argv[0])) {
		printf("%-28s %10s\n", name, "not found");
		return;
	}
	for (int i = 0; i < RUNS; i++)
		times[i] = measure_once(argv);
	median = bench_median(times, RUNS);
	printf("%-28s %10.1f %10.1f %10.1f\n", name, (double)times[0] / 1e6, (double)median / 1e6,
	       (double)times[RUNS - 1] / 1e6);
}

int main(void)
{
	char pid[16], maps[32];
	char *text[] = {bench_vastop(), "--once", pid, NULL};
	char *json[] = {bench_vastop(), "--once", "--format=json", pid, NULL};
	char *cat[] = {"cat", maps, NULL}, *pmap[] = {"pmap", pid, NULL};

	snprintf(pid, sizeof(pid), "%d", (int)bench_start_target("60000"));
	snprintf(maps, sizeof(maps), "/proc/%s/maps", pid);
	printf("60 000 mappings from exec to exit, %d runs; ms\n", RUNS);
	printf("%-28s %10s %10s %10s\n", "", "fastest", "median", "slowest");
	measure("vastop --once", text);
	measure("vastop --once --format=json", json);
	measure("cat /proc/PID/maps", cat);
	measure("pmap", pmap);
	return 0;
}
