/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What comparing two snapshots costs: 60 000 mappings (or as many as the argument says) of which
 * none, one, or all changed, as ratios to a plain pass over both in the same run. Built on demand:
 * make tests/bench/bench_change
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "base/number.h"
#include "model/address_space.h"
#include "model/change.h"
#include "model/growers.h"
#include "model/identity.h"
#include "support/stopwatch.h"

#define PAGE   UINT64_C(4096)
#define ROUNDS 21

struct bench {
	struct address_space *before, *now;
	uint64_t sink; /* what was computed, so that it is not optimized away */
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

enum edit {
	EDIT_NONE,
	EDIT_ONE,     /* one mapping grew */
	EDIT_GROW,    /* each grew */
	EDIT_PROTECT, /* each changed its protection */
	EDIT_REPLACE, /* each is another one, of another file */
	EDIT_MOVE,    /* all are elsewhere, and all alike */
};

static void apply_edit(struct vma *vma, enum edit edit, bool middle)
{
	if (edit == EDIT_GROW || (edit == EDIT_ONE && middle))
		vma->end += PAGE;
	else if (edit == EDIT_PROTECT)
		vma->perms ^= PERM_WRITE;
	else if (edit == EDIT_REPLACE)
		vma->inode += 1000;
	else if (edit == EDIT_MOVE)
		vma->start += UINT64_C(1) << 40, vma->end += UINT64_C(1) << 40;
}

static struct address_space *make_space(size_t count, enum edit edit)
{
	struct target target = {.pid = 1, .comm = "bench", .page_size = PAGE};
	struct vma *vmas = memory_alloc(count * sizeof(*vmas));
	struct address_space *space = NULL;
	uint64_t cursor = 16;

	for (size_t i = 0; i < count; i++) {
		uint64_t spread = i * UINT64_C(2654435761) >> 7;
		bool file = i % 3 == 0 || edit == EDIT_REPLACE;

		vmas[i].name = file ? "/usr/lib/x86_64-linux-gnu/liba.so.1" : "";
		vmas[i].inode = file ? 1 + i % 7 : 0;
		vmas[i].perms = i % 2 ? PERM_READ : PERM_READ | PERM_EXEC;
		vmas[i].kind = file ? KIND_FILE : KIND_ANON;
		vmas[i].start = cursor * PAGE;
		cursor += 1 + spread % 256;
		vmas[i].end = cursor * PAGE;
		cursor += 2 + spread % 50;
		apply_edit(&vmas[i], edit, i == count / 2);
	}
	if (address_space_create(&target, vmas, count, 0, 0, &space))
		abort();
	free(vmas);
	return space;
}

static void pass_plainly(struct bench *bench)
{
	for (size_t i = 0; i < bench->before->vma_count; i++)
		bench->sink += vma_size(&bench->before->vmas[i]) + bench->before->vmas[i].kind;
	for (size_t i = 0; i < bench->now->vma_count; i++)
		bench->sink += vma_size(&bench->now->vmas[i]) + bench->now->vmas[i].kind;
}

static void compute(struct bench *bench)
{
	struct change_list list = {0};

	change_compute(&list, bench->before, bench->now);
	bench->sink += list.count + 1;
	change_list_finish(&list);
}

static void add_up(struct bench *bench)
{
	struct identity identity;
	struct growers growers;

	identity_init(&identity, bench->before, bench->now);
	growers_init(&growers, &identity, 100);
	identity_finish(&identity);
	bench->sink += growers.mapping_count + 1;
	growers_finish(&growers);
}

int main(int argc, char **argv)
{
	static const char *const names[] = {
		[EDIT_NONE] = "nothing changed",
		[EDIT_ONE] = "one grew",
		[EDIT_GROW] = "all grew",
		[EDIT_PROTECT] = "all protected otherwise",
		[EDIT_REPLACE] = "all other mappings",
		[EDIT_MOVE] = "all elsewhere",
	};
	struct bench bench = {0};
	uint64_t count = 60000;

	if (argc > 1 && (number_parse(argv[1], strlen(argv[1]), 10000000, &count) || !count)) {
		fprintf(stderr, "usage: %s [MAPPINGS]\n", argv[0]);
		return 2;
	}
	memory_keep_compact();
	bench.before = make_space(count, EDIT_NONE);
	printf("%llu mappings, median of %d\n", (unsigned long long)count, ROUNDS);
	printf("%-26s %13s %21s %21s\n", "", "plain pass", "changes", "growers");
	for (size_t edit = 0; edit < sizeof(names) / sizeof(names[0]); edit++) {
		double plain, changes, growers;

		bench.now = make_space(count, (enum edit)edit);
		plain = measure(&bench, pass_plainly);
		changes = measure(&bench, compute);
		growers = measure(&bench, add_up);
		printf("%-26s %10.3f ms %8.3f ms %7.1f x %8.3f ms %7.1f x\n", names[edit], plain,
		       changes, changes / plain, growers, growers / plain);
		address_space_destroy(bench.now);
	}
	address_space_destroy(bench.before);
	return bench.sink == 0;
}
