/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/elf_image.h"
#include "model/vma.h"

#define PAGE 0x1000

/* A usual position-independent program: header, code, constants, locked and writable data. */
static struct elf_segment usual[] = {
	{0x0, 0x568, 0x0, 0x568, PERM_READ},
	{0x1000, 0x1d1, 0x1000, 0x1d1, PERM_READ | PERM_EXEC},
	{0x2000, 0xfc, 0x2000, 0xfc, PERM_READ},
	{0x3df8, 0x4e468, 0x2df8, 0x5068, PERM_READ | PERM_WRITE},
};
static const struct elf_image image = {
	.segments = usual, .segment_count = 4, .relro_start = 0x3df8, .relro_end = 0x4000};

static bool fits(uint64_t address, uint64_t size, uint64_t offset, size_t segment)
{
	struct elf_fit fit = {.segment = 99};

	return elf_image_fits(&image, PAGE, address, size, offset, &fit) && fit.segment == segment;
}

static void fits_what_a_loader_maps(void **state)
{
	(void)state;
	assert_true(fits(0x0, PAGE, 0x0, 0));
	assert_true(fits(0x1000, PAGE, 0x1000, 1));
	assert_true(fits(0x2000, PAGE, 0x2000, 2));
	assert_true(fits(0x3000, PAGE, 0x2000, 3));
	assert_true(fits(0x4000, 0x5000, 0x3000, 3));
	/* Neighbours at the same distance may have become one mapping. */
	assert_true(fits(0x0, 0x3000, 0x0, 0));
}

static void fits_nothing_else(void **state)
{
	(void)state;
	assert_false(fits(0x0, 0x4000, 0x0, 0));       /* runs into the data's other distance */
	assert_false(fits(0x4000, 0x6000, 0x3000, 3)); /* more than the file's pages */
	assert_false(fits(0x1000, PAGE, 0x2000, 1));   /* the wrong part */
	assert_false(fits(0x100000, PAGE, 0x0, 3));    /* behind everything */
	assert_false(fits(UINT64_MAX - 0xfff, 0x2000, 0, 0)); /* over the end of addresses */
}

static void finds_the_address_of_a_place_in_the_file(void **state)
{
	uint64_t address = 1;

	(void)state;
	assert_true(elf_image_address(&image, PAGE, 3, 0x3000, &address));
	assert_int_equal(address, 0x4000);
	assert_true(elf_image_address(&image, PAGE, 2, 0x2000, &address));
	assert_int_equal(address, 0x2000);
	assert_false(elf_image_address(&image, PAGE, 2, 0x3000, &address));
	assert_false(elf_image_address(&image, PAGE, 3, 0x8000, &address));
}

static void refuses_what_cannot_be_mapped(void **state)
{
	struct elf_segment askew[] = {{0x1008, 0x100, 0x10, 0x100, PERM_READ}};
	struct elf_segment empty[] = {{0x1000, 0x100, 0x1000, 0, PERM_READ | PERM_WRITE}};
	const struct elf_image askew_image = {.segments = askew, .segment_count = 1};
	const struct elf_image empty_image = {.segments = empty, .segment_count = 1};
	struct elf_fit fit;
	uint64_t address;

	(void)state;
	assert_false(elf_image_fits(&askew_image, PAGE, 0x1000, PAGE, 0, &fit));
	assert_false(elf_image_address(&askew_image, PAGE, 0, 0, &address));
	assert_false(elf_image_fits(&empty_image, PAGE, 0x1000, PAGE, 0x1000, &fit));
	assert_int_equal(elf_image_kind(&empty_image, PAGE, 0x1000, PAGE, true), KIND_BSS);
}

static void tells_kinds_by_segment(void **state)
{
	(void)state;
	assert_int_equal(elf_image_kind(&image, PAGE, 0x0, PAGE, false), KIND_RODATA);
	assert_int_equal(elf_image_kind(&image, PAGE, 0x1000, PAGE, false), KIND_TEXT);
	assert_int_equal(elf_image_kind(&image, PAGE, 0x1000, PAGE, true), KIND_TEXT);
	assert_int_equal(elf_image_kind(&image, PAGE, 0x3000, PAGE, false), KIND_RELRO);
	assert_int_equal(elf_image_kind(&image, PAGE, 0x3000, PAGE, true), KIND_DATA);
	assert_int_equal(elf_image_kind(&image, PAGE, 0x4000, 0x5000, true), KIND_DATA);
	assert_int_equal(elf_image_kind(&image, PAGE, 0x4000, 0x5000, false), KIND_DATA);
	assert_int_equal(elf_image_kind(&image, PAGE, 0x9000, 0x4a000, true), KIND_BSS);
}

static void half_of_it_has_to_be_inside(void **state)
{
	(void)state;
	assert_int_equal(elf_image_kind(&image, PAGE, 0x9000, 2 * 0x4a000, true), KIND_BSS);
	assert_int_equal(elf_image_kind(&image, PAGE, 0x9000, 2 * 0x4a000 + PAGE, true),
			 KIND_COUNT);
	assert_int_equal(elf_image_kind(&image, PAGE, 0x53000, PAGE, true), KIND_COUNT);
}

static void a_later_segment_replaces_a_shared_page(void **state)
{
	struct elf_segment shared[] = {
		{0x400000, 0x1800, 0x0, 0x1800, PERM_READ | PERM_EXEC},
		{0x401800, 0x1000, 0x1800, 0x800, PERM_READ | PERM_WRITE},
	};
	const struct elf_image both = {.segments = shared, .segment_count = 2};

	(void)state;
	assert_int_equal(elf_image_kind(&both, PAGE, 0x400000, PAGE, false), KIND_TEXT);
	assert_int_equal(elf_image_kind(&both, PAGE, 0x401000, PAGE, true), KIND_DATA);
	assert_int_equal(elf_image_kind(&both, PAGE, 0x402000, PAGE, true), KIND_BSS);
}

static void spans_whole_pages(void **state)
{
	uint64_t start, end;

	(void)state;
	elf_image_span(&image, PAGE, &start, &end);
	assert_int_equal(start, 0);
	assert_int_equal(end, 0x53000);
	elf_image_span(&image, 0x10000, &start, &end);
	assert_int_equal(end, 0x60000);
}

/* A page of two counts for the later one only, also where most of all is asked for. */
static void a_shared_page_is_weighed_once(void **state)
{
	struct elf_segment shared[] = {
		{0x400000, 0x1800, 0x0, 0x1800, PERM_READ | PERM_EXEC},
		{0x401900, 0x1000, 0x1900, 0x1000, PERM_READ | PERM_WRITE},
	};
	const struct elf_image both = {.segments = shared, .segment_count = 2};

	(void)state;
	assert_int_equal(elf_image_kind(&both, PAGE, 0x400000, 3 * PAGE, true), KIND_DATA);
	assert_int_equal(elf_image_kind(&both, PAGE, 0x400000, 2 * PAGE, true), KIND_TEXT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fits_what_a_loader_maps),
		cmocka_unit_test(fits_nothing_else),
		cmocka_unit_test(finds_the_address_of_a_place_in_the_file),
		cmocka_unit_test(refuses_what_cannot_be_mapped),
		cmocka_unit_test(tells_kinds_by_segment),
		cmocka_unit_test(half_of_it_has_to_be_inside),
		cmocka_unit_test(a_later_segment_replaces_a_shared_page),
		cmocka_unit_test(spans_whole_pages),
		cmocka_unit_test(a_shared_page_is_weighed_once),
	};

	return cmocka_run_group_tests_name("elf_image", tests, NULL, NULL);
}
