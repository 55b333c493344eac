/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/diff_sum.h"

#include "model/address_space.h"
#include "model/usage.h"

const char *diff_amount_name(enum diff_amount amount)
{
	static const char *const names[DIFF_AMOUNTS] = {
		[DIFF_SIZE] = "size",
		[DIFF_RSS] = "rss",
		[DIFF_PSS] = "pss",
		[DIFF_SWAP] = "swap",
	};

	return names[amount];
}

uint64_t diff_sum_of(const struct diff_subject *subject, size_t vma, enum diff_amount amount)
{
	struct usage usage;

	if (amount == DIFF_SIZE)
		return vma_size(&subject->space->vmas[vma]);
	usage = usage_table_at(subject->usage, vma);
	return amount == DIFF_RSS ? usage.rss : amount == DIFF_PSS ? usage.pss : usage.swap;
}

void diff_sum_add(struct diff_sum *sum, enum diff_side side, const struct diff_subject *subject,
		  size_t vma)
{
	sum->mappings[side]++;
	for (int i = 0; i < DIFF_AMOUNTS; i++)
		usage_add(&sum->amounts[i][side], diff_sum_of(subject, vma, (enum diff_amount)i));
}

bool diff_sum_delta(const struct diff_sum *sum, enum diff_amount amount, int64_t *ret_delta)
{
	uint64_t a = sum->amounts[amount][DIFF_A], b = sum->amounts[amount][DIFF_B];

	if (a == TARGET_UNKNOWN || b == TARGET_UNKNOWN ||
	    diff_sum_distance(sum, amount) > INT64_MAX)
		return false;
	*ret_delta = (int64_t)(b - a);
	return true;
}

uint64_t diff_sum_distance(const struct diff_sum *sum, enum diff_amount amount)
{
	uint64_t a = sum->amounts[amount][DIFF_A], b = sum->amounts[amount][DIFF_B];

	if (a == TARGET_UNKNOWN || b == TARGET_UNKNOWN)
		return 0;
	return a > b ? a - b : b - a;
}
