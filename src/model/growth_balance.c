/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/growth_balance.h"

#include <stddef.h>

#include "model/address_space.h"
#include "model/identity.h"

static bool has_access(const struct vma *vma)
{
	return vma && vma->perms & PERM_ACCESS;
}

/* A piece that became accessible counts as mapped: it was only reserved before. */
static void add_pieces(struct growth_balance *balance, const struct identity *identity)
{
	for (size_t i = 0; i < identity->piece_count; i++) {
		const struct identity_piece *piece = &identity->pieces[i];
		const uint64_t size = piece->end - piece->start;
		const bool before = has_access(identity_vma(identity, piece, IDENTITY_BEFORE));
		const bool now = has_access(identity_vma(identity, piece, IDENTITY_NOW));

		if (now && !(before && piece->same))
			balance->mapped += size;
		if (before && !(now && piece->same))
			balance->unmapped += size;
	}
}

static uint64_t above(int64_t a, int64_t b)
{
	return a > b ? (uint64_t)(a - b) : 0;
}

void growth_balance_make(struct growth_balance *balance, const struct address_space *before,
			 const struct address_space *now, uint64_t touched)
{
	const struct target *was = &before->target, *is = &now->target;
	struct identity identity;

	*balance = (struct growth_balance){0};
	identity_init(&identity, before, now);
	balance->known =
		!identity.other_program && was->rss != TARGET_UNKNOWN && is->rss != TARGET_UNKNOWN;
	add_pieces(balance, &identity);
	identity_finish(&identity);
	if (!balance->known)
		return;
	balance->rss = (int64_t)(is->rss - was->rss);
	balance->swap_known = was->swap != TARGET_UNKNOWN && is->swap != TARGET_UNKNOWN;
	if (balance->swap_known)
		balance->swap = (int64_t)(is->swap - was->swap);
	balance->untouched = above((int64_t)balance->mapped - (int64_t)balance->unmapped,
				   balance->rss + balance->swap);
	if (balance->untouched > balance->mapped)
		balance->untouched = balance->mapped;
	balance->gone = above((int64_t)touched, balance->rss);
	balance->swapped = balance->swap > 0 ? (uint64_t)balance->swap : 0;
	if (balance->swapped > balance->gone)
		balance->swapped = balance->gone;
}

bool growth_balance_is_other_program(const struct address_space *before,
				     const struct address_space *now)
{
	struct identity identity;
	bool other;

	identity_init(&identity, before, now);
	other = identity.other_program;
	identity_finish(&identity);
	return other;
}
