/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_PAGE_LOOK_H
#define SAMPLER_PAGE_LOOK_H

/*
 * A look at the page at one address: its entry in pagemap, which is eight bytes, and the mapping's
 * flags and protection key, which only smaps tells. smaps has no short cut to an address: the
 * kernel walks the page tables of all that lies below, under the target's mmap_lock.
 */

#include <stdbool.h>
#include <stdint.h>

struct page_facts;
struct procfs_options;

/*
 * Looks at the page of process pid; with smaps false only at its entry. What may not be read or
 * cannot be understood stays unknown. Returns 0 and sets *ret_facts; or -errno when the process
 * cannot be opened.
 */
int page_look(const struct procfs_options *options, int32_t pid, uint64_t address,
	      uint64_t page_size, bool smaps, struct page_facts *ret_facts);

#endif
