/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_ARENA_HEADS_H
#define SAMPLER_ARENA_HEADS_H

/*
 * Looks at the first bytes of mappings that could be malloc arenas by their addresses, because only
 * they tell (procfs/heap_info_parser.h). Only pages that are in memory are read, 32 bytes of each,
 * and seldom more than once as long as the mapping stays. Where reading is refused nothing is
 * known. All zeroes is a valid, empty object.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/classify.h"

struct vma;

#define ARENA_HEADS_LOOKS 256u /* in one call; the rest is looked at by the next ones */

struct arena_heads {
	struct arena_head *heads; /* ascending by start: those that were looked at */
	size_t count;
	/* Private: */
	struct arena_head *before; /* those of the call before */
	size_t before_count, capacity, before_capacity;
	uint64_t round, refused_round; /* 0: reading was not refused */
};

/*
 * Brings the heads up to date with count VMAs, sorted. directory is /proc/PID, page_size that of
 * the process in bytes.
 */
void arena_heads_look(struct arena_heads *heads, const struct vma *vmas, size_t count,
		      uint64_t page_size, int directory);

void arena_heads_finish(struct arena_heads *heads);

#endif
