/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/band_folds.h"

#include <stdlib.h>

#include "base/memory.h"
#include "layout/diagram.h"
#include "layout/names.h"

#define MOST_BANDS   4096
#define MANY_REGIONS 1024 /* of a band */

void band_folds_make(struct band_folds *folds, const struct address_space *space,
		     const struct region_list *regions, const struct diagram *diagram)
{
	band_folds_finish(folds);
	if (diagram->band_count > MOST_BANDS)
		return;
	folds->diagram = diagram;
	folds->count = diagram->band_count;
	folds->folds = memory_resize(NULL, diagram->band_count * sizeof(*folds->folds));
	folds->names = memory_alloc(diagram->band_count * sizeof(*folds->names));
	for (size_t i = 0; i < diagram->band_count; i++)
		fold_summarize(space, regions, &diagram->bands[i], &folds->folds[i]);
}

/* The index of the band in the diagram; SIZE_MAX: it is none of it. */
static size_t find_band(const struct band_folds *folds, const struct band *band)
{
	const struct band *same;
	size_t index;

	if (!folds || !folds->diagram)
		return SIZE_MAX;
	index = diagram_band_at_address(folds->diagram, band->start);
	same = &folds->diagram->bands[index];
	return same->start == band->start && same->end == band->end &&
			       same->region == band->region && same->count == band->count
		       ? index
		       : SIZE_MAX;
}

void band_folds_find(const struct band_folds *folds, const struct address_space *space,
		     const struct region_list *regions, const struct band *band,
		     struct fold *ret_fold)
{
	size_t index = find_band(folds, band);

	if (index == SIZE_MAX)
		fold_summarize(space, regions, band, ret_fold);
	else
		*ret_fold = folds->folds[index];
}

void band_folds_append_names(const struct band_folds *folds, struct text *text,
			     const struct address_space *space, const struct region_list *regions,
			     const struct band *band, size_t columns, const char *ellipsis)
{
	size_t index = band->count > MANY_REGIONS ? find_band(folds, band) : SIZE_MAX;
	struct names **names;

	if (index == SIZE_MAX) {
		fold_append_names(text, space, regions, band, columns, ellipsis);
		return;
	}
	names = &folds->names[index];
	if (!*names) {
		*names = memory_alloc(sizeof(**names));
		fold_find_names(*names, space, regions, band);
	}
	fold_append_found(text, *names, columns, ellipsis);
}

void band_folds_finish(struct band_folds *folds)
{
	for (size_t i = 0; i < folds->count; i++)
		free(folds->names[i]);
	free(folds->names);
	free(folds->folds);
	*folds = (struct band_folds){.folds = NULL};
}
