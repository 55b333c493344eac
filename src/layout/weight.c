/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "layout/weight.h"

#include "model/kind.h"

#define FRACTION_BITS 20
#define FRACTION      (UINT64_C(1) << FRACTION_BITS)
/*
 * A 47 TiB gap then asks for as much as a mapping of 17 pages, and a 2 GiB one for as much as
 * one of 4: gaps can be told apart and leave the rows to what is mapped.
 */
#define IDLE_DISCOUNT 8
#define FOLD_DISCOUNT 2

/*
 * Between two powers of two, log2(1 + x) is taken as x + 0.34375 * x * (1 - x): right at both
 * ends, off by at most 0.009, and rising throughout (its slope is 0.65625 or more). All of it is
 * exact up to the one division at the end, so rounding cannot make it fall.
 */
uint64_t weight_log2(uint64_t pages)
{
	uint64_t number = pages == UINT64_MAX ? pages : pages + 1;
	unsigned power = 63 - (unsigned)__builtin_clzll(number);
	uint64_t rest = number - (UINT64_C(1) << power);
	uint64_t x = power > FRACTION_BITS ? rest >> (power - FRACTION_BITS)
					   : rest << (FRACTION_BITS - power);

	return power * FRACTION + ((x << 30) + x * (FRACTION - x) * 352) / (UINT64_C(1) << 30);
}

uint64_t weight_of_region(const struct region *region, const struct region_list *list,
			  enum scale scale)
{
	if (scale == SCALE_EQUAL && !(list->filtered && region->kind == KIND_GAP))
		return 1;
	if (region_is_beyond(region, list) || (list->filtered && region->kind == KIND_GAP))
		return 0;
	if (scale == SCALE_LINEAR)
		return region_is_idle(region) ? 0 : region->end - region->start;
	return weight_log2(region_pages(region, list)) /
	       (region_is_idle(region) ? IDLE_DISCOUNT : 1);
}

uint64_t weight_of_fold(const struct region *first, size_t count, const struct region_list *list,
			enum scale scale)
{
	uint64_t busy_pages = 0, idle_pages = 0, bytes = 0, busy, idle;

	if (scale == SCALE_EQUAL)
		return 1;
	for (const struct region *region = first; region < first + count; region++) {
		if (region_is_beyond(region, list))
			break;
		if (region_is_idle(region)) {
			if (!list->filtered)
				idle_pages += region_pages(region, list);
		} else {
			busy_pages += region_pages(region, list);
			bytes += region->end - region->start;
		}
	}
	if (scale == SCALE_LINEAR)
		return bytes;
	busy = weight_log2(busy_pages) / FOLD_DISCOUNT;
	idle = weight_log2(idle_pages) / IDLE_DISCOUNT / FOLD_DISCOUNT;
	return busy > idle ? busy : idle;
}
