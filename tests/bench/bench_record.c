/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What recording costs, and how long a sample takes to be shown again: an hour of a quiet process
 * of 200 mappings at ten samples a second; ten minutes of one of 1 000, of which one in fifty is
 * another at each sample and one in twenty has other memory; a recording of a million samples (or
 * as many as the argument says), of which points are read at random, and all at a glance. The first
 * two are written as the recorder does, with a commit for each half second. Processor time is that
 * of this process, the kernel's work for it included. Built on demand: make
 * tests/bench/bench_record
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/number.h"
#include "kernel/clock.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "model/replay.h"
#include "model/residency.h"
#include "model/timeline.h"
#include "model/usage.h"
#include "record/recording.h"
#include "record/recording_steps.h"
#include "record/recording_timeline.h"
#include "record/recording_writer.h"

#define PAGE       UINT64_C(4096)
#define TENTH_NS   INT64_C(100000000)
#define PER_COMMIT 5 /* samples */
#define MOST       1000
#define POINTS     500

struct process {
	struct vma vmas[MOST];
	size_t count;
	uint64_t random;
	int64_t time_ns;
};

static struct target target = {.comm = "target",
			       .pid = 4711,
			       .page_size = PAGE,
			       .state = 'S',
			       .threads = 4,
			       .rss = 50000 * PAGE};

/* xorshift64: Marsaglia, "Xorshift RNGs", 2003. */
static uint64_t random_below(struct process *process, uint64_t limit)
{
	process->random ^= process->random << 13;
	process->random ^= process->random >> 7;
	process->random ^= process->random << 17;
	return process->random % limit;
}

static void begin(struct process *process, size_t count)
{
	*process = (struct process){.random = 5, .time_ns = INT64_C(1700000000000000000)};
	for (process->count = 0; process->count < count; process->count++)
		process->vmas[process->count] = (struct vma){
			.start = (process->count + 1) << 24,
			.end = ((process->count + 1) << 24) + 16 * PAGE,
			.name = process->count % 3 ? "/usr/lib/x86_64-linux-gnu/libexample.so.6"
						   : "",
			.inode = process->count % 3 ? 4711 : 0,
			.perms = PERM_READ | PERM_WRITE,
			.kind = process->count % 3 ? KIND_DATA : KIND_ANON};
}

static void churn(struct process *process, size_t changes)
{
	for (size_t i = 0; i < changes; i++) {
		struct vma *vma = &process->vmas[random_below(process, process->count)];

		vma->end = vma->start + (1 + random_below(process, 2000)) * PAGE;
	}
}

static struct address_space *sample(struct process *process)
{
	struct address_space *space;

	if (address_space_create(&target, process->vmas, process->count, process->time_ns, 200000,
				 &space))
		abort();
	process->time_ns += TENTH_NS;
	return space;
}

/* Half of each mapping is in memory; of some another part at each sample. */
static struct residency *look(struct process *process, size_t others)
{
	struct residency_run *runs = memory_alloc(process->count * sizeof(*runs));
	struct residency *residency;

	for (size_t i = 0; i < process->count; i++)
		runs[i] = (struct residency_run){process->vmas[i].start,
						 process->vmas[i].start + 8 * PAGE, RUN_RESIDENT};
	for (size_t i = 0; i < others; i++) {
		struct residency_run *run = &runs[random_below(process, process->count)];

		run->end = run->start + (1 + random_below(process, 15)) * PAGE;
	}
	residency = residency_create(runs, process->count, RESIDENCY_PAGEMAP_SCAN, process->time_ns,
				     1000);
	return residency;
}

static void must(int error)
{
	if (!error)
		return;
	fprintf(stderr, "bench_record: %s\n", strerror(-error));
	exit(1);
}

static void add_usage(struct recording_writer *writer, struct process *process,
		      const struct address_space *space, size_t others)
{
	struct residency *residency = look(process, others);
	struct usage_table usage;

	usage_table_init(&usage, space, residency, NULL, 0);
	must(recording_writer_add_usage(writer, &usage, residency));
	usage_table_finish(&usage);
	residency_destroy(residency);
}

/* What the recorder alone takes: what is only made to be recorded is not counted. */
struct cost {
	int64_t cpu_ns;
	uint64_t bytes;
};

static struct cost record(const char *path, struct process *process, uint64_t samples,
			  size_t changes, size_t others, uint64_t every, uint64_t per_commit)
{
	const struct recording_plan plan = {.path = path, .force = true, .interval_ns = TENTH_NS};
	struct address_space *last = NULL, *space;
	struct recording_writer *writer;
	struct cost cost = {0};
	struct stat status;

	must(recording_writer_create(&plan, &writer));
	for (uint64_t i = 0; i < samples; i++) {
		int64_t began;
		bool changed = every && i % every == 0;

		if (changed)
			churn(process, changes);
		space = sample(process);
		if (last)
			address_space_share_list(space, last);
		began = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
		must(recording_writer_add(writer, space));
		cost.cpu_ns += clock_ns(CLOCK_PROCESS_CPUTIME_ID) - began;
		if (i == 0 || (changed && others)) {
			int64_t before = clock_ns(CLOCK_PROCESS_CPUTIME_ID);

			add_usage(writer, process, space, others);
			cost.cpu_ns += clock_ns(CLOCK_PROCESS_CPUTIME_ID) - before;
		}
		began = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
		if (i % per_commit == 0)
			must(recording_writer_commit(writer));
		cost.cpu_ns += clock_ns(CLOCK_PROCESS_CPUTIME_ID) - began;
		address_space_destroy(last);
		last = space;
	}
	must(recording_writer_close(writer));
	address_space_destroy(last);
	must(stat(path, &status) ? -1 : 0);
	cost.bytes = (uint64_t)status.st_size;
	return cost;
}

static void report(const char *what, const struct cost *cost, uint64_t samples)
{
	double seconds = (double)samples / 10;

	printf("%-34s %7.3f %% of a core, %7.2f MB an hour\n", what,
	       (double)cost->cpu_ns / 1e9 / seconds * 100,
	       (double)cost->bytes / 1e6 / seconds * 3600);
	fflush(stdout);
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* Opens it as one who wants to see a point does, and reads it. */
static void read_points(const char *path, struct process *process, uint64_t samples)
{
	static int64_t times[POINTS];

	for (int i = 0; i < POINTS; i++) {
		int64_t began = clock_ns(CLOCK_MONOTONIC), at, time_ns;
		struct recording *recording;
		struct address_space *space;
		struct kept_usage usage;

		must(recording_open(path, &recording));
		must(recording_time(recording, recording_first(recording), &time_ns));
		time_ns += (int64_t)random_below(process, samples) * TENTH_NS;
		must(recording_find(recording, time_ns, &at));
		must(recording_read(recording, at, &space, &usage));
		times[i] = clock_ns(CLOCK_MONOTONIC) - began;
		address_space_destroy(space);
		kept_usage_finish(&usage);
		recording_close(recording);
	}
	qsort(times, POINTS, sizeof(times[0]), compare);
	printf("a point of %llu samples: median %.2f ms, most %.2f ms\n",
	       (unsigned long long)samples, (double)times[POINTS / 2] / 1e6,
	       (double)times[POINTS - 1] / 1e6);
}

/* What the screen does besides before its first picture, and what a key may make it seek. */
static void read_all(const char *path, uint64_t samples)
{
	const struct replay_wish never = {.type = REPLAY_NEXT_CHANGE, .start = 1, .end = 2};
	int64_t began, timeline_ns, sought_ns, found;
	struct recording *recording;
	struct timeline timeline;

	must(recording_open(path, &recording));
	began = clock_ns(CLOCK_MONOTONIC);
	must(recording_timeline(recording, &timeline));
	timeline_ns = clock_ns(CLOCK_MONOTONIC) - began;
	began = clock_ns(CLOCK_MONOTONIC);
	recording_step(recording, recording_first(recording), &never, &found);
	sought_ns = clock_ns(CLOCK_MONOTONIC) - began;
	printf("the timeline of %llu samples: %.2f ms; a change that never comes: %.2f ms\n",
	       (unsigned long long)samples, (double)timeline_ns / 1e6, (double)sought_ns / 1e6);
	timeline_finish(&timeline);
	recording_close(recording);
}

int main(int argc, char **argv)
{
	char path[] = "/tmp/vastop-bench-XXXXXX";
	static struct process process;
	uint64_t samples = 1000000;
	struct cost cost;
	int file = mkstemp(path);

	if (file < 0)
		return 1;
	close(file);
	if (argc > 1 && number_parse(argv[1], strlen(argv[1]), UINT32_MAX, &samples))
		return 2;
	begin(&process, 200);
	cost = record(path, &process, 36000, 0, 0, 0, PER_COMMIT);
	report("200 mappings, quiet:", &cost, 36000);
	begin(&process, 1000);
	cost = record(path, &process, 6000, 20, 50, 1, PER_COMMIT);
	report("1 000 mappings, churning:", &cost, 6000);
	begin(&process, 200);
	record(path, &process, samples, 4, 10, 20, samples);
	read_points(path, &process, samples);
	read_all(path, samples);
	unlink(path);
	return 0;
}
