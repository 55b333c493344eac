/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core_bytes.h"

#include <errno.h>

#include "core/core_headers.h"
#include "model/vma.h"

static int read_made(const struct core_made *made, struct core_headers *headers)
{
	return core_headers_read(&made->reader, headers);
}

static void reads_segments_and_notes(void **state)
{
	struct core_bytes bytes;
	struct core_headers headers;
	struct core_made made;

	(void)state;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	assert_int_equal(read_made(&made, &headers), 0);
	assert_int_equal(headers.segment_count, bytes.core.segment_count);
	assert_int_equal(headers.note_count, 1);
	assert_int_equal(headers.skipped, 0);
	assert_int_equal(headers.missing_count, 0);
	assert_true(headers.whole <= headers.size);
	assert_int_equal(headers.segments[0].start, CORE_TEXT);
	assert_int_equal(headers.segments[0].end, CORE_DATA);
	assert_int_equal(headers.segments[0].kept, CORE_PAGE);
	assert_int_equal(headers.segments[0].perms, PERM_READ | PERM_EXEC);
	assert_int_equal(headers.segments[3].perms, 0);
	assert_int_equal(headers.segments[3].kept, 0);
	assert_int_equal(core_headers_find(&headers, 0), 0);
	assert_int_equal(core_headers_find(&headers, CORE_HEAP_END - 1), 2);
	assert_int_equal(core_headers_find(&headers, CORE_HEAP_END), 3);
	assert_int_equal(core_headers_find(&headers, UINT64_MAX), headers.segment_count);
	core_headers_finish(&headers);
	free(made.bytes);
}

static void refuses_what_is_no_core_of_this_machine(void **state)
{
	struct core_bytes bytes;
	struct core_headers headers;
	struct core_made made;
	Elf64_Ehdr *header;

	(void)state;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	header = (Elf64_Ehdr *)made.bytes;
	assert_true(core_headers_are_meant(made.bytes, 64));
	assert_false(core_headers_are_meant(made.bytes, 10));
	header->e_type = ET_DYN;
	assert_false(core_headers_are_meant(made.bytes, 64));
	assert_int_equal(read_made(&made, &headers), -ENOEXEC);
	header->e_type = ET_CORE;
	header->e_machine++;
	assert_int_equal(read_made(&made, &headers), -ENOTSUP);
	header->e_machine--;
	header->e_ident[EI_CLASS] = ELFCLASS32;
	assert_true(core_headers_are_meant(made.bytes, 64));
	assert_int_equal(read_made(&made, &headers), -ENOTSUP);
	header->e_ident[EI_CLASS] = ELFCLASS64;
	header->e_ident[EI_DATA] ^= ELFDATA2LSB ^ ELFDATA2MSB;
	header->e_type = ET_CORE << 8;
	assert_true(core_headers_are_meant(made.bytes, 64));
	assert_int_equal(read_made(&made, &headers), -ENOTSUP);
	header->e_ident[EI_DATA] ^= ELFDATA2LSB ^ ELFDATA2MSB;
	header->e_type = ET_CORE;
	header->e_phentsize = 1;
	assert_int_equal(read_made(&made, &headers), -ENODATA);
	header->e_phentsize = sizeof(Elf64_Phdr);
	header->e_phnum = 0;
	assert_int_equal(read_made(&made, &headers), -ENODATA);
	made.bytes[0] = 0;
	assert_int_equal(read_made(&made, &headers), -ENOEXEC);
	free(made.bytes);
}

/* Wherever it ends: a part of it is there, or an error. */
static void takes_what_is_there_of_a_cut_one(void **state)
{
	const size_t programs = sizeof(Elf64_Ehdr);
	struct core_bytes bytes;
	struct core_headers headers;
	struct core_made made;
	size_t size;

	(void)state;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	size = made.file.size;
	core_made_cut(&made, 0);
	assert_int_equal(read_made(&made, &headers), -ENOEXEC);
	core_made_cut(&made, 40);
	assert_int_equal(read_made(&made, &headers), -ENODATA);
	core_made_cut(&made, programs + 10);
	assert_int_equal(read_made(&made, &headers), -ENODATA);
	core_made_cut(&made, programs + 3 * sizeof(Elf64_Phdr) + 1);
	assert_int_equal(read_made(&made, &headers), 0);
	assert_int_equal(headers.segment_count, 2);
	assert_int_equal(headers.segments[1].kept, 0);
	assert_int_equal(headers.missing_count, bytes.core.segment_count - 2);
	assert_true(headers.whole > headers.size);
	core_headers_finish(&headers);
	core_made_cut(&made, size - 3 * CORE_PAGE);
	assert_int_equal(read_made(&made, &headers), 0);
	assert_int_equal(headers.segments[7].kept, 5 * CORE_PAGE);
	assert_int_equal(headers.whole, size);
	core_headers_finish(&headers);
	free(made.bytes);
}

/* Without anything of memory it is as long as its headers, and a byte of what follows is more. */
static void a_file_is_as_long_as_its_headers_at_least(void **state)
{
	struct core_bytes bytes;
	struct core_headers headers;
	struct core_made made;
	Elf64_Phdr *programs;
	uint64_t end;
	size_t count;

	(void)state;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	count = ((Elf64_Ehdr *)made.bytes)->e_phnum;
	end = sizeof(Elf64_Ehdr) + count * sizeof(Elf64_Phdr);
	programs = (Elf64_Phdr *)(made.bytes + sizeof(Elf64_Ehdr));
	for (size_t i = 0; i < count; i++)
		programs[i].p_filesz = 0;
	assert_int_equal(read_made(&made, &headers), 0);
	assert_int_equal(headers.whole, end);
	core_headers_finish(&headers);
	programs[1].p_offset = end;
	programs[1].p_filesz = 1;
	assert_int_equal(read_made(&made, &headers), 0);
	assert_int_equal(headers.whole, end + 1);
	core_headers_finish(&headers);
	free(made.bytes);
}

static void leaves_out_what_contradicts(void **state)
{
	struct core_bytes bytes;
	struct core_headers headers;
	struct core_made made;
	Elf64_Phdr *programs;

	(void)state;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	programs = (Elf64_Phdr *)(made.bytes + sizeof(Elf64_Ehdr));
	programs[1].p_memsz = UINT64_MAX;
	programs[2].p_filesz = UINT64_MAX;
	programs[3].p_vaddr = CORE_DATA;
	programs[4].p_memsz = 0;
	programs[5].p_offset = UINT64_MAX - 1;
	assert_int_equal(read_made(&made, &headers), 0);
	/* One wraps round, one overlaps another; one is empty, which is no contradiction. */
	assert_int_equal(headers.segment_count, bytes.core.segment_count - 3);
	assert_int_equal(headers.skipped, 2);
	assert_int_equal(headers.segments[0].start, CORE_DATA);
	assert_int_equal(headers.segments[0].kept, headers.segments[0].end - CORE_DATA);
	assert_int_equal(headers.segments[1].kept, 0);
	assert_int_equal(headers.whole, UINT64_MAX);
	core_headers_finish(&headers);
	free(made.bytes);
}

static void puts_segments_in_order(void **state)
{
	struct core_bytes bytes;
	struct core_headers headers;
	struct written_segment first;
	struct core_made made;

	(void)state;
	core_bytes_init(&bytes);
	first = bytes.segments[0];
	bytes.segments[0] = bytes.segments[7];
	bytes.segments[7] = first;
	core_made_init(&made, &bytes.core);
	assert_int_equal(read_made(&made, &headers), 0);
	assert_int_equal(headers.segments[0].start, CORE_TEXT);
	assert_int_equal(headers.segments[7].start, CORE_STACK);
	assert_int_equal(headers.skipped, 0);
	core_headers_finish(&headers);
	free(made.bytes);
}

/* When two begin at one address, the one that comes first in the file counts. */
static void of_two_at_one_place_one_counts(void **state)
{
	(void)state;
	for (int swapped = 0; swapped < 2; swapped++) {
		struct core_bytes bytes;
		struct core_headers headers;
		struct core_made made;
		Elf64_Phdr *programs, first;

		core_bytes_init(&bytes);
		core_made_init(&made, &bytes.core);
		programs = (Elf64_Phdr *)(made.bytes + sizeof(Elf64_Ehdr));
		programs[2].p_vaddr = programs[1].p_vaddr;
		first = programs[1];
		if (swapped) {
			programs[1] = programs[2];
			programs[2] = first;
		}
		assert_true(programs[swapped ? 1 : 2].p_offset > first.p_offset);
		assert_int_equal(read_made(&made, &headers), 0);
		assert_int_equal(headers.skipped, 1);
		assert_int_equal(headers.segment_count, bytes.core.segment_count - 1);
		for (size_t i = 0; i + 1 < headers.segment_count; i++)
			if (headers.segments[i].start == first.p_vaddr)
				assert_int_equal(headers.segments[i].offset, first.p_offset);
		core_headers_finish(&headers);
		free(made.bytes);
	}
}

/* More than 65 534 have their number elsewhere, at the end of the file or not at all. */
static void reads_very_many_segments(void **state)
{
	enum { COUNT = 70000 };
	struct written_segment *segments = calloc(COUNT, sizeof(*segments));
	struct written_core core = {.segments = segments, .segment_count = COUNT};
	struct core_headers headers;
	struct core_made made;

	(void)state;
	for (uint64_t i = 0; i < COUNT; i++)
		segments[i] = (struct written_segment){.start = (2 * i + 1) * CORE_PAGE,
						       .end = (2 * i + 2) * CORE_PAGE,
						       .flags = PF_R};
	core_made_init(&made, &core);
	assert_int_equal(read_made(&made, &headers), 0);
	assert_int_equal(headers.segment_count, COUNT);
	core_headers_finish(&headers);
	core_made_cut(&made, made.file.size - 1);
	assert_int_equal(read_made(&made, &headers), 0);
	assert_int_equal(headers.segment_count, COUNT);
	core_headers_finish(&headers);
	/* That many are refused before memory is taken for them. */
	core_made_cut(&made, made.file.size + 1);
	((Elf64_Shdr *)(made.bytes + made.file.size - sizeof(Elf64_Shdr)))->sh_info = UINT32_MAX;
	assert_int_equal(read_made(&made, &headers), -EFBIG);
	free(made.bytes);
	free(segments);
}

/* With so many that no header says how many, by the notes, which are the first of them. */
static void the_notes_tell_where_the_headers_end(void **state)
{
	struct core_bytes bytes;
	struct core_headers headers;
	struct core_made made;
	Elf64_Ehdr *header;
	Elf64_Phdr *first;

	(void)state;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	header = (Elf64_Ehdr *)made.bytes;
	first = (Elf64_Phdr *)(made.bytes + header->e_phoff);
	assert_int_equal(first->p_type, PT_NOTE);
	header->e_phnum = PN_XNUM;
	header->e_shoff = 0;
	for (uint64_t count = 1; count <= 3; count++) {
		first->p_offset = header->e_phoff + count * sizeof(*first) + (count == 3 ? 55 : 0);
		assert_int_equal(read_made(&made, &headers), 0);
		assert_int_equal(headers.note_count, 1);
		assert_int_equal(headers.segment_count, count - 1);
		assert_int_equal(headers.missing_count, 0);
		core_headers_finish(&headers);
	}
	/* Less than one header has no room; what is no note says nothing. */
	first->p_offset = header->e_phoff + 1;
	assert_int_equal(read_made(&made, &headers), -ENODATA);
	for (int i = 0; i < 2; i++) {
		const uint64_t room = (made.file.size - header->e_phoff) / sizeof(*first);

		first->p_offset = header->e_phoff;
		assert_int_equal(read_made(&made, &headers), 0);
		assert_int_equal(headers.missing_count, PN_XNUM - room);
		core_headers_finish(&headers);
		first->p_type = PT_LOAD;
		first->p_memsz = 0;
		first->p_offset += sizeof(*first);
	}
	free(made.bytes);
}

static void errors_of_reading_are_told(void **state)
{
	struct core_bytes bytes;
	struct core_headers headers;
	struct core_made made;

	(void)state;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	for (int i = 0; i <= 2; i++) {
		struct core_failing failing = {&made, i};
		const struct file_reader file = {core_failing_read, &failing, made.file.size};

		memset(&headers, 0, sizeof(headers));
		assert_int_equal(core_headers_read(&file, &headers), i < 2 ? -EIO : 0);
		assert_int_equal(failing.left, i < 2 ? -1 : 0);
		assert_int_equal(headers.segments != NULL, i == 2);
		core_headers_finish(&headers);
	}
	/* The number of headers, which is in the first of them, or in that of a section. */
	((Elf64_Ehdr *)made.bytes)->e_phnum = PN_XNUM;
	for (uint64_t section = 0; section <= 64; section += 64) {
		struct core_failing failing = {&made, 1};
		const struct file_reader file = {core_failing_read, &failing, made.file.size};

		((Elf64_Ehdr *)made.bytes)->e_shoff = section;
		assert_int_equal(core_headers_read(&file, &headers), -EIO);
		assert_int_equal(failing.left, -1);
	}
	free(made.bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_segments_and_notes),
		cmocka_unit_test(refuses_what_is_no_core_of_this_machine),
		cmocka_unit_test(takes_what_is_there_of_a_cut_one),
		cmocka_unit_test(a_file_is_as_long_as_its_headers_at_least),
		cmocka_unit_test(leaves_out_what_contradicts),
		cmocka_unit_test(puts_segments_in_order),
		cmocka_unit_test(of_two_at_one_place_one_counts),
		cmocka_unit_test(reads_very_many_segments),
		cmocka_unit_test(the_notes_tell_where_the_headers_end),
		cmocka_unit_test(errors_of_reading_are_told),
	};

	return cmocka_run_group_tests_name("core_headers", tests, NULL, NULL);
}
