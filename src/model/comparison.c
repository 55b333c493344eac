/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/comparison.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/address_space.h"

struct comparison_side comparison_side_of(const struct address_space *space,
					  const struct usage_table *usage, const char *heading)
{
	struct comparison_side side = {.space = address_space_copy(space),
				       .heading = memory_copy_string(heading)};

	kept_usage_take(&side.usage, usage, NULL);
	return side;
}

void comparison_side_finish(struct comparison_side *side)
{
	address_space_destroy(side->space);
	kept_usage_finish(&side->usage);
	free(side->heading);
	*side = (struct comparison_side){0};
}

struct comparison *comparison_create(struct comparison_side sides[static DIFF_SIDES])
{
	struct comparison *made = memory_alloc(sizeof(*made));
	struct diff_subject subjects[DIFF_SIDES];

	for (int side = 0; side < DIFF_SIDES; side++) {
		made->sides[side] = sides[side];
		sides[side] = (struct comparison_side){0};
		subjects[side] = (struct diff_subject){made->sides[side].space,
						       kept_usage_table(&made->sides[side].usage)};
	}
	diff_init(&made->diff, &subjects[DIFF_A], &subjects[DIFF_B]);
	return made;
}

void comparison_destroy(struct comparison *comparison)
{
	if (!comparison)
		return;
	diff_finish(&comparison->diff);
	for (int side = 0; side < DIFF_SIDES; side++)
		comparison_side_finish(&comparison->sides[side]);
	free(comparison);
}
