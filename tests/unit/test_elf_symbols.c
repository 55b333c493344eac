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
#include "inside/elf_symbols.h"
#include "inside/section_list.h"
#include "inside/symbol_list.h"

#define INFO(bind, type) ELF64_ST_INFO(STB_##bind, STT_##type)

/* Reads the table of the type; the sections are those of the file. */
static int read_symbols(const struct elf_maker *maker, uint32_t type, struct elf_symbols *symbols)
{
	struct file_reader file = elf_maker_reader(maker);
	struct section_list sections;
	struct elf_header header;
	struct elf_image *image;
	int error;

	assert_int_equal(elf_header_read(&file, &header), 0);
	assert_int_equal(elf_segments_read(&file, &image), 0);
	assert_int_equal(section_list_read(&sections, &file, &header, image), 0);
	error = elf_symbols_read(&file, &header, type, &sections, symbols);
	section_list_finish(&sections);
	elf_segments_free(image);
	return error;
}

static void finish(struct elf_symbols *symbols)
{
	free(symbols->names);
	free(symbols->strings);
}

static void assert_name(const struct elf_symbols *symbols, size_t index, const char *name,
			uint64_t address, uint64_t size, uint64_t limit)
{
	assert_true(index < symbols->count);
	assert_string_equal(symbols->names[index].name, name);
	assert_int_equal(symbols->names[index].address, address);
	assert_int_equal(symbols->names[index].size, size);
	assert_int_equal(symbols->names[index].limit, limit);
}

static void reads_functions_and_variables(void **state)
{
	(void)state;
	for (int form = 0; form < 4; form++) {
		struct elf_symbols symbols;
		struct elf_maker maker;

		elf_maker_init(&maker, form & 1, form & 2);
		elf_maker_add_symbol(&maker, (struct maker_symbol){.name = ""});
		elf_maker_add_symbol(&maker, (struct maker_symbol){"main", 0x400, 0x20,
								   INFO(GLOBAL, FUNC), MAKER_TEXT});
		elf_maker_add_symbol(&maker, (struct maker_symbol){"counter", 0x2184, 4,
								   INFO(LOCAL, OBJECT), MAKER_BSS});
		elf_maker_add_symbol(&maker, (struct maker_symbol){"start", 0x430, 0,
								   INFO(WEAK, NOTYPE), MAKER_TEXT});
		elf_maker_add_symbol(&maker,
				     (struct maker_symbol){"choice", 0x440, 8,
							   INFO(GLOBAL, GNU_IFUNC), MAKER_TEXT});
		assert_int_equal(read_symbols(&maker, SHT_SYMTAB, &symbols), 0);
		assert_int_equal(symbols.count, 4);
		assert_name(&symbols, 0, "main", 0x400, 0x20, 0x600);
		assert_int_equal(symbols.names[0].kind, INSIDE_FUNCTION);
		assert_int_equal(symbols.names[0].reach, INSIDE_GLOBAL);
		assert_name(&symbols, 1, "counter", 0x2184, 4, 0x2480);
		assert_int_equal(symbols.names[1].kind, INSIDE_VARIABLE);
		assert_int_equal(symbols.names[1].reach, INSIDE_LOCAL);
		assert_name(&symbols, 2, "start", 0x430, 0, 0x600);
		assert_int_equal(symbols.names[2].kind, INSIDE_OTHER);
		assert_int_equal(symbols.names[2].reach, INSIDE_WEAK);
		assert_int_equal(symbols.names[3].kind, INSIDE_FUNCTION);
		finish(&symbols);
		assert_int_equal(read_symbols(&maker, SHT_DYNSYM, &symbols), -ENOENT);
	}
}

static void leaves_out_what_has_no_place(void **state)
{
	static const struct maker_symbol left_out[] = {
		{"undefined", 0x400, 8, INFO(GLOBAL, FUNC), SHN_UNDEF},
		{"constant", 0x400, 8, INFO(GLOBAL, OBJECT), SHN_ABS},
		{"file.c", 0x400, 0, INFO(LOCAL, FILE), SHN_ABS},
		{"section", 0x400, 0, INFO(LOCAL, SECTION), MAKER_TEXT},
		{"errno", 0, 4, INFO(GLOBAL, TLS), MAKER_TBSS},
		{"$x", 0x400, 0, INFO(LOCAL, NOTYPE), MAKER_TEXT},
		{"$d.1", 0x400, 0, INFO(LOCAL, NOTYPE), MAKER_TEXT},
		{"nowhere", 0x9000, 8, INFO(GLOBAL, FUNC), MAKER_TEXT},
		{"", 0x400, 8, INFO(GLOBAL, FUNC), MAKER_TEXT},
	};
	struct elf_symbols symbols;
	struct elf_maker maker;

	(void)state;
	elf_maker_init(&maker, false, false);
	for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++)
		elf_maker_add_symbol(&maker, left_out[i]);
	assert_int_equal(read_symbols(&maker, SHT_SYMTAB, &symbols), -ENOENT);
	elf_maker_add_symbol(&maker,
			     (struct maker_symbol){"$", 0x400, 8, INFO(GLOBAL, FUNC), MAKER_TEXT});
	assert_int_equal(read_symbols(&maker, SHT_SYMTAB, &symbols), 0);
	assert_int_equal(symbols.count, 1);
	finish(&symbols);
}

/* A label behind the last byte of .data is not the first of .bss. */
static void the_end_of_a_section_is_not_in_the_next(void **state)
{
	struct elf_symbols symbols;
	struct elf_maker maker;

	(void)state;
	elf_maker_init(&maker, false, false);
	elf_maker_add_symbol(&maker, (struct maker_symbol){"_edata", 0x2180, 0,
							   INFO(GLOBAL, NOTYPE), MAKER_DATA});
	elf_maker_add_symbol(
		&maker, (struct maker_symbol){"_end", 0x2480, 0, INFO(GLOBAL, NOTYPE), MAKER_BSS});
	assert_int_equal(read_symbols(&maker, SHT_SYMTAB, &symbols), 0);
	assert_int_equal(symbols.count, 2);
	assert_name(&symbols, 0, "_edata", 0x2180, 0, 0x2180);
	assert_name(&symbols, 1, "_end", 0x2480, 0, 0x2480);
	finish(&symbols);
}

static void knows_the_default_version(void **state)
{
	struct elf_symbols symbols;
	struct elf_maker maker;

	(void)state;
	elf_maker_init(&maker, false, false);
	for (int i = 0; i < 2; i++)
		elf_maker_add_symbol(&maker,
				     (struct maker_symbol){"memcpy", 0x400 + (uint64_t)i * 16, 8,
							   INFO(GLOBAL, FUNC), MAKER_TEXT});
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_SYMBOLS), Shdr, sh_type, SHT_DYNSYM);
	elf_maker_put_section(&maker, MAKER_TBSS, ".gnu.version",
			      (Elf64_Shdr){.sh_type = SHT_GNU_versym,
					   .sh_flags = SHF_ALLOC,
					   .sh_addr = 0x700,
					   .sh_offset = 0x700,
					   .sh_size = 4});
	elf_maker_put(&maker, 0x700, 0x8002, 2);
	elf_maker_put(&maker, 0x702, 3, 2);
	assert_int_equal(read_symbols(&maker, SHT_DYNSYM, &symbols), 0);
	assert_int_equal(symbols.names[0].reach, INSIDE_OLD_VERSION);
	assert_int_equal(symbols.names[1].reach, INSIDE_GLOBAL);
	finish(&symbols);
}

static void reads_versions_in_names(void **state)
{
	static const struct {
		const char *name;
		enum inside_reach reach;
	} cases[] = {
		{"memcpy@GLIBC_2.2.5", INSIDE_OLD_VERSION},
		{"memcpy@@GLIBC_2.14", INSIDE_GLOBAL},
	};
	struct elf_symbols symbols;
	struct elf_maker maker;

	(void)state;
	elf_maker_init(&maker, false, false);
	for (size_t i = 0; i < 2; i++)
		elf_maker_add_symbol(&maker, (struct maker_symbol){cases[i].name, 0x400, 8,
								   INFO(GLOBAL, FUNC), MAKER_TEXT});
	assert_int_equal(read_symbols(&maker, SHT_SYMTAB, &symbols), 0);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(symbols.names[i].reach, cases[i].reach);
	finish(&symbols);
}

static void thumb_functions_are_where_they_are(void **state)
{
	struct elf_symbols symbols;
	struct elf_maker maker;

	(void)state;
	elf_maker_init(&maker, true, false);
	ELF_MAKER_PUT(&maker, 0, Ehdr, e_machine, EM_ARM);
	elf_maker_add_symbol(
		&maker, (struct maker_symbol){"main", 0x401, 8, INFO(GLOBAL, FUNC), MAKER_TEXT});
	elf_maker_add_symbol(
		&maker, (struct maker_symbol){"odd", 0x2081, 1, INFO(GLOBAL, OBJECT), MAKER_DATA});
	assert_int_equal(read_symbols(&maker, SHT_SYMTAB, &symbols), 0);
	assert_int_equal(symbols.names[0].address, 0x400);
	assert_int_equal(symbols.names[1].address, 0x2081);
	finish(&symbols);
}

#define REFUSED(error, change)                                                                    \
	do {                                                                                      \
		struct elf_symbols symbols = {0};                                                 \
		struct elf_maker maker;                                                           \
		size_t table, strings;                                                            \
		elf_maker_init(&maker, false, false);                                             \
		elf_maker_add_symbol(                                                             \
			&maker,                                                                   \
			(struct maker_symbol){"main", 0x400, 8, INFO(GLOBAL, FUNC), MAKER_TEXT}); \
		table = elf_maker_section(&maker, MAKER_SYMBOLS);                                 \
		strings = elf_maker_section(&maker, MAKER_STRINGS);                               \
		(void)table, (void)strings;                                                       \
		change;                                                                           \
		assert_int_equal(read_symbols(&maker, SHT_SYMTAB, &symbols), error);              \
		assert_null(symbols.names);                                                       \
		assert_null(symbols.strings);                                                     \
	} while (0)

static void refuses_tables_that_contradict_themselves(void **state)
{
	(void)state;
	REFUSED(-EBADMSG, ELF_MAKER_PUT(&maker, table, Shdr, sh_size, UINT64_MAX));
	REFUSED(-EBADMSG, ELF_MAKER_PUT(&maker, table, Shdr, sh_offset, UINT64_MAX));
	REFUSED(-EBADMSG, ELF_MAKER_PUT(&maker, table, Shdr, sh_link, MAKER_SECTIONS));
	REFUSED(-EBADMSG, ELF_MAKER_PUT(&maker, table, Shdr, sh_link, MAKER_TEXT));
	REFUSED(-EBADMSG, ELF_MAKER_PUT(&maker, strings, Shdr, sh_size, UINT64_MAX));
	REFUSED(-EBADMSG, ELF_MAKER_PUT(&maker, strings, Shdr, sh_offset, 0x4000));
	REFUSED(-ENOENT, ELF_MAKER_PUT(&maker, strings, Shdr, sh_size, 1)); /* no name in it */
	REFUSED(-ENOENT, ELF_MAKER_PUT(&maker, table, Shdr, sh_size, 23));
	REFUSED(-ENOENT, ELF_MAKER_PUT(&maker, 0, Ehdr, e_shoff, 0));
	/* An empty one may lie at the end of the file, and not behind it. */
	REFUSED(-ENOENT, {
		ELF_MAKER_PUT(&maker, table, Shdr, sh_offset, sizeof(maker.bytes));
		ELF_MAKER_PUT(&maker, table, Shdr, sh_size, 0);
	});
	REFUSED(-EBADMSG, {
		ELF_MAKER_PUT(&maker, table, Shdr, sh_offset, sizeof(maker.bytes) + 1);
		ELF_MAKER_PUT(&maker, table, Shdr, sh_size, 0);
	});
}

static void errors_of_reading_are_told(void **state)
{
	static const uint64_t bad[] = {ELF_MAKER_HEADERS, ELF_MAKER_STRINGS, ELF_MAKER_SYMBOLS};
	const struct section_list none = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct elf_maker maker;
		const struct elf_maker_disk disk = {&maker, sizeof(maker.bytes), bad[i]};
		const struct file_reader disk_file = elf_maker_disk_reader(&disk);
		struct elf_symbols symbols = {.count = 77};
		struct file_reader file;
		struct elf_header header;

		elf_maker_init(&maker, false, false);
		elf_maker_add_symbol(&maker, (struct maker_symbol){"main", 0x400, 0x20,
								   INFO(GLOBAL, FUNC), MAKER_TEXT});
		file = elf_maker_reader(&maker);
		assert_int_equal(elf_header_read(&file, &header), 0);
		assert_int_equal(elf_symbols_read(&disk_file, &header, SHT_SYMTAB, &none, &symbols),
				 -EIO);
		assert_int_equal(symbols.count, 77);
	}
}

/* Entries that a file has from its end on, each with an address of its own. */
static int read_many(void *context, uint64_t offset, void *bytes, size_t size)
{
	const struct elf_maker *maker = context;

	if (offset < sizeof(maker->bytes)) {
		memcpy(bytes, maker->bytes + offset, size);
		return 0;
	}
	offset -= sizeof(maker->bytes);
	assert_true(offset % sizeof(Elf64_Sym) == 0 && size % sizeof(Elf64_Sym) == 0);
	for (size_t i = 0; i < size / sizeof(Elf64_Sym); i++)
		((Elf64_Sym *)bytes)[i] =
			(Elf64_Sym){.st_name = 1,
				    .st_info = INFO(GLOBAL, FUNC),
				    .st_shndx = MAKER_TEXT,
				    .st_size = 4,
				    .st_value = 0x10000 + offset / sizeof(Elf64_Sym) + i};
	return 0;
}

static void many_symbols_are_read_one_after_the_other(void **state)
{
	static const size_t counts[] = {4095, 4096, 4097, 2 * 4096 + 5};
	const struct inside_section section = {.start = 0x10000, .end = 0x20000, .name = "x"};
	const struct section_list sections = {.sections = (struct inside_section *)&section,
					      .count = 1};
	struct elf_maker maker;
	struct elf_header header;

	(void)state;
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		const uint64_t size = counts[i] * sizeof(Elf64_Sym);
		const struct file_reader file = {read_many, &maker, sizeof(maker.bytes) + size};
		struct elf_symbols symbols;
		size_t table;

		elf_maker_init(&maker, false, false);
		elf_maker_add_symbol(&maker, (struct maker_symbol){"f", 0, 0, 0, 0});
		table = elf_maker_section(&maker, MAKER_SYMBOLS);
		ELF_MAKER_PUT(&maker, table, Shdr, sh_offset, sizeof(maker.bytes));
		ELF_MAKER_PUT(&maker, table, Shdr, sh_size, size);
		assert_int_equal(elf_header_read(&file, &header), 0);
		assert_int_equal(elf_symbols_read(&file, &header, SHT_SYMTAB, &sections, &symbols),
				 0);
		assert_int_equal(symbols.count, counts[i]);
		for (size_t j = 0; j < counts[i]; j += j + 2 < counts[i] ? 2047 : 1) {
			assert_int_equal(symbols.names[j].address, 0x10000 + j);
			assert_string_equal(symbols.names[j].name, "f");
		}
		finish(&symbols);
	}
}

/* A file with holes can be of any size. */
static void refuses_tables_that_are_too_large(void **state)
{
	const struct section_list none = {0};
	struct elf_symbols symbols;
	struct elf_header header;
	struct elf_maker maker;
	const struct elf_maker_disk disk = {&maker, UINT64_C(1) << 40, UINT64_MAX};
	const struct file_reader file = elf_maker_disk_reader(&disk);

	(void)state;
	elf_maker_init(&maker, false, false);
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_SYMBOLS), Shdr, sh_size,
		      (SYMBOLS_MAX + UINT64_C(1)) * sizeof(Elf64_Sym));
	assert_int_equal(elf_header_read(&file, &header), 0);
	assert_int_equal(elf_symbols_read(&file, &header, SHT_SYMTAB, &none, &symbols), -EFBIG);

	elf_maker_init(&maker, false, false);
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_STRINGS), Shdr, sh_size,
		      UINT64_C(1) << 30);
	assert_int_equal(elf_symbols_read(&file, &header, SHT_SYMTAB, &none, &symbols), -EFBIG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_functions_and_variables),
		cmocka_unit_test(leaves_out_what_has_no_place),
		cmocka_unit_test(the_end_of_a_section_is_not_in_the_next),
		cmocka_unit_test(knows_the_default_version),
		cmocka_unit_test(reads_versions_in_names),
		cmocka_unit_test(thumb_functions_are_where_they_are),
		cmocka_unit_test(refuses_tables_that_contradict_themselves),
		cmocka_unit_test(errors_of_reading_are_told),
		cmocka_unit_test(many_symbols_are_read_one_after_the_other),
		cmocka_unit_test(refuses_tables_that_are_too_large),
	};

	return cmocka_run_group_tests_name("elf_symbols", tests, NULL, NULL);
}
