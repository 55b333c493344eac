/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_SURVEY_CHILD_H
#define TESTS_SURVEY_CHILD_H

/* A child whose memory has all that is hard to count, and the check that a scan equals smaps. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/avoid.h"
#include "model/address_space.h"
#include "model/usage.h"
#include "model/usage_ranges.h"
#include "residency/scan_thread.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"
#include "support/child.h"

#define MB ((size_t)1 << 20)

static const unsigned scan_sources[] = {
	0,
	AVOID_PROCMAP_QUERY,
	AVOID_PAGEMAP_SCAN,
	AVOID_PAGEMAP_SCAN | AVOID_PROCMAP_QUERY,
	AVOID_PAGEMAP_SCAN | AVOID_PAGEMAP,
};

#define SOURCE_COUNT (sizeof(scan_sources) / sizeof(scan_sources[0]))

static inline char *map_anonymous(size_t size, int flags)
{
	return mmap(NULL, size, PROT_READ | PROT_WRITE, flags | MAP_ANONYMOUS, -1, 0);
}

/* Zeroes small and huge, holes, guards, memory shared with a parent, and much of nothing. */
static inline void arrange(const void *context)
{
	char *zeroes = map_anonymous(8 * MB, MAP_PRIVATE),
	     *holes = map_anonymous(8 * MB, MAP_PRIVATE);
	char *guards = map_anonymous(MB, MAP_PRIVATE), *shared = map_anonymous(MB, MAP_SHARED);
	char *reserve = map_anonymous((size_t)20 << 40, MAP_PRIVATE | MAP_NORESERVE);

	(void)context;
	if (zeroes == MAP_FAILED || holes == MAP_FAILED || guards == MAP_FAILED ||
	    shared == MAP_FAILED)
		_exit(1);
	madvise(zeroes, 4 * MB, MADV_HUGEPAGE);
	for (size_t at = 0; at < 8 * MB; at += 8192) {
		(void)*(volatile char *)(zeroes + at);
		if (at % 3)
			holes[at] = 1;
	}
	memset(guards, 1, MB);
	madvise(guards, 64 * 1024, 102); /* MADV_GUARD_INSTALL */
	memset(shared, 1, MB / 2);
	if (reserve != MAP_FAILED)
		reserve[(size_t)5 << 40] = 1;
}

static inline pid_t scan_child_start(void)
{
	char *inherited = map_anonymous(MB, MAP_PRIVATE);
	pid_t child;

	memset(inherited, 1, MB);
	child = child_start(arrange, NULL);
	assert_true(child > 0);
	munmap(inherited, MB);
	return child;
}

static inline struct address_space *read_space(const struct procfs_options *options, pid_t pid)
{
	struct address_space *space;
	struct source *source;

	assert_int_equal(procfs_source_create(options, pid, &source), 0);
	assert_int_equal(source_read(source, &space), 0);
	source_destroy(source);
	return space;
}

static inline void check_usage(const struct address_space *space, const struct scan *scan)
{
	struct usage_table table;
	size_t found = 0;

	usage_table_init(&table, space, scan->residency, scan->smaps, scan->smaps_ns);
	for (size_t i = 0; i < scan->smaps->count; i++) {
		const struct usage_range *range = &scan->smaps->ranges[i];
		const struct usage said = usage_list_get(&scan->smaps->usages, i);
		size_t vma = address_space_find(space, range->start);

		if (vma == space->vma_count || space->vmas[vma].end != range->end)
			continue;
		found++;
		assert_int_equal(usage_table_at(&table, vma).rss, said.rss);
		assert_int_equal(usage_table_at(&table, vma).swap, said.swap);
	}
	assert_true(found + 1 >= space->vma_count);
	assert_true(table.total.rss > 4 * MB);
	usage_table_finish(&table);
}

#endif
