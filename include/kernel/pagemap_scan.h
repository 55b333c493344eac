/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_PAGEMAP_SCAN_H
#define KERNEL_PAGEMAP_SCAN_H

/*
 * Asks the kernel which pages of a range are in memory or swapped: the ioctl PAGEMAP_SCAN on
 * /proc/PID/pagemap, since Linux 6.7 (Documentation/admin-guide/mm/pagemap.rst and the kernel's
 * include/uapi/linux/fs.h). Declared here, because the headers of most systems are older than the
 * kernel they run.
 *
 * The page tables are walked under the target's mmap_lock, therefore a call is bounded by pages and
 * regions. Pages of zeroes that everybody shares, which smaps does not count, are left out, and so
 * are the markers of guard regions, which look like swapped pages. Memory that has no pages of its
 * own (VM_PFNMAP) is skipped by the kernel. Huge pages of hugetlbfs are reported although smaps
 * does not count them as Rss, and markers of userfaultfd(2) as swapped although it does not count
 * them as Swap (seen on Linux 6.18): residency/scan_result.h sees to both.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/classify.h"
#include "model/page_pieces.h"
#include "model/residency.h"

/* The kernel collects that many regions before it copies them out; more is no use. */
#define PAGEMAP_SCAN_REGIONS 512u

struct pagemap_scan {
	bool no_guards; /* the kernel (before 6.15) knows no guard regions; found out by asking */
};

/*
 * Walks from start on, up to end (a user address) or until max_pages were found or the runs are
 * full. Returns 0, sets *ret_count runs (ascending, disjoint, flags as in model/residency.h) and
 * *ret_walked, where the next call continues: above start, and end when all was walked. Or
 *   -ENOTTY the kernel has no such ioctl,
 *   -EBADMSG what it replied is not of that range (procfs/region_reply.h), also below,
 *   or another -errno of ioctl(2).
 * An address space that has ended is empty: no error.
 */
int pagemap_scan(struct pagemap_scan *scan, int pagemap, uint64_t start, uint64_t end,
		 uint64_t max_pages, struct residency_run runs[static PAGEMAP_SCAN_REGIONS],
		 size_t *ret_count, uint64_t *ret_walked);

/*
 * The pages in a range that are in memory, the page of zeroes included: those that can be read
 * without bringing one in; up to max_pages of them, 0 for all: then the caller bounds the range.
 * Returns 0 and sets *ret_count runs and *ret_walked as pagemap_scan(); or
 *   -ENOTTY the kernel has no such ioctl,
 *   -EFAULT the range is none of user addresses,
 *   or another -errno of ioctl(2).
 */
int pagemap_scan_present(int pagemap, uint64_t start, uint64_t end, uint64_t max_pages,
			 struct residency_run runs[static PAGEMAP_SCAN_REGIONS], size_t *ret_count,
			 uint64_t *ret_walked);

/*
 * The guard regions in a range, which MADV_GUARD_INSTALL of madvise(2) makes. The walk is not
 * bounded by pages, as the pages that are in memory are passed over: the caller bounds the range.
 * Returns 0 and sets *ret_count ranges (ascending, disjoint) and *ret_walked as pagemap_scan(); or
 *   -ENOTTY the kernel has no such ioctl,
 *   -EINVAL it does not report guard regions (before 6.15),
 *   or another -errno of ioctl(2).
 */
int pagemap_scan_guards(int pagemap, uint64_t start, uint64_t end,
			struct guard_range guards[static PAGEMAP_SCAN_REGIONS], size_t *ret_count,
			uint64_t *ret_walked);

/* Pages of one sort. */
struct pagemap_scan_run {
	uint64_t start, end;
	enum page_sort sort;
	bool huge; /* mapped by huge pages */
};

/*
 * Of which sorts the pages of a range are: as pagemap_scan(), but with the page of zeroes and guard
 * pages (PAGES_AWAY where the kernel does not report which), and at the price of a look at each
 * page. What no run has is absent.
 */
int pagemap_scan_sorts(struct pagemap_scan *scan, int pagemap, uint64_t start, uint64_t end,
		       uint64_t max_pages,
		       struct pagemap_scan_run runs[static PAGEMAP_SCAN_REGIONS], size_t *ret_count,
		       uint64_t *ret_walked);

#endif
