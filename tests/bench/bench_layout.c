/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What laying out costs: regions and diagram of a space of 60 000 mappings (or as many as the
 * argument says), as ratios to a plain pass over its VMAs in the same run. Built on demand:
 * make tests/bench/bench_layout
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "layout/diagram.h"
#include "layout/fold.h"
#include "model/address_space.h"
#include "support/stopwatch.h"

#define PAGE   UINT64_C(4096)
#define ROUNDS 21

/* Two spaces that differ by a page, so that a hint has something to be calm about. */
struct bench {
	struct address_space *spaces[2];
	struct region_list lists[2];
	double plain_ms;
	uint64_t sink; /* what was computed, so that it is not optimized away */
};

/* The median time of a step in milliseconds. */
static double measure(struct bench *bench, void (*step)(struct bench *, const void *),
		      const void *argument)
{
	double times[ROUNDS];

	for (size_t i = 0; i < ROUNDS; i++) {
		double start = stopwatch_ms();

		step(bench, argument);
		times[i] = stopwatch_ms() - start;
	}
	return stopwatch_median(times, ROUNDS);
}

static struct address_space *make_space(size_t count, uint64_t grown)
{
	static const uint8_t kinds[] = {KIND_ANON, KIND_TEXT, KIND_ANON, KIND_DATA, KIND_RESERVE};
	struct target target = {.comm = "bench", .page_size = PAGE};
	struct vma *vmas = memory_alloc(count * sizeof(*vmas));
	struct address_space *space = NULL;
	uint64_t cursor = 16;

	for (size_t i = 0; i < count; i++) {
		uint64_t spread = i * UINT64_C(2654435761) >> 7;

		vmas[i].name = i % 3 ? "" : i % 2 ? "/usr/lib/liba.so.1" : "/usr/lib/libb.so.2";
		vmas[i].perms = PERM_READ;
		vmas[i].kind = kinds[spread % sizeof(kinds)];
		vmas[i].owner = OWNER_OTHER;
		vmas[i].start = cursor * PAGE;
		cursor += 1 + (spread % 4096 >> (i % 12)) + (i == count / 2 ? grown : 0);
		vmas[i].end = cursor * PAGE;
		cursor += 2 + spread % 50 - (i == count / 2 ? grown : 0);
	}
	if (address_space_create(&target, vmas, count, 0, 0, &space))
		abort();
	free(vmas);
	return space;
}

static void pass_plainly(struct bench *bench, const void *argument)
{
	const struct address_space *space = bench->spaces[0];

	(void)argument;
	for (size_t i = 0; i < space->vma_count; i++)
		bench->sink += vma_size(&space->vmas[i]) + space->vmas[i].kind;
}

static void list_regions(struct bench *bench, const void *argument)
{
	struct region_list list;

	(void)argument;
	region_list_init(&list, bench->spaces[0]);
	bench->sink += list.count;
	region_list_finish(&list);
}

static void build(struct bench *bench, const void *argument)
{
	struct diagram *diagram = diagram_build(argument);

	bench->sink += diagram->band_count;
	diagram_destroy(diagram);
}

static void name_fold(struct bench *bench, const void *argument)
{
	struct text text = {0};
	struct fold fold;

	fold_summarize(bench->spaces[0], &bench->lists[0], argument, &fold);
	fold_append_names(&text, bench->spaces[0], &bench->lists[0], argument, 60, "...");
	bench->sink += fold.mapped + text.length;
	text_finish(&text);
}

static void report(struct bench *bench, const char *what, double ms)
{
	printf("%-44s %8.3f ms  %6.1f x\n", what, ms, ms / bench->plain_ms);
}

static void run_at(struct bench *bench, uint64_t rows)
{
	struct diagram_request request = {.regions = &bench->lists[0], .rows = rows};
	char what[64];
	double alone, hinted;

	request.end = bench->lists[0].regions[bench->lists[0].count - 1].end;
	alone = measure(bench, build, &request);
	request.hint = diagram_build(&request);
	request.regions = &bench->lists[1];
	hinted = measure(bench, build, &request);
	snprintf(what, sizeof(what), "diagram, %llu rows", (unsigned long long)rows);
	report(bench, what, alone);
	snprintf(what, sizeof(what), "diagram, %llu rows, with hint", (unsigned long long)rows);
	report(bench, what, hinted);
	diagram_destroy((struct diagram *)request.hint);
}

int main(int argc, char **argv)
{
	static const uint64_t rows[] = {22, 60, 5000, 60 << 16};
	struct bench bench = {0};
	struct band all = {0};
	uint64_t count = 60000;

	if (argc > 1 && (number_parse(argv[1], strlen(argv[1]), 10000000, &count) || !count)) {
		fprintf(stderr, "usage: %s [MAPPINGS]\n", argv[0]);
		return 2;
	}
	memory_keep_compact();
	for (size_t i = 0; i < 2; i++) {
		bench.spaces[i] = make_space(count, i);
		region_list_init(&bench.lists[i], bench.spaces[i]);
	}
	all.end = bench.lists[0].regions[bench.lists[0].count - 1].end;
	all.count = (uint32_t)bench.lists[0].count;
	bench.plain_ms = measure(&bench, pass_plainly, NULL);
	printf("%llu mappings, %zu regions, median of %d\n", (unsigned long long)count,
	       bench.lists[0].count, ROUNDS);
	report(&bench, "plain pass over the VMAs", bench.plain_ms);
	report(&bench, "regions", measure(&bench, list_regions, NULL));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		run_at(&bench, rows[i]);
	report(&bench, "summary and names of one fold of all", measure(&bench, name_fold, &all));
	for (size_t i = 0; i < 2; i++) {
		region_list_finish(&bench.lists[i]);
		address_space_destroy(bench.spaces[i]);
	}
	return bench.sink == 0;
}
