/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What finding mappings costs: 60 000 mappings (or as many as the argument says), each query as a
 * ratio to strstr() over all names in the same run. Built on demand: make tests/bench/bench_query
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "base/number.h"
#include "model/address_space.h"
#include "model/query.h"
#include "model/usage.h"
#include "support/stopwatch.h"

#define PAGE   UINT64_C(4096)
#define ROUNDS 21

struct bench {
	struct address_space *space;
	struct usage_table usage;
	struct query *query;
	size_t sink; /* what was found, so that it is not optimized away */
	int error;
};

/* The median time of a step in milliseconds. */
static double measure(struct bench *bench, void (*step)(struct bench *))
{
	double times[ROUNDS];

	for (size_t i = 0; i < ROUNDS; i++) {
		double start = stopwatch_ms();

		step(bench);
		times[i] = stopwatch_ms() - start;
	}
	return stopwatch_median(times, ROUNDS);
}

/* Half without a name, the others of files of their own: no two names are the same. */
static struct address_space *make_space(size_t count)
{
	struct target target = {.pid = 1, .comm = "bench", .page_size = PAGE};
	struct vma *vmas = memory_alloc(count * sizeof(*vmas));
	char(*names)[64] = memory_alloc(count * sizeof(*names));
	struct address_space *space = NULL;

	for (size_t i = 0; i < count; i++) {
		snprintf(names[i], sizeof(names[i]), "/usr/lib/x86_64-linux-gnu/lib%zu.so.1", i);
		vmas[i].name = i % 2 ? names[i] : "";
		vmas[i].perms = i % 3 ? PERM_READ | PERM_WRITE : PERM_READ | PERM_EXEC;
		vmas[i].kind = i % 2 ? KIND_FILE : KIND_ANON;
		vmas[i].owner = OWNER_OTHER;
		vmas[i].start = UINT64_C(0x7f0000000000) + 4 * i * PAGE;
		vmas[i].end = vmas[i].start + (1 + i % 3) * PAGE;
	}
	if (address_space_create(&target, vmas, count, 0, 0, &space))
		abort();
	free(names);
	free(vmas);
	return space;
}

static void search_plainly(struct bench *bench)
{
	for (size_t i = 0; i < bench->space->vma_count; i++)
		bench->sink += strstr(bench->space->vmas[i].name, "lib4711") != NULL;
}

static void find(struct bench *bench)
{
	struct query_matches matches;

	bench->error = query_find(bench->query, bench->space, &bench->usage, &matches);
	if (bench->error)
		return;
	bench->sink += matches.count;
	query_matches_finish(&matches);
}

int main(int argc, char **argv)
{
	static const char *const lines[] = {
		"lib4711",      "name:lib4711", "lib[0-9]*7\\.so", "(lib|x).*4711|heap$",
		"rw-p !perm:x", "kind:file",    "rss:>50%",        "(x+x+)+[yz]",
		"([^q]+)+[qz]", "(.*)(.*)[qz]", "[a-z/](.*)[qz]",  "(.)(.*)[qz]"};
	struct bench bench = {0};
	uint64_t count = 60000;
	double plain;

	if (argc > 1 && (number_parse(argv[1], strlen(argv[1]), 10000000, &count) || !count)) {
		fprintf(stderr, "usage: %s [MAPPINGS]\n", argv[0]);
		return 2;
	}
	memory_keep_compact();
	bench.space = make_space(count);
	usage_table_init(&bench.usage, bench.space, NULL, NULL, 0);
	plain = measure(&bench, search_plainly);
	printf("%llu mappings, median of %d\n", (unsigned long long)count, ROUNDS);
	printf("%-24s %10.3f ms\n", "strstr over all names", plain);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct query_mistake mistake;
		double time;

		if (query_create(lines[i], &bench.query, &mistake))
			abort();
		time = measure(&bench, find);
		printf("%-24s %10.3f ms %8.1f x%s\n", lines[i], time, time / plain,
		       bench.error ? "  given up" : "");
		query_destroy(bench.query);
	}
	usage_table_finish(&bench.usage);
	address_space_destroy(bench.space);
	return bench.sink == 0;
}
