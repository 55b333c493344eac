/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_PAGE_PIECES_H
#define MODEL_PAGE_PIECES_H

/*
 * Of which sorts the pages of a range are, as pieces that are bounded in number. A piece is a run
 * of pages of one sort; where there would be too many, the runs within a block of the address space
 * are one piece, which keeps how much of each sort it has. Blocks are aligned powers of two and
 * double until the pieces fit, so that the sums of anything aligned to them stay exact. What was
 * not walked yet is unknown. A plain value without memory of its own: it can be copied. Bytes,
 * half-open ranges.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Each page is of one sort. */
enum page_sort {
	PAGES_ABSENT,  /* in no page table: an access brings it in */
	PAGES_ANON,    /* in memory, and of the process: in a mapping of a file a copy */
	PAGES_FILE,    /* in memory, and of a file or of shared memory */
	PAGES_ZERO,    /* the page of zeroes that all processes share: nothing was written yet */
	PAGES_SUSPECT, /* in memory: that page, or one that several processes share since fork() */
	PAGES_SWAPPED, /* swapped out, or a marker of userfaultfd(2) */
	PAGES_AWAY,    /* the same, or a guard page: before 6.15 the kernel does not report which */
	PAGES_GUARD,   /* made a guard page by MADV_GUARD_INSTALL of madvise(2) */
	PAGE_SORT_COUNT,
};

#define PAGE_PIECES_MAX 1024

/* How many bytes are of what. */
struct page_sums {
	uint64_t known; /* bytes that were walked: the sum of all sorts */
	uint64_t of[PAGE_SORT_COUNT];
	uint64_t huge; /* of those in memory, what is mapped by huge pages */
	bool blurred;  /* a piece of several sorts was cut: the sums are about right */
};

struct page_piece {
	uint64_t start, end;
	uint64_t of[PAGE_SORT_COUNT]; /* their sum is the size of the piece */
	uint64_t huge;
};

/* All zeroes: of nothing. */
struct page_pieces {
	uint64_t start, end; /* what was asked for */
	uint64_t walked;     /* from start up to here all is known */
	uint64_t block;      /* bytes, a power of two; 0 while all is exact */
	size_t count;
	struct page_piece pieces[PAGE_PIECES_MAX]; /* ascending, from start to walked */
};

/* Of the range, start < end, nothing is known yet. */
void page_pieces_init(struct page_pieces *pieces, uint64_t start, uint64_t end);

/*
 * The pages from start on, which is not below what was walked, up to end are of that sort; what
 * lies between is absent. huge: they are mapped by huge pages. What lies outside of the range is
 * cut off.
 */
void page_pieces_add(struct page_pieces *pieces, uint64_t start, uint64_t end, enum page_sort sort,
		     bool huge);

/* What lies below that address and was not added is absent. */
void page_pieces_walk_to(struct page_pieces *pieces, uint64_t address);

/* Whether all of the range was walked. */
bool page_pieces_complete(const struct page_pieces *pieces);

/*
 * The sums of [start, end). Of a piece of several sorts that lies only partly in it, they are its
 * share. O(log pieces), and O(1) for each in between.
 */
struct page_sums page_pieces_between(const struct page_pieces *pieces, uint64_t start,
				     uint64_t end);

/* What of it is in memory, the page of zeroes left out. */
uint64_t page_sums_resident(const struct page_sums *sums);

/* What of it is swapped out, or perhaps so. */
uint64_t page_sums_swapped(const struct page_sums *sums);

/*
 * The sort that all of it is of, known and not empty; PAGE_SORT_COUNT when it is of several, or not
 * all is known of size bytes.
 */
enum page_sort page_sums_only(const struct page_sums *sums, uint64_t size);

/* The stable name, for JSON: "absent", "anonymous", "file", "zero", "shared-or-zero", "swapped", …
 */
const char *page_sort_name(enum page_sort sort);

#endif
