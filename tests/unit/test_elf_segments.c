/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>

#include "elf_bytes.h"
#include "inside/elf_segments.h"
#include "inside/file_reader.h"
#include "model/elf_image.h"
#include "model/vma.h"

static int read_bytes(const void *bytes, size_t size, struct elf_image **ret_image)
{
	const struct file_bytes file = {bytes, size};
	const struct file_reader reader = file_reader_of_bytes(&file);

	return elf_segments_read(&reader, ret_image);
}

static int read_elf(const struct elf_bytes *elf, struct elf_image **ret_image)
{
	return read_bytes(elf, sizeof(*elf), ret_image);
}

static void assert_usual_image(const struct elf_image *image)
{
	assert_int_equal(image->segment_count, 2);
	assert_int_equal(image->segments[0].address, 0);
	assert_int_equal(image->segments[0].perms, PERM_READ | PERM_EXEC);
	assert_int_equal(image->segments[1].address, 0x2800);
	assert_int_equal(image->segments[1].memory_size, 0x2000);
	assert_int_equal(image->segments[1].offset, 0x1800);
	assert_int_equal(image->segments[1].file_size, 0x900);
	assert_int_equal(image->segments[1].perms, PERM_READ | PERM_WRITE);
	assert_int_equal(image->relro_start, 0x2800);
	assert_int_equal(image->relro_end, 0x3000);
}

static void reads_segments_and_relro(void **state)
{
	struct elf_bytes elf = elf_bytes_make();
	struct elf_image *image;

	(void)state;
	assert_int_equal(read_elf(&elf, &image), 0);
	assert_usual_image(image);
	assert_false(image->is_32bit);
	elf_segments_free(image);
}

static void permissions_are_each_their_own(void **state)
{
	(void)state;
	for (unsigned flags = 0; flags < 8; flags++) {
		struct elf_bytes elf = elf_bytes_make();
		struct elf_image *image;

		elf.code.p_flags = flags;
		assert_int_equal(read_elf(&elf, &image), 0);
		assert_int_equal(image->segments[0].perms, (flags & PF_R ? PERM_READ : 0) +
								   (flags & PF_W ? PERM_WRITE : 0) +
								   (flags & PF_X ? PERM_EXEC : 0));
		elf_segments_free(image);
	}
}

static void puts_segments_in_order(void **state)
{
	struct elf_bytes elf = elf_bytes_make();
	Elf64_Phdr first = elf.code;
	struct elf_image *image;

	(void)state;
	elf.code = elf.data;
	elf.data = first;
	assert_int_equal(read_elf(&elf, &image), 0);
	assert_usual_image(image);
	elf_segments_free(image);
}

static void reads_32_bits(void **state)
{
	struct elf_bytes elf = elf_bytes_make();
	const Elf64_Phdr *wide = &elf.code;
	struct {
		Elf32_Ehdr header;
		Elf32_Phdr headers[3];
	} narrow = {.header = {.e_type = ET_EXEC,
			       .e_phoff = sizeof(Elf32_Ehdr),
			       .e_phentsize = sizeof(Elf32_Phdr),
			       .e_phnum = 3}};
	struct elf_image *image;

	(void)state;
	memcpy(narrow.header.e_ident, elf.header.e_ident, EI_NIDENT);
	narrow.header.e_ident[EI_CLASS] = ELFCLASS32;
	for (int i = 0; i < 3; i++)
		narrow.headers[i] = (Elf32_Phdr){
			.p_type = wide[i].p_type,
			.p_flags = wide[i].p_flags,
			.p_offset = (Elf32_Off)wide[i].p_offset,
			.p_vaddr = (Elf32_Addr)wide[i].p_vaddr,
			.p_filesz = (Elf32_Word)wide[i].p_filesz,
			.p_memsz = (Elf32_Word)wide[i].p_memsz,
		};
	assert_int_equal(read_bytes(&narrow, sizeof(narrow), &image), 0);
	assert_usual_image(image);
	assert_true(image->is_32bit);
	elf_segments_free(image);
}

static uint64_t swap(uint64_t value, int bytes)
{
	return __builtin_bswap64(value) >> (64 - 8 * bytes);
}

static void reads_the_other_byte_order(void **state)
{
	struct elf_bytes elf = elf_bytes_make();
	Elf64_Ehdr *header = &elf.header;
	Elf64_Phdr *headers = &elf.code;
	struct elf_image *image;

	(void)state;
	header->e_ident[EI_DATA] ^= ELFDATA2LSB ^ ELFDATA2MSB;
	header->e_type = (Elf64_Half)swap(header->e_type, 2);
	header->e_phoff = swap(header->e_phoff, 8);
	header->e_phnum = (Elf64_Half)swap(header->e_phnum, 2);
	header->e_phentsize = (Elf64_Half)swap(header->e_phentsize, 2);
	for (int i = 0; i < 3; i++) {
		headers[i].p_type = (Elf64_Word)swap(headers[i].p_type, 4);
		headers[i].p_flags = (Elf64_Word)swap(headers[i].p_flags, 4);
		headers[i].p_offset = swap(headers[i].p_offset, 8);
		headers[i].p_vaddr = swap(headers[i].p_vaddr, 8);
		headers[i].p_filesz = swap(headers[i].p_filesz, 8);
		headers[i].p_memsz = swap(headers[i].p_memsz, 8);
	}
	assert_int_equal(read_elf(&elf, &image), 0);
	assert_usual_image(image);
	elf_segments_free(image);
}

#define REFUSED(change)                                             \
	do {                                                        \
		struct elf_bytes elf = elf_bytes_make();            \
		struct elf_image *image = NULL;                     \
		change;                                             \
		assert_int_equal(read_elf(&elf, &image), -ENOEXEC); \
		assert_null(image);                                 \
	} while (0)

static void refuses_headers_that_are_none(void **state)
{
	(void)state;
	REFUSED(elf.header.e_ident[EI_MAG0] = 0);
	REFUSED(elf.header.e_ident[EI_CLASS] = 3);
	REFUSED(elf.header.e_ident[EI_CLASS] = ELFCLASS32);
	REFUSED(elf.header.e_ident[EI_DATA] = 0);
	REFUSED(elf.header.e_ident[EI_VERSION] = 2);
	REFUSED(elf.header.e_type = ET_REL);
	REFUSED(elf.header.e_type = ET_CORE);
	REFUSED(elf.header.e_phnum = 0);
	REFUSED(elf.header.e_phnum = PN_XNUM);
	REFUSED(elf.header.e_phnum = 4); /* behind the file's end */
	REFUSED(elf.header.e_phentsize = 32);
	REFUSED(elf.header.e_phoff = UINT64_MAX);
	REFUSED(elf.header.e_phoff = UINT64_C(1) << 62);
}

static void refuses_values_that_contradict(void **state)
{
	(void)state;
	REFUSED(elf.data.p_filesz = elf.data.p_memsz + 1);
	REFUSED(elf.data.p_vaddr = UINT64_MAX - 0xfff);
	REFUSED(elf.data.p_memsz = UINT64_MAX);
	REFUSED(elf.data.p_offset = UINT64_MAX);
	REFUSED(elf.data.p_vaddr = 0x1000); /* inside the code */
	REFUSED(elf.code.p_type = elf.data.p_type = PT_NOTE);
	REFUSED(elf.code.p_memsz = elf.code.p_filesz = elf.data.p_memsz = elf.data.p_filesz = 0);
}

/* Addresses and offsets up to 2^62, as large in memory as in the file, side by side. */
static void values_have_borders(void **state)
{
	const uint64_t most = UINT64_C(1) << 62;

	(void)state;
	for (int which = 0; which < 5; which++)
		for (uint64_t more = 0; more < 2; more++) {
			struct elf_bytes elf = elf_bytes_make();
			struct elf_image *image;

			switch (which) {
			case 0: elf.data.p_vaddr = most + more; break;
			case 1: elf.data.p_memsz = most + more; break;
			case 2: elf.data.p_offset = most + more; break;
			case 3: elf.data.p_filesz = elf.data.p_memsz + more; break;
			default: elf.code.p_memsz = elf.data.p_vaddr + more; break;
			}
			assert_int_equal(read_elf(&elf, &image), more ? -ENOEXEC : 0);
			if (!more)
				elf_segments_free(image);
		}
}

static void the_first_relro_counts(void **state)
{
	const uint64_t most = UINT64_C(1) << 62;
	struct elf_bytes elf = elf_bytes_make();
	struct elf_image *image;

	(void)state;
	elf.code.p_type = PT_GNU_RELRO;
	elf.code.p_vaddr = 0x2900;
	elf.code.p_memsz = 0x100;
	assert_int_equal(read_elf(&elf, &image), 0);
	assert_int_equal(image->relro_start, 0x2900);
	assert_int_equal(image->relro_end, 0x2a00);
	elf_segments_free(image);
	/* An empty one is none, and one whose values are as large as they may be is one. */
	elf.code.p_memsz = 0;
	elf.relro.p_vaddr = elf.relro.p_memsz = most;
	assert_int_equal(read_elf(&elf, &image), 0);
	assert_true(image->relro_start == most && image->relro_end == 2 * most);
	elf_segments_free(image);
	elf.relro.p_vaddr++;
	assert_int_equal(read_elf(&elf, &image), 0);
	assert_true(image->relro_start == image->relro_end);
	elf_segments_free(image);
}

static void a_bad_relro_is_none(void **state)
{
	struct elf_bytes elf = elf_bytes_make();
	struct elf_image *image;

	(void)state;
	elf.relro.p_memsz = UINT64_MAX;
	assert_int_equal(read_elf(&elf, &image), 0);
	assert_true(image->relro_start == image->relro_end);
	elf_segments_free(image);
}

static void refuses_too_many_segments(void **state)
{
	enum { MANY = ELF_IMAGE_SEGMENTS_MAX + 1 };
	struct {
		Elf64_Ehdr header;
		Elf64_Phdr headers[MANY];
	} many = {.header = elf_bytes_make().header};
	struct elf_image *image = NULL;

	(void)state;
	for (size_t i = 0; i < MANY; i++)
		many.headers[i] = (Elf64_Phdr){.p_type = PT_LOAD, .p_vaddr = i << 12, .p_memsz = 1};
	many.header.e_phnum = MANY;
	assert_int_equal(read_bytes(&many, sizeof(many), &image), -ENOEXEC);
	many.header.e_phnum = MANY - 1;
	assert_int_equal(read_bytes(&many, sizeof(many), &image), 0);
	assert_int_equal(image->segment_count, MANY - 1);
	elf_segments_free(image);
}

static void every_shorter_file_is_refused(void **state)
{
	struct elf_bytes elf = elf_bytes_make();

	(void)state;
	for (size_t size = 0; size < sizeof(elf); size++) {
		struct elf_image *image = NULL;

		assert_int_equal(read_bytes(&elf, size, &image), -ENOEXEC);
		assert_null(image);
	}
}

static int fail_to_read(void *context, uint64_t offset, void *bytes, size_t size)
{
	(void)context, (void)offset, (void)bytes, (void)size;
	return -EIO;
}

static void tells_the_error_of_reading(void **state)
{
	const struct file_reader reader = {.read = fail_to_read, .size = 4096};
	struct elf_image *image = NULL;

	(void)state;
	assert_int_equal(elf_segments_read(&reader, &image), -EIO);
	elf_segments_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_segments_and_relro),
		cmocka_unit_test(permissions_are_each_their_own),
		cmocka_unit_test(puts_segments_in_order),
		cmocka_unit_test(reads_32_bits),
		cmocka_unit_test(reads_the_other_byte_order),
		cmocka_unit_test(refuses_headers_that_are_none),
		cmocka_unit_test(refuses_values_that_contradict),
		cmocka_unit_test(values_have_borders),
		cmocka_unit_test(the_first_relro_counts),
		cmocka_unit_test(a_bad_relro_is_none),
		cmocka_unit_test(refuses_too_many_segments),
		cmocka_unit_test(every_shorter_file_is_refused),
		cmocka_unit_test(tells_the_error_of_reading),
	};

	return cmocka_run_group_tests_name("elf_segments", tests, NULL, NULL);
}
