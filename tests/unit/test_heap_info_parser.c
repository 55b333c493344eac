/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "procfs/heap_info_parser.h"

#define UNIT  UINT64_C(0x4000000)
#define START UINT64_C(0x7ff800000000)

static const struct heap_place place = {
	.start = START, .end = START + 0x21000, .unit = UNIT, .page_size = 4096};

static bool parse(const struct heap_place *at, uint64_t arena, uint64_t previous, uint64_t size,
		  uint64_t accessible)
{
	const uint64_t words[] = {arena, previous, size, accessible};
	uint8_t bytes[HEAP_INFO_BYTES];

	memcpy(bytes, words, sizeof(bytes));
	return heap_info_parse(at, bytes);
}

static void the_first_heap_of_an_arena_holds_the_arena(void **state)
{
	(void)state;
	assert_true(parse(&place, START + 0x20, 0, 0x21000, 0x21000));
	assert_true(parse(&place, START + 0x30, 0, 0x20010, 0x21000));
	/* It has grown since the list was read. */
	assert_true(parse(&place, START + 0x30, 0, 0x25000, 0x25000));
	/* Its arena is elsewhere, it has one before it, or is its own. */
	assert_false(parse(&place, START + 0x10, 0, 0x21000, 0x21000));
	assert_false(parse(&place, START + 0x1000, 0, 0x21000, 0x21000));
	assert_false(parse(&place, START + 0x34, 0, 0x21000, 0x21000));
	assert_false(parse(&place, START + 0x30, START - UNIT, 0x21000, 0x21000));
	assert_false(parse(&place, START + 0x30, START, 0x21000, 0x21000));
}

static void further_heaps_point_to_the_first(void **state)
{
	(void)state;
	assert_true(parse(&place, START - UNIT + 0x30, START - UNIT, 0x21000, 0x21000));
	assert_true(parse(&place, START + 5 * UNIT + 0x30, START - 2 * UNIT, 0x21000, 0x21000));
	assert_false(parse(&place, START - UNIT + 0x30, 0, 0x21000, 0x21000));
	assert_false(parse(&place, START - UNIT + 0x30, START - 0x1000, 0x21000, 0x21000));
}

static void sizes_are_possible(void **state)
{
	(void)state;
	assert_false(parse(&place, START + 0x30, 0, 0, 0x21000));
	assert_false(parse(&place, START + 0x30, 0, 0x21008, 0x22000));
	assert_false(parse(&place, START + 0x30, 0, 0x22000, 0x21000));
	assert_false(parse(&place, START + 0x30, 0, 0x20000, 0x20000));
	assert_false(parse(&place, START + 0x30, 0, 0x21000, 0x21800));
	assert_false(parse(&place, START + 0x30, 0, 0x21000, UNIT + 4096));
	assert_false(parse(&place, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX));
	assert_false(parse(&place, 0, 0, 0, 0));
}

/* Full heaps may have become one mapping with what lies above. */
static void a_full_heap_ends_at_its_unit(void **state)
{
	const struct heap_place merged = {
		.start = START, .end = START + 2 * UNIT, .unit = UNIT, .page_size = 4096};

	(void)state;
	assert_true(parse(&merged, START + 0x30, 0, UNIT, UNIT));
	assert_false(parse(&merged, START + 0x30, 0, UNIT - 4096, UNIT - 4096));
}

static void processes_of_32_bits_have_short_words(void **state)
{
	const struct heap_place narrow = {
		.start = 0xf6100000, .end = 0xf6121000, .unit = 0x100000, .page_size = 4096};
	const uint32_t words[8] = {0xf6100010, 0, 0x21000, 0x21000, 1, 2, 3, 4};
	uint8_t bytes[HEAP_INFO_BYTES];

	(void)state;
	memcpy(bytes, words, sizeof(bytes));
	assert_true(heap_info_parse(&narrow, bytes));
	assert_false(heap_info_parse(&place, bytes));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_heap_of_an_arena_holds_the_arena),
		cmocka_unit_test(further_heaps_point_to_the_first),
		cmocka_unit_test(sizes_are_possible),
		cmocka_unit_test(a_full_heap_ends_at_its_unit),
		cmocka_unit_test(processes_of_32_bits_have_short_words),
	};

	return cmocka_run_group_tests_name("heap_info_parser", tests, NULL, NULL);
}
