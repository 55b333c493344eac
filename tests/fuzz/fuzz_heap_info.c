/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The head of a heap is one whatever lies above it, as long as that is no more than it says. */
#include "fuzz.h"

#include <string.h>

#include "procfs/heap_info_parser.h"

static void check(const struct heap_place *place, const uint8_t *bytes)
{
	struct heap_place shorter = *place;

	if (!heap_info_parse(place, bytes))
		return;
	shorter.end = shorter.start + shorter.page_size;
	FUZZ_CHECK(heap_info_parse(&shorter, bytes));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct heap_place wide = {.unit = UINT64_C(1) << 26, .page_size = 4096};
	struct heap_place narrow = {.unit = UINT64_C(1) << 20, .page_size = 4096};
	uint64_t start;

	if (length < sizeof(start) + HEAP_INFO_BYTES)
		return 0;
	memcpy(&start, bytes, sizeof(start));
	bytes += sizeof(start);
	wide.start = start & 0x7ffffc000000;
	wide.end = wide.start + (start & 0x3ffff) / 4096 * 4096 + 4096;
	narrow.start = start & 0xfff00000;
	narrow.end = narrow.start + (start & 0x3ffff) / 4096 * 4096 + 4096;
	check(&wide, bytes);
	check(&narrow, bytes);
	return 0;
}
