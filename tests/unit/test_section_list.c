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

/* Of two sections, what each has; .text and .rodata are within one segment, whose end is 0x800. */
static void overlaps_are_of_the_first(void **state)
{
	static const struct {
		uint64_t address[2], size[2], start[2], end[2], offset[2];
		size_t count;
	} cases[] = {
		{{0x400, 0x600}, {0x200, 0x100}, {0x400, 0x600}, {0x600, 0x700}, {0x400, 0x600}, 2},
		{{0x400, 0x500}, {0x200, 0x180}, {0x400, 0x600}, {0x600, 0x680}, {0x400, 0x700}, 2},
		{{0x400, 0x500}, {0x200, 0x100}, {0x400}, {0x600}, {0x400}, 1},
		{{0x400, 0x500}, {0x200, 0x101}, {0x400, 0x600}, {0x600, 0x601}, {0x400, 0x700}, 2},
		{{0x400, 0x400}, {0x200, 0x100}, {0x400, 0x500}, {0x500, 0x600}, {0x600, 0x500}, 2},
		{{0x500, 0x400}, {0x100, 0x180}, {0x400, 0x580}, {0x580, 0x600}, {0x600, 0x480}, 2},
		{{0x400, 0x7ff}, {0x200, 0x100}, {0x400, 0x7ff}, {0x600, 0x800}, {0x400, 0x600}, 2},
		{{0x400, 0x800}, {0x200, 0x100}, {0x400}, {0x600}, {0x400}, 1},
		{{0x400, 0x600}, {0x200, 0}, {0x400}, {0x600}, {0x400}, 1},
		{{0x400, 0x600}, {0x401, 0x1}, {0x400}, {0x800}, {0x400}, 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct elf_maker maker;
		struct section_list list;

		elf_maker_init(&maker, false, false);
		for (size_t j = 0; j < 2; j++)
			put_address(&maker, MAKER_TEXT + j, cases[i].address[j], cases[i].size[j]);
		list = read_list(&maker);
		assert_int_equal(list.count, cases[i].count + 3);
		for (size_t j = 0; j < cases[i].count; j++) {
			assert_int_equal(list.sections[j].start, cases[i].start[j]);
			assert_int_equal(list.sections[j].end, cases[i].end[j]);
			assert_int_equal(list.sections[j].offset, cases[i].offset[j]);
		}
		section_list_finish(&list);
	}
}

/* The kinds of .data by where it lies: relro is 0x2000 to 0x2080, of the file 0x2000 to 0x2180. */
static void kinds_have_borders(void **state)
{
	static const struct {
		uint64_t address, size;
		enum kind kind;
	} cases[] = {
		{0x2000, 0x80, KIND_RELRO}, {0x2000, 0x81, KIND_DATA}, {0x207f, 1, KIND_RELRO},
		{0x2080, 1, KIND_DATA},     {0x217f, 1, KIND_DATA},    {0x217f, 2, KIND_DATA},
		{0x2180, 1, KIND_BSS},      {0x247f, 1, KIND_BSS},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct elf_maker maker;
		struct section_list list;

		elf_maker_init(&maker, false, false);
		put_address(&maker, MAKER_RELRO, 0, 0);
		put_address(&maker, MAKER_BSS, 0, 0);
		put_address(&maker, MAKER_DATA, cases[i].address, cases[i].size);
		list = read_list(&maker);
		assert_int_equal(list.count, 3);
		assert_section(&list, 2, ".data", cases[i].address,
			       cases[i].address + cases[i].size, cases[i].kind);
		section_list_finish(&list);
	}
}

/* Below the first segment, what begins there and what has no place in memory. */
static void sections_lie_in_segments(void **state)
{
	struct elf_maker maker;
	struct section_list list;

	(void)state;
	elf_maker_init(&maker, false, false);
	elf_maker_put_program(&maker, 0,
			      (Elf64_Phdr){.p_type = PT_LOAD,
					   .p_flags = PF_R | PF_X,
					   .p_offset = 0x500,
					   .p_vaddr = 0x500,
					   .p_filesz = 0x300,
					   .p_memsz = 0x300});
	put_address(&maker, MAKER_TEXT, 0x4ff, 0x10);
	put_address(&maker, MAKER_RODATA, 0x500, 0x10);
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_DATA), Shdr, sh_flags, SHF_WRITE);
	list = read_list(&maker);
	assert_int_equal(list.count, 3);
	assert_section(&list, 0, ".rodata", 0x500, 0x510, KIND_RODATA);
	assert_section(&list, 1, ".data.rel.ro", 0x2000, 0x2080, KIND_RELRO);
	assert_section(&list, 2, ".bss", 0x2180, 0x2480, KIND_BSS);
	section_list_finish(&list);
}

static int try_to_read(const struct elf_maker_disk *disk, struct section_list *list)
{
	struct file_reader file = elf_maker_disk_reader(disk),
			   whole = elf_maker_reader(disk->maker);
	struct elf_header header;
	struct elf_image *image;
	int error;

	assert_int_equal(elf_header_read(&whole, &header), 0);
	assert_int_equal(elf_segments_read(&whole, &image), 0);
	error = section_list_read(list, &file, &header, image);
	elf_segments_free(image);
	return error;
}

static void errors_of_reading_are_told(void **state)
{
	static const uint64_t bad[] = {ELF_MAKER_HEADERS, ELF_MAKER_NAMES};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct section_list list = {.count = 77};
		struct elf_maker maker;

		elf_maker_init(&maker, false, false);
		assert_int_equal(
			try_to_read(&(struct elf_maker_disk){&maker, sizeof(maker.bytes), bad[i]},
				    &list),
			-EIO);
		assert_int_equal(list.count, 77);
	}
}

/* Sixteen megabytes of names at most. */
static void names_have_a_limit(void **state)
{
	const uint64_t limit = UINT64_C(16) << 20;

	(void)state;
	for (uint64_t more = 0; more < 2; more++) {
		struct elf_maker maker;
		const struct elf_maker_disk disk = {&maker, 2 * limit, UINT64_MAX};
		struct section_list list;

		elf_maker_init(&maker, false, false);
		ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_NAMES), Shdr, sh_size,
			      limit + more);
		assert_int_equal(try_to_read(&disk, &list), 0);
		assert_int_equal(list.count, 5);
		assert_string_equal(list.sections[0].name, more ? "" : ".text");
		section_list_finish(&list);
	}
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

	/* The last byte of the names is one of them, and so is the end of one. */
	elf_maker_init(&maker, false, false);
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_TEXT), Shdr, sh_name, 0xff);
	maker.bytes[ELF_MAKER_NAMES + 0xff] = 'x';
	list = read_list(&maker);
	assert_section(&list, 0, "x", 0x400, 0x600, KIND_TEXT);
	section_list_finish(&list);

	/* What is no table of strings has none. */
	elf_maker_init(&maker, false, false);
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_NAMES), Shdr, sh_type, SHT_PROGBITS);
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
		cmocka_unit_test(overlaps_are_of_the_first),
		cmocka_unit_test(kinds_have_borders),
		cmocka_unit_test(sections_lie_in_segments),
		cmocka_unit_test(errors_of_reading_are_told),
		cmocka_unit_test(names_have_a_limit),
		cmocka_unit_test(names_that_are_none_are_empty),
	};

	return cmocka_run_group_tests_name("section_list", tests, NULL, NULL);
}
