/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_USAGE_MADE_H
#define TESTS_UNIT_USAGE_MADE_H

/* Usages and residencies to test with. */

#include <stdint.h>

#include "base/memory.h"
#include "model/residency.h"
#include "model/usage.h"

/* A usage in which every field has another value. */
static inline struct usage numbered(uint64_t first)
{
	return (struct usage){
		.rss = first,
		.swap = first + 1,
		.pss = first + 2,
		.uss = first + 3,
		.private_dirty = first + 4,
		.shared_dirty = first + 5,
		.referenced = first + 6,
		.anonymous = first + 7,
		.huge = first + 8,
		.locked = first + 9,
		.hugetlb = first + 10,
		.page_size = 4096,
		.flags = 7,
	};
}

/* What is known of one range. */
static inline struct residency *one_run(uint64_t start, uint64_t end, uint8_t flags,
					enum residency_source source)
{
	struct residency_run *run = memory_alloc(sizeof(*run));

	*run = (struct residency_run){start, end, flags};
	return residency_create(run, 1, source, 0, 0);
}

#endif
