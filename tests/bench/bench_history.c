/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * A long watch: a million samples (or as many as the argument says) of a made-up process go
 * through a history of the default size and through a small one that is full soon. Prints what
 * the history and this process take at 10, 50 and 100 %, and what adding and getting cost; then
 * the same for a snapshot that stays as it is and for a very large process, and what it costs to
 * keep what of it is in memory. Built on demand:
 * make tests/bench/bench_history
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/keyed_hash.h"
#include "base/memory.h"
#include "base/number.h"
#include "kernel/clock.h"
#include "model/address_space.h"
#include "model/history.h"
#include "model/residency.h"
#include "model/usage.h"

#define PAGE        UINT64_C(4096)
#define MIB         (1024.0 * 1024.0)
#define FILES       50
#define MOST_STACKS 30
#define MAPPINGS    (1 + FILES * 3 + MOST_STACKS * 2)

static const struct hash_key key = {{1, 2}};

/*
 * A program with a heap, fifty libraries of three mappings each, and threads: in four of ten
 * samples nothing but the numbers change, in four the heap does, in two a thread comes or goes.
 */
struct process {
	uint64_t random;
	uint64_t heap_pages;
	uint32_t stacks; /* bit i: thread i lives */
	struct target target;
	char names[FILES][48];
	struct vma vmas[MAPPINGS];
	size_t count;
	int64_t time_ns;
};

/* xorshift64: Marsaglia, "Xorshift RNGs", 2003. */
static uint64_t random_below(struct process *process, uint64_t limit)
{
	process->random ^= process->random << 13;
	process->random ^= process->random >> 7;
	process->random ^= process->random << 17;
	return process->random % limit;
}

static void append(struct process *process, uint64_t start, uint64_t pages, const char *name,
		   uint8_t perms, uint8_t kind)
{
	process->vmas[process->count++] = (struct vma){.start = start,
						       .end = start + pages * PAGE,
						       .name = name,
						       .perms = perms,
						       .kind = kind,
						       .inode = name[0] == '/' ? 4711 : 0};
}

static void list_mappings(struct process *process)
{
	uint64_t at = UINT64_C(0x7f0000000000);

	process->count = 0;
	append(process, UINT64_C(0x555500000000), process->heap_pages, "[heap]", PERM_WRITE,
	       KIND_HEAP);
	for (unsigned i = 0; i < MOST_STACKS; i++, at += 4096 * PAGE) {
		if (process->stacks >> i & 1) {
			append(process, at, 1, "", 0, KIND_GUARD);
			append(process, at + PAGE, 2048, "", PERM_WRITE, KIND_THREAD_STACK);
		}
	}
	for (unsigned i = 0; i < FILES; i++, at += 512 * PAGE) {
		append(process, at, 40, process->names[i], PERM_READ, KIND_RODATA);
		append(process, at + 40 * PAGE, 200, process->names[i], PERM_EXEC, KIND_TEXT);
		append(process, at + 240 * PAGE, 2, process->names[i], PERM_WRITE, KIND_DATA);
	}
}

static void process_init(struct process *process)
{
	*process = (struct process){.random = 1, .heap_pages = 1000, .stacks = 0x5555};
	process->target = (struct target){.pid = 1,
					  .comm = "bench",
					  .exe = "/usr/bin/bench",
					  .page_size = PAGE,
					  .state = 'S'};
	process->time_ns = INT64_C(1700000000) * 1000000000;
	for (size_t i = 0; i < FILES; i++)
		snprintf(process->names[i], sizeof(process->names[i]),
			 "/usr/lib/x86_64-linux-gnu/libnumber%zu.so.%zu", i, i % 7);
	list_mappings(process);
}

static void process_step(struct process *process)
{
	uint64_t what = random_below(process, 10);

	process->time_ns += 99900000 + (int64_t)random_below(process, 200000);
	process->target.state = "SR"[random_below(process, 10) == 0];
	if (random_below(process, 2))
		process->target.rss = (10000 + random_below(process, 1000)) * PAGE;
	if (what < 2)
		process->stacks ^= UINT32_C(1) << random_below(process, MOST_STACKS);
	else if (what < 6)
		process->heap_pages = 1000 + random_below(process, 100000);
	process->target.threads = 1 + (uint32_t)__builtin_popcount(process->stacks);
	if (what < 6)
		list_mappings(process);
}

static struct address_space *process_space(struct process *process)
{
	struct address_space *space = NULL;

	if (address_space_create(&process->target, process->vmas, process->count, process->time_ns,
				 50000 + random_below(process, 20000), &space))
		abort();
	return space;
}

/* Of this process, in bytes: proc_pid_statm(5). */
static double resident(void)
{
	FILE *file = fopen("/proc/self/statm", "r");
	unsigned long long pages = 0;

	if (file) {
		if (fscanf(file, "%*u %llu", &pages) != 1)
			pages = 0;
		fclose(file);
	}
	return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

static void report_gets(struct process *process, const struct history *history, size_t gets)
{
	uint64_t first = history_first(history), kept = history_end(history) - first;
	double start = (double)clock_ns(CLOCK_MONOTONIC), longest = 0, sum;

	for (size_t i = 0; i < gets; i++) {
		double before = (double)clock_ns(CLOCK_MONOTONIC);
		struct address_space *space = NULL;

		if (history_get(history, first + random_below(process, kept), &space))
			abort();
		address_space_destroy(space);
		if ((double)clock_ns(CLOCK_MONOTONIC) - before > longest)
			longest = (double)clock_ns(CLOCK_MONOTONIC) - before;
	}
	sum = (double)clock_ns(CLOCK_MONOTONIC) - start;
	printf("get: %.1f us, at most %.1f us\n", sum / (double)gets / 1e3, longest / 1e3);
}

static void run(uint64_t samples, size_t limit)
{
	struct history *history = history_create(limit, &key);
	struct process process;
	double adding = 0, before = resident();

	process_init(&process);
	printf("%llu samples, limit %.1f MiB\n", (unsigned long long)samples, (double)limit / MIB);
	for (uint64_t i = 1; i <= samples; i++) {
		struct address_space *space = process_space(&process);
		double start = (double)clock_ns(CLOCK_MONOTONIC);

		history_add(history, space);
		adding += (double)clock_ns(CLOCK_MONOTONIC) - start;
		address_space_destroy(space);
		process_step(&process);
		if (i == samples / 10 || i == samples / 2 || i == samples)
			printf("%3llu %%: history %8.3f MiB, resident %+8.3f MiB, %llu moments\n",
			       (unsigned long long)(i * 100 / samples),
			       (double)history_bytes(history) / MIB, (resident() - before) / MIB,
			       (unsigned long long)(history_end(history) - history_first(history)));
	}
	printf("add: %.0f ns\n", adding / (double)samples);
	report_gets(&process, history, 2000);
	history_destroy(history);
	printf("\n");
}

/* The same snapshot again and again, with another time. */
static void run_unchanged(void)
{
	struct history *history = history_create((size_t)64 << 20, &key);
	struct process process;
	struct address_space *space;
	double start;
	size_t bytes;

	process_init(&process);
	space = process_space(&process);
	history_add(history, space);
	bytes = history_bytes(history);
	start = (double)clock_ns(CLOCK_MONOTONIC);
	for (size_t i = 0; i < 100000; i++) {
		space->time_ns += 100000000;
		history_add(history, space);
	}
	printf("unchanged, %zu mappings: add %.0f ns, %.1f bytes\n", space->vma_count,
	       ((double)clock_ns(CLOCK_MONOTONIC) - start) / 1e5,
	       (double)(history_bytes(history) - bytes) / 1e5);
	address_space_destroy(space);
	history_destroy(history);
}

/*
 * Sixty thousand mappings of which many change in every sample: protections here and there, and
 * one mapping comes or goes.
 */
static void run_large(void)
{
	const size_t count = 60000, samples = 300;
	struct vma *vmas = memory_alloc((count + 1) * sizeof(*vmas));
	struct history *history = history_create((size_t)64 << 20, &key);
	struct process process;
	double adding = 0;

	process_init(&process);
	for (size_t i = 0; i <= count; i++)
		vmas[i] = (struct vma){.start = (i * 4 + 1) * PAGE,
				       .end = (i * 4 + 3) * PAGE,
				       .name = process.names[i / 4 % FILES]};
	for (size_t i = 0; i < samples; i++) {
		struct address_space *space = NULL;
		double start;

		for (size_t k = 0; k < 1000; k++)
			vmas[1 + random_below(&process, count)].perms ^= PERM_WRITE;
		if (address_space_create(&process.target, vmas + i % 2, count + 1 - i % 2,
					 process.time_ns += 1000000, 0, &space))
			abort();
		start = (double)clock_ns(CLOCK_MONOTONIC);
		history_add(history, space);
		adding += (double)clock_ns(CLOCK_MONOTONIC) - start;
		address_space_destroy(space);
	}
	printf("\n%zu mappings, 1000 change: add %.2f ms, history %.3f MiB for %zu moments\n",
	       count, adding / (double)samples / 1e6, (double)history_bytes(history) / MIB,
	       (size_t)(history_end(history) - history_first(history)));
	report_gets(&process, history, 50);
	history_destroy(history);
	free(vmas);
}

/* Of each mapping the lower part, and of each fourth an upper page. */
static struct residency *make_residency(const struct vma *vmas, const uint64_t *pages, size_t count)
{
	struct residency_run *runs = memory_alloc((2 * count + 1) * sizeof(*runs));
	size_t run_count = 0;

	for (size_t i = 0; i < count; i++) {
		runs[run_count++] = (struct residency_run){
			vmas[i].start, vmas[i].start + pages[i] * PAGE, RUN_RESIDENT};
		if (i % 4 == 0)
			runs[run_count++] = (struct residency_run){vmas[i].end - PAGE, vmas[i].end,
								   RUN_RESIDENT};
	}
	return residency_create(runs, run_count, RESIDENCY_PAGEMAP_SCAN, 1, 0);
}

/*
 * So many mappings that stay, of which in each sample some get or lose a page: what it costs to
 * keep what is in memory, beside the snapshots alone.
 */
static void run_usage(size_t count, size_t changes, size_t samples)
{
	struct history *history = history_create((size_t)64 << 20, &key);
	struct history *plain = history_create((size_t)64 << 20, &key);
	uint64_t *pages = memory_alloc(count * sizeof(*pages));
	struct vma *vmas = memory_alloc(count * sizeof(*vmas));
	double adding = 0, telling = 0, start;
	struct process process;

	process_init(&process);
	for (size_t i = 0; i < count; i++) {
		vmas[i] = (struct vma){.start = (i * 100 + 1) * PAGE,
				       .end = (i * 100 + 65) * PAGE,
				       .name = process.names[i / 4 % FILES]};
		pages[i] = 1 + random_below(&process, 32);
	}
	for (size_t i = 0; i < samples; i++) {
		struct address_space *space = NULL;
		struct residency *residency;
		struct usage_table usage;

		for (size_t k = 0; k < changes; k++)
			pages[random_below(&process, count)] = 1 + random_below(&process, 32);
		process.time_ns += 100000000;
		if (address_space_create(&process.target, vmas, count, process.time_ns, 0, &space))
			abort();
		residency = make_residency(vmas, pages, count);
		usage_table_init(&usage, space, residency, NULL, 0);
		history_add(plain, space);
		start = (double)clock_ns(CLOCK_PROCESS_CPUTIME_ID);
		history_add(history, space);
		adding += (double)clock_ns(CLOCK_PROCESS_CPUTIME_ID) - start;
		start = (double)clock_ns(CLOCK_PROCESS_CPUTIME_ID);
		history_add_usage(history, space, &usage, residency);
		telling += (double)clock_ns(CLOCK_PROCESS_CPUTIME_ID) - start;
		usage_table_finish(&usage);
		residency_destroy(residency);
		address_space_destroy(space);
	}
	printf("\n%zu mappings, of %zu other pages: add %.1f us, usage %.1f us\n", count, changes,
	       adding / (double)samples / 1e3, telling / (double)samples / 1e3);
	printf("%zu moments, history %.3f MiB, %.0f bytes a moment; without usage %.3f MiB, %.0f\n",
	       (size_t)(history_end(history) - history_first(history)),
	       (double)history_bytes(history) / MIB,
	       (double)history_bytes(history) /
		       (double)(history_end(history) - history_first(history)),
	       (double)history_bytes(plain) / MIB,
	       (double)history_bytes(plain) / (double)(history_end(plain) - history_first(plain)));
	report_gets(&process, history, 20);
	history_destroy(history);
	history_destroy(plain);
	free(vmas);
	free(pages);
}

int main(int argc, char **argv)
{
	uint64_t samples = 1000000;

	if (argc > 1 && (number_parse(argv[1], strlen(argv[1]), 100000000, &samples) || !samples)) {
		fprintf(stderr, "usage: %s [SAMPLES]\n", argv[0]);
		return 2;
	}
	run(samples, (size_t)64 << 20);
	run(samples, (size_t)8 << 20);
	run_unchanged();
	run_large();
	run_usage(200, 0, 20000);
	run_usage(200, 5, 20000);
	run_usage(60000, 0, 300);
	run_usage(60000, 100, 300);
	return 0;
}
