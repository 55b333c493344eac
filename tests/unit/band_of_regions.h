/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_BAND_OF_REGIONS_H
#define TESTS_UNIT_BAND_OF_REGIONS_H

#include "layout/diagram.h"
#include "support/stage.h"

/* The band of so many regions that are shown, from that of the address on. */
static inline struct band band_of(const struct stage *stage, uint64_t address, uint32_t count)
{
	size_t region = region_list_find(&stage->ui.shown.regions, address);
	const struct region *regions = &stage->ui.shown.regions.regions[region];

	return (struct band){.start = regions[0].start,
			     .end = regions[count - 1].end,
			     .rows = 1,
			     .region = (uint32_t)region,
			     .count = count};
}

#endif
