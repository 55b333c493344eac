/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/core_headers.h"

#include <elf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/search.h"
#include "inside/file_reader.h"
#include "model/vma.h"

#define HEADERS_AT_ONCE 1024

/* What a core file of a process of this program's own kind has in its header. */
#if UINTPTR_MAX > UINT32_MAX
#define OWN_CLASS ELFCLASS64
#else
#define OWN_CLASS ELFCLASSNONE /* of 64 bits only */
#endif
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define OWN_DATA ELFDATA2LSB
#else
#define OWN_DATA ELFDATA2MSB
#endif
#if defined(__x86_64__)
#define OWN_MACHINE EM_X86_64
#elif defined(__aarch64__)
#define OWN_MACHINE EM_AARCH64
#elif defined(__riscv)
#define OWN_MACHINE EM_RISCV
#elif defined(__powerpc64__)
#define OWN_MACHINE EM_PPC64
#elif defined(__s390x__)
#define OWN_MACHINE EM_S390
#elif defined(__loongarch__)
#define OWN_MACHINE 258 /* EM_LOONGARCH, which <elf.h> may not have yet */
#else
#define OWN_MACHINE EM_NONE
#endif

bool core_headers_are_meant(const void *bytes, size_t size)
{
	const unsigned char *ident = bytes;
	unsigned type;

	if (size < offsetof(Elf64_Ehdr, e_machine) || memcmp(ident, ELFMAG, SELFMAG) != 0)
		return false;
	type = ident[EI_DATA] == ELFDATA2MSB ? ident[EI_NIDENT] << 8 | ident[EI_NIDENT + 1]
					     : ident[EI_NIDENT + 1] << 8 | ident[EI_NIDENT];
	return type == ET_CORE;
}

static int read_header(const struct file_reader *file, Elf64_Ehdr *ret_header)
{
	Elf64_Ehdr header;
	size_t size = file->size < sizeof(header) ? (size_t)file->size : sizeof(header);
	int error;

	memset(&header, 0, sizeof(header));
	error = file_reader_read(file, 0, &header, size);
	if (error)
		return error;
	if (!core_headers_are_meant(&header, size))
		return -ENOEXEC;
	if (header.e_ident[EI_CLASS] != OWN_CLASS || header.e_ident[EI_DATA] != OWN_DATA)
		return -ENOTSUP;
	if (size < sizeof(header))
		return -ENODATA;
	if (header.e_machine != OWN_MACHINE)
		return -ENOTSUP;
	if (header.e_phentsize != sizeof(Elf64_Phdr) || !header.e_phoff || !header.e_phnum)
		return -ENODATA;
	*ret_header = header;
	return 0;
}

/*
 * How many program headers there are. More than the header can say are in the first section header
 * (elf(5), PN_XNUM), which the kernel writes at the end of the file: where that was cut off, the
 * notes begin where the headers end.
 */
static int count_headers(const struct file_reader *file, const Elf64_Ehdr *header,
			 uint64_t *ret_count)
{
	Elf64_Shdr section;
	Elf64_Phdr first;
	int error;

	*ret_count = header->e_phnum;
	if (header->e_phnum != PN_XNUM)
		return 0;
	error = header->e_shoff ? file_reader_read(file, header->e_shoff, &section, sizeof(section))
				: -ENODATA;
	if (!error)
		*ret_count = section.sh_info;
	if (error != -ENODATA)
		return error;
	error = file_reader_read(file, header->e_phoff, &first, sizeof(first));
	if (!error && first.p_type == PT_NOTE && first.p_offset > header->e_phoff)
		*ret_count = (first.p_offset - header->e_phoff) / sizeof(first);
	return error;
}

static uint8_t perms_of(uint32_t flags)
{
	return (flags & PF_R ? PERM_READ : 0) | (flags & PF_W ? PERM_WRITE : 0) |
	       (flags & PF_X ? PERM_EXEC : 0);
}

/* The bytes of the span that the file has, and how long the file would have to be. */
static uint64_t clip(struct core_headers *headers, uint64_t offset, uint64_t size)
{
	uint64_t end = size > UINT64_MAX - offset ? UINT64_MAX : offset + size;

	if (size && end > headers->whole)
		headers->whole = end;
	if (offset >= headers->size)
		return 0;
	return size < headers->size - offset ? size : headers->size - offset;
}

static void add_segment(struct core_headers *headers, const Elf64_Phdr *header)
{
	uint64_t size = header->p_filesz < header->p_memsz ? header->p_filesz : header->p_memsz;

	if (!header->p_memsz)
		return;
	if (header->p_memsz > UINT64_MAX - header->p_vaddr) {
		headers->skipped++;
		return;
	}
	headers->segments[headers->segment_count++] = (struct core_segment){
		.start = header->p_vaddr,
		.end = header->p_vaddr + header->p_memsz,
		.offset = header->p_offset,
		.kept = clip(headers, header->p_offset, size),
		.perms = perms_of(header->p_flags),
	};
}

static void add_header(struct core_headers *headers, const Elf64_Phdr *header)
{
	if (header->p_type == PT_LOAD) {
		add_segment(headers, header);
	} else if (header->p_type == PT_NOTE && headers->note_count < CORE_NOTES_MAX) {
		(void)clip(headers, header->p_offset, header->p_filesz);
		headers->notes[headers->note_count++] =
			(struct core_span){header->p_offset, header->p_filesz};
	}
}

static int read_programs(const struct file_reader *file, uint64_t offset, uint64_t count,
			 struct core_headers *headers)
{
	Elf64_Phdr programs[HEADERS_AT_ONCE];
	uint64_t room = file->size > offset ? (file->size - offset) / sizeof(*programs) : 0;
	int error = 0;

	(void)clip(headers, offset, count * sizeof(*programs));
	headers->missing_count = count > room ? count - room : 0;
	count -= headers->missing_count;
	if (!count)
		return -ENODATA;
	headers->segments = memory_alloc((size_t)count * sizeof(*headers->segments));
	for (uint64_t done = 0; done < count && !error;) {
		size_t some =
			count - done < HEADERS_AT_ONCE ? (size_t)(count - done) : HEADERS_AT_ONCE;

		error = file_reader_read(file, offset + done * sizeof(*programs), programs,
					 some * sizeof(*programs));
		for (size_t i = 0; i < some && !error; i++)
			add_header(headers, &programs[i]);
		done += some;
	}
	return error;
}

static int compare(const void *left, const void *right)
{
	const struct core_segment *a = left, *b = right;

	if (a->start == b->start)
		return a->offset < b->offset ? -1 : a->offset > b->offset;
	return a->start < b->start ? -1 : 1;
}

/* The kernel writes them in order, others may not; of two that overlap the second is left out. */
static void put_in_order(struct core_headers *headers)
{
	struct core_segment *segments = headers->segments;
	size_t count = 0;

	qsort(segments, headers->segment_count, sizeof(*segments), compare);
	for (size_t i = 0; i < headers->segment_count; i++) {
		if (count && segments[i].start < segments[count - 1].end)
			headers->skipped++;
		else
			segments[count++] = segments[i];
	}
	headers->segment_count = count;
}

int core_headers_read(const struct file_reader *file, struct core_headers *ret_headers)
{
	struct core_headers headers = {.size = file->size};
	Elf64_Ehdr header;
	uint64_t count;
	int error = read_header(file, &header);

	if (!error)
		error = count_headers(file, &header, &count);
	if (!error && count > CORE_SEGMENTS_MAX)
		error = -EFBIG;
	if (!error)
		error = read_programs(file, header.e_phoff, count, &headers);
	if (error) {
		core_headers_finish(&headers);
		return error;
	}
	put_in_order(&headers);
	*ret_headers = headers;
	return 0;
}

void core_headers_finish(struct core_headers *headers)
{
	free(headers->segments);
	*headers = (struct core_headers){.segments = NULL};
}

size_t core_headers_find(const struct core_headers *headers, uint64_t address)
{
	return SEARCH_ABOVE(headers->segments, headers->segment_count, end, address);
}
