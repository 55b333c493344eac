/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What being watched costs a process that maps, touches and unmaps memory all the time, with
 * 10 000 mappings and 1 GB: its throughput while nobody watches, while it is scanned as by
 * default (a snapshot a second), and while smaps is read as often. Windows alternate, so that a
 * noisy machine disturbs all alike. Prints for each the median of the throughput, its ratio to
 * that of the quiet windows around, and how many operations took more than 1 ms in 3 s; argument:
 * how many rounds (default 7).
 */
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "residency/scan_thread.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"
#include "support/stopwatch.h"

#define ROUNDS    7
#define WINDOW_NS INT64_C(2000000000)
#define TICK_NS   INT64_C(1000000000)
#define MAPPINGS  10000
#define RESIDENT  ((size_t)1 << 30)
#define STALL_NS  1000000

enum { QUIET, SURVEYED, SMAPS, KINDS };

/* What the victim counts, in memory that both share. */
struct counts {
	_Atomic uint64_t operations, stalls;
	_Atomic int ready;
};

static void sleep_until(int64_t time)
{
	const struct timespec until = {.tv_sec = time / 1000000000, .tv_nsec = time % 1000000000};

	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
}

static void suffer(struct counts *counts)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE), size = MAPPINGS * page + RESIDENT;
	const int access = PROT_READ | PROT_WRITE, flags = MAP_PRIVATE | MAP_ANONYMOUS;
	char *area = mmap(NULL, size, access, flags, -1, 0);

	madvise(area, size, MADV_NOHUGEPAGE);
	for (size_t at = 0; at < size; at += page)
		area[at] = 1;
	for (size_t i = 0; i < MAPPINGS; i += 2)
		mprotect(area + i * page, page, PROT_READ);
	counts->ready = 1;
	for (;;) {
		int64_t began = clock_ns(CLOCK_MONOTONIC);
		char *memory = mmap(NULL, 16 * page, access, flags, -1, 0);

		for (size_t at = 0; at < 16 * page; at += page)
			memory[at] = 1;
		munmap(memory, 16 * page);
		counts->operations++;
		if (clock_ns(CLOCK_MONOTONIC) - began > STALL_NS)
			counts->stalls++;
	}
}

static void read_smaps(pid_t victim)
{
	char path[32], bytes[8192];
	int file;

	snprintf(path, sizeof(path), "/proc/%d/smaps", (int)victim);
	file = open(path, O_RDONLY | O_CLOEXEC);
	while (read(file, bytes, sizeof(bytes)) > 0)
		;
	close(file);
}

static void look(struct source *source, struct scan_thread *thread)
{
	struct address_space *space;
	struct scan scan;

	if (source_read(source, &space))
		return;
	scan_thread_look_at(thread, space, 0, UINT64_MAX);
	address_space_destroy(space);
	if (scan_thread_take(thread, &scan))
		scan_finish(&scan);
}

/* One window. Returns operations a second. */
static double watch(int kind, pid_t victim, struct source *source, struct scan_thread *thread,
		    struct counts *counts, uint64_t *stalls)
{
	int64_t began = clock_ns(CLOCK_MONOTONIC);
	uint64_t operations = counts->operations, before = counts->stalls;

	for (int64_t at = began; at < began + WINDOW_NS; at += TICK_NS) {
		if (kind == SURVEYED)
			look(source, thread);
		if (kind == SMAPS)
			read_smaps(victim);
		sleep_until(at + TICK_NS);
	}
	*stalls += counts->stalls - before;
	return (double)(counts->operations - operations) /
	       ((double)(clock_ns(CLOCK_MONOTONIC) - began) / 1e9);
}

static void measure(pid_t victim, struct source *source, struct scan_thread *thread,
		    struct counts *counts, size_t rounds)
{
	static const char *const names[] = {"quiet", "surveyed", "smaps"};
	double *rates[KINDS], *ratios[KINDS];
	uint64_t stalls[KINDS] = {0};

	for (int kind = 0; kind < KINDS; kind++) {
		rates[kind] = memory_alloc(rounds * sizeof(double));
		ratios[kind] = memory_alloc(rounds * sizeof(double));
	}
	for (size_t i = 0; i < rounds; i++)
		for (int kind = 0; kind < KINDS; kind++) {
			rates[kind][i] = watch(kind, victim, source, thread, counts, &stalls[kind]);
			ratios[kind][i] = rates[kind][i] / rates[QUIET][i];
		}
	printf("%-10s %12s %8s %16s\n", "", "operations/s", "ratio", "stalls in 3 s");
	for (int kind = 0; kind < KINDS; kind++) {
		printf("%-10s %12.0f %8.2f %16.1f\n", names[kind],
		       stopwatch_median(rates[kind], rounds),
		       stopwatch_median(ratios[kind], rounds),
		       (double)stalls[kind] * 3e9 / ((double)WINDOW_NS * (double)rounds));
		free(rates[kind]);
		free(ratios[kind]);
	}
}

int main(int argc, char *argv[])
{
	const struct procfs_options options = {.root = "/proc"};
	size_t rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : ROUNDS;
	struct counts *counts = mmap(NULL, sizeof(*counts), PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct scan_thread *thread;
	struct source *source;
	pid_t victim = fork();

	if (victim == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		suffer(counts);
	}
	while (!counts->ready)
		sleep_until(clock_ns(CLOCK_MONOTONIC) + 10000000);
	if (procfs_source_create(&options, victim, &source) ||
	    scan_thread_create(&options, victim, &thread))
		return 1;
	measure(victim, source, thread, counts, rounds ? rounds : ROUNDS);
	scan_thread_destroy(thread);
	source_destroy(source);
	kill(victim, SIGKILL);
	waitpid(victim, NULL, 0);
	return 0;
}
