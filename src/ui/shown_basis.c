/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/shown_basis.h"

#include <stddef.h>

#include "model/address_space.h"

/* What is looked for, and the picture of what is not hidden by it. */
static void grant(struct shown_basis *basis, const struct address_space *space,
		  const struct usage_table *usage, const struct shown_wish *wish)
{
	const struct find_space in = {space, usage};

	basis->finds = find_wish_grant(&wish->find, &in, &basis->find);
	if (!basis->finds)
		return;
	find_hide(&basis->find, &basis->regions);
	candidates_find(&basis->found, &basis->regions);
	shown_wish_lay_out(wish, space, &basis->regions, &basis->found, &basis->picture);
}

void shown_basis_make(struct shown_basis *basis, const struct address_space *baseline,
		      const struct address_space *space, const struct usage_table *usage,
		      const struct shown_wish *wish)
{
	basis->baseline = address_space_copy(baseline);
	limits_measure(space, &basis->limits);
	identity_init(&basis->growth, basis->baseline, space);
	region_list_init(&basis->all, space);
	region_list_set_growth(&basis->all, &basis->growth);
	basis->regions = region_list_share(&basis->all);
	if (wish)
		grant(basis, space, usage, wish);
}

bool shown_basis_is_made(const struct shown_basis *basis)
{
	return basis->baseline != NULL;
}

void shown_basis_finish(struct shown_basis *basis)
{
	identity_finish(&basis->growth);
	shown_picture_finish(&basis->picture);
	candidates_finish(&basis->found);
	region_list_finish(&basis->regions);
	region_list_finish(&basis->all);
	find_finish(&basis->find);
	address_space_destroy(basis->baseline);
	*basis = (struct shown_basis){.baseline = NULL};
}
