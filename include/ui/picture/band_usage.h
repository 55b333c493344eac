/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICTURE_BAND_USAGE_H
#define UI_PICTURE_BAND_USAGE_H

/*
 * What a band of the diagram costs in memory, as a whole and row by row. Of a band, mappings that
 * the picture cuts count as wholes, and what is hidden does not count. Bytes.
 */

#include <stdbool.h>
#include <stdint.h>

struct band;
struct scene;

struct band_usage {
	uint64_t size;      /* of its mappings */
	uint64_t rss, swap; /* rss with hugetlb; TARGET_UNKNOWN where a part of it is not known */
	uint64_t last, last_swap; /* what was last known of them; TARGET_UNKNOWN: less than half */
	uint64_t hugetlb;         /* of rss, what the kernel's Rss leaves out; likewise */
	uint64_t pss;             /* TARGET_UNKNOWN where a part of it is not known */
	uint64_t huge;            /* in huge pages; 0 also where that is not known */
};

/*
 * Sums up the band: O(its regions), and for what is in huge pages O(log runs), but where a filter
 * hides as often as there are regions that have some, and more.
 */
void band_usage_find(const struct scene *scene, const struct band *band,
		     struct band_usage *ret_usage);

/* What is in memory of the band, or was last known to be; TARGET_UNKNOWN where nothing was. */
uint64_t band_usage_last(const struct band_usage *usage);

/* What of so much is where. Shares of one row, or of a band. */
struct row_usage {
	bool known;    /* false: all the others are 0 */
	uint64_t size; /* at least 1 */
	uint64_t resident, swapped, huge;
	uint64_t spare; /* of what is resident: free inside the heap; 0 too where not known */
};

/* What malloc keeps free of so many resident bytes between the addresses. */
uint64_t band_usage_spare(const struct scene *scene, uint64_t start, uint64_t end,
			  uint64_t resident);

/*
 * The usage of a row of a band: of one mapping that of the row's own addresses, in O(log runs), as
 * far as they were looked at, and unknown where that is less than half of them; of a fold, and
 * where only sums of mappings are known, that of the whole band (usage).
 */
void band_usage_row(const struct scene *scene, const struct band *band,
		    const struct band_usage *usage, uint64_t row, struct row_usage *ret_row);

#endif
