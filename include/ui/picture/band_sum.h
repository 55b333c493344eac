/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICTURE_BAND_SUM_H
#define UI_PICTURE_BAND_SUM_H

/*
 * What the mappings of a band cost in memory, added up: there can be a million of them, and each
 * frame asks for it. Bytes; TARGET_UNKNOWN where it is not known of one of them, or 64 bits do not
 * hold the sum.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/usage.h"

struct band;
struct scene;

struct band_sum {
	uint64_t size;
	uint64_t rss; /* with hugetlb, as far as that is known */
	uint64_t swap, hugetlb, pss;
	struct usage_last last, last_swap; /* what was last known of rss and swap */
};

/* Whether it is known which pages are where, not only how many of a mapping. */
bool band_sum_has_runs(const struct scene *scene);

/* O(regions of the band), but where it is known of most that is no more than adding numbers up. */
void band_sum_find(const struct scene *scene, const struct band *band, struct band_sum *ret_sum);

#endif
