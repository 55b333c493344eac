/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * The cost of watching: CPU time and memory of a program that shows a picture a second, after its
 * start, over 20 seconds. vastop, on a target of about 200 mappings, beside htop and top.
 */

#include "kernel/clock.h"
#include "whole_program.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#define SECOND INT64_C(1000000000)
#define SETTLE (2 * SECOND)
#define WATCH  (20 * SECOND)

/* What all threads of the process have used, finer than the ticks in its stat. */
static int64_t cpu_time(pid_t pid)
{
	clockid_t clock;
	struct timespec used;

	if (clock_getcpuclockid(pid, &clock) || clock_gettime(clock, &used))
		errx(1, "no CPU time of process %d", (int)pid);
	return used.tv_sec * SECOND + used.tv_nsec;
}

/* A line of /proc/PID/status in MB; the kernel counts in kB. */
static double status_megabytes(pid_t pid, const char *name)
{
	char path[32], line[256];
	double found = -1;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	file = fopen(path, "re");
	if (!file)
		err(1, "%s", path);
	while (found < 0 && fgets(line, sizeof(line), file))
		if (!strncmp(line, name, strlen(name)))
			found = strtod(line + strlen(name), NULL) / 1024;
	fclose(file);
	return found;
}

static void measure(char *const argv[])
{
	int64_t started = clock_ns(CLOCK_MONOTONIC), before, after;
	int terminal;
	pid_t pid;

	if (!bench_has_program(argv[0])) {
		printf("%-12s %10s\n", argv[0], "not found");
		return;
	}
	pid = bench_start_in_terminal(argv, &terminal);
	bench_read_terminal(terminal, SETTLE, started + SETTLE);
	before = cpu_time(pid);
	/* Nothing to draw is no reason to end early: only the deadline is. */
	bench_read_terminal(terminal, WATCH, started + SETTLE + WATCH);
	if (waitpid(pid, NULL, WNOHANG))
		errx(1, "%s ended early", argv[0]);
	after = cpu_time(pid);
	printf("%-12s %10.1f %10.3f %10.1f %10.1f %10.1f\n", argv[0], (double)before / 1e6,
	       (double)(after - before) / (double)WATCH * 100, status_megabytes(pid, "VmRSS:"),
	       status_megabytes(pid, "RssAnon:"), status_megabytes(pid, "VmHWM:"));
	bench_stop_in_terminal(pid, terminal);
}

int main(void)
{
	char pid[16];
	char *vastop[] = {bench_vastop(), pid, NULL};
	char *htop[] = {"htop", "-d", "10", NULL}, *top[] = {"top", "-d", "1", NULL};

	snprintf(pid, sizeof(pid), "%d", (int)bench_start_target("200"));
	printf("watching for %d s, a picture a second, 200 mappings\n", (int)(WATCH / SECOND));
	printf("%-12s %10s %10s %10s %10s %10s\n", "", "start ms", "% of core", "RSS MB", "anon MB",
	       "peak MB");
	measure(vastop);
	measure(htop);
	measure(top);
	return 0;
}
