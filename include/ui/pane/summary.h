/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_SUMMARY_H
#define UI_PANE_SUMMARY_H

/* The usage by kind: what the usage pane lists, the largest kind first, and their sum. Bytes. */

#include <stddef.h>
#include <stdint.h>

#include "model/kind.h"

struct address_space;
struct usage_table;

#define SUMMARY_NONE UINT32_MAX

struct summary_entry {
	enum kind kind; /* of the sum KIND_COUNT */
	uint64_t mappings, size;
	uint64_t rss, pss, swap; /* TARGET_UNKNOWN where that is not known */
	uint64_t last;           /* rss, or what was last known of it (model/usage.h) */
	uint64_t largest;        /* the size of the largest mapping */
	uint32_t largest_vma;    /* its index; SUMMARY_NONE when there is none */
};

struct summary {
	struct summary_entry entries[KIND_COUNT]; /* of the kinds that there are, by their size */
	size_t count;
	struct summary_entry total;
};

/* Sums up the space; usage (made for it) may be NULL: not known. O(n). Equal sizes: by kind. */
void summary_make(struct summary *ret_summary, const struct address_space *space,
		  const struct usage_table *usage);

#endif
