/* SPDX-License-Identifier: GPL-2.0-or-later */
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

static int read_table(const struct elf_maker *maker, struct elf_symbols *symbols)
{
	struct file_reader file = elf_maker_reader(maker);
	struct section_list sections;
	struct elf_header header;
	struct elf_image *image;
	int error;

	*symbols = (struct elf_symbols){0};
	assert_int_equal(elf_header_read(&file, &header), 0);
	assert_int_equal(elf_segments_read(&file, &image), 0);
	assert_int_equal(section_list_read(&sections, &file, &header, image), 0);
	error = pclntab_read(&file, &header, &sections, symbols);
	section_list_finish(&sections);
	elf_segments_free(image);
	return error;
}

static void finish(struct elf_symbols *symbols)
{
	free(symbols->names);
	free(symbols->strings);
}

static void assert_functions(const struct elf_symbols *symbols)
{
	assert_int_equal(symbols->count, 2);
	assert_string_equal(symbols->names[0].name, "main.main");
	assert_int_equal(symbols->names[0].address, 0x410);
	assert_int_equal(symbols->names[0].size, 0x20);
	assert_int_equal(symbols->names[0].limit, 0x600);
	assert_int_equal(symbols->names[0].kind, INSIDE_FUNCTION);
	assert_int_equal(symbols->names[0].reach, INSIDE_GLOBAL);
	assert_int_equal(symbols->strings_size, 0x100);
	assert_string_equal(symbols->names[1].name, "main.work");
	assert_int_equal(symbols->names[1].address, 0x430);
	assert_int_equal(symbols->names[1].size, 0x10);
}

static void reads_every_layout(void **state)
{
	(void)state;
	for (int form = 0; form < 4; form++)
		for (int version = 0; version < PCLNTAB_VERSIONS; version++) {
			struct elf_symbols symbols;
			struct elf_maker maker;

			elf_maker_init(&maker, form & 1, form & 2);
			assert_int_equal(read_table(&maker, &symbols), -ENOENT);
			pclntab_maker_put(&maker, version);
			assert_int_equal(read_table(&maker, &symbols), 0);
			assert_functions(&symbols);
			finish(&symbols);
		}
}

/* The head: no bytes but zeroes behind the number, a quantum that a machine has, its pointers. */
static void a_head_is_known_by_each_byte(void **state)
{
	static const struct {
		int at;
		unsigned char value;
		int error;
	} cases[] = {
		{4, 1, -ENOENT}, {5, 1, -ENOENT}, {6, 0, -ENOENT},    {6, 1, 0},
		{6, 2, 0},       {6, 3, -ENOENT}, {6, 4, 0},          {6, 5, -ENOENT},
		{7, 4, -ENOENT}, {7, 9, -ENOENT}, {3, 0xfe, -ENOENT},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct elf_symbols symbols;
		struct elf_maker maker;

		elf_maker_init(&maker, false, false);
		pclntab_maker_put(&maker, PCLNTAB_GO_1_20);
		maker.bytes[PCLNTAB_AT + cases[i].at] = cases[i].value;
		assert_int_equal(read_table(&maker, &symbols), cases[i].error);
		finish(&symbols);
	}
}

/* Where another linker links, it is somewhere in .data.rel.ro. */
static void is_sought_in_programs_of_go_alone(void **state)
{
	struct elf_symbols symbols;
	struct elf_maker maker;

	(void)state;
	elf_maker_init(&maker, false, false);
	pclntab_maker_put(&maker, PCLNTAB_GO_1_20);
	memmove(maker.bytes + PCLNTAB_AT + 0x40, maker.bytes + PCLNTAB_AT, 0x100);
	memset(maker.bytes + PCLNTAB_AT, 0x55, 0x40);
	elf_maker_put_section(&maker, MAKER_RODATA, ".data.rel.ro",
			      (Elf64_Shdr){.sh_type = SHT_PROGBITS,
					   .sh_flags = SHF_ALLOC,
					   .sh_addr = PCLNTAB_AT,
					   .sh_offset = PCLNTAB_AT,
					   .sh_size = 0x140});
	assert_int_equal(read_table(&maker, &symbols), -ENOENT);
	elf_maker_put_section(&maker, MAKER_DATA, ".go.buildinfo",
			      (Elf64_Shdr){.sh_type = SHT_PROGBITS,
					   .sh_flags = SHF_ALLOC | SHF_WRITE,
					   .sh_addr = 0x2080,
					   .sh_offset = 0x1080,
					   .sh_size = 0x100});
	assert_int_equal(read_table(&maker, &symbols), 0);
	assert_functions(&symbols);
	finish(&symbols);
}

/* What relocation would put there is the begin of the code. */
static void the_start_of_the_code_may_be_left_to_relocation(void **state)
{
	struct elf_symbols symbols;
	struct elf_maker maker;

	(void)state;
	elf_maker_init(&maker, false, false);
	pclntab_maker_put(&maker, PCLNTAB_GO_1_20);
	elf_maker_put(&maker, PCLNTAB_AT + 8 + 2 * 8, 0, 8);
	assert_int_equal(read_table(&maker, &symbols), 0);
	assert_functions(&symbols);
	finish(&symbols);
}

#define REFUSED(version, error, change)                                \
	do {                                                           \
		struct elf_symbols symbols;                            \
		struct elf_maker maker;                                \
		elf_maker_init(&maker, false, false);                  \
		pclntab_maker_put(&maker, version);                    \
		change;                                                \
		assert_int_equal(read_table(&maker, &symbols), error); \
		assert_null(symbols.names);                            \
	} while (0)

static void refuses_tables_that_contradict_themselves(void **state)
{
	(void)state;
	for (int version = 0; version < PCLNTAB_VERSIONS; version++) {
		REFUSED(version, -ENOENT, maker.bytes[PCLNTAB_AT] ^= 0x40);
		REFUSED(version, -ENOENT, maker.bytes[PCLNTAB_AT + 4] = 1);
		REFUSED(version, -ENOENT, maker.bytes[PCLNTAB_AT + 7] = 4);
		REFUSED(version, -ENOENT, elf_maker_put(&maker, PCLNTAB_AT + 8, 0, 8));
		REFUSED(version, -EBADMSG, elf_maker_put(&maker, PCLNTAB_AT + 8, 100, 8));
		REFUSED(version, -EFBIG, elf_maker_put(&maker, PCLNTAB_AT + 8, UINT64_MAX, 8));
	}
	REFUSED(PCLNTAB_GO_1_20, -EBADMSG,
		elf_maker_put(&maker, PCLNTAB_AT + 8 + 3 * 8, UINT64_MAX, 8));
	REFUSED(PCLNTAB_GO_1_20, -EBADMSG,
		elf_maker_put(&maker, PCLNTAB_AT + 8 + 7 * 8, UINT64_MAX, 8));
	REFUSED(PCLNTAB_GO_1_20, -EBADMSG,
		elf_maker_put(&maker, PCLNTAB_AT + 8 + 2 * 8, 0x900000, 8));
}

static void names_that_are_none_are_left_out(void **state)
{
	struct elf_symbols symbols;
	struct elf_maker maker;

	(void)state;
	elf_maker_init(&maker, false, false);
	pclntab_maker_put(&maker, PCLNTAB_GO_1_20);
	elf_maker_put(&maker, PCLNTAB_AT + 0x50 + 4, UINT32_MAX, 4);
	assert_int_equal(read_table(&maker, &symbols), 0);
	assert_int_equal(symbols.count, 1);
	assert_string_equal(symbols.names[0].name, "main.work");
	finish(&symbols);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_every_layout),
		cmocka_unit_test(a_head_is_known_by_each_byte),
		cmocka_unit_test(is_sought_in_programs_of_go_alone),
		cmocka_unit_test(the_start_of_the_code_may_be_left_to_relocation),
		cmocka_unit_test(refuses_tables_that_contradict_themselves),
		cmocka_unit_test(names_that_are_none_are_left_out),
	};

	return cmocka_run_group_tests_name("pclntab", tests, NULL, NULL);
}
