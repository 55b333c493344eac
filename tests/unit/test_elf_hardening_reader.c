/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "elf_maker.h"
#include "inside/elf_hardening_reader.h"
#include "model/elf_hardening.h"

#define DYNAMIC_OFFSET  0x1100 /* in the writable segment */
#define DYNAMIC_ADDRESS 0x2100
#define DYNAMIC_ENTRIES 4

/* The usual object, with a stack that is not to be executed and a dynamic section: */
static void make(struct elf_maker *maker, int form, const Elf64_Dyn entries[DYNAMIC_ENTRIES])
{
	size_t entry;

	elf_maker_init(maker, form & 1, form & 2);
	entry = ELF_MAKER_SIZE(maker, Dyn);
	ELF_MAKER_PUT(maker, 0, Ehdr, e_machine, EM_X86_64);
	ELF_MAKER_PUT(maker, 0, Ehdr, e_phnum, 5);
	elf_maker_put_program(maker, 3,
			      (Elf64_Phdr){.p_type = PT_GNU_STACK, .p_flags = PF_R | PF_W});
	if (!entries)
		return;
	/* Where it is in the file is a lie: loaders go by the address. */
	elf_maker_put_program(maker, 4,
			      (Elf64_Phdr){.p_type = PT_DYNAMIC,
					   .p_offset = 0x3000,
					   .p_vaddr = DYNAMIC_ADDRESS,
					   .p_filesz = DYNAMIC_ENTRIES * entry,
					   .p_memsz = DYNAMIC_ENTRIES * entry});
	for (size_t i = 0; i < DYNAMIC_ENTRIES; i++) {
		ELF_MAKER_PUT(maker, DYNAMIC_OFFSET + i * entry, Dyn, d_tag,
			      (uint64_t)entries[i].d_tag);
		ELF_MAKER_PUT(maker, DYNAMIC_OFFSET + i * entry, Dyn, d_un, entries[i].d_un.d_val);
	}
}

static struct elf_hardening read_maker(const struct elf_maker *maker)
{
	const struct file_reader file = file_reader_of_bytes(&maker->file);
	struct elf_hardening hardening;

	assert_int_equal(elf_hardening_read(&file, &hardening), 0);
	return hardening;
}

static struct elf_hardening read_entries(int form, const Elf64_Dyn entries[DYNAMIC_ENTRIES])
{
	struct elf_maker maker;

	make(&maker, form, entries);
	return read_maker(&maker);
}

#define TAG(tag, value)                  \
	{                                \
		(tag),                   \
		{                        \
			.d_val = (value) \
		}                        \
	}

static void calls_that_are_bound_late_leave_a_table_open(void **state)
{
	static const struct {
		Elf64_Dyn entries[DYNAMIC_ENTRIES];
		enum elf_relro relro;
		bool binds_now;
	} cases[] = {
		{{TAG(DT_PLTRELSZ, 24)}, ELF_RELRO_PARTIAL, false},
		{{TAG(DT_PLTRELSZ, 24), TAG(DT_FLAGS, DF_BIND_NOW)}, ELF_RELRO_FULL, true},
		{{TAG(DT_PLTRELSZ, 24), TAG(DT_FLAGS_1, DF_1_NOW)}, ELF_RELRO_FULL, true},
		{{TAG(DT_BIND_NOW, 0), TAG(DT_PLTRELSZ, 24)}, ELF_RELRO_FULL, true},
		{{TAG(DT_PLTRELSZ, 24), TAG(DT_FLAGS, DF_SYMBOLIC)}, ELF_RELRO_PARTIAL, false},
		{{TAG(DT_NEEDED, 1), TAG(DT_NEEDED, 2), TAG(DT_PLTRELSZ, 3), TAG(DT_BIND_NOW, 0)},
		 ELF_RELRO_FULL,
		 true},
		/* There is nothing to be bound. */
		{{TAG(DT_FLAGS, 0)}, ELF_RELRO_FULL, false},
		{{TAG(DT_PLTRELSZ, 0)}, ELF_RELRO_FULL, false},
		/* What is behind the last entry is none. */
		{{TAG(DT_PLTRELSZ, 24), TAG(DT_NULL, 0), TAG(DT_BIND_NOW, 0)},
		 ELF_RELRO_PARTIAL,
		 false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (int form = 0; form < 4; form++) {
			struct elf_hardening hardening = read_entries(form, cases[i].entries);

			assert_true(hardening.is_dynamic && hardening.dynamic_known);
			assert_int_equal(hardening.relro, cases[i].relro);
			assert_int_equal(hardening.binds_now, cases[i].binds_now);
			assert_false(hardening.text_relocations);
			assert_false(hardening.is_fixed);
			assert_int_equal(hardening.stack, ELF_STACK_PLAIN);
			assert_int_equal(hardening.marks_defined, ELF_MARK_IBT | ELF_MARK_SHSTK);
			assert_int_equal(hardening.marks, 0);
		}
}

static void without_relro_nothing_is_locked(void **state)
{
	const Elf64_Dyn now[DYNAMIC_ENTRIES] = {TAG(DT_BIND_NOW, 0)};
	struct elf_maker maker;

	(void)state;
	make(&maker, 0, now);
	elf_maker_put_program(&maker, 2, (Elf64_Phdr){.p_type = PT_GNU_RELRO});
	assert_int_equal(read_maker(&maker).relro, ELF_RELRO_NONE);
	/* And what cannot be written needs no lock. */
	elf_maker_put_program(&maker, 1,
			      (Elf64_Phdr){.p_type = PT_LOAD,
					   .p_flags = PF_R,
					   .p_offset = 0x1000,
					   .p_vaddr = 0x2000,
					   .p_filesz = 0x180,
					   .p_memsz = 0x480});
	assert_int_equal(read_maker(&maker).relro, ELF_RELRO_FULL);
}

static void text_relocations_are_told_in_two_ways(void **state)
{
	const Elf64_Dyn tag[DYNAMIC_ENTRIES] = {TAG(DT_TEXTREL, 0)};
	const Elf64_Dyn flag[DYNAMIC_ENTRIES] = {TAG(DT_FLAGS, DF_TEXTREL)};

	(void)state;
	assert_true(read_entries(0, tag).text_relocations);
	assert_true(read_entries(3, flag).text_relocations);
}

static void what_is_asked_of_the_stack_is_read(void **state)
{
	struct elf_maker maker;

	(void)state;
	make(&maker, 0, NULL);
	elf_maker_put_program(&maker, 3,
			      (Elf64_Phdr){.p_type = PT_GNU_STACK, .p_flags = PF_R | PF_W | PF_X});
	assert_int_equal(read_maker(&maker).stack, ELF_STACK_EXECUTABLE);
	elf_maker_put_program(&maker, 3, (Elf64_Phdr){.p_type = PT_NULL});
	assert_int_equal(read_maker(&maker).stack, ELF_STACK_UNSTATED);
}

/* Without a dynamic section, the sections tell. */
static void static_programs_have_a_table_or_none(void **state)
{
	Elf64_Shdr table = {.sh_type = SHT_PROGBITS,
			    .sh_flags = SHF_ALLOC | SHF_WRITE,
			    .sh_addr = 0x2060,
			    .sh_offset = 0x1060,
			    .sh_size = 0x40};
	struct elf_maker maker;

	(void)state;
	make(&maker, 0, NULL);
	ELF_MAKER_PUT(&maker, 0, Ehdr, e_type, ET_EXEC);
	assert_int_equal(read_maker(&maker).relro, ELF_RELRO_FULL);
	assert_true(read_maker(&maker).is_fixed);
	assert_false(read_maker(&maker).is_dynamic);
	elf_maker_put_section(&maker, MAKER_TBSS, ".got.plt", table);
	assert_int_equal(read_maker(&maker).relro, ELF_RELRO_PARTIAL);
	table.sh_size = 0x20;
	elf_maker_put_section(&maker, MAKER_TBSS, ".got.plt", table);
	assert_int_equal(read_maker(&maker).relro, ELF_RELRO_FULL);
	ELF_MAKER_PUT(&maker, 0, Ehdr, e_shoff, 0);
	assert_int_equal(read_maker(&maker).relro, ELF_RELRO_UNKNOWN);
}

static void what_cannot_be_read_is_unknown(void **state)
{
	const Elf64_Dyn now[DYNAMIC_ENTRIES] = {TAG(DT_BIND_NOW, 0)};
	struct elf_hardening hardening;
	struct elf_maker maker;

	(void)state;
	make(&maker, 0, now);
	elf_maker_put_program(&maker, 4,
			      (Elf64_Phdr){.p_type = PT_DYNAMIC,
					   .p_offset = UINT64_MAX,
					   .p_vaddr = UINT64_MAX,
					   .p_filesz = 64,
					   .p_memsz = 64});
	hardening = read_maker(&maker);
	assert_true(hardening.is_dynamic);
	assert_false(hardening.dynamic_known);
	assert_int_equal(hardening.relro, ELF_RELRO_UNKNOWN);
	assert_int_equal(hardening.stack, ELF_STACK_PLAIN);
}

static void what_is_no_program_is_refused(void **state)
{
	struct elf_hardening hardening = {.relro = 77};
	struct elf_maker maker;
	struct file_reader file;

	(void)state;
	make(&maker, 0, NULL);
	ELF_MAKER_PUT(&maker, 0, Ehdr, e_type, ET_REL);
	file = file_reader_of_bytes(&maker.file);
	assert_int_equal(elf_hardening_read(&file, &hardening), -ENOEXEC);
	ELF_MAKER_PUT(&maker, 0, Ehdr, e_type, ET_DYN);
	ELF_MAKER_PUT(&maker, 0, Ehdr, e_phnum, 0);
	assert_int_equal(elf_hardening_read(&file, &hardening), -ENOEXEC);
	assert_int_equal(hardening.relro, 77);
}

/* A static program has nothing that a loader reads: that is known of it. */
static void without_a_dynamic_section_there_is_nothing_to_know(void **state)
{
	(void)state;
	for (int form = 0; form < 4; form++) {
		struct elf_hardening hardening = read_entries(form, NULL);

		assert_true(hardening.dynamic_known);
		assert_false(hardening.binds_now);
	}
}

/* Whichever header it is, also the first or the last one. */
static void each_program_header_counts(void **state)
{
	const Elf64_Phdr writable = {
		.p_type = PT_LOAD, .p_flags = PF_R | PF_W, .p_filesz = 0x800, .p_memsz = 0x800};
	const Elf64_Phdr locked = {.p_type = PT_GNU_RELRO, .p_vaddr = 0x2000, .p_memsz = 0x80};
	const Elf64_Phdr none = {.p_type = PT_NULL};
	struct elf_maker maker;

	(void)state;
	for (size_t at = 0; at < 5; at++) {
		make(&maker, 0, NULL);
		for (size_t i = 0; i < 5; i++)
			elf_maker_put_program(&maker, i, i == at ? writable : none);
		assert_int_equal(read_maker(&maker).relro, ELF_RELRO_NONE);
		assert_int_equal(read_maker(&maker).stack, ELF_STACK_UNSTATED);
		elf_maker_put_program(&maker, at, none);
		assert_int_equal(read_maker(&maker).relro, ELF_RELRO_FULL);
		elf_maker_put_program(&maker, at,
				      (Elf64_Phdr){.p_type = PT_GNU_STACK, .p_flags = PF_X});
		assert_int_equal(read_maker(&maker).stack, ELF_STACK_EXECUTABLE);
	}
	/* What locks nothing takes nothing back. */
	make(&maker, 0, NULL);
	elf_maker_put_program(&maker, 4, locked);
	elf_maker_put_program(&maker, 2, (Elf64_Phdr){.p_type = PT_GNU_RELRO});
	assert_int_equal(read_maker(&maker).relro, ELF_RELRO_FULL);
	elf_maker_put_program(&maker, 2, locked);
	elf_maker_put_program(&maker, 4, (Elf64_Phdr){.p_type = PT_GNU_RELRO});
	assert_int_equal(read_maker(&maker).relro, ELF_RELRO_FULL);
}

/* A dynamic section that asks for all of it at once, or that cannot be read. */
static bool binds_at(uint64_t address, uint64_t offset, uint64_t content, uint64_t size)
{
	struct elf_hardening hardening;
	struct elf_maker maker;

	make(&maker, 0, NULL);
	ELF_MAKER_PUT(&maker, content, Dyn, d_tag, DT_BIND_NOW);
	elf_maker_put_program(&maker, 4,
			      (Elf64_Phdr){.p_type = PT_DYNAMIC,
					   .p_offset = offset,
					   .p_vaddr = address,
					   .p_filesz = size,
					   .p_memsz = size});
	hardening = read_maker(&maker);
	assert_true(hardening.is_dynamic);
	assert_true(hardening.dynamic_known);
	return hardening.binds_now;
}

/* By the segment that its address lies in; else where the header says that it is. */
static void the_dynamic_section_is_where_it_is_loaded(void **state)
{
	(void)state;
	assert_true(binds_at(0x700, 0x3000, 0x700, 16));
	assert_false(binds_at(0x700, 0x3000, 0x3000, 16));
	assert_true(binds_at(0x7ff, 0x3000, 0x7ff, 16));
	assert_true(binds_at(0x800, 0x3000, 0x3000, 16));
	assert_true(binds_at(0x1fff, 0x3000, 0x3000, 16));
	assert_true(binds_at(0x2100, 0x3000, 0x1100, 16));
	assert_true(binds_at(0x217f, 0x3000, 0x117f, 16));
	assert_true(binds_at(0x2180, 0x3000, 0x3000, 16));
	/* The RELRO header is not a loaded segment. */
	assert_true(binds_at(0x2000, 0x3000, 0x1000, 16));
	/* Whole entries, the last one included. */
	assert_false(binds_at(0x2100, 0x3000, 0x1100, 15));
	assert_false(binds_at(0x2100, 0x3000, 0x1100, 0));
	assert_false(binds_at(0x2100, 0x3000, 0x1110, 32));
}

/* Of 64 KiB at most. */
static void the_dynamic_section_has_a_limit(void **state)
{
	(void)state;
	for (uint64_t more = 0; more < 2; more++) {
		struct elf_maker maker;
		const struct elf_maker_disk disk = {&maker, 0x100000, UINT64_MAX};
		const struct file_reader file = elf_maker_disk_reader(&disk);
		struct elf_hardening hardening;

		make(&maker, 0, NULL);
		elf_maker_put_program(&maker, 4,
				      (Elf64_Phdr){.p_type = PT_DYNAMIC,
						   .p_vaddr = 0x2100,
						   .p_filesz = 65536 + more});
		assert_int_equal(elf_hardening_read(&file, &hardening), 0);
		assert_true(hardening.is_dynamic);
		assert_int_equal(hardening.dynamic_known, !more);
		assert_int_equal(hardening.relro, more ? ELF_RELRO_UNKNOWN : ELF_RELRO_FULL);
	}
}

/* The table of a static program by where it lies: relro is 0x2000 to 0x2080. */
static void the_table_is_locked_as_a_whole(void **state)
{
	static const struct {
		uint64_t address, size;
		enum elf_relro relro;
	} cases[] = {
		{0x2000, 0x80, ELF_RELRO_FULL},    {0x2000, 0x81, ELF_RELRO_PARTIAL},
		{0x1fff, 0x10, ELF_RELRO_PARTIAL}, {0x207f, 1, ELF_RELRO_FULL},
		{0x207f, 2, ELF_RELRO_PARTIAL},    {0x2080, 1, ELF_RELRO_PARTIAL},
		{0x2081, 1, ELF_RELRO_PARTIAL},    {0x2081, UINT64_MAX, ELF_RELRO_PARTIAL},
		{0x3000, 0, ELF_RELRO_FULL},       {0x2000, UINT64_MAX, ELF_RELRO_PARTIAL},
	};
	struct elf_maker maker;

	(void)state;
	make(&maker, 0, NULL);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		/* The first section is one like the others. */
		elf_maker_put_section(
			&maker, i % 2 ? 0 : MAKER_TBSS, ".got.plt",
			(Elf64_Shdr){.sh_addr = cases[i].address, .sh_size = cases[i].size});
		assert_int_equal(read_maker(&maker).relro, cases[i].relro);
		elf_maker_put_section(&maker, i % 2 ? 0 : MAKER_TBSS, "",
				      (Elf64_Shdr){.sh_type = SHT_NULL});
	}
}

/* What is said of names is read to its end, and no further. */
static void names_of_sections_have_an_end(void **state)
{
	static const struct {
		uint32_t name;
		uint64_t size; /* of all names */
		enum elf_relro relro;
	} cases[] = {
		{0xf7, 0x100, ELF_RELRO_PARTIAL},      {0xf7, 0xff, ELF_RELRO_FULL},
		{0xf7, 0xf7, ELF_RELRO_FULL},          {0xf8, 0x100, ELF_RELRO_FULL},
		{0x100, 0x100, ELF_RELRO_FULL},        {0x101, 0x100, ELF_RELRO_FULL},
		{0xf7, UINT64_MAX, ELF_RELRO_UNKNOWN},
	};
	struct elf_maker maker;
	const size_t names = (make(&maker, 0, NULL), elf_maker_section(&maker, MAKER_NAMES));
	const size_t table = elf_maker_section(&maker, MAKER_TBSS);

	(void)state;
	memcpy(maker.bytes + ELF_MAKER_NAMES + 0xf7, ".got.plt", 9);
	ELF_MAKER_PUT(&maker, table, Shdr, sh_addr, 0x3000);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ELF_MAKER_PUT(&maker, table, Shdr, sh_name, cases[i].name);
		ELF_MAKER_PUT(&maker, names, Shdr, sh_size, cases[i].size);
		assert_int_equal(read_maker(&maker).relro, cases[i].relro);
	}
	ELF_MAKER_PUT(&maker, names, Shdr, sh_size, 0x100);
	ELF_MAKER_PUT(&maker, 0, Ehdr, e_shstrndx, MAKER_SECTIONS);
	assert_int_equal(read_maker(&maker).relro, ELF_RELRO_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calls_that_are_bound_late_leave_a_table_open),
		cmocka_unit_test(without_relro_nothing_is_locked),
		cmocka_unit_test(text_relocations_are_told_in_two_ways),
		cmocka_unit_test(what_is_asked_of_the_stack_is_read),
		cmocka_unit_test(static_programs_have_a_table_or_none),
		cmocka_unit_test(what_cannot_be_read_is_unknown),
		cmocka_unit_test(what_is_no_program_is_refused),
		cmocka_unit_test(without_a_dynamic_section_there_is_nothing_to_know),
		cmocka_unit_test(each_program_header_counts),
		cmocka_unit_test(the_dynamic_section_is_where_it_is_loaded),
		cmocka_unit_test(the_dynamic_section_has_a_limit),
		cmocka_unit_test(the_table_is_locked_as_a_whole),
		cmocka_unit_test(names_of_sections_have_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
