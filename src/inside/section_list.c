/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/section_list.h"

#include <errno.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/search.h"
#include "inside/elf_headers.h"
#include "inside/file_reader.h"
#include "model/elf_image.h"
#include "model/vma.h"

/* Names of ELF_SECTIONS_MAX sections, 256 bytes each. */
#define NAMES_BYTES_MAX (UINT64_C(16) << 20)

/* What the file says of its sections. */
struct section_table {
	Elf64_Shdr *headers;
	size_t count;
	char *names;
	size_t names_size;
};

static int read_names(struct section_table *table, const struct file_reader *file, size_t index)
{
	const Elf64_Shdr *header = &table->headers[index];
	int error;

	if (index >= table->count || header->sh_type != SHT_STRTAB)
		return 0;
	error = file_reader_load(file, header->sh_offset, header->sh_size, NAMES_BYTES_MAX,
				 &table->names);
	if (!error)
		table->names_size = header->sh_size;
	return error == -ENODATA || error == -EFBIG ? 0 : error;
}

static uint8_t choose_kind(const struct inside_section *section, const struct elf_image *image)
{
	if (section->nobits)
		return KIND_BSS;
	if (section->flags & SHF_EXECINSTR)
		return KIND_TEXT;
	if (!(section->flags & SHF_WRITE))
		return KIND_RODATA;
	return section->start >= image->relro_start && section->end <= image->relro_end ? KIND_RELRO
											: KIND_DATA;
}

/* Cuts [start, start + size) to the segment that it begins in; without one it has no end. */
static void fit_segment(const struct elf_image *image, struct inside_section *section,
			uint64_t size)
{
	size_t above = SEARCH_ABOVE(image->segments, image->segment_count, address, section->start);
	const struct elf_segment *segment;
	uint64_t room;

	if (above == 0)
		return;
	segment = &image->segments[above - 1];
	if (section->start - segment->address >= segment->memory_size)
		return;
	room = segment->memory_size - (section->start - segment->address);
	section->end = section->start + (size < room ? size : room);
	/* What the segment has no bytes for is zeroes, whatever the section says. */
	if (section->start - segment->address >= segment->file_size)
		section->nobits = true;
}

static void add_section(struct section_list *list, const struct section_table *table, size_t index,
			const struct elf_image *image)
{
	const Elf64_Shdr *header = &table->headers[index];
	struct inside_section *section = &list->sections[list->count];
	bool nobits = header->sh_type == SHT_NOBITS;

	if (!(header->sh_flags & SHF_ALLOC) || (nobits && (header->sh_flags & SHF_TLS)))
		return;
	*section = (struct inside_section){
		.start = header->sh_addr,
		.name = header->sh_name < table->names_size ? table->names + header->sh_name : "",
		.type = header->sh_type,
		.flags = header->sh_flags,
		.offset = header->sh_offset,
		.nobits = nobits,
	};
	fit_segment(image, section, header->sh_size);
	/* It takes no memory. */
	if (section->end <= section->start)
		return;
	section->kind = choose_kind(section, image);
	list->count++;
}

static int compare_sections(const void *left, const void *right)
{
	const struct inside_section *a = left, *b = right;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->end < b->end ? -1 : a->end > b->end;
}

/* Of two that overlap the one that begins first keeps what both claim. */
static void order_sections(struct section_list *list)
{
	size_t kept = 0;
	uint64_t end = 0;

	if (list->count)
		qsort(list->sections, list->count, sizeof(*list->sections), compare_sections);
	for (size_t i = 0; i < list->count; i++) {
		struct inside_section section = list->sections[i];

		if (section.end <= end)
			continue;
		if (section.start < end) {
			section.offset += end - section.start;
			section.start = end;
		}
		end = section.end;
		list->sections[kept++] = section;
	}
	list->count = kept;
}

static void add_part(struct section_list *list, const struct elf_image *image,
		     const struct elf_segment *segment, bool nobits)
{
	struct inside_section *section = &list->sections[list->count];
	uint64_t middle = segment->address + segment->file_size;

	*section = (struct inside_section){
		.start = nobits ? middle : segment->address,
		.end = nobits ? segment->address + segment->memory_size : middle,
		.name = "LOAD",
		.flags = SHF_ALLOC | (segment->perms & PERM_WRITE ? SHF_WRITE : 0) |
			 (segment->perms & PERM_EXEC ? SHF_EXECINSTR : 0),
		.offset = segment->offset,
		.nobits = nobits,
	};
	section->kind = choose_kind(section, image);
	list->count += section->start < section->end;
}

static void take_segments(struct section_list *list, const struct elf_image *image)
{
	list->from_segments = true;
	list->sections = memory_alloc(2 * image->segment_count * sizeof(*list->sections));
	for (size_t i = 0; i < image->segment_count; i++) {
		add_part(list, image, &image->segments[i], false);
		add_part(list, image, &image->segments[i], true);
	}
}

int section_list_read(struct section_list *list, const struct file_reader *file,
		      const struct elf_header *header, const struct elf_image *image)
{
	struct section_table table = {0};
	struct section_list read = {0};
	size_t names;
	int error = elf_sections_read(file, header, &table.headers, &table.count, &names);

	if (!error)
		error = read_names(&table, file, names);
	if (error && error != -ENOEXEC) {
		free(table.headers);
		return error;
	}
	read.names = table.names;
	read.sections = memory_alloc(table.count * sizeof(*read.sections));
	for (size_t i = 0; i < table.count; i++)
		add_section(&read, &table, i, image);
	free(table.headers);
	order_sections(&read);
	if (read.count == 0) {
		free(read.sections);
		take_segments(&read, image);
	}
	*list = read;
	return 0;
}

void section_list_finish(struct section_list *list)
{
	free(list->sections);
	free(list->names);
	*list = (struct section_list){0};
}

size_t section_list_from(const struct section_list *list, uint64_t address)
{
	return SEARCH_ABOVE(list->sections, list->count, end, address);
}

const struct inside_section *section_list_at(const struct section_list *list, uint64_t address)
{
	size_t index = section_list_from(list, address);

	return index < list->count && list->sections[index].start <= address
		       ? &list->sections[index]
		       : NULL;
}

void section_list_sum(const struct section_list *list, struct section_sizes *ret_sizes)
{
	struct section_sizes sizes = {0};

	for (size_t i = 0; i < list->count; i++)
		sizes.of[list->sections[i].kind] += list->sections[i].end - list->sections[i].start;
	*ret_sizes = sizes;
}
