/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_USAGE_LIST_H
#define MODEL_USAGE_LIST_H

/*
 * What a mapping costs in memory. Bytes; TARGET_UNKNOWN (model/target.h) where the kernel or
 * permissions withhold a value, never 0.
 *
 * And such usages of the mappings of a snapshot, one for each. There can be a million of them, so
 * each field is a column of its own: one that is the same for all, as swap and most of what only
 * smaps reports is, takes no memory; others take four bytes of a mapping, since the kernel tells
 * amounts in kB; eight where a value is not that of 32 bits. All zeroes: no list.
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

/* Fields are numbered as they stand; those before USAGE_AMOUNTS are bytes. */
#define USAGE_FIELDS        (sizeof(struct usage) / sizeof(uint64_t))
#define USAGE_AMOUNTS       USAGE_FIELD(flags)
#define USAGE_MEMORY_FIELDS USAGE_FIELD(pss)
#define USAGE_KB_SHIFT      10
#define USAGE_FIELD(name)   (offsetof(struct usage, name) / sizeof(uint64_t))
#define USAGE_DIFFERENCES   ((size_t)64) /* found at a time */

struct usage_column {
	uint64_t same;    /* the value of all, where there is neither of the two */
	uint32_t *narrow; /* one for each, amounts in kB; UINT32_MAX: unknown */
	uint64_t *wide;   /* one for each */
};

/* All of it but the count is private. */
struct usage_list {
	size_t count, capacity;
	bool made;  /* there is a list, of no mapping perhaps */
	bool smaps; /* something may be known that only smaps reports */
	struct usage_column columns[USAGE_FIELDS];
};

/* A usage of which nothing is known. */
struct usage usage_unknown(void);

/* count usages of which nothing is known; usage_list_finish() frees them. */
void usage_list_init(struct usage_list *list, size_t count);
void usage_list_finish(struct usage_list *list);

/* Makes room for so many, if there is none yet. */
void usage_list_reserve(struct usage_list *list, size_t capacity);

/*
 * So many usages; those that are new are as the last one is (unknown after none), so that a list
 * can grow first and be filled then. Takes a little more memory than that, and gives none back.
 */
void usage_list_resize(struct usage_list *list, size_t count);

/* A copy of count usages from the first one on, for usage_list_finish(). */
struct usage_list usage_list_slice(const struct usage_list *list, size_t first, size_t count);

/* One usage more. The first one of all is what others are the same as. */
void usage_list_append(struct usage_list *list, const struct usage *usage);

/* The same in a list, and of a usage, of which nothing is known that only smaps reports. */
void usage_list_append_memory(struct usage_list *list, const struct usage *usage);

/* Writes the usage over the one at the index, which exists. */
void usage_list_set(struct usage_list *list, size_t index, const struct usage *usage);

/* Sets one field of count usages, which exist, to the value. */
void usage_list_fill(struct usage_list *list, size_t field, size_t index, size_t count,
		     uint64_t value);

/* Gives count usages, which exist, the values of the one below them; unknown ones below all. */
void usage_list_repeat(struct usage_list *list, size_t index, size_t count);

/* Writes count usages of another list, or of this one, over those at the index, which exist. */
void usage_list_take(struct usage_list *list, size_t index, const struct usage_list *from,
		     size_t first, size_t count);

/* Gives back the memory of fields that have become the same for all. */
void usage_list_trim(struct usage_list *list);

/* The bytes that it takes, itself not counted. */
size_t usage_list_bytes(const struct usage_list *list);

/*
 * Which of the USAGE_DIFFERENCES usages from the first one on, of those that both lists have, are
 * not the same in both: bit i for the one at first + i.
 */
uint64_t usage_list_differences(const struct usage_list *a, const struct usage_list *b,
				size_t first);

/* Asked of each mapping. */

static inline uint64_t usage_column_get(const struct usage_column *column, size_t field,
					size_t index)
{
	if (column->narrow) {
		uint64_t value = column->narrow[index];

		if (value == UINT32_MAX)
			return UINT64_MAX;
		return field < USAGE_AMOUNTS ? value << USAGE_KB_SHIFT : value;
	}
	return column->wide ? column->wide[index] : column->same;
}

static inline struct usage usage_list_get(const struct usage_list *list, size_t index)
{
	const size_t count = list->smaps ? USAGE_FIELDS : USAGE_MEMORY_FIELDS;
	uint64_t values[USAGE_FIELDS];
	struct usage usage;

	for (size_t i = 0; i < count; i++)
		values[i] = usage_column_get(&list->columns[i], i, index);
	if (!list->smaps)
		memset(&values[USAGE_MEMORY_FIELDS], 0xff,
		       (USAGE_FIELDS - USAGE_MEMORY_FIELDS) * sizeof(values[0]));
	memcpy(&usage, values, sizeof(usage));
	return usage;
}

#endif
