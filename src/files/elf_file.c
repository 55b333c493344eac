/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/elf_file.h"

#include <errno.h>
#include <libelf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "model/elf_image.h"
#include "model/vma.h"

/*
 * libelf translates the headers (class, byte order) but is not given the file: opening it there
 * allocates by the number of sections that the file claims to have, which has no bound. Program
 * headers of more than 64 KiB are refused by execve() too (fs/binfmt_elf.c, load_elf_phdrs()).
 */
#define HEADERS_BYTES_MAX 65536

/* No user address lies above; also keeps every sum of two values free of overflow. */
#define ADDRESS_MAX (UINT64_C(1) << 62)

/* Reads exactly size bytes at offset: 0, -ENOEXEC when the file ends before, or -errno. */
static int read_at(int descriptor, void *bytes, size_t size, uint64_t offset)
{
	size_t done = 0;

	while (done < size) {
		ssize_t got = pread(descriptor, (char *)bytes + done, size - done,
				    (off_t)(offset + done));

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (got == 0)
			return -ENOEXEC;
		done += (size_t)got;
	}
	return 0;
}

/*
 * Translates size bytes of the type from the file's class and byte order to the machine's. For
 * these types the two forms have the same size.
 */
static int translate(void *to, void *from, size_t size, Elf_Type type, const unsigned char *ident)
{
	Elf_Data source = {.d_buf = from, .d_type = type, .d_version = EV_CURRENT, .d_size = size};
	Elf_Data target = {.d_buf = to, .d_type = type, .d_version = EV_CURRENT, .d_size = size};
	Elf_Data *done;

	if (elf_version(EV_CURRENT) == EV_NONE)
		return -ENOEXEC;
	done = ident[EI_CLASS] == ELFCLASS32 ? elf32_xlatetom(&target, &source, ident[EI_DATA])
					     : elf64_xlatetom(&target, &source, ident[EI_DATA]);
	return done ? 0 : -ENOEXEC;
}

static int check_ident(const unsigned char *ident)
{
	if (memcmp(ident, ELFMAG, SELFMAG) != 0 || ident[EI_VERSION] != EV_CURRENT)
		return -ENOEXEC;
	if (ident[EI_CLASS] != ELFCLASS32 && ident[EI_CLASS] != ELFCLASS64)
		return -ENOEXEC;
	if (ident[EI_DATA] != ELFDATA2LSB && ident[EI_DATA] != ELFDATA2MSB)
		return -ENOEXEC;
	return 0;
}

/* Reads the file header; one of 32 bits is widened. */
static int read_header(int descriptor, Elf64_Ehdr *ret_header)
{
	Elf32_Ehdr raw32, header32;
	Elf64_Ehdr raw64;
	int error = read_at(descriptor, &raw32, sizeof(raw32), 0);

	if (!error)
		error = check_ident(raw32.e_ident);
	if (error)
		return error;
	if (raw32.e_ident[EI_CLASS] == ELFCLASS64) {
		error = read_at(descriptor, &raw64, sizeof(raw64), 0);
		/* Read again, so checked again: the file may be changing. */
		if (!error)
			error = check_ident(raw64.e_ident);
		if (!error && raw64.e_ident[EI_CLASS] != ELFCLASS64)
			error = -ENOEXEC;
		return error ? error
			     : translate(ret_header, &raw64, sizeof(raw64), ELF_T_EHDR,
					 raw64.e_ident);
	}
	error = translate(&header32, &raw32, sizeof(raw32), ELF_T_EHDR, raw32.e_ident);
	if (error)
		return error;
	memcpy(ret_header->e_ident, raw32.e_ident, EI_NIDENT);
	ret_header->e_type = header32.e_type;
	ret_header->e_phoff = header32.e_phoff;
	ret_header->e_phnum = header32.e_phnum;
	ret_header->e_phentsize = header32.e_phentsize;
	return 0;
}

static void widen(Elf64_Phdr *to, const Elf32_Phdr *from)
{
	*to = (Elf64_Phdr){
		.p_type = from->p_type,
		.p_flags = from->p_flags,
		.p_offset = from->p_offset,
		.p_vaddr = from->p_vaddr,
		.p_filesz = from->p_filesz,
		.p_memsz = from->p_memsz,
	};
}

/* Reads the program headers, widened; the caller frees them. */
static int read_program_headers(int descriptor, const Elf64_Ehdr *header, Elf64_Phdr **ret_headers)
{
	bool is_32bit = header->e_ident[EI_CLASS] == ELFCLASS32;
	size_t entry = is_32bit ? sizeof(Elf32_Phdr) : sizeof(Elf64_Phdr);
	size_t count = header->e_phnum, size = count * entry;
	Elf64_Phdr *headers;
	void *raw, *translated;
	int error;

	if (header->e_phentsize != entry || count == 0 || size > HEADERS_BYTES_MAX ||
	    header->e_phoff > ADDRESS_MAX)
		return -ENOEXEC;
	raw = memory_alloc(size);
	translated = memory_alloc(size);
	error = read_at(descriptor, raw, size, header->e_phoff);
	if (!error)
		error = translate(translated, raw, size, ELF_T_PHDR, header->e_ident);
	free(raw);
	if (!error && is_32bit) {
		headers = memory_alloc(count * sizeof(*headers));
		for (size_t i = 0; i < count; i++)
			widen(&headers[i], (const Elf32_Phdr *)translated + i);
		*ret_headers = headers;
	} else if (!error) {
		*ret_headers = translated;
		return 0;
	}
	free(translated);
	return error;
}

static uint8_t segment_perms(uint32_t flags)
{
	return (flags & PF_R ? PERM_READ : 0) | (flags & PF_W ? PERM_WRITE : 0) |
	       (flags & PF_X ? PERM_EXEC : 0);
}

/* Takes a program header over; -ENOEXEC when its values contradict each other. */
static int add_header(struct elf_image *image, const Elf64_Phdr *header)
{
	bool sane = header->p_vaddr <= ADDRESS_MAX && header->p_memsz <= ADDRESS_MAX;

	if (header->p_type == PT_GNU_RELRO && sane && image->relro_start == image->relro_end) {
		image->relro_start = header->p_vaddr;
		image->relro_end = header->p_vaddr + header->p_memsz;
	}
	if (header->p_type != PT_LOAD || header->p_memsz == 0)
		return 0;
	if (!sane || header->p_offset > ADDRESS_MAX || header->p_filesz > header->p_memsz ||
	    image->segment_count == ELF_IMAGE_SEGMENTS_MAX)
		return -ENOEXEC;
	image->segments[image->segment_count++] = (struct elf_segment){
		.address = header->p_vaddr,
		.memory_size = header->p_memsz,
		.offset = header->p_offset,
		.file_size = header->p_filesz,
		.perms = segment_perms(header->p_flags),
	};
	return 0;
}

static int compare_segments(const void *left, const void *right)
{
	const struct elf_segment *a = left, *b = right;

	return a->address < b->address ? -1 : a->address > b->address;
}

/* The System V ABI wants ascending addresses; loaders do not insist, but nothing may overlap. */
static int order_segments(struct elf_image *image)
{
	if (image->segment_count == 0)
		return -ENOEXEC;
	qsort(image->segments, image->segment_count, sizeof(*image->segments), compare_segments);
	for (size_t i = 1; i < image->segment_count; i++) {
		const struct elf_segment *below = &image->segments[i - 1];

		if (below->address + below->memory_size > below[1].address)
			return -ENOEXEC;
	}
	return 0;
}

static int fill_image(struct elf_image *image, const Elf64_Phdr *headers, size_t count)
{
	size_t loads = 0;
	int error = 0;

	for (size_t i = 0; i < count; i++)
		loads += headers[i].p_type == PT_LOAD;
	image->segments = memory_alloc(loads * sizeof(*image->segments));
	for (size_t i = 0; i < count && !error; i++)
		error = add_header(image, &headers[i]);
	return error ? error : order_segments(image);
}

int elf_file_read(int descriptor, struct elf_image **ret_image)
{
	struct elf_image *image;
	Elf64_Ehdr header;
	Elf64_Phdr *headers;
	int error = read_header(descriptor, &header);

	if (!error && header.e_type != ET_EXEC && header.e_type != ET_DYN)
		error = -ENOEXEC;
	if (!error)
		error = read_program_headers(descriptor, &header, &headers);
	if (error)
		return error;
	image = memory_alloc(sizeof(*image));
	image->is_32bit = header.e_ident[EI_CLASS] == ELFCLASS32;
	error = fill_image(image, headers, header.e_phnum);
	free(headers);
	if (error) {
		elf_file_free_image(image);
		return error;
	}
	*ret_image = image;
	return 0;
}

void elf_file_free_image(struct elf_image *image)
{
	if (!image)
		return;
	free(image->segments);
	free(image);
}
