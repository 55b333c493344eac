/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/range_walk.h"

#include <errno.h>
#include <unistd.h>

#include "kernel/avoid.h"
#include "kernel/pagemap.h"
#include "kernel/proc_file.h"
#include "kernel/procfs_options.h"
#include "residency/scan_plan.h"

#define ENTRIES_MAX \
	(UINT64_C(16) << 30) /* bytes whose entries are read: 30 ms of the kernel's time */
#define ENTRY_NS UINT64_C(8)

int range_walk_begin(struct range_walk *walk, const struct procfs_options *options,
		     const struct range_place *place)
{
	int directory, pagemap;

	if (options->avoid & AVOID_PAGEMAP)
		return -ENOENT;
	/* A recorded list may be of another machine than its pages, or invented. */
	if ((place->start | place->end) % place->page_size)
		return -EINVAL;
	directory = procfs_options_open_process(options, place->pid);
	if (directory < 0)
		return directory;
	pagemap = proc_file_open(directory, "pagemap");
	close(directory);
	if (pagemap < 0)
		return pagemap;
	walk->pagemap = pagemap;
	walk->entries = options->avoid & AVOID_PAGEMAP_SCAN;
	walk->page_size = place->page_size;
	walk->anonymous = place->anonymous;
	walk->scan = (struct pagemap_scan){0};
	page_pieces_init(&walk->pieces, place->start, place->end);
	return 0;
}

/* Returns 1, or -errno. */
static int scan(struct range_walk *walk, uint64_t *ret_expected_ns)
{
	struct pagemap_scan_run runs[PAGEMAP_SCAN_REGIONS];
	struct page_pieces *pieces = &walk->pieces;
	uint64_t start = pieces->walked, walked, pages = 0;
	size_t count;
	int error = pagemap_scan_sorts(&walk->scan, walk->pagemap, start, pieces->end,
				       SCAN_STEP_PAGES, runs, &count, &walked);

	if (error)
		return error;
	for (size_t i = 0; i < count; i++) {
		page_pieces_add(pieces, runs[i].start, runs[i].end, runs[i].sort, runs[i].huge);
		pages += (runs[i].end - runs[i].start) / walk->page_size;
	}
	page_pieces_walk_to(pieces, walked);
	/* A look at each page: twice the price. */
	*ret_expected_ns = scan_pace_expected(2 * pages, 1, walked - start);
	return 1;
}

/* As scan(). */
static int read_entries(struct range_walk *walk, uint64_t *ret_expected_ns)
{
	struct page_pieces *pieces = &walk->pieces;
	uint64_t entries[PAGEMAP_PIECE], size = walk->page_size, start = pieces->walked;
	uint64_t left = (pieces->end - start) / size;
	size_t count = left < PAGEMAP_PIECE ? (size_t)left : PAGEMAP_PIECE;
	int error = pagemap_read(walk->pagemap, start, size, count, entries);

	if (error)
		return error;
	for (size_t i = 0; i < count; i++) {
		enum page_sort sort = pagemap_sort(entries[i], walk->anonymous);

		page_pieces_add(pieces, start + i * size, start + (i + 1) * size, sort, false);
	}
	*ret_expected_ns = scan_pace_expected(0, 1, 0) + count * ENTRY_NS;
	return 1;
}

/* The first step finds out whether the kernel has the ioctl: nothing has been walked then. */
static int take_step(struct range_walk *walk, uint64_t *ret_expected_ns)
{
	const struct page_pieces *pieces = &walk->pieces;

	if (!walk->entries) {
		int result = scan(walk, ret_expected_ns);

		if (result > 0 || pieces->walked > pieces->start)
			return result;
		walk->entries = true;
	}
	if (pieces->end - pieces->start > ENTRIES_MAX)
		return -E2BIG;
	return read_entries(walk, ret_expected_ns);
}

int range_walk_step(struct range_walk *walk, uint64_t *ret_expected_ns)
{
	return page_pieces_complete(&walk->pieces) ? 0 : take_step(walk, ret_expected_ns);
}

void range_walk_finish(struct range_walk *walk)
{
	close(walk->pagemap);
	walk->pagemap = -1;
}
