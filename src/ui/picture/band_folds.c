/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/band_folds.h"

#include <stdlib.h>

#include "base/memory.h"
#include "layout/diagram.h"

#define MOST_BANDS 4096

void band_folds_make(struct band_folds *folds, const struct address_space *space,
		     const struct region_list *regions, const struct diagram *diagram)
{
	band_folds_finish(folds);
	if (diagram->band_count > MOST_BANDS)
		return;
	folds->diagram = diagram;
	folds->folds = memory_resize(NULL, diagram->band_count * sizeof(*folds->folds));
	for (size_t i = 0; i < diagram->band_count; i++)
		fold_summarize(space, regions, &diagram->bands[i], &folds->folds[i]);
}

void band_folds_find(const struct band_folds *folds, const struct address_space *space,
		     const struct region_list *regions, const struct band *band,
		     struct fold *ret_fold)
{
	if (folds && folds->diagram) {
		size_t index = diagram_band_at_address(folds->diagram, band->start);
		const struct band *same = &folds->diagram->bands[index];

		if (same->start == band->start && same->end == band->end &&
		    same->region == band->region && same->count == band->count) {
			*ret_fold = folds->folds[index];
			return;
		}
	}
	fold_summarize(space, regions, band, ret_fold);
}

void band_folds_finish(struct band_folds *folds)
{
	free(folds->folds);
	*folds = (struct band_folds){.folds = NULL};
}
