/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/memory_reader.h"

size_t memory_reader_pages(uint64_t address, size_t size, uint64_t page_size)
{
	if (!size)
		return 0;
	return (size_t)((address % page_size + size - 1) / page_size + 1);
}

size_t memory_reader_map_size(uint64_t address, size_t size, uint64_t page_size)
{
	return (memory_reader_pages(address, size, page_size) + 7) / 8;
}

bool memory_reader_is_absent(const uint8_t *absent, uint64_t address, size_t offset,
			     uint64_t page_size)
{
	size_t page = (size_t)((address % page_size + offset) / page_size);

	return absent[page / 8] >> page % 8 & 1;
}

void memory_reader_set_absent(uint8_t *absent, size_t page, bool is_absent)
{
	uint8_t bit = (uint8_t)(1u << page % 8);

	if (is_absent)
		absent[page / 8] |= bit;
	else
		absent[page / 8] &= (uint8_t)~bit;
}
