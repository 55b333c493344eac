/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What watching a process costs that does nothing: the sampler alone, with a reader that takes
 * what wakes it, next to a loop that only sleeps at the rate of its pulses. The processor time of
 * this whole process as a share of one core, and the two in turn in one run, so that a noisy
 * machine disturbs both alike. Targets: below 0.2 % with a sample a second, and below 0.3 % with
 * ten frames a second, of a child of 200 mappings. Argument: seconds for each (default 4).
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/pulse.h"
#include "sampler/procfs_source.h"
#include "sampler/sampler.h"
#include "sampler/source.h"
#include "support/child.h"
#include "support/stopwatch.h"

#define SECONDS  4
#define MAPPINGS 200

static double processor_time(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* The share of a core that sleeping takes, woken each interval for some seconds. */
static double sleep_only(uint64_t interval, double seconds)
{
	double begin = processor_time(), start = stopwatch_ms() / 1e3;
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	while (stopwatch_ms() / 1e3 - start < seconds) {
		until.tv_nsec += (long)(interval % 1000000000);
		until.tv_sec += (time_t)(interval / 1000000000) + until.tv_nsec / 1000000000;
		until.tv_nsec %= 1000000000;
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
	}
	return (processor_time() - begin) / (stopwatch_ms() / 1e3 - start);
}

static double watch(pid_t child, uint64_t interval, double seconds, int *ret_wakes)
{
	struct sampler_plan plan = {.interval_ns = interval};
	struct sampler *sampler;
	struct source *source;
	struct pollfd wait;
	struct sample sample;
	struct pulse pulses[64];
	double begin, start, share, left;

	if (procfs_source_create(&(struct procfs_options){.root = "/proc"}, child, &source) ||
	    source_read(source, &sample.space) || sampler_create(source, &plan, &sampler))
		return -1;
	address_space_destroy(sample.space);
	wait = (struct pollfd){.fd = sampler_descriptor(sampler), .events = POLLIN};
	begin = processor_time();
	start = stopwatch_ms() / 1e3;
	*ret_wakes = 0;
	while ((left = seconds - (stopwatch_ms() / 1e3 - start)) > 0) {
		if (poll(&wait, 1, (int)(left * 1000) + 1) <= 0)
			continue;
		(*ret_wakes)++;
		if (sampler_take(sampler, &sample))
			address_space_destroy(sample.space);
		sampler_take_pulses(sampler, pulses, 64);
	}
	share = (processor_time() - begin) / (stopwatch_ms() / 1e3 - start);
	sampler_destroy(sampler);
	return share;
}

int main(int argc, char *argv[])
{
	static const uint64_t intervals[] = {1000000000, 100000000, 10000000};
	const size_t mappings = MAPPINGS;
	double seconds = argc > 1 ? strtod(argv[1], NULL) : SECONDS;
	pid_t child = child_start(child_map_pages, &mappings);

	if (!(seconds > 0))
		seconds = SECONDS;
	printf("%12s %10s %10s %8s %8s\n", "interval s", "sleep %", "watch %", "ratio", "wakes/s");
	for (size_t i = 0; i < sizeof(intervals) / sizeof(intervals[0]); i++) {
		double asleep = sleep_only(intervals[i], seconds), watching;
		int wakes = 0;

		watching = watch(child, intervals[i], seconds, &wakes);
		printf("%12.2f %10.3f %10.3f %8.2f %8.1f\n", (double)intervals[i] / 1e9,
		       asleep * 100, watching * 100, watching / asleep, wakes / seconds);
		fflush(stdout);
	}
	child_end(child);
	return 0;
}
