/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAYOUT_WEIGHT_H
#define LAYOUT_WEIGHT_H

/*
 * How much height a band asks for beyond its first row. Weights are whole numbers, so that the
 * rows that follow from them are the same on every machine; on one scale, the larger of two
 * regions of one kind never weighs less. What lies above the user addresses weighs nothing (on
 * SCALE_EQUAL as much as any other); where a filter hides mappings, what lies between the others
 * weighs nothing on any scale.
 */

#include <stddef.h>
#include <stdint.h>

#include "layout/region.h"
#include "layout/scale.h"

/*
 * log2(1 + pages) in units of 2^-20, off by less than 0.01 (of 1) and never falling.
 */
uint64_t weight_log2(uint64_t pages);

/* The weight of one region of the list. */
uint64_t weight_of_region(const struct region *region, const struct region_list *list,
			  enum scale scale);

/*
 * The weight of a fold of count neighbours, the first given: a fold is one line to read however
 * much is in it, so on SCALE_LOG it asks for half of what one region with all of its bytes would.
 * SCALE_LINEAR stays to scale.
 */
uint64_t weight_of_fold(const struct region *first, size_t count, const struct region_list *list,
			enum scale scale);

#endif
