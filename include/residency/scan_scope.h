/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_SCAN_SCOPE_H
#define RESIDENCY_SCAN_SCOPE_H

/*
 * What of a snapshot a scan needs: the mappings that can be walked, and whose memory they are. It
 * shares the snapshot's list; the ranges of it are listed for a walk only.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "residency/scan_plan.h"
#include "residency/scan_target.h"

struct address_space;

struct scan_scope {
	struct address_space *space; /* owned; private */
	struct scan_range *ranges;   /* owned; NULL: not listed */
	size_t count;
	struct scan_image image; /* where brk heap and stack begin */
	uint64_t visible_start, visible_end;
};

/* [vsyscall] and whatever else is not a user address is left out. A visible range that is empty is
 * everything. */
struct scan_scope scan_scope_at(const struct address_space *space, uint64_t visible_start,
				uint64_t visible_end);
void scan_scope_finish(struct scan_scope *look);

/* Lists its ranges, if they are not listed; and frees that list. */
void scan_scope_list(struct scan_scope *look);
void scan_scope_unlist(struct scan_scope *look);

/* Whether both have the same mappings. */
bool scan_scope_equal(const struct scan_scope *a, const struct scan_scope *b);

/* Whether the snapshot is of that image; a snapshot that does not know where it begins is. */
bool scan_scope_is_of(const struct scan_scope *look, const struct scan_image *image);

#endif
