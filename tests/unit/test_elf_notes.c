/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "elf_maker.h"
#include "inside/elf_headers.h"
#include "inside/elf_notes.h"
#include "model/elf_hardening.h"

#define X86_AND   0xc0000002
#define ARM64_AND 0xc0000000

/* A file that is a note of properties and nothing else. */
struct notes {
	struct elf_maker maker; /* its bytes are the notes */
	struct elf_header header;
	Elf64_Phdr programs[2];
	size_t length;
};

static void begin(struct notes *notes, uint16_t machine, bool is_32bit, bool is_big_endian)
{
	*notes = (struct notes){
		.maker = {.is_32bit = is_32bit, .is_big_endian = is_big_endian},
		.header = {.is_32bit = is_32bit,
			   .is_big_endian = is_big_endian,
			   .machine = machine,
			   .program_count = 2},
		.programs = {[1] = {.p_type = PT_GNU_PROPERTY, .p_align = is_32bit ? 4 : 8}},
	};
	notes->maker.file = (struct file_bytes){notes->maker.bytes, sizeof(notes->maker.bytes)};
}

static void put(struct notes *notes, uint64_t value)
{
	elf_maker_put(&notes->maker, notes->length, value, 4);
	notes->length += 4;
	notes->programs[1].p_filesz = notes->length;
}

static void put_note(struct notes *notes, uint32_t size, uint32_t type)
{
	put(notes, 4);
	put(notes, size);
	put(notes, type);
	memcpy(notes->maker.bytes + notes->length, "GNU", 4);
	notes->length += 4;
}

static void put_property(struct notes *notes, uint32_t type, uint32_t bits)
{
	put(notes, type);
	put(notes, 4);
	put(notes, bits);
	if (!notes->header.is_32bit)
		put(notes, 0);
}

static uint8_t marks(const struct notes *notes)
{
	const struct file_reader file = file_reader_of_bytes(&notes->maker.file);

	return elf_notes_marks(&file, &notes->header, notes->programs);
}

static void marks_are_read_in_every_form(void **state)
{
	struct notes notes;

	(void)state;
	for (int form = 0; form < 4; form++) {
		size_t property = form & 1 ? 12 : 16;

		begin(&notes, EM_X86_64, form & 1, form & 2);
		put_note(&notes, (uint32_t)(2 * property), NT_GNU_PROPERTY_TYPE_0);
		put_property(&notes, 0xc0008002, 1); /* an ISA that is needed */
		put_property(&notes, X86_AND, 3);
		assert_int_equal(marks(&notes), ELF_MARK_IBT | ELF_MARK_SHSTK);
		elf_maker_put(&notes.maker, notes.length - (form & 1 ? 4 : 8), 2, 4);
		assert_int_equal(marks(&notes), ELF_MARK_SHSTK);
	}
}

static void each_processor_has_its_own_marks(void **state)
{
	struct notes notes;

	(void)state;
	begin(&notes, EM_AARCH64, false, false);
	put_note(&notes, 16, NT_GNU_PROPERTY_TYPE_0);
	put_property(&notes, ARM64_AND, 5);
	assert_int_equal(marks(&notes), ELF_MARK_BTI | ELF_MARK_GCS);
	assert_int_equal(elf_notes_defined(&notes.header),
			 ELF_MARK_BTI | ELF_MARK_PAC | ELF_MARK_GCS);
	notes.header.machine = EM_386;
	assert_int_equal(marks(&notes), 0);
	assert_int_equal(elf_notes_defined(&notes.header), ELF_MARK_IBT | ELF_MARK_SHSTK);
	notes.header.machine = EM_PPC64;
	assert_int_equal(marks(&notes), 0);
	assert_int_equal(elf_notes_defined(&notes.header), 0);
}

/* As older linkers wrote it, which also put other notes first. */
static void a_plain_note_segment_will_do(void **state)
{
	struct notes notes;

	(void)state;
	begin(&notes, EM_X86_64, false, false);
	put_note(&notes, 8, NT_GNU_BUILD_ID);
	put(&notes, 0);
	put(&notes, 0);
	put_note(&notes, 16, NT_GNU_PROPERTY_TYPE_0);
	put_property(&notes, X86_AND, 1);
	notes.programs[1].p_type = PT_NOTE;
	assert_int_equal(marks(&notes), ELF_MARK_IBT);
	notes.programs[1].p_align = 4;
	assert_int_equal(marks(&notes), 0);
}

static void hostile_notes_are_no_marks(void **state)
{
	struct notes whole, notes;

	(void)state;
	begin(&whole, EM_X86_64, false, false);
	put_note(&whole, 16, NT_GNU_PROPERTY_TYPE_0);
	put_property(&whole, X86_AND, 3);
	assert_int_equal(marks(&whole), ELF_MARK_IBT | ELF_MARK_SHSTK);
	/* Cut anywhere, but in what pads its end. */
	for (size_t length = 0; length < whole.length - 4; length++) {
		notes = whole;
		notes.maker.file.bytes = notes.maker.bytes;
		notes.programs[1].p_filesz = length;
		assert_int_equal(marks(&notes), 0);
	}
	/* Sizes beyond the end. */
	for (size_t at = 0; at < 8; at += 4) {
		notes = whole;
		notes.maker.file.bytes = notes.maker.bytes;
		elf_maker_put(&notes.maker, at, UINT32_MAX, 4);
		assert_int_equal(marks(&notes), 0);
		elf_maker_put(&notes.maker, at, UINT32_MAX - 3, 4);
		assert_int_equal(marks(&notes), 0);
	}
	notes = whole;
	notes.maker.file.bytes = notes.maker.bytes;
	elf_maker_put(&notes.maker, 20, UINT32_MAX, 4);
	assert_int_equal(marks(&notes), 0);
	notes.programs[1].p_filesz = UINT64_MAX;
	assert_int_equal(marks(&notes), 0);
	notes.programs[1].p_offset = UINT64_MAX;
	assert_int_equal(marks(&notes), 0);
}

static void each_mark_has_its_bit(void **state)
{
	static const struct {
		uint16_t machine;
		bool is_32bit;
		uint32_t property;
		uint8_t marks[4];
	} cases[] = {
		{EM_X86_64, false, X86_AND, {ELF_MARK_IBT, ELF_MARK_SHSTK, 0, 0}},
		{EM_386, true, X86_AND, {ELF_MARK_IBT, ELF_MARK_SHSTK, 0, 0}},
		{EM_AARCH64, false, ARM64_AND, {ELF_MARK_BTI, ELF_MARK_PAC, ELF_MARK_GCS, 0}},
		{EM_X86_64, false, ARM64_AND, {0}},
		{EM_AARCH64, false, X86_AND, {0}},
	};
	struct notes notes;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (unsigned bit = 0; bit < 4; bit++) {
			begin(&notes, cases[i].machine, cases[i].is_32bit, false);
			put_note(&notes, cases[i].is_32bit ? 12 : 16, NT_GNU_PROPERTY_TYPE_0);
			put_property(&notes, cases[i].property, 1u << bit);
			assert_int_equal(marks(&notes), cases[i].marks[bit]);
		}
}

/* One byte that is another makes another note of it. */
static void only_that_note_tells(void **state)
{
	static const struct {
		size_t at;
		uint32_t value;
	} cases[] = {
		{0, 3},
		{8, NT_GNU_PROPERTY_TYPE_0 + 1},
		{8, 0},
		{12, 0x00554e48},
		{12, 0x20554e47},
		{20, 3},
		{20, 5},
		{20, 8},
		{16, X86_AND - 1},
		{16, X86_AND + 1},
	};
	struct notes notes;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		begin(&notes, EM_X86_64, false, false);
		put_note(&notes, 16, NT_GNU_PROPERTY_TYPE_0);
		put_property(&notes, X86_AND, 3);
		assert_int_equal(marks(&notes), ELF_MARK_IBT | ELF_MARK_SHSTK);
		elf_maker_put(&notes.maker, cases[i].at, cases[i].value, 4);
		assert_int_equal(marks(&notes), 0);
	}
}

/* The segment of its own is the one, wherever it is; else the first that is aligned so. */
static void one_segment_is_read(void **state)
{
	enum { PROPERTY = PT_GNU_PROPERTY, NOTE = PT_NOTE };
	static const struct {
		uint32_t types[2];
		uint64_t aligns[2];
		uint8_t marks;
	} cases[] = {
		{{NOTE, NOTE}, {8, 8}, ELF_MARK_IBT},
		{{NOTE, NOTE}, {4, 8}, ELF_MARK_SHSTK},
		{{NOTE, NOTE}, {8, 4}, ELF_MARK_IBT},
		{{NOTE, NOTE}, {4, 4}, 0},
		{{NOTE, PROPERTY}, {8, 4}, ELF_MARK_SHSTK},
		{{PROPERTY, NOTE}, {4, 8}, ELF_MARK_IBT},
		{{PROPERTY, PROPERTY}, {8, 8}, ELF_MARK_IBT},
		{{PT_LOAD, PT_LOAD}, {8, 8}, 0},
		{{PT_LOAD, NOTE}, {8, 8}, ELF_MARK_SHSTK},
	};
	struct notes notes;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		begin(&notes, EM_X86_64, false, false);
		put_note(&notes, 16, NT_GNU_PROPERTY_TYPE_0);
		put_property(&notes, X86_AND, 1);
		notes.programs[0] = notes.programs[1];
		notes.programs[1].p_offset = notes.length;
		put_note(&notes, 16, NT_GNU_PROPERTY_TYPE_0);
		put_property(&notes, X86_AND, 2);
		notes.programs[1].p_filesz = notes.programs[0].p_filesz;
		for (size_t j = 0; j < 2; j++) {
			notes.programs[j].p_type = cases[i].types[j];
			notes.programs[j].p_align = cases[i].aligns[j];
		}
		assert_int_equal(marks(&notes), cases[i].marks);
	}
}

/* Of 64 KiB at most. */
static void notes_have_a_limit(void **state)
{
	struct notes notes;
	const struct elf_maker_disk disk = {&notes.maker, 1 << 20, UINT64_MAX};
	const struct file_reader file = elf_maker_disk_reader(&disk);

	(void)state;
	begin(&notes, EM_X86_64, false, false);
	put_note(&notes, 16, NT_GNU_PROPERTY_TYPE_0);
	put_property(&notes, X86_AND, 1);
	notes.programs[1].p_filesz = 65536;
	assert_int_equal(elf_notes_marks(&file, &notes.header, notes.programs), ELF_MARK_IBT);
	notes.programs[1].p_filesz++;
	assert_int_equal(elf_notes_marks(&file, &notes.header, notes.programs), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_are_read_in_every_form),
		cmocka_unit_test(each_processor_has_its_own_marks),
		cmocka_unit_test(a_plain_note_segment_will_do),
		cmocka_unit_test(hostile_notes_are_no_marks),
		cmocka_unit_test(each_mark_has_its_bit),
		cmocka_unit_test(only_that_note_tells),
		cmocka_unit_test(one_segment_is_read),
		cmocka_unit_test(notes_have_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
