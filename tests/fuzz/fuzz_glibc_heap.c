/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whatever a target's memory holds: of each arena the parts add up, pieces ascend and are disjoint,
 * and nothing is read outside of what was there. The first byte says the size of words, the second
 * which page is not in memory; the rest is the memory.
 */
#include "fuzz.h"

#include "../unit/fake_memory.h"
#include "heap_check.h"
#include "inside/glibc_heap.h"
#include "inside/heap_memory.h"
#include "inside/heap_usage.h"

#define START UINT64_C(0x10000)
#define PAGES 8

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct fake_memory memory;
	struct heap_usage heap;
	const struct heap_range data = {START, START + FAKE_PAGE};
	const struct heap_range writable = {START, START + PAGES * FAKE_PAGE};
	const struct heap_range anonymous = {START + 6 * FAKE_PAGE, START + 8 * FAKE_PAGE};

	if (length < 2)
		return 0;
	fake_memory_init(&memory, START, PAGES, bytes[0] & 1 ? 4 : 8);
	if (bytes[1] < PAGES)
		memory.absent[bytes[1]] = true;
	length -= 2;
	memcpy(memory.bytes, bytes + 2,
	       length < PAGES * FAKE_PAGE ? length : (size_t)(PAGES * FAKE_PAGE));
	if (glibc_heap_read(
		    &(struct heap_memory){.reader = &memory.reader,
					  .word = memory.word,
					  .data = {&data, 1},
					  .writable = {&writable, 1},
					  .anonymous = {&anonymous, 1},
					  .heap = {START + FAKE_PAGE, START + 5 * FAKE_PAGE}},
		    true, &heap) == 0) {
		heap_check(&heap);
		heap_usage_finish(&heap);
	}
	fake_memory_finish(&memory);
	return 0;
}
