/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_USAGE_LIST_H
#define MODEL_USAGE_LIST_H

/*
 * What a mapping costs in memory. Bytes; TARGET_UNKNOWN (model/target.h) where the kernel or
 * permissions withhold a value, never 0.
 *
 * And such usages of the mappings of a snapshot, one for each. There can be a million of them, and
 * what only smaps reports is mostly not read: it takes memory once something of it is known, and
 * the fields before it alone till then. All zeroes: an empty list.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct usage {
	uint64_t rss, swap; /* from residency, or smaps */
	uint64_t hugetlb;   /* huge pages of hugetlb that are mapped, which the kernel's Rss leaves
			     * out; likewise */
	uint64_t last;      /* where rss is unknown: what was last known to be in memory, as of the
			     * part of a mapping that was there before it grew; of a sum see
			     * struct usage_last */
	/* From smaps only. */
	uint64_t pss, uss; /* uss: private clean + private dirty */
	uint64_t private_dirty, shared_dirty;
	uint64_t referenced, anonymous;
	uint64_t huge; /* AnonHugePages + ShmemPmdMapped + FilePmdMapped */
	uint64_t locked;
	uint64_t page_size; /* KernelPageSize; of hugetlb mappings 2 MB or more */
	uint64_t flags;     /* VmFlags, bit i for usage_flag_name(i); or TARGET_UNKNOWN */
	uint64_t key;       /* ProtectionKey (pkeys(7)), where the kernel has them */
};

/* What is known without smaps, and what only smaps reports. */
#define USAGE_MEMORY_BYTES offsetof(struct usage, pss)
#define USAGE_SMAPS_BYTES  (sizeof(struct usage) - USAGE_MEMORY_BYTES)

struct usage_list {
	char *memory; /* USAGE_MEMORY_BYTES of each */
	char *smaps;  /* USAGE_SMAPS_BYTES of each; NULL: nothing of that is known */
	size_t count, capacity;
};

/* A usage of which nothing is known. */
struct usage usage_unknown(void);

/* count usages of which nothing is known; usage_list_finish() frees them. */
void usage_list_init(struct usage_list *list, size_t count);
void usage_list_finish(struct usage_list *list);

/* So many usages, what is new of them unknown. Takes a little more memory than that, and gives
 * none back. */
void usage_list_resize(struct usage_list *list, size_t count);

/* A copy of count usages from the first one on, for usage_list_finish(). */
struct usage_list usage_list_slice(const struct usage_list *list, size_t first, size_t count);

/* Writes the usage over the one at the index, which exists. */
void usage_list_set(struct usage_list *list, size_t index, const struct usage *usage);

/* The same with count usages of another list, or of this one. */
void usage_list_take(struct usage_list *list, size_t index, const struct usage_list *from,
		     size_t first, size_t count);

/* The bytes that it takes, itself not counted. */
size_t usage_list_bytes(const struct usage_list *list);

/* Both are asked of each mapping. */

static inline struct usage usage_list_get(const struct usage_list *list, size_t index)
{
	struct usage usage;

	memcpy(&usage, list->memory + index * USAGE_MEMORY_BYTES, USAGE_MEMORY_BYTES);
	if (list->smaps)
		memcpy((char *)&usage + USAGE_MEMORY_BYTES, list->smaps + index * USAGE_SMAPS_BYTES,
		       USAGE_SMAPS_BYTES);
	else
		memset((char *)&usage + USAGE_MEMORY_BYTES, 0xff, USAGE_SMAPS_BYTES);
	return usage;
}

/* Whether the usages of both lists at the index are known to be the same without reading more. */
static inline bool usage_list_same(const struct usage_list *a, const struct usage_list *b,
				   size_t index)
{
	const size_t smaps = index * USAGE_SMAPS_BYTES;
	struct usage one, other;

	if (memcmp(a->memory + index * USAGE_MEMORY_BYTES, b->memory + index * USAGE_MEMORY_BYTES,
		   USAGE_MEMORY_BYTES) != 0)
		return false;
	if (!a->smaps && !b->smaps)
		return true;
	if (a->smaps && b->smaps)
		return !memcmp(a->smaps + smaps, b->smaps + smaps, USAGE_SMAPS_BYTES);
	one = usage_list_get(a, index);
	other = usage_list_get(b, index);
	return !memcmp(&one, &other, sizeof(one));
}

#endif
