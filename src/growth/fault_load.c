/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/fault_load.h"

#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "kernel/clock.h"
#include "kernel/proc_file.h"
#include "model/target.h"
#include "procfs/stat_parser.h"

#define STAT_MAX  ((size_t)4096)
#define SECOND_NS 1e9

int fault_load_faults(int directory, uint64_t *ret_faults)
{
	struct proc_stat stat;
	struct text text = {0};
	int error = proc_file_read(directory, "stat", STAT_MAX, &text);

	if (!error)
		error = stat_parse(text_string(&text), text.length, &stat);
	if (!error)
		*ret_faults = stat.minor_faults + stat.major_faults;
	text_finish(&text);
	return error;
}

/* So many faults a second since it began. */
static double mean_rate(uint64_t faults, uint64_t start_ticks)
{
	const double ticks = (double)sysconf(_SC_CLK_TCK);
	double age;

	if (start_ticks == TARGET_UNKNOWN)
		return 0;
	age = (double)clock_ns(CLOCK_BOOTTIME) / SECOND_NS - (double)start_ticks / ticks;
	return (double)faults / (age > 1 / ticks ? age : 1 / ticks);
}

double fault_load_rate(int directory, uint64_t start_ticks, unsigned milliseconds)
{
	const struct timespec time = {.tv_sec = milliseconds / 1000,
				      .tv_nsec = (long)(milliseconds % 1000) * 1000000};
	uint64_t before = 0, after = 0;
	double now, mean;

	if (fault_load_faults(directory, &before))
		return 0;
	clock_nanosleep(CLOCK_MONOTONIC, 0, &time, NULL);
	if (fault_load_faults(directory, &after) || after < before || !milliseconds)
		return 0;
	now = (double)(after - before) * 1000 / milliseconds;
	mean = mean_rate(after, start_ticks);
	return now > mean ? now : mean;
}

uint64_t fault_load_cpu(int32_t pid)
{
	struct timespec time;
	clockid_t clock;

	if (clock_getcpuclockid(pid, &clock) || clock_gettime(clock, &time))
		return 0;
	return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}
