/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What looking into a library costs: sections and symbols of libc (or of the library that the
 * argument names), the first time and once it is known, beside nm, which lists the same symbols.
 * Built on demand: make tests/bench/bench_inside
 */

#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "files/inside_cache.h"
#include "inside/inside_object.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"
#include "support/stopwatch.h"

#define ROUNDS 5

static const struct procfs_options proc = {.root = "/proc"};

/* The index of the library's lowest mapping; the number of mappings when it is not there. */
static size_t find_library(const struct address_space *space, const char *name)
{
	void *handle = dlopen(name, RTLD_LAZY);
	struct link_map *map;

	if (!handle || dlinfo(handle, RTLD_DI_LINKMAP, &map))
		return space->vma_count;
	return address_space_find(space, map->l_addr);
}

static double nm_ms(const char *path)
{
	struct text command = {0};
	double start = stopwatch_ms();

	text_append_format(&command, "nm -D '%s' >/dev/null", path);
	if (system(text_string(&command)))
		puts("nm failed");
	text_finish(&command);
	return stopwatch_ms() - start;
}

static void measure(const struct address_space *space, size_t index)
{
	double first[ROUNDS], again[ROUNDS], nm[ROUNDS];

	for (size_t i = 0; i < ROUNDS; i++) {
		struct inside_cache *cache = inside_cache_create(&proc);
		struct inside_answer answer;
		double start = stopwatch_ms();

		inside_cache_find(cache, space, index, &answer);
		first[i] = stopwatch_ms() - start;
		if (i == 0 && answer.object)
			printf("%s: %zu sections, %zu symbols (%s), %zu names, %.1f MB\n",
			       space->vmas[index].name, answer.object->sections.count,
			       answer.object->symbols.symbol_count,
			       inside_source_name(answer.object->source),
			       answer.object->symbols.name_count,
			       (double)inside_object_memory(answer.object) / (1 << 20));
		inside_answer_finish(&answer);
		start = stopwatch_ms();
		inside_cache_find(cache, space, index, &answer);
		again[i] = stopwatch_ms() - start;
		inside_answer_finish(&answer);
		inside_cache_destroy(cache);
		nm[i] = nm_ms(space->vmas[index].name);
	}
	printf("first %.1f ms, again %.2f ms, nm -D %.1f ms; %.2f x nm\n",
	       stopwatch_median(first, ROUNDS), stopwatch_median(again, ROUNDS),
	       stopwatch_median(nm, ROUNDS),
	       stopwatch_median(first, ROUNDS) / stopwatch_median(nm, ROUNDS));
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "libc.so.6";
	struct address_space *space = NULL;
	struct source *source;
	size_t index;

	memory_keep_compact();
	if (!dlopen(name, RTLD_LAZY) || procfs_source_create(&proc, getpid(), &source) ||
	    source_read(source, &space)) {
		printf("cannot load %s\n", name);
		return 1;
	}
	index = find_library(space, name);
	if (index < space->vma_count)
		measure(space, index);
	address_space_destroy(space);
	source_destroy(source);
	return index == space->vma_count;
}
