/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCFS_REGION_REPLY_H
#define PROCFS_REGION_REPLY_H

/*
 * What the kernel replies to questions about ranges of addresses: the regions of PAGEMAP_SCAN and
 * the mapping of PROCMAP_QUERY. Who reads it relies on regions that are sorted and lie where was
 * asked, and on walks that get on; what replies is a kernel of any version, or a sandbox that plays
 * one. Pure.
 */

#include <stdint.h>

/* The kernel's struct page_region (include/uapi/linux/fs.h): bytes, half-open. */
struct page_region {
	uint64_t start, end;
	uint64_t categories;
};

/* What was asked for and, when it was answered, how far that goes. */
struct region_reply {
	uint64_t start, end; /* start < end */
	uint64_t walked;     /* as the kernel says it; then above start, up to end */
};

/*
 * Checks count regions, as many as the reply says, where there was room for that many. Regions end
 * at reply->end at the latest then. Returns 0; or -EBADMSG when they are not sorted and disjoint,
 * are empty, begin where nothing was asked for, or are more than there is room for.
 */
int region_reply_check(struct region_reply *reply, struct page_region *regions, int64_t count,
		       int64_t room);

/*
 * Checks a mapping that was asked for by an address: the one that contains it, or (next) the lowest
 * that ends above it. Returns 0, or -EBADMSG.
 */
int region_reply_check_mapping(uint64_t start, uint64_t end, uint64_t address, int next);

#endif
