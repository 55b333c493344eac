/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Where a table of Go's functions may lie, and what of it, to the byte. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "inside/elf_headers.h"
#include "inside/elf_segments.h"
#include "inside/elf_symbols.h"
#include "inside/pclntab.h"
#include "inside/section_list.h"
#include "inside/symbol_list.h"
#include "pclntab_maker.h"

static int read_from(const struct elf_maker *maker, const struct file_reader *file,
		     struct elf_symbols *symbols)
{
	struct file_reader whole = elf_maker_reader(maker);
	struct section_list sections;
	struct elf_header header;
	struct elf_image *image;
	int error;

	*symbols = (struct elf_symbols){.count = 77};
	assert_int_equal(elf_header_read(&whole, &header), 0);
	assert_int_equal(elf_segments_read(&whole, &image), 0);
	assert_int_equal(section_list_read(&sections, &whole, &header, image), 0);
	error = pclntab_read(file, &header, &sections, symbols);
	if (error) {
		assert_int_equal(symbols->count, 77);
		assert_null(symbols->names);
	}
	section_list_finish(&sections);
	elf_segments_free(image);
	return error;
}

static void assert_error(const struct elf_maker *maker, int error)
{
	struct file_reader file = elf_maker_reader(maker);
	struct elf_symbols symbols;

	assert_int_equal(read_from(maker, &file, &symbols), error);
	if (!error) {
		free(symbols.names);
		free(symbols.strings);
	}
}

/* Expects the one function. */
static void assert_function(const struct elf_maker *maker, const char *name, uint64_t address,
			    uint64_t size)
{
	struct file_reader file = elf_maker_reader(maker);
	struct elf_symbols symbols;

	assert_int_equal(read_from(maker, &file, &symbols), 0);
	assert_int_equal(symbols.count, 1);
	assert_string_equal(symbols.names[0].name, name);
	assert_int_equal(symbols.names[0].address, address);
	assert_int_equal(symbols.names[0].size, size);
	assert_int_equal(symbols.names[0].limit, 0x600);
	assert_int_equal(symbols.names[0].kind, INSIDE_FUNCTION);
	assert_int_equal(symbols.names[0].reach, INSIDE_GLOBAL);
	free(symbols.names);
	free(symbols.strings);
}

/* A table of Go 1.20 with one function, at these places of its section. */
struct small {
	uint64_t count, start, names, pairs;
	uint32_t begin, described, end; /* of the function */
	uint64_t size;                  /* of the section */
};

#define NAME  0x30u
#define PAIRS 0x48u

/* It ends with the pairs; the first of them is the function's description as well. */
static const struct small usual = {1, 0x400, NAME, PAIRS, 0x10, 0, 0x30, PAIRS + 12};

static void put_section(struct elf_maker *maker, size_t index, const char *name, uint64_t at,
			uint64_t size)
{
	elf_maker_put_section(maker, index, name,
			      (Elf64_Shdr){.sh_type = SHT_PROGBITS,
					   .sh_flags = SHF_ALLOC,
					   .sh_addr = at,
					   .sh_offset = at,
					   .sh_size = size});
}

static void put_small(struct elf_maker *maker, const struct small *small)
{
	elf_maker_init(maker, false, false);
	pclntab_maker_put(maker, PCLNTAB_GO_1_20);
	memset(maker->bytes + PCLNTAB_AT + 8, 0, 0xf8);
	elf_maker_put(maker, PCLNTAB_AT + 8, small->count, 8);
	elf_maker_put(maker, PCLNTAB_AT + 8 + 2 * 8, small->start, 8);
	elf_maker_put(maker, PCLNTAB_AT + 8 + 3 * 8, small->names, 8);
	memcpy(maker->bytes + PCLNTAB_AT + NAME, "first", 5);
	elf_maker_put(maker, PCLNTAB_AT + 8 + 7 * 8, small->pairs, 8);
	elf_maker_put(maker, PCLNTAB_AT + PAIRS, small->begin, 4);
	elf_maker_put(maker, PCLNTAB_AT + PAIRS + 4, small->described, 4);
	elf_maker_put(maker, PCLNTAB_AT + PAIRS + 8, small->end, 4);
	put_section(maker, MAKER_RODATA, ".gopclntab", PCLNTAB_AT, small->size);
}

#define WITH(field, value)                   \
	do {                                 \
		struct small small_ = usual; \
		small_.field = (value);      \
		put_small(&maker, &small_);  \
	} while (0)

static void what_lies_in_the_table_is_taken(void **state)
{
	struct elf_maker maker;

	(void)state;
	put_small(&maker, &usual);
	assert_function(&maker, "first", 0x410, 0x20);
	WITH(size, PAIRS + 11);
	assert_error(&maker, -EBADMSG);
	WITH(count, 2);
	assert_error(&maker, -EBADMSG);
	WITH(count, 0);
	assert_error(&maker, -ENOENT);
	/* Descriptions are from the pairs on; what is said of the name is their second number. */
	WITH(described, 4);
	elf_maker_put(&maker, PCLNTAB_AT + PAIRS + 8, 0x30, 4);
	elf_maker_put(&maker, PCLNTAB_AT + 8 + 3 * 8, 1, 8);
	assert_function(&maker, "irst", 0x410, 0x20);
	WITH(described, 5);
	assert_error(&maker, -EBADMSG);
	WITH(described, PAIRS + 12);
	assert_error(&maker, -EBADMSG);
	/* A name may be the last byte; what is empty is none. */
	WITH(names, PAIRS + 11);
	maker.bytes[PCLNTAB_AT + PAIRS + 11] = 'x';
	elf_maker_put(&maker, PCLNTAB_AT + 8 + 2 * 8, 0x400, 8);
	elf_maker_put(&maker, PCLNTAB_AT + PAIRS + 8, 0x78000030, 4);
	assert_function(&maker, "x", 0x410, 0x78000020);
	WITH(names, PAIRS + 11);
	assert_error(&maker, -EBADMSG);
	WITH(names, PAIRS + 12);
	maker.bytes[PCLNTAB_AT + PAIRS + 12] = 'x';
	assert_error(&maker, -EBADMSG);
}

static void functions_lie_in_sections(void **state)
{
	struct elf_maker maker;

	(void)state;
	WITH(end, 0x10);
	assert_function(&maker, "first", 0x410, 0);
	WITH(end, 0xf);
	assert_error(&maker, -EBADMSG);
	WITH(begin, 0);
	assert_function(&maker, "first", 0x400, 0x30);
	WITH(start, 0x408);
	assert_function(&maker, "first", 0x418, 0x20);
	WITH(start, 0x5ef);
	assert_function(&maker, "first", 0x5ff, 0x20);
	WITH(start, 0x3ef);
	assert_error(&maker, -EBADMSG);
	WITH(start, 0x1000);
	assert_error(&maker, -EBADMSG);
}

/* What relocation would put there is found where it is sure. */
static void the_start_is_that_of_the_text_alone(void **state)
{
	struct elf_maker maker;

	(void)state;
	WITH(start, 0);
	assert_function(&maker, "first", 0x410, 0x20);
	put_section(&maker, MAKER_RELRO, ".init", 0x2000, 0x80);
	assert_error(&maker, -EBADMSG);
	put_section(&maker, MAKER_RELRO, ".x", 0x2000, 0x80);
	assert_function(&maker, "first", 0x410, 0x20);
	put_section(&maker, MAKER_TEXT, ".code", 0x400, 0x200);
	assert_error(&maker, -EBADMSG);
	elf_maker_put(&maker, PCLNTAB_AT + 8 + 2 * 8, 0x400, 8);
	assert_function(&maker, "first", 0x410, 0x20);
}

static void numbers_have_limits(void **state)
{
	struct elf_maker maker;

	(void)state;
	WITH(count, SYMBOLS_MAX);
	assert_error(&maker, -EBADMSG);
	WITH(count, SYMBOLS_MAX + 1);
	assert_error(&maker, -EFBIG);
	/* The word is the last of the table, or not whole any more; the head alone is a table. */
	put_section(&maker, MAKER_RODATA, ".gopclntab", PCLNTAB_AT, 16);
	assert_error(&maker, -EFBIG);
	put_section(&maker, MAKER_RODATA, ".gopclntab", PCLNTAB_AT, 15);
	assert_error(&maker, -ENOENT);
	pclntab_maker_put(&maker, PCLNTAB_GO_1_2);
	put_section(&maker, MAKER_RODATA, ".gopclntab", PCLNTAB_AT, 8);
	assert_error(&maker, -EBADMSG);
	put_section(&maker, MAKER_RODATA, ".gopclntab", PCLNTAB_AT, 7);
	assert_error(&maker, -ENOENT);
	/* Offsets as wide as pointers do not lead back to where they would be in the table. */
	elf_maker_init(&maker, false, false);
	pclntab_maker_put(&maker, PCLNTAB_GO_1_16);
	elf_maker_put(&maker, PCLNTAB_AT + 0x58, 0x90 - 0x50 - UINT64_C(0x100), 8);
	assert_function(&maker, "main.work", 0x430, 0x10);
}

/* At multiples of 32, by address. */
static void a_head_is_aligned(void **state)
{
	static const struct {
		uint64_t start; /* of the section, and the head is behind it */
		uint64_t head;
		int error;
	} cases[] = {
		{0x600, 0x600, 0},       {0x601, 0x620, 0},       {0x60f, 0x620, 0},
		{0x61f, 0x620, 0},       {0x620, 0x620, 0},       {0x610, 0x610, -ENOENT},
		{0x600, 0x608, -ENOENT}, {0x600, 0x610, -ENOENT}, {0x600, 0x640, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct elf_maker maker;

		put_small(&maker, &usual);
		memmove(maker.bytes + cases[i].head, maker.bytes + PCLNTAB_AT, 0x60);
		memset(maker.bytes + 0x600, 0, cases[i].head - 0x600);
		put_section(&maker, MAKER_RODATA, ".gopclntab", cases[i].start,
			    cases[i].head - cases[i].start + usual.size);
		if (cases[i].error) {
			assert_error(&maker, cases[i].error);
			continue;
		}
		assert_function(&maker, "first", 0x410, 0x20);
		/* The bytes before its head are no room for it. */
		put_section(&maker, MAKER_RODATA, ".gopclntab", cases[i].start,
			    cases[i].head - cases[i].start + usual.size - 1);
		assert_error(&maker, -EBADMSG);
	}
}

/* Under another name, by the kind of the section; then it is a program of Go by what else it has.
 */
static void it_is_sought_in_what_is_not_written_to(void **state)
{
	struct elf_maker maker;

	(void)state;
	put_small(&maker, &usual);
	put_section(&maker, MAKER_RODATA, ".other", PCLNTAB_AT, usual.size);
	assert_error(&maker, -ENOENT);
	put_section(&maker, MAKER_RELRO, ".note.go.buildid", 0x2000, 0x80);
	assert_function(&maker, "first", 0x410, 0x20);
	put_section(&maker, MAKER_RELRO, ".note.go", 0x2000, 0x80);
	assert_error(&maker, -ENOENT);
	put_section(&maker, MAKER_RELRO, ".go.buildinfo", 0x2000, 0x80);
	assert_function(&maker, "first", 0x410, 0x20);
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_RODATA), Shdr, sh_flags,
		      SHF_ALLOC | SHF_EXECINSTR);
	assert_error(&maker, -ENOENT);
	/* Without sections, in a segment that can be read alone. */
	put_small(&maker, &usual);
	ELF_MAKER_PUT(&maker, 0, Ehdr, e_shoff, 0);
	assert_error(&maker, -ENOENT);
	elf_maker_put_program(
		&maker, 0,
		(Elf64_Phdr){
			.p_type = PT_LOAD, .p_flags = PF_R, .p_filesz = 0x800, .p_memsz = 0x800});
	assert_error(&maker, 0);
}

static int read_disk(uint64_t size, uint64_t bad, bool named)
{
	struct elf_symbols symbols;
	struct elf_maker maker;
	const struct elf_maker_disk disk = {&maker, UINT64_C(1) << 30, bad};
	struct file_reader file = elf_maker_disk_reader(&disk);

	put_small(&maker, &usual);
	elf_maker_put_section(&maker, MAKER_RELRO, ".go.buildinfo",
			      (Elf64_Shdr){.sh_type = SHT_PROGBITS,
					   .sh_flags = SHF_ALLOC,
					   .sh_addr = UINT64_C(1) << 30,
					   .sh_offset = 0x1000,
					   .sh_size = 0x80});
	/* The first segment ends with the section. */
	elf_maker_put_program(&maker, 0,
			      (Elf64_Phdr){.p_type = PT_LOAD,
					   .p_flags = PF_R | PF_X,
					   .p_filesz = 0x600 + size,
					   .p_memsz = 0x600 + size});
	elf_maker_put_program(&maker, 1,
			      (Elf64_Phdr){.p_type = PT_LOAD,
					   .p_flags = PF_R | PF_W,
					   .p_offset = 0x1000,
					   .p_vaddr = UINT64_C(1) << 30,
					   .p_filesz = 0x180,
					   .p_memsz = 0x480});
	put_section(&maker, MAKER_RODATA, named ? ".gopclntab" : ".rodata", PCLNTAB_AT, size);
	return read_from(&maker, &file, &symbols);
}

/* Of 256 MiB at most; larger ones are not read, and so do not fail. */
static void errors_of_reading_are_told(void **state)
{
	const uint64_t limit = UINT64_C(1) << 28;

	(void)state;
	assert_int_equal(read_disk(0x200, 0x700, true), -EIO);
	assert_int_equal(read_disk(0x200, 0x600, false), -EIO);
	assert_int_equal(read_disk(limit, 0x600, true), -EIO);
	assert_int_equal(read_disk(limit + 1, 0x600, true), -ENOENT);
	assert_int_equal(read_disk(limit + 1, 0x600, false), -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_lies_in_the_table_is_taken),
		cmocka_unit_test(functions_lie_in_sections),
		cmocka_unit_test(the_start_is_that_of_the_text_alone),
		cmocka_unit_test(numbers_have_limits),
		cmocka_unit_test(a_head_is_aligned),
		cmocka_unit_test(it_is_sought_in_what_is_not_written_to),
		cmocka_unit_test(errors_of_reading_are_told),
	};

	return cmocka_run_group_tests_name("pclntab_places", tests, NULL, NULL);
}
