/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/pagemap.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define ENTRY_PRESENT   (UINT64_C(1) << 63)
#define ENTRY_SWAPPED   (UINT64_C(1) << 62)
#define ENTRY_FILE      (UINT64_C(1) << 61) /* or shared memory; and the huge page of zeroes */
#define ENTRY_GUARD     (UINT64_C(1) << 58) /* since 6.15; also has the bit of swapped pages */
#define ENTRY_EXCLUSIVE (UINT64_C(1) << 56) /* mapped once, since 4.2 */

int pagemap_read(int pagemap, uint64_t address, uint64_t page_size, size_t count,
		 uint64_t entries[static PAGEMAP_PIECE])
{
	size_t wanted = (count < PAGEMAP_PIECE ? count : PAGEMAP_PIECE) * sizeof(*entries);
	off_t offset = (off_t)(address / page_size * sizeof(*entries));
	ssize_t length;

	do
		length = pread(pagemap, entries, wanted, offset);
	while (length < 0 && errno == EINTR);
	if (length < 0)
		return -errno;
	memset((char *)entries + length, 0, wanted - (size_t)length);
	return 0;
}

enum pagemap_page pagemap_page(uint64_t entry, bool anonymous)
{
	if (!(entry & ENTRY_PRESENT))
		return (entry & ENTRY_SWAPPED) && !(entry & ENTRY_GUARD) ? PAGEMAP_SWAPPED
									 : PAGEMAP_NONE;
	/* The page of zeroes belongs to nobody: never exclusive; the small one to no file. */
	if (!(entry & ENTRY_EXCLUSIVE) && (anonymous || !(entry & ENTRY_FILE)))
		return PAGEMAP_SUSPECT;
	return PAGEMAP_RESIDENT;
}

enum page_state pagemap_state(uint64_t entry)
{
	if (entry & ENTRY_PRESENT)
		return PAGE_PRESENT;
	if (!(entry & ENTRY_SWAPPED))
		return PAGE_ABSENT;
	return entry & ENTRY_GUARD ? PAGE_GUARD : PAGE_AWAY;
}

enum page_sort pagemap_sort(uint64_t entry, bool anonymous)
{
	switch (pagemap_state(entry)) {
	case PAGE_PRESENT: break;
	case PAGE_GUARD: return PAGES_GUARD;
	case PAGE_AWAY: return PAGES_AWAY;
	default: return PAGES_ABSENT;
	}
	if (pagemap_page(entry, anonymous) == PAGEMAP_SUSPECT)
		return PAGES_SUSPECT;
	return entry & ENTRY_FILE ? PAGES_FILE : PAGES_ANON;
}
