/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_PAGE_PROBE_H
#define RESIDENCY_PAGE_PROBE_H

/*
 * A look at the page at one address: its entry in pagemap, which is eight bytes, and the mapping's
 * flags and protection key, which only smaps reports. smaps has no short cut to an address: the
 * kernel walks the page tables of all that lies below, mapping by mapping, each under the target's
 * mmap_lock.
 */

#include <stdint.h>

struct page_facts;
struct procfs_options;

#define PAGE_PROBE_ALL INT64_MAX /* of budget_ns: however long it takes */

/*
 * Looks at the page of process pid, and at smaps for up to budget_ns nanoseconds. What cannot be
 * read, or not within that time, becomes unknown. With a budget of 0 only the state of the page is
 * looked at, and the other facts stay as they are. Returns 0; or -errno when the process cannot be
 * opened, and leaves *facts alone.
 */
int page_probe(const struct procfs_options *options, int32_t pid, uint64_t address,
	       uint64_t page_size, int64_t budget_ns, struct page_facts *facts);

#endif
