/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/pagemap_scan.h"

#include <errno.h>
#include <sys/ioctl.h>

#include "procfs/region_reply.h"

/* The kernel's struct pm_scan_arg. */
struct request {
	uint64_t size; /* of this struct */
	uint64_t flags;
	uint64_t start, end;
	uint64_t walk_end; /* out */
	uint64_t regions, region_count;
	uint64_t max_pages;
	uint64_t category_inverted;
	uint64_t category_mask;       /* all of them, after the inversion */
	uint64_t category_anyof_mask; /* one of them at least */
	uint64_t return_mask;
};

_Static_assert(sizeof(struct request) == 96, "the kernel's layout has no holes");

#define SCAN _IOWR('f', 16, struct request)

/* Categories. To ask for files as well doubles the price: it takes a look at each page. */
#define IS_FILE     UINT64_C(0x04)
#define IS_PRESENT  UINT64_C(0x08)
#define IS_SWAPPED  UINT64_C(0x10)
#define IS_PFN_ZERO UINT64_C(0x20)
#define IS_HUGE     UINT64_C(0x40)
#define IS_GUARD    UINT64_C(0x100)

static uint8_t to_flags(uint64_t categories)
{
	if (!(categories & IS_PRESENT))
		return RUN_SWAPPED;
	return categories & IS_HUGE ? RUN_RESIDENT | RUN_HUGE : RUN_RESIDENT;
}

/* What both scans ask with: half-open [start, end), and room for PAGEMAP_SCAN_REGIONS regions. */
static struct request begin(uint64_t start, uint64_t end, struct page_region *regions)
{
	return (struct request){.size = sizeof(struct request),
				.start = start,
				.end = end,
				.regions = (uintptr_t)regions,
				.region_count = PAGEMAP_SCAN_REGIONS};
}

static int ask(struct pagemap_scan *scan, int pagemap, struct request *request)
{
	int count;

	if (!scan->no_guards) {
		request->category_mask = request->category_inverted = IS_PFN_ZERO | IS_GUARD;
		count = ioctl(pagemap, SCAN, request);
		if (count >= 0 || errno != EINVAL)
			return count < 0 ? -errno : count;
	}
	request->category_mask = request->category_inverted = IS_PFN_ZERO;
	count = ioctl(pagemap, SCAN, request);
	if (count < 0)
		return -errno;
	scan->no_guards = true;
	return count;
}

/* Takes the reply with that many regions: sets *ret_count and *ret_walked, or returns -EBADMSG. */
static int take(const struct request *request, struct page_region *regions, int count,
		size_t *ret_count, uint64_t *ret_walked)
{
	struct region_reply reply = {request->start, request->end, request->walk_end};
	int error = region_reply_check(&reply, regions, count, PAGEMAP_SCAN_REGIONS);

	if (error)
		return error;
	*ret_count = (size_t)count;
	*ret_walked = reply.walked;
	return 0;
}

int pagemap_scan(struct pagemap_scan *scan, int pagemap, uint64_t start, uint64_t end,
		 uint64_t max_pages, struct residency_run runs[static PAGEMAP_SCAN_REGIONS],
		 size_t *ret_count, uint64_t *ret_walked)
{
	struct page_region regions[PAGEMAP_SCAN_REGIONS];
	struct request request = begin(start, end, regions);
	int count, error;

	request.max_pages = max_pages;
	request.category_anyof_mask = IS_PRESENT | IS_SWAPPED;
	request.return_mask = IS_PRESENT | IS_SWAPPED | IS_HUGE;
	count = ask(scan, pagemap, &request);
	if (count < 0)
		return count;
	error = take(&request, regions, count, ret_count, ret_walked);
	for (int i = 0; !error && i < count; i++)
		runs[i] = (struct residency_run){.start = regions[i].start,
						 .end = regions[i].end,
						 .flags = to_flags(regions[i].categories)};
	return error;
}

int pagemap_scan_present(int pagemap, uint64_t start, uint64_t end, uint64_t max_pages,
			 struct residency_run runs[static PAGEMAP_SCAN_REGIONS], size_t *ret_count,
			 uint64_t *ret_walked)
{
	struct page_region regions[PAGEMAP_SCAN_REGIONS];
	struct request request = begin(start, end, regions);
	int count, error;

	request.max_pages = max_pages;
	request.category_mask = request.return_mask = IS_PRESENT;
	count = ioctl(pagemap, SCAN, &request);
	if (count < 0)
		return -errno;
	error = take(&request, regions, count, ret_count, ret_walked);
	for (int i = 0; !error && i < count; i++)
		runs[i] = (struct residency_run){
			.start = regions[i].start, .end = regions[i].end, .flags = RUN_RESIDENT};
	return error;
}

int pagemap_scan_guards(int pagemap, uint64_t start, uint64_t end,
			struct guard_range guards[static PAGEMAP_SCAN_REGIONS], size_t *ret_count,
			uint64_t *ret_walked)
{
	struct page_region regions[PAGEMAP_SCAN_REGIONS];
	struct request request = begin(start, end, regions);
	int count, error;

	request.category_mask = request.return_mask = IS_GUARD;
	count = ioctl(pagemap, SCAN, &request);
	if (count < 0)
		return -errno;
	error = take(&request, regions, count, ret_count, ret_walked);
	for (int i = 0; !error && i < count; i++)
		guards[i] = (struct guard_range){regions[i].start, regions[i].end};
	return error;
}

static struct pagemap_scan_run to_run(const struct page_region *region)
{
	struct pagemap_scan_run run = {
		.start = region->start, .end = region->end, .huge = region->categories & IS_HUGE};

	/* A guard page looks like a swapped one, too, and the page of zeroes like any other. */
	if (region->categories & IS_GUARD)
		run.sort = PAGES_GUARD;
	else if (!(region->categories & IS_PRESENT))
		run.sort = PAGES_SWAPPED;
	else if (region->categories & IS_PFN_ZERO)
		run.sort = PAGES_ZERO;
	else
		run.sort = region->categories & IS_FILE ? PAGES_FILE : PAGES_ANON;
	return run;
}

int pagemap_scan_sorts(struct pagemap_scan *scan, int pagemap, uint64_t start, uint64_t end,
		       uint64_t max_pages,
		       struct pagemap_scan_run runs[static PAGEMAP_SCAN_REGIONS], size_t *ret_count,
		       uint64_t *ret_walked)
{
	const uint64_t categories = IS_PRESENT | IS_SWAPPED | IS_PFN_ZERO | IS_HUGE | IS_FILE;
	struct page_region regions[PAGEMAP_SCAN_REGIONS];
	struct request request = begin(start, end, regions);
	int count, error;

	request.max_pages = max_pages;
	request.category_anyof_mask = IS_PRESENT | IS_SWAPPED;
	request.return_mask = categories | (scan->no_guards ? 0 : IS_GUARD);
	count = ioctl(pagemap, SCAN, &request);
	if (count < 0 && errno == EINVAL && !scan->no_guards) {
		request.return_mask = categories;
		count = ioctl(pagemap, SCAN, &request);
		scan->no_guards = count >= 0;
	}
	if (count < 0)
		return -errno;
	error = take(&request, regions, count, ret_count, ret_walked);
	for (int i = 0; !error && i < count; i++) {
		runs[i] = to_run(&regions[i]);
		if (scan->no_guards && runs[i].sort == PAGES_SWAPPED)
			runs[i].sort = PAGES_AWAY;
	}
	return error;
}
