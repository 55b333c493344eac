/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_SHOWN_BASIS_H
#define UI_SHOWN_BASIS_H

/*
 * What all that is shown of a snapshot rests on, and takes the longest where there are very many
 * mappings: another thread can make it. All zeroes: it is not made.
 */

#include <stdbool.h>

#include "layout/candidates.h"
#include "layout/region.h"
#include "model/identity.h"
#include "model/limits.h"
#include "ui/find.h"
#include "ui/shown_picture.h"

struct address_space;
struct residency;
struct usage_table;

struct shown_basis {
	struct address_space *baseline; /* owned: a copy, that growth counts from */
	struct limits limits;
	struct identity growth; /* the snapshot's list outlives it, the snapshot itself need not */
	struct region_list all; /* its regions, with their growth */
	struct find find;       /* what was looked for, where that was wished for */
	bool finds;             /* it was */
	struct region_list regions;   /* those that are not hidden by that; else all */
	struct candidates found;      /* for them */
	struct shown_picture picture; /* of them, where one was wished for */
	/* What is known of the memory; not owned, NULL: nothing yet. */
	const struct usage_table *usage;
	const struct residency *residency;
};

/*
 * Makes the basis of the space, which is to be shown, and of its usage (NULL: not known), for what
 * it is to be shown by (NULL: that is found and laid out later); the baseline is copied. O(n).
 */
void shown_basis_make(struct shown_basis *basis, const struct address_space *baseline,
		      const struct address_space *space, const struct usage_table *usage,
		      const struct shown_wish *wish);

bool shown_basis_is_made(const struct shown_basis *basis);

/* Frees what it has; it is not made then. */
void shown_basis_finish(struct shown_basis *basis);

#endif
