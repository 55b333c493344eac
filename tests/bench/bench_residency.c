/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What it costs to list the mappings and to find out what of them is in memory. First inside: in
 * bounded steps, next to a list and one scan in one go, and to smaps; medians in microseconds, and
 * the ratio to list + scan; pauses between steps are left out. Then what a user gets: vastop --once
 * next to pmap -x and pmap -X, from start to exit; milliseconds, and the ratios of pairs with their
 * quartiles. All are measured in turn in one run, so that a noisy machine disturbs all alike.
 * Argument: how many rounds inside (default 200), of programs a tenth.
 */
#include <err.h>
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
#include "kernel/maps_file.h"
#include "kernel/pagemap_scan.h"
#include "kernel/procfs_options.h"
#include "procfs/maps_parser.h"
#include "residency/scan_result.h"
#include "residency/scan_smaps.h"
#include "residency/scan_target.h"
#include "residency/scan_walk.h"
#include "support/child.h"
#include "support/program_run.h"
#include "support/spread.h"
#include "support/stopwatch.h"
#include "whole_program.h"

#define ROUNDS 200

enum { LIST, SCAN, BOTH, SMAPS, KINDS };
enum { ONCE, PMAP_X, PMAP_BIG_X, PROGRAMS };

/* What is in a child's memory. */
struct amount {
	size_t mappings; /* pages whose neighbours differ */
	size_t size;     /* bytes more */
};

/* Maps and touches all of it. */
static void arrange(const void *context)
{
	const struct amount *amount = context;
	size_t page = (size_t)sysconf(_SC_PAGESIZE), all = amount->mappings * page + amount->size;
	char *area = mmap(NULL, all, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (area == MAP_FAILED)
		_exit(1);
	madvise(area, all, MADV_NOHUGEPAGE);
	for (size_t at = 0; at < all; at += page)
		area[at] = 1;
	for (size_t i = 0; i < amount->mappings; i += 2)
		mprotect(area + i * page, page, PROT_READ);
}

static void list(struct maps_parser *parser, const struct scan_target *target)
{
	maps_file_read(parser, target->memory, "maps");
}

/* The end of what may be scanned: [vsyscall] is no user address. */
static uint64_t user_end(const struct maps_parser *parser)
{
	size_t last = parser->count - 1;

	return parser->vmas[last].end >> 63 ? parser->vmas[last - 1].end : parser->vmas[last].end;
}

static void scan(const struct maps_parser *parser, const struct scan_target *target)
{
	uint64_t at = parser->vmas[0].start, end = user_end(parser);
	int file = scan_target_open_file(target, "pagemap");
	struct residency_run runs[PAGEMAP_SCAN_REGIONS];
	struct pagemap_scan request = {0};
	size_t count;

	while (at < end && pagemap_scan(&request, file, at, end, 0, runs, &count, &at) == 0)
		;
	close(file);
}

static void walk_all(const struct maps_parser *parser, struct scan_target *target)
{
	struct scan_range *ranges = memory_alloc(parser->count * sizeof(*ranges));
	uint64_t held, expected, cost, end = user_end(parser);
	struct scan_walk walk;
	size_t count = 0;

	for (; count < parser->count && parser->vmas[count].end <= end; count++)
		ranges[count] = (struct scan_range){.start = parser->vmas[count].start,
						    .end = parser->vmas[count].end,
						    .file = parser->vmas[count].inode != 0};
	if (scan_walk_begin(&walk, target, 0, ranges, count, 0) == 0) {
		while (scan_walk_step(&walk, &held, &expected) > 0)
			;
		scan_result(&walk, target, NULL);
		residency_destroy(scan_result_take(&walk, &cost));
		scan_walk_finish(&walk);
	}
	free(ranges);
}

static void read_smaps(const struct scan_target *target)
{
	struct scan_smaps smaps;
	uint64_t held;

	if (scan_smaps_begin(&smaps, target, false))
		return;
	while (scan_smaps_step(&smaps, &held) > 0)
		;
	scan_smaps_finish(&smaps);
}

static double run(int kind, struct maps_parser *parser, struct scan_target *target)
{
	double start = stopwatch_us();

	if (kind == LIST || kind == BOTH)
		list(parser, target);
	if (kind == SCAN)
		scan(parser, target);
	if (kind == BOTH)
		walk_all(parser, target);
	if (kind == SMAPS)
		read_smaps(target);
	return stopwatch_us() - start;
}

static void measure_inside(pid_t child, size_t size, size_t rounds)
{
	const struct procfs_options options = {.root = "/proc"};
	double *values[KINDS], medians[KINDS];
	struct scan_target target;
	struct maps_parser parser;

	if (scan_target_open(&target, &options, child))
		return;
	maps_parser_init(&parser, (struct hash_key){{0}});
	run(LIST, &parser, &target);
	for (int kind = 0; kind < KINDS; kind++)
		values[kind] = memory_alloc(rounds * sizeof(double));
	for (size_t i = 0; i < rounds; i++)
		for (int kind = 0; kind < KINDS; kind++)
			values[kind][i] = run(kind, &parser, &target);
	for (int kind = 0; kind < KINDS; kind++) {
		medians[kind] = stopwatch_median(values[kind], rounds);
		free(values[kind]);
	}
	printf("%8zu %6zu %9.1f %9.1f %9.1f %6.2f %9.1f", parser.count, size >> 20, medians[LIST],
	       medians[SCAN], medians[BOTH], medians[BOTH] / (medians[LIST] + medians[SCAN]),
	       medians[SMAPS]);
	maps_parser_finish(&parser);
	scan_target_close(&target);
}

static void print_ratio(const double *once, double *other, size_t rounds)
{
	struct spread ratio = spread_of_ratios(once, other, rounds);

	printf(" %8.1f %5.2f %4.2f-%4.2f", spread_of(other, rounds).median, ratio.median, ratio.low,
	       ratio.high);
}

static void measure_programs(pid_t child, size_t rounds)
{
	char pid[16];
	char *once[] = {bench_vastop(), (char *)"--once", pid, NULL};
	char *pmap_x[] = {(char *)"pmap", (char *)"-x", pid, NULL};
	char *pmap_X[] = {(char *)"pmap", (char *)"-X", pid, NULL};
	char *const *const programs[PROGRAMS] = {once, pmap_x, pmap_X};
	double *walls[PROGRAMS];
	struct program_run run;

	snprintf(pid, sizeof(pid), "%d", (int)child);
	for (int program = 0; program < PROGRAMS; program++)
		walls[program] = memory_alloc(rounds * sizeof(double));
	for (size_t i = 0; i < rounds; i++)
		for (int program = 0; program < PROGRAMS; program++) {
			if (program_run(programs[program], &run))
				errx(1, "%s failed", programs[program][0]);
			walls[program][i] = (double)run.wall_ns / 1e6;
		}
	print_ratio(walls[ONCE], walls[PMAP_X], rounds);
	print_ratio(walls[ONCE], walls[PMAP_BIG_X], rounds);
	printf(" %8.1f\n", spread_of(walls[ONCE], rounds).median);
	for (int program = 0; program < PROGRAMS; program++)
		free(walls[program]);
}

static void measure(size_t mappings, size_t size, size_t rounds)
{
	const struct amount amount = {mappings, size};
	pid_t child = child_start(arrange, &amount);

	if (child < 0)
		err(1, "no child");
	measure_inside(child, size, rounds);
	measure_programs(child, rounds / 10 + 3);
	fflush(stdout);
	child_end(child);
}

int main(int argc, char *argv[])
{
	size_t rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : ROUNDS;

	memory_keep_compact();
	if (rounds == 0)
		rounds = ROUNDS;
	printf("%8s %6s %9s %9s %9s %6s %9s %8s %15s %8s %15s %8s\n", "maps", "MB", "list us",
	       "scan us", "both us", "ratio", "smaps us", "pmap -x", "once : it", "pmap -X",
	       "once : it", "once ms");
	measure(0, 1 << 20, rounds);
	measure(1000, 1 << 20, rounds);
	measure(10000, 1 << 20, rounds / 4 + 1);
	measure(60000, 1 << 20, rounds / 20 + 1);
	measure(0, (size_t)1 << 30, rounds / 4 + 1);
	return 0;
}
