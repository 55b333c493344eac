/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/huge_pages.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/text.h"
#include "kernel/avoid.h"
#include "kernel/proc_file.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"

/* Documentation/admin-guide/mm/transhuge.rst. */
#define SETTINGS "/sys/kernel/mm/transparent_hugepage"

/* The size of a huge page; 0: there are none. */
static uint64_t read_size(void)
{
	const int settings = open(SETTINGS, O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct text text = {0};
	uint64_t size = 0;

	if (settings < 0)
		return 0;
	if (!proc_file_read(settings, "hpage_pmd_size", 64, &text) &&
	    number_parse(text_string(&text), strcspn(text_string(&text), "\n"), UINT32_MAX, &size))
		size = 0;
	text_finish(&text);
	close(settings);
	return size & (size - 1) ? 0 : size;
}

void huge_pages_open(struct huge_pages *huge, const struct procfs_options *options, int directory)
{
	*huge = (struct huge_pages){.pagemap = -1, .size = read_size()};
	if (huge->size && !(options->avoid & (AVOID_PAGEMAP_SCAN | AVOID_PAGEMAP)))
		huge->pagemap = proc_file_open(directory, "pagemap");
	huge->unknown = huge->size && huge->pagemap < 0;
}

void huge_pages_close(struct huge_pages *huge)
{
	if (huge->pagemap >= 0)
		close(huge->pagemap);
	huge->pagemap = -1;
}

/* Whether a huge page has room about the address; where it lies is not known of new mappings. */
static bool has_room(const struct huge_pages *huge, const struct address_space *space,
		     uint64_t address)
{
	const size_t index = address_space_find(space, address);
	const uint64_t start = address & ~(huge->size - 1);

	return index == space->vma_count ||
	       (start >= space->vmas[index].start && start + huge->size <= space->vmas[index].end);
}

uint64_t huge_pages_brought(struct huge_pages *huge, const struct address_space *space,
			    uint64_t address)
{
	const uint64_t page_size = space->target.page_size;
	const uint64_t page = address & ~(page_size - 1);
	struct residency_run runs[PAGEMAP_SCAN_REGIONS];
	uint64_t walked;
	size_t count;

	if (huge->pagemap < 0 || !has_room(huge, space, address))
		return page_size;
	if (pagemap_scan(&huge->scan, huge->pagemap, page, page + page_size, 0, runs, &count,
			 &walked)) {
		huge_pages_close(huge);
		huge->unknown = true;
		return page_size;
	}
	return count && runs[0].flags & RUN_HUGE ? huge->size : page_size;
}
