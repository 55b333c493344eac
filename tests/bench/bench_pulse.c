/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a pulse costs next to the bare reading of the same statm, and a full sample next to both:
 * measured in turn in one run, so that a noisy machine disturbs all alike. An idle tick may do at
 * most 3 us of work in /proc. Prints, for children with a given number of mappings, the medians in
 * microseconds and the pulse's ratio to the bare reading; argument: how many rounds (default
 * 2000).
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "kernel/avoid.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/pulse.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"
#include "support/child.h"
#include "support/stopwatch.h"

#define ROUNDS 2000
#define BATCH  16 /* pulses that are timed together: a clock costs as much as a tenth of one */

enum { BARE, PULSE, STATM_ONLY, SAMPLE, KINDS };

/* Pages, and a heap. */
static void arrange(const void *count)
{
	child_map_pages(count);
	(void)!sbrk(1 << 20);
}

static double time_bare(int statm)
{
	double start = stopwatch_us();
	char bytes[256];

	for (int i = 0; i < BATCH; i++)
		(void)!pread(statm, bytes, sizeof(bytes), 0);
	return (stopwatch_us() - start) / BATCH;
}

static double time_pulse(struct source *source)
{
	double start = stopwatch_us();
	struct pulse pulse;

	for (int i = 0; i < BATCH; i++)
		if (source_pulse(source, &pulse))
			return -1;
	return (stopwatch_us() - start) / BATCH;
}

static double time_sample(struct source *source)
{
	double start = stopwatch_us(), cost;
	struct address_space *space;

	if (source_read(source, &space))
		return -1;
	cost = stopwatch_us() - start;
	address_space_destroy(space);
	return cost;
}

static void measure(size_t mappings, pid_t child, size_t rounds)
{
	struct source *all, *older;
	double *values[KINDS], medians[KINDS];
	char path[64];
	int statm;

	snprintf(path, sizeof(path), "/proc/%d/statm", (int)child);
	statm = open(path, O_RDONLY | O_CLOEXEC);
	if (procfs_source_create(&(struct procfs_options){.root = "/proc"}, child, &all) ||
	    procfs_source_create(
		    &(struct procfs_options){.root = "/proc", .avoid = AVOID_PROCMAP_QUERY}, child,
		    &older))
		return;
	for (int kind = 0; kind < KINDS; kind++)
		values[kind] = memory_alloc(rounds * sizeof(double));
	for (size_t i = 0; i < rounds; i++) {
		values[BARE][i] = time_bare(statm);
		values[PULSE][i] = time_pulse(all);
		values[STATM_ONLY][i] = time_pulse(older);
		values[SAMPLE][i] = time_sample(all);
	}
	for (int kind = 0; kind < KINDS; kind++) {
		medians[kind] = stopwatch_median(values[kind], rounds);
		free(values[kind]);
	}
	printf("%10zu %10.2f %10.2f %8.2f %12.2f %10.1f\n", mappings, medians[BARE], medians[PULSE],
	       medians[PULSE] / medians[BARE], medians[STATM_ONLY], medians[SAMPLE]);
	source_destroy(all);
	source_destroy(older);
	close(statm);
}

int main(int argc, char *argv[])
{
	static const size_t counts[] = {0, 200, 10000, 65000};
	size_t rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : ROUNDS;

	memory_keep_compact();
	if (rounds == 0)
		rounds = ROUNDS;
	printf("%10s %10s %10s %8s %12s %10s\n", "maps more", "statm us", "pulse us", "ratio",
	       "no query us", "sample us");
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		pid_t child = child_start(arrange, &counts[i]);

		measure(counts[i], child, counts[i] > 1000 ? rounds / 40 + 1 : rounds);
		child_end(child);
	}
	return 0;
}
