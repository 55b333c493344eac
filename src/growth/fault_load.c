/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/fault_load.h"

#include <time.h>

#include "base/text.h"
#include "kernel/proc_file.h"
#include "procfs/stat_parser.h"

#define STAT_MAX ((size_t)4096)

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

double fault_load_rate(int directory, unsigned milliseconds)
{
	const struct timespec time = {.tv_sec = milliseconds / 1000,
				      .tv_nsec = (long)(milliseconds % 1000) * 1000000};
	uint64_t before = 0, after = 0;

	if (fault_load_faults(directory, &before))
		return 0;
	clock_nanosleep(CLOCK_MONOTONIC, 0, &time, NULL);
	if (fault_load_faults(directory, &after) || after < before || !milliseconds)
		return 0;
	return (double)(after - before) * 1000 / milliseconds;
}

uint64_t fault_load_cpu(int32_t pid)
{
	struct timespec time;
	clockid_t clock;

	if (clock_getcpuclockid(pid, &clock) || clock_gettime(clock, &time))
		return 0;
	return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}
