/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/core_image.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/search.h"
#include "inside/debug_link.h"
#include "inside/elf_headers.h"
#include "inside/memory_reader.h"

/* The pages of the range that the segment has become present; the first page is that of address. */
static void set_present(uint8_t *absent, uint64_t page_size, uint64_t address, uint64_t start,
			uint64_t end)
{
	const uint64_t first = address / page_size;

	for (uint64_t page = start / page_size; page <= (end - 1) / page_size; page++)
		memory_reader_set_absent(absent, (size_t)(page - first), false);
}

static int read_memory(struct kept_memory *kept, uint64_t address, void *bytes, size_t size,
		       uint8_t *ret_absent)
{
	struct core_image *image = (struct core_image *)kept;
	const struct core_headers *headers = &image->headers;
	const uint64_t end = address + size;

	if (end < address)
		return -EINVAL;
	memset(bytes, 0, size);
	memset(ret_absent, 0xff, memory_reader_map_size(address, size, kept->page_size));
	for (size_t i = core_headers_find(headers, address);
	     i < headers->segment_count && headers->segments[i].start < end; i++) {
		const struct core_segment *segment = &headers->segments[i];
		uint64_t from = segment->start > address ? segment->start : address;
		uint64_t to = segment->start + segment->kept;
		int error;

		to = to < end ? to : end;
		if (from >= to)
			continue;
		error = file_reader_read(&image->file, segment->offset + (from - segment->start),
					 (char *)bytes + (from - address), (size_t)(to - from));
		/* It was cut short since it was opened. */
		if (error == -ENODATA)
			continue;
		if (error)
			return error;
		set_present(ret_absent, kept->page_size, address, from, to);
	}
	return 0;
}

static int advance(struct kept_memory *kept, uint64_t end, uint64_t *at)
{
	const struct core_headers *headers = &((struct core_image *)kept)->headers;

	for (size_t i = core_headers_find(headers, *at);
	     i < headers->segment_count && headers->segments[i].start < end; i++) {
		const struct core_segment *segment = &headers->segments[i];

		if (segment->start > *at)
			*at = segment->start;
		if (*at < segment->start + segment->kept)
			return 1;
	}
	*at = end;
	return 0;
}

const struct core_file_range *core_image_begin_of(const struct core_image *image, const char *name)
{
	for (size_t i = 0; i < image->notes.file_count; i++)
		if (image->notes.files[i].offset == 0 && !strcmp(image->notes.files[i].name, name))
			return &image->notes.files[i];
	return NULL;
}

static int read_mapped(void *context, uint64_t offset, void *bytes, size_t size)
{
	const struct core_mapped *mapped = context;
	struct kept_memory *kept = &mapped->image->kept;
	const uint64_t address = mapped->start + offset;
	uint8_t *absent = memory_alloc(memory_reader_map_size(address, size, kept->page_size));
	int error = read_memory(kept, address, bytes, size, absent);

	for (size_t page = 0; !error && page < memory_reader_pages(address, size, kept->page_size);
	     page++)
		if (absent[page / 8] >> page % 8 & 1)
			error = -ENODATA;
	free(absent);
	return error;
}

struct file_reader core_image_mapped(struct core_mapped *mapped,
				     const struct core_file_range *begin)
{
	mapped->start = begin->start;
	return (struct file_reader){
		.read = read_mapped, .context = mapped, .size = begin->end - begin->start};
}

static int read_build_id(struct kept_memory *kept, const char *name, struct build_id *ret_id)
{
	struct core_mapped mapped = {.image = (struct core_image *)kept};
	const struct core_file_range *begin = core_image_begin_of(mapped.image, name);
	struct file_reader file;
	struct elf_header header;
	struct debug_link link;
	int error;

	if (!begin)
		return -ENOENT;
	file = core_image_mapped(&mapped, begin);
	error = elf_header_read(&file, &header);
	if (error)
		return -ENOENT;
	/* Section headers lie elsewhere in memory, or nowhere. */
	header.section_offset = 0;
	error = debug_link_read(&file, &header, &link);
	if (error || !link.build_id.size)
		return -ENOENT;
	*ret_id = link.build_id;
	return 0;
}

static void destroy(struct kept_memory *kept)
{
	struct core_image *image = (struct core_image *)kept;

	core_headers_finish(&image->headers);
	core_notes_finish(&image->notes);
	if (image->close)
		image->close(image->file.context);
	free(image);
}

/* Mappings consist of pages; of the file only whole ones count. */
static void align(struct core_headers *headers, uint64_t page_size)
{
	size_t count = 0;

	for (size_t i = 0; i < headers->segment_count; i++) {
		struct core_segment segment = headers->segments[i];

		if (segment.start % page_size || segment.end % page_size) {
			headers->skipped++;
			continue;
		}
		segment.kept -= segment.kept % page_size;
		headers->segments[count++] = segment;
	}
	headers->segment_count = count;
}

static int read_all(struct core_image *image)
{
	int error = core_headers_read(&image->file, &image->headers);

	if (!error)
		error = core_notes_read(&image->file, &image->headers, &image->notes);
	if (error)
		return error;
	if (auxv_parse(image->notes.auxv, image->notes.auxv_length, &image->auxv))
		image->auxv = (struct proc_auxv){.page_size = (uint64_t)sysconf(_SC_PAGESIZE)};
	image->kept.page_size = image->auxv.page_size;
	align(&image->headers, image->kept.page_size);
	return image->headers.segment_count || image->notes.file_count ? 0 : -ENODATA;
}

int core_image_open(const struct file_reader *file, void (*close)(void *context),
		    struct core_image **ret_image)
{
	static const struct kept_memory_operations operations = {.read = read_memory,
								 .advance = advance,
								 .build_id = read_build_id,
								 .destroy = destroy};
	struct core_image *image = memory_alloc(sizeof(*image));
	int error;

	image->file = *file;
	image->close = close;
	kept_memory_init(&image->kept, &operations, 0);
	error = read_all(image);
	if (error)
		kept_memory_release(&image->kept);
	else
		*ret_image = image;
	return error;
}

static int read_for_reader(void *context, uint64_t address, void *bytes, size_t size,
			   uint8_t *ret_absent)
{
	return read_memory(context, address, bytes, size, ret_absent);
}

struct memory_reader core_image_reader(struct core_image *image)
{
	return (struct memory_reader){.read = read_for_reader,
				      .context = &image->kept,
				      .page_size = image->kept.page_size};
}
