/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "inside/memory_search.h"

#define PAGE 64 /* a page so small that a test has many */

static void check_needle(const char *text, int error, const void *bytes, size_t size)
{
	struct memory_needle needle = {.size = 777};

	assert_int_equal(memory_needle_parse(text, strlen(text), &needle), error);
	if (error) {
		assert_int_equal(needle.size, 777);
		return;
	}
	assert_int_equal(needle.size, size);
	assert_memory_equal(needle.bytes, bytes, size);
}

static void a_needle_is_text_or_bytes(void **state)
{
	char large[MEMORY_NEEDLE_MAX + 2];

	(void)state;
	check_needle("text", 0, "text", 4);
	check_needle("0x7f454C46", 0, "\x7f\x45LF", 4);
	check_needle("0X00 ff  01 ", 0, "\0\xff\1", 3);
	check_needle("\"0x7f\"", 0, "0x7f", 4);
	check_needle("\"", 0, "\"", 1);
	check_needle("\xc3\xa4", 0, "\xc3\xa4", 2);
	check_needle("", -EINVAL, NULL, 0);
	check_needle("\"\"", -EINVAL, NULL, 0);
	check_needle("0x", -EINVAL, NULL, 0);
	check_needle("0x123", -EINVAL, NULL, 0);
	check_needle("0x1 2", -EINVAL, NULL, 0);
	check_needle("0xgg", -EINVAL, NULL, 0);
	memset(large, 'a', sizeof(large));
	large[MEMORY_NEEDLE_MAX + 1] = '\0';
	check_needle(large, -E2BIG, NULL, 0);
	large[MEMORY_NEEDLE_MAX] = '\0';
	check_needle(large, 0, large, MEMORY_NEEDLE_MAX);
}

static void an_address_is_a_word(void **state)
{
	const uint64_t address = UINT64_C(0x7f83aa53e000);
	const uint32_t half = (uint32_t)address;
	struct memory_needle needle = memory_needle_of_address(address, 8);

	(void)state;
	assert_int_equal(needle.size, 8);
	assert_memory_equal(needle.bytes, &address, 8);
	needle = memory_needle_of_address(address, 4);
	assert_int_equal(needle.size, 4);
	assert_memory_equal(needle.bytes, &half, 4);
}

/* What is found of the memory, given in pieces of so many bytes; a bit of absent is a page. */
static struct memory_search search_in(const char *needle, uint64_t address, const uint8_t *bytes,
				      size_t size, uint32_t absent, size_t piece, size_t most)
{
	struct memory_needle parsed;
	struct memory_search search;

	assert_int_equal(memory_needle_parse(needle, strlen(needle), &parsed), 0);
	memory_search_init(&search, &parsed, most);
	for (size_t at = 0; at < size; at += piece) {
		uint32_t map = absent >> ((address % PAGE + at) / PAGE);

		memory_search_feed(&search, address + at, bytes + at,
				   at + piece < size ? piece : size - at, (const uint8_t *)&map,
				   PAGE);
	}
	return search;
}

static void pieces_make_no_difference(void **state)
{
	const char text[] = "abcabcab, abcab -- aaaa";

	(void)state;
	for (size_t piece = 1; piece <= sizeof(text); piece++) {
		struct memory_search search = search_in("abcab", 0x1000, (const uint8_t *)text,
							sizeof(text) - 1, 0, piece, 10);

		assert_int_equal(search.count, 3);
		assert_int_equal(search.found[0], 0x1000);
		assert_int_equal(search.found[1], 0x1003);
		assert_int_equal(search.found[2], 0x100a);
		assert_false(search.full);
		memory_search_finish(&search);
		search = search_in("aa", 0x1000, (const uint8_t *)text, sizeof(text) - 1, 0, piece,
				   2);
		assert_int_equal(search.count, 2);
		assert_true(search.full);
		memory_search_finish(&search);
	}
}

/* As zeroes they would match. */
static void absent_pages_match_nothing(void **state)
{
	const uint8_t bytes[6 * PAGE] = {0};
	struct memory_search search =
		search_in("0x0000", 0x1000, bytes, sizeof(bytes), 0x16, sizeof(bytes), 1000);

	(void)state;
	assert_int_equal(search.count, 3 * (PAGE - 1));
	assert_int_equal(search.found[PAGE - 2], 0x1000 + PAGE - 2);
	assert_int_equal(search.found[PAGE - 1], 0x1000 + 3 * PAGE);
	memory_search_finish(&search);
}

static void what_is_apart_is_not_joined(void **state)
{
	const uint8_t map = 0;
	const struct memory_needle needle = {.bytes = "ab", .size = 2};
	struct memory_search search;

	(void)state;
	memory_search_init(&search, &needle, 10);
	memory_search_feed(&search, 0x1000, (const uint8_t *)"xa", 2, &map, PAGE);
	memory_search_feed(&search, 0x1003, (const uint8_t *)"b", 1, &map, PAGE);
	assert_int_equal(search.count, 0);
	memory_search_feed(&search, 0x1010, (const uint8_t *)"a", 1, &map, PAGE);
	memory_search_feed(&search, 0x1011, (const uint8_t *)"b", 1, &map, PAGE);
	assert_int_equal(search.count, 1);
	assert_int_equal(search.found[0], 0x1010);
	memory_search_finish(&search);
}

/* Memory, needles, pieces and holes by chance: as one look at a time finds them. */
static void chance_finds_the_same(void **state)
{
	uint32_t seed = 1;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		uint8_t bytes[8 * PAGE];
		struct memory_search search;
		char needle[5] = {0};
		uint8_t absent;
		size_t length, count = 0;

		for (size_t i = 0; i < sizeof(bytes); i++) {
			seed = seed * 1664525 + 1013904223;
			bytes[i] = (uint8_t)('a' + (seed >> 24) % 2);
		}
		absent = (uint8_t)(seed >> 8);
		length = 1 + (seed >> 16) % 4;
		memcpy(needle, bytes + (seed >> 20) % 64, length);
		search = search_in(needle, 0x1000, bytes, sizeof(bytes), absent,
				   1 + (seed >> 12) % 100, SIZE_MAX);
		for (size_t at = 0; at + length <= sizeof(bytes); at++) {
			bool there = !memcmp(bytes + at, needle, length);

			for (size_t i = at; i < at + length; i++)
				there = there && !(absent >> i / PAGE & 1);
			if (there)
				assert_int_equal(search.found[count++], 0x1000 + at);
		}
		assert_int_equal(search.count, count);
		memory_search_finish(&search);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_needle_is_text_or_bytes),
		cmocka_unit_test(an_address_is_a_word),
		cmocka_unit_test(pieces_make_no_difference),
		cmocka_unit_test(absent_pages_match_nothing),
		cmocka_unit_test(what_is_apart_is_not_joined),
		cmocka_unit_test(chance_finds_the_same),
	};

	return cmocka_run_group_tests_name("memory_search", tests, NULL, NULL);
}
