/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAYOUT_REGION_H
#define LAYOUT_REGION_H

/*
 * The address space as an unbroken ascending row of regions: VMAs and the gaps between them, from
 * address 0 to the end of user addresses, and on to [vsyscall] where there is one. Every region
 * ends where the next begins. Bytes, half-open ranges.
 *
 * A mapping with parts (model/address_space.h) is one region for each part. They have the index of
 * the mapping in common, and count as one mapping.
 *
 * What a filter hides is one region for each run of hidden mappings and the gaps around them. Such
 * a region has no VMA and the kind of a gap, but it is not unmapped: see `hidden`.
 *
 * A list that is complete can be had several times: region_list_share().
 */

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/kind.h"

struct address_space;
struct identity;
struct query_matches;
struct vma;

#define REGION_GAP UINT32_MAX

/* There can be a million: two of them fill a line of the processor's cache. */
struct region {
	uint64_t start, end; /* start < end */
	uint32_t vma;        /* index in the address space, or REGION_GAP */
	uint8_t kind;        /* enum kind; KIND_GAP for a gap */
	uint8_t owner;       /* enum owner */
	uint8_t runtime;     /* enum runtime */
	bool hidden : 1;     /* stands for hidden mappings, with the gaps between */
	bool part : 1;       /* one of the parts of the VMA, not all of it */
	union {
		uint64_t grown;  /* bytes since the baseline, 0 too where it shrank or there is
				  * none: region_grown() */
		uint64_t hiding; /* where it is hidden: region_list_hidden() */
	};
};

_Static_assert(sizeof(struct region) == 32, "half a line of the cache");

/* What a region hides. */
struct region_hidden {
	uint64_t mapped; /* bytes of the mappings */
	uint32_t count;  /* mappings; else 0 */
};

struct region_list {
	struct region *regions;
	size_t count;                 /* at least 1 */
	atomic_size_t *lists;         /* that have these regions; NULL: only this one */
	struct region_hidden *hidden; /* by region->hiding; NULL: nothing is hidden */
	uint64_t user_end;  /* what lies above it ([vsyscall] and the hole below) has no weight */
	uint64_t page_size; /* bytes, a power of two */
	bool filtered;      /* mappings are hidden: what is between the others is one row each */
};

/* Lists the regions of the space; the caller frees with region_list_finish(). */
void region_list_init(struct region_list *list, const struct address_space *space);
void region_list_finish(struct region_list *list);

/* Makes a list that can be shared of regions that were not listed by region_list_init(). */
void region_list_adopt(struct region_list *list);

/*
 * The same list once more, for region_list_finish(), without a copy of its regions: neither of the
 * two changes from then on; they may be of different threads. The list was made by
 * region_list_init() or region_list_adopt().
 */
struct region_list region_list_share(const struct region_list *list);

/* The same regions, of which none grew, for region_list_finish(); nothing of the list is hidden. */
struct region_list region_list_without_growth(const struct region_list *list);

/*
 * Hides all mappings but those kept; the matches are of the space of the list. Lists that share the
 * regions keep them as they are.
 */
void region_list_hide(struct region_list *list, const struct query_matches *kept);

/*
 * Fills in how much each region grew; growth is from the baseline to the space of the list. Where
 * another program runs than at the baseline, nothing grew: all is new.
 */
void region_list_set_growth(struct region_list *list, const struct identity *growth);

/* What the region hides; of one that hides nothing that is 0. */
struct region_hidden region_list_hidden(const struct region_list *list,
					const struct region *region);

/* The VMA or the part that the region is; not for gaps. */
const struct vma *region_mapping(const struct region *region, const struct address_space *space);

/*
 * The index after the last region, below end, of the mapping to which the region with the index
 * belongs; index + 1 for a gap. *ret_whole: all of the mapping is there.
 */
size_t region_list_mapping_end(const struct region_list *list, const struct address_space *space,
			       size_t index, size_t end, bool *ret_whole);

/* The index of the region that contains the address; list->count above the last one. */
size_t region_list_find(const struct region_list *list, uint64_t address);

/* What is asked of each of a hundred thousand regions for every picture is inline. */

/* The pages that the region takes, a part of one counted as one. */
static inline uint64_t region_pages(const struct region *region, const struct region_list *list)
{
	uint64_t size = region->end - region->start;
	/* A power of two: a shift, where a division would cost ten times as much. */
	int shift = __builtin_ctzll(list->page_size);

	return (size >> shift) + ((size & (list->page_size - 1)) != 0);
}

/* The bytes that it grew by since the baseline. */
static inline uint64_t region_grown(const struct region *region)
{
	return region->hidden ? 0 : region->grown;
}

/* Whether it only takes up addresses: a gap or a reservation. Such regions are discounted. */
static inline bool region_is_idle(const struct region *region)
{
	return region->kind == KIND_GAP || region->kind == KIND_RESERVE;
}

/* Whether it lies above the user addresses, as [vsyscall] and the hole below it do. */
static inline bool region_is_beyond(const struct region *region, const struct region_list *list)
{
	return region->start >= list->user_end;
}

#endif
