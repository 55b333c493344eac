/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "elf_maker.h"
#include "inside/elf_headers.h"
#include "inside/elf_segments.h"
#include "inside/section_list.h"
#include "model/elf_image.h"

static struct section_list read_list(const struct elf_maker *maker)
{
	struct file_reader file = elf_maker_reader(maker);
	struct section_list list;
	struct elf_header header;
	struct elf_image *image;

	assert_int_equal(elf_header_read(&file, &header), 0);
	assert_int_equal(elf_segments_read(&file, &image), 0);
	assert_int_equal(section_list_read(&list, &file, &header, image), 0);
	elf_segments_free(image);
	for (size_t i = 0; i < list.count; i++) {
		assert_true(list.sections[i].start < list.sections[i].end);
		assert_true(i == 0 || list.sections[i - 1].end <= list.sections[i].start);
	}
	return list;
}

static void assert_section(const struct section_list *list, size_t index, const char *name,
			   uint64_t start, uint64_t end, enum kind kind)
{
	assert_true(index < list->count);
	assert_string_equal(list->sections[index].name, name);
	assert_int_equal(list->sections[index].start, start);
	assert_int_equal(list->sections[index].end, end);
	assert_int_equal(list->sections[index].kind, kind);
	assert_int_equal(list->sections[index].nobits, kind == KIND_BSS);
}

/* .tbss is not there: it takes no addresses, and those that it claims are .data.rel.ro's. */
static void has_what_is_loaded(void **state)
{
	(void)state;
	for (int form = 0; form < 4; form++) {
		struct elf_maker maker;
		struct section_list list;

		elf_maker_init(&maker, form & 1, form & 2);
		list = read_list(&maker);
		assert_int_equal(list.count, 5);
		assert_false(list.from_segments);
		assert_section(&list, 0, ".text", 0x400, 0x600, KIND_TEXT);
		assert_section(&list, 1, ".rodata", 0x600, 0x700, KIND_RODATA);
		assert_section(&list, 2, ".data.rel.ro", 0x2000, 0x2080, KIND_RELRO);
		assert_section(&list, 3, ".data", 0x2080, 0x2180, KIND_DATA);
		assert_section(&list, 4, ".bss", 0x2180, 0x2480, KIND_BSS);
		assert_int_equal(list.sections[3].offset, 0x1080);
		section_list_finish(&list);
	}
}

static void the_figure_of_the_books_is_exact(void **state)
{
	struct elf_maker maker;
	struct section_list list;
	struct section_sizes sizes;

	(void)state;
	elf_maker_init(&maker, false, false);
	list = read_list(&maker);
	section_list_sum(&list, &sizes);
	assert_int_equal(sizes.of[KIND_TEXT], 0x200);
	assert_int_equal(sizes.of[KIND_RODATA], 0x100);
	assert_int_equal(sizes.of[KIND_RELRO], 0x80);
	assert_int_equal(sizes.of[KIND_DATA], 0x100);
	assert_int_equal(sizes.of[KIND_BSS], 0x300);
	section_list_finish(&list);
}

static void finds_by_address(void **state)
{
	struct elf_maker maker;
	struct section_list list;

	(void)state;
	elf_maker_init(&maker, false, false);
	list = read_list(&maker);
	assert_null(section_list_at(&list, 0x3ff));
	assert_ptr_equal(section_list_at(&list, 0x400), &list.sections[0]);
	assert_ptr_equal(section_list_at(&list, 0x5ff), &list.sections[0]);
	assert_ptr_equal(section_list_at(&list, 0x217f), &list.sections[3]);
	assert_ptr_equal(section_list_at(&list, 0x2180), &list.sections[4]);
	assert_null(section_list_at(&list, 0x2480));
	assert_int_equal(section_list_from(&list, 0x700), 2);
	assert_int_equal(section_list_from(&list, UINT64_MAX), 5);
	section_list_finish(&list);
}

/* sstrip(1) and packers take the section headers away: the segments stand in. */
static void segments_stand_in(void **state)
{
	struct elf_maker maker;
	struct section_list list;

	(void)state;
	elf_maker_init(&maker, false, false);
	ELF_MAKER_PUT(&maker, 0, Ehdr, e_shoff, 0);
	list = read_list(&maker);
	assert_true(list.from_segments);
	assert_int_equal(list.count, 3);
	assert_section(&list, 0, "LOAD", 0, 0x800, KIND_TEXT);
	assert_section(&list, 1, "LOAD", 0x2000, 0x2180, KIND_DATA);
	assert_section(&list, 2, "LOAD", 0x2180, 0x2480, KIND_BSS);
	section_list_finish(&list);
}

static void put_address(struct elf_maker *maker, size_t section, uint64_t address, uint64_t size)
{
	size_t at = elf_maker_section(maker, section);

	ELF_MAKER_PUT(maker, at, Shdr, sh_addr, address);
	ELF_MAKER_PUT(maker, at, Shdr, sh_size, size);
}

static void sections_that_contradict_the_segments_are_cut(void **state)
{
	struct elf_maker maker;
	struct section_list list;

	(void)state;
	elf_maker_init(&maker, false, false);
	put_address(&maker, MAKER_TEXT, 0x400, UINT64_MAX);   /* beyond its segment */
	put_address(&maker, MAKER_RODATA, 0x600, 0x100);      /* within .text now */
	put_address(&maker, MAKER_RELRO, 0x900, 0x100);       /* in no segment */
	put_address(&maker, MAKER_DATA, 0x2100, 0x100);       /* overlaps .bss */
	put_address(&maker, MAKER_BSS, UINT64_MAX - 1, 0x10); /* overflows */
	list = read_list(&maker);
	assert_int_equal(list.count, 2);
	assert_section(&list, 0, ".text", 0x400, 0x800, KIND_TEXT);
	assert_section(&list, 1, ".data", 0x2100, 0x2200, KIND_DATA);
	section_list_finish(&list);
}

static void names_that_are_none_are_empty(void **state)
{
	struct elf_maker maker;
	struct section_list list;

	(void)state;
	elf_maker_init(&maker, false, false);
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_TEXT), Shdr, sh_name, 0x100);
	list = read_list(&maker);
	assert_section(&list, 0, "", 0x400, 0x600, KIND_TEXT);
	section_list_finish(&list);

	elf_maker_init(&maker, false, false);
	ELF_MAKER_PUT(&maker, 0, Ehdr, e_shstrndx, MAKER_SECTIONS);
	list = read_list(&maker);
	assert_section(&list, 4, "", 0x2180, 0x2480, KIND_BSS);
	section_list_finish(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(has_what_is_loaded),
		cmocka_unit_test(the_figure_of_the_books_is_exact),
		cmocka_unit_test(finds_by_address),
		cmocka_unit_test(segments_stand_in),
		cmocka_unit_test(sections_that_contradict_the_segments_are_cut),
		cmocka_unit_test(names_that_are_none_are_empty),
	};

	return cmocka_run_group_tests_name("section_list", tests, NULL, NULL);
}
