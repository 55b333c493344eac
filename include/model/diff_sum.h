/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_DIFF_SUM_H
#define MODEL_DIFF_SUM_H

/*
 * What mappings of two address spaces amount to, side by side. Bytes; TARGET_UNKNOWN
 * (model/target.h) where that of one of them is not known, or 64 bits do not hold the sum. All
 * zeroes: of none.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct address_space;
struct usage_table;

enum diff_side { DIFF_A, DIFF_B, DIFF_SIDES };

/* One of the two; all of it is the caller's. */
struct diff_subject {
	const struct address_space *space;
	const struct usage_table *usage; /* of it; NULL: not known */
};

enum diff_amount { DIFF_SIZE, DIFF_RSS, DIFF_PSS, DIFF_SWAP, DIFF_AMOUNTS };

struct diff_sum {
	uint64_t mappings[DIFF_SIDES];
	uint64_t amounts[DIFF_AMOUNTS][DIFF_SIDES];
};

/* The name of an amount: "size", "rss", "pss", "swap". */
const char *diff_amount_name(enum diff_amount amount);

/* The amount of one mapping. */
uint64_t diff_sum_of(const struct diff_subject *subject, size_t vma, enum diff_amount amount);

/* Adds the mapping of the subject that is the side. */
void diff_sum_add(struct diff_sum *sum, enum diff_side side, const struct diff_subject *subject,
		  size_t vma);

/* Sets *ret_delta to how much more, or negative less, b has; false: that is not known. */
bool diff_sum_delta(const struct diff_sum *sum, enum diff_amount amount, int64_t *ret_delta);

/* How large the difference of the amount is; 0 where it is not known. */
uint64_t diff_sum_distance(const struct diff_sum *sum, enum diff_amount amount);

#endif
