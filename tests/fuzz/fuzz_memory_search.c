/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Needles, and memory in which they are looked for: the first byte says how long the needle is, the
 * second how long pieces are, the third which pages are absent. What is found is there, in order.
 */
#include "fuzz.h"

#include <errno.h>
#include <string.h>

#include "inside/memory_reader.h"
#include "inside/memory_search.h"

#define PAGE 64

static void check_found(const struct memory_search *search, const uint8_t *bytes, size_t length,
			uint8_t absent)
{
	for (size_t i = 0; i < search->count; i++) {
		size_t at = (size_t)search->found[i], size = search->needle.size;

		FUZZ_CHECK(at + size <= length);
		FUZZ_CHECK(!memcmp(bytes + at, search->needle.bytes, size));
		FUZZ_CHECK(i == 0 || search->found[i - 1] < at);
		FUZZ_CHECK(!(absent >> at / PAGE % 8 & 1));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t length)
{
	struct memory_needle needle = {.size = 777};
	struct memory_search search;
	size_t size, piece;
	uint8_t absent;
	int error;

	if (length < 3 || length - 3 < input[0])
		return 0;
	size = input[0];
	piece = (size_t)input[1] + 1;
	absent = input[2];
	error = memory_needle_parse((const char *)input + 3, size, &needle);
	FUZZ_CHECK(!error || error == -EINVAL || error == -E2BIG);
	FUZZ_CHECK(error ? needle.size == 777 : needle.size && needle.size <= size);
	if (error)
		return 0;
	input += 3 + size;
	length -= 3 + size;
	memory_search_init(&search, &needle, 100);
	for (size_t at = 0; at < length; at += piece) {
		size_t part = length - at < piece ? length - at : piece;
		uint8_t map[2 + 256 / PAGE / 8] = {0};

		for (size_t page = 0; page < memory_reader_pages(at, part, PAGE); page++)
			memory_reader_set_absent(map, page, absent >> (at / PAGE + page) % 8 & 1);
		memory_search_feed(&search, at, input + at, part, map, PAGE);
	}
	check_found(&search, input, length, absent);
	memory_search_finish(&search);
	return 0;
}
