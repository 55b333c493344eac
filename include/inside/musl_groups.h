/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_MUSL_GROUPS_H
#define INSIDE_MUSL_GROUPS_H

/*
 * The groups of musl's malloc (musl, src/malloc/mallocng/meta.h): a group is a stretch of memory
 * that is divided into up to 32 slots of one size; what is known of it, which slots are free above
 * all, is in its meta, one of about a hundred in each meta area. Small groups lie in a slot of a
 * larger one; others have whole pages, or what was left over at the end of a program's data.
 *
 * The target runs meanwhile and may be hostile: a group counts if it points back to its meta, which
 * only one can, and lies beside all others, or in a slot of one that is not free. Addresses and
 * sizes in bytes, half-open ranges.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct heap_memory;
struct musl_context;

#define MUSL_UNIT      16u /* before the first slot; slots are multiples of it */
#define MUSL_SLOTS_MAX 32u
#define MUSL_AREAS_MAX ((size_t)1 << 16)

struct musl_group {
	uint64_t start, end;
	uint64_t meta;
	uint64_t stride; /* of a slot */
	unsigned slots;
	uint32_t free;  /* a bit for each slot: it is */
	uint32_t holds; /* likewise: a group lies in it */
	bool is_single; /* a large block in pages of its own */
	bool is_inner;  /* lies in a slot of another one */
	bool is_sure;   /* else only that it is one is known, and where it lies */
	size_t outer;   /* private */
};

struct musl_groups {
	struct musl_group *groups; /* in ascending order, what holds others before them */
	size_t count, capacity;
	uint64_t *areas; /* where the meta areas lie, ascending */
	size_t area_count, area_capacity;
	bool complete; /* all areas were read */
};

/* Where slots begin. */
uint64_t musl_group_slot(const struct musl_group *group, unsigned slot);

/* Lists the groups of the context. musl_groups_finish() frees them. */
void musl_groups_init(struct musl_groups *groups, const struct heap_memory *memory,
		      const struct musl_context *context);
void musl_groups_finish(struct musl_groups *groups);

#endif
