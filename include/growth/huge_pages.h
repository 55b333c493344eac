/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_HUGE_PAGES_H
#define GROWTH_HUGE_PAGES_H

/*
 * How much memory a page fault brought: a page or, at once, a huge one. The event of a fault does
 * not say which; the page tables do, a moment later (kernel/pagemap_scan.h). What the kernel maps
 * beside the page that was touched (pages of a file that it has, folios of sizes in between) is not
 * known. Bytes.
 */

#include <stdbool.h>
#include <stdint.h>

#include "kernel/pagemap_scan.h"

struct address_space;
struct procfs_options;

struct huge_pages {
	bool unknown; /* there may be some, but the kernel does not say which */
	/* Private: */
	int pagemap;
	uint64_t size; /* of a huge page; 0: this kernel has none */
	struct pagemap_scan scan;
};

/* Of the process whose /proc/PID directory is; huge_pages_close() ends it. */
void huge_pages_open(struct huge_pages *huge, const struct procfs_options *options, int directory);
void huge_pages_close(struct huge_pages *huge);

/* How much a fault at the address brought a moment ago, in the snapshot of about that time. */
uint64_t huge_pages_brought(struct huge_pages *huge, const struct address_space *space,
			    uint64_t address);

#endif
