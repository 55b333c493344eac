/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/elf_segments.h"

#include <errno.h>
#include <stdlib.h>

#include "base/memory.h"
#include "inside/elf_headers.h"
#include "model/elf_image.h"
#include "model/vma.h"

static uint8_t segment_perms(uint32_t flags)
{
	return (flags & PF_R ? PERM_READ : 0) | (flags & PF_W ? PERM_WRITE : 0) |
	       (flags & PF_X ? PERM_EXEC : 0);
}

/* Takes a program header over; -ENOEXEC when its values contradict each other. */
static int add_header(struct elf_image *image, const Elf64_Phdr *header)
{
	bool sane = header->p_vaddr <= ELF_ADDRESS_MAX && header->p_memsz <= ELF_ADDRESS_MAX;

	if (header->p_type == PT_GNU_RELRO && sane && image->relro_start == image->relro_end) {
		image->relro_start = header->p_vaddr;
		image->relro_end = header->p_vaddr + header->p_memsz;
	}
	if (header->p_type != PT_LOAD || header->p_memsz == 0)
		return 0;
	if (!sane || header->p_offset > ELF_ADDRESS_MAX || header->p_filesz > header->p_memsz ||
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

int elf_segments_read(const struct file_reader *file, struct elf_image **ret_image)
{
	struct elf_header header;
	struct elf_image *image;
	Elf64_Phdr *programs;
	int error = elf_header_read(file, &header);

	if (!error && header.type != ET_EXEC && header.type != ET_DYN)
		error = -ENOEXEC;
	if (!error)
		error = elf_programs_read(file, &header, &programs);
	if (error)
		return error;
	image = memory_alloc(sizeof(*image));
	image->is_32bit = header.is_32bit;
	error = fill_image(image, programs, header.program_count);
	free(programs);
	if (error) {
		elf_segments_free(image);
		return error;
	}
	*ret_image = image;
	return 0;
}

void elf_segments_free(struct elf_image *image)
{
	if (!image)
		return;
	free(image->segments);
	free(image);
}
