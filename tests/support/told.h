/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_SUPPORT_TOLD_H
#define TESTS_SUPPORT_TOLD_H

/* What smaps said, as tests write it down. */

#include <stddef.h>
#include <stdint.h>

#include "model/usage.h"
#include "model/usage_ranges.h"

struct told {
	uint64_t start, end;
	struct usage usage;
};

/* For usage_ranges_destroy(); NULL of NULL. */
static inline struct usage_ranges *told_ranges(const struct told *told, size_t count)
{
	struct usage_ranges ranges = {0};

	for (size_t i = 0; told && i < count; i++)
		usage_ranges_add(&ranges, told[i].start, told[i].end, &told[i].usage);
	return told ? usage_ranges_take(&ranges) : NULL;
}

/* As usage_table_init(). */
static inline void told_table(struct usage_table *table, const struct address_space *space,
			      const struct residency *residency, const struct told *told,
			      size_t count, int64_t smaps_ns)
{
	struct usage_ranges *smaps = told_ranges(told, count);

	usage_table_init(table, space, residency, smaps, smaps_ns);
	usage_ranges_destroy(smaps);
}

#endif
