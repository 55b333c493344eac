/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/elf_file.h"

#include <elf.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "model/elf_image.h"
#include "model/vma.h"

/*
 * The headers are read here, not by libelf, which every start would load for them and which, given
 * the file, allocates by the number of sections that it claims to have. Program headers of more
 * than 64 KiB are refused by execve() too (fs/binfmt_elf.c, load_elf_phdrs()).
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

/* What the file header says. */
struct header {
	bool is_32bit, is_big_endian;
	uint64_t type;
	uint64_t offset, entry_size, count; /* of the program headers */
};

/* A number of size bytes in the byte order of the file. */
static uint64_t number_at(const struct header *header, const unsigned char *bytes, size_t size)
{
	uint64_t number = 0;

	for (size_t i = 0; i < size; i++)
		number = number << 8 | bytes[header->is_big_endian ? i : size - 1 - i];
	return number;
}

#define FIELD_AT(header, bytes, structure, field) \
	number_at(header, (bytes) + offsetof(structure, field), sizeof(((structure *)0)->field))

/* The field of an Ehdr or Phdr at bytes, of the class of the file. */
#define FIELD(header, bytes, structure, field)                                  \
	((header)->is_32bit ? FIELD_AT(header, bytes, Elf32_##structure, field) \
			    : FIELD_AT(header, bytes, Elf64_##structure, field))

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

static int read_header(int descriptor, struct header *ret_header)
{
	/* No file is shorter that has a header of 32 bits and one program header. */
	unsigned char bytes[sizeof(Elf64_Ehdr)];
	struct header header;
	int error = read_at(descriptor, bytes, sizeof(bytes), 0);

	if (!error)
		error = check_ident(bytes);
	if (error)
		return error;
	header.is_32bit = bytes[EI_CLASS] == ELFCLASS32;
	header.is_big_endian = bytes[EI_DATA] == ELFDATA2MSB;
	header.type = FIELD(&header, bytes, Ehdr, e_type);
	header.offset = FIELD(&header, bytes, Ehdr, e_phoff);
	header.entry_size = FIELD(&header, bytes, Ehdr, e_phentsize);
	header.count = FIELD(&header, bytes, Ehdr, e_phnum);
	*ret_header = header;
	return 0;
}

static Elf64_Phdr program_header(const struct header *header, const unsigned char *bytes)
{
	return (Elf64_Phdr){
		.p_type = (Elf64_Word)FIELD(header, bytes, Phdr, p_type),
		.p_flags = (Elf64_Word)FIELD(header, bytes, Phdr, p_flags),
		.p_offset = FIELD(header, bytes, Phdr, p_offset),
		.p_vaddr = FIELD(header, bytes, Phdr, p_vaddr),
		.p_filesz = FIELD(header, bytes, Phdr, p_filesz),
		.p_memsz = FIELD(header, bytes, Phdr, p_memsz),
	};
}

/* Reads the program headers, those of 32 bits widened; the caller frees them. */
static int read_program_headers(int descriptor, const struct header *header,
				Elf64_Phdr **ret_headers)
{
	size_t entry = header->is_32bit ? sizeof(Elf32_Phdr) : sizeof(Elf64_Phdr);
	size_t size = header->count * entry;
	unsigned char *bytes;
	Elf64_Phdr *headers;
	int error;

	if (header->entry_size != entry || size == 0 || size > HEADERS_BYTES_MAX ||
	    header->offset > ADDRESS_MAX)
		return -ENOEXEC;
	bytes = memory_alloc(size);
	error = read_at(descriptor, bytes, size, header->offset);
	if (!error) {
		headers = memory_alloc(header->count * sizeof(*headers));
		for (size_t i = 0; i < header->count; i++)
			headers[i] = program_header(header, bytes + i * entry);
		*ret_headers = headers;
	}
	free(bytes);
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
	struct header header;
	Elf64_Phdr *headers;
	int error = read_header(descriptor, &header);

	if (!error && header.type != ET_EXEC && header.type != ET_DYN)
		error = -ENOEXEC;
	if (!error)
		error = read_program_headers(descriptor, &header, &headers);
	if (error)
		return error;
	image = memory_alloc(sizeof(*image));
	image->is_32bit = header.is_32bit;
	error = fill_image(image, headers, header.count);
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
