/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_SCAN_UPDATE_H
#define APP_SCAN_UPDATE_H

/*
 * What becomes known of the memory of a snapshot: by a new scan, or since the snapshot is new. It
 * is made of what was known before, which it leaves as it is, so that another thread can make it
 * while the screen shows that.
 */

#include <stdint.h>

#include "model/usage.h"
#include "residency/scan_once.h"

struct address_space;
struct residency;
struct usage_ranges;

struct scan_update {
	/* What was known, not owned: */
	const struct residency *residency; /* NULL: nothing */
	const struct usage_ranges *smaps;  /* NULL: nothing */
	int64_t smaps_ns;
	/* What is new, owned: */
	struct scan found;        /* all zeroes: nothing was found */
	struct usage_table table; /* without nodes */
};

/*
 * Makes the table of the space, and of what was found what is known by it and by what was known: a
 * residency is whole afterwards. O(mappings + runs).
 */
void scan_update_make(struct scan_update *update, const struct address_space *space);

/* What was known was of another program. */
void scan_update_forget(struct scan_update *update);

void scan_update_finish(struct scan_update *update);

#endif
