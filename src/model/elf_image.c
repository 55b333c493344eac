/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/elf_image.h"

#include "base/search.h"
#include "model/vma.h"

/* The kernel and the loader map whole pages: a segment's start is rounded down, its end up. */
static uint64_t page_down(uint64_t address, uint64_t page_size)
{
	return address & ~(page_size - 1);
}

static uint64_t page_up(uint64_t address, uint64_t page_size)
{
	return page_down(address + page_size - 1, page_size);
}

/* A segment in pages: file pages first, then anonymous ones. start <= file_end <= end. */
struct pages {
	uint64_t start, file_end, end;
};

static uint64_t smaller(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static uint64_t larger(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* Where two segments share a page of memory, the later mapping replaces the earlier one. */
static struct pages segment_pages(const struct elf_image *image, uint64_t page_size, size_t index)
{
	const struct elf_segment *segment = &image->segments[index];
	struct pages pages = {
		.start = page_down(segment->address, page_size),
		.end = page_up(segment->address + segment->memory_size, page_size),
	};

	pages.file_end = segment->file_size
				 ? page_up(segment->address + segment->file_size, page_size)
				 : pages.start;
	if (index + 1 < image->segment_count) {
		uint64_t next = page_down(segment[1].address, page_size);

		pages.end = smaller(pages.end, next);
		pages.file_end = smaller(pages.file_end, next);
	}
	return pages;
}

struct sought_segment {
	const struct elf_image *image;
	uint64_t page_size, address;
};

static bool begins_above(const void *context, size_t index)
{
	const struct sought_segment *sought = context;

	return page_down(sought->image->segments[index].address, sought->page_size) >
	       sought->address;
}

/* The last segment that begins at or below the address; segment_count when all are above. */
static size_t find_segment(const struct elf_image *image, uint64_t page_size, uint64_t address)
{
	const struct sought_segment sought = {image, page_size, address};
	size_t above = search_first(image->segment_count, begins_above, &sought);

	return above ? above - 1 : image->segment_count;
}

/* mmap needs address and offset to lie alike within their pages (elf(5), p_align). */
static bool is_mappable(const struct elf_segment *segment, uint64_t page_size)
{
	return segment->file_size && ((segment->address ^ segment->offset) & (page_size - 1)) == 0;
}

bool elf_image_fits(const struct elf_image *image, uint64_t page_size, uint64_t address,
		    uint64_t size, uint64_t offset, struct elf_fit *ret_fit)
{
	size_t first = find_segment(image, page_size, address);
	uint64_t end = address + size, at = address;
	uint8_t perms = 0;

	if (end < address)
		return false;
	for (size_t i = first; at < end; i++) {
		struct pages pages;

		if (i >= image->segment_count || !is_mappable(&image->segments[i], page_size))
			return false;
		pages = segment_pages(image, page_size, i);
		if (at < pages.start || at >= pages.file_end ||
		    offset + (at - address) !=
			    page_down(image->segments[i].offset, page_size) + (at - pages.start))
			return false;
		perms |= image->segments[i].perms;
		at = pages.file_end;
	}
	*ret_fit = (struct elf_fit){.segment = first, .perms = perms};
	return true;
}

bool elf_image_address(const struct elf_image *image, uint64_t page_size, size_t segment,
		       uint64_t offset, uint64_t *ret_address)
{
	const struct elf_segment *s = &image->segments[segment];
	uint64_t start = page_down(s->offset, page_size);

	if (!is_mappable(s, page_size) || offset < start ||
	    offset >= page_up(s->offset + s->file_size, page_size))
		return false;
	*ret_address = page_down(s->address, page_size) + (offset - start);
	return true;
}

/* Bytes of [start, end) within [low, high). */
static uint64_t overlap(uint64_t start, uint64_t end, uint64_t low, uint64_t high)
{
	start = larger(start, low);
	end = smaller(end, high);
	return start < end ? end - start : 0;
}

struct weights {
	uint64_t of[KIND_COUNT]; /* bytes */
	uint64_t relro_start, relro_end;
};

/* Adds [start, end) as the kind, less what of it is locked after relocation. */
static void weigh(struct weights *weights, uint64_t start, uint64_t end, enum kind kind)
{
	uint64_t relro = 0;

	if (start >= end)
		return;
	if (kind != KIND_TEXT)
		relro = overlap(start, end, weights->relro_start, weights->relro_end);
	weights->of[KIND_RELRO] += relro;
	weights->of[kind] += end - start - relro;
}

static enum kind heaviest(const struct weights *weights, uint64_t size)
{
	enum kind best = KIND_TEXT;
	uint64_t inside = 0;

	for (int kind = KIND_TEXT; kind < KIND_COUNT; kind++) {
		inside += weights->of[kind];
		if (weights->of[kind] > weights->of[best])
			best = (enum kind)kind;
	}
	return inside >= size - inside && inside ? best : KIND_COUNT;
}

enum kind elf_image_kind(const struct elf_image *image, uint64_t page_size, uint64_t address,
			 uint64_t size, bool writable)
{
	size_t first = find_segment(image, page_size, address);
	struct weights weights = {.of = {0}};
	uint64_t end = address + size;

	/* ld.so and mprotect(2) lock whole pages only, so the end is rounded down. */
	if (!writable) {
		weights.relro_start = page_down(image->relro_start, page_size);
		weights.relro_end = page_down(image->relro_end, page_size);
	}
	for (size_t i = first < image->segment_count ? first : 0; i < image->segment_count; i++) {
		struct pages pages = segment_pages(image, page_size, i);
		uint8_t perms = image->segments[i].perms;

		if (pages.start >= end)
			break;
		weigh(&weights, larger(address, pages.start), smaller(end, pages.file_end),
		      perms & PERM_EXEC    ? KIND_TEXT
		      : perms & PERM_WRITE ? KIND_DATA
					   : KIND_RODATA);
		weigh(&weights, larger(address, pages.file_end), smaller(end, pages.end), KIND_BSS);
	}
	return heaviest(&weights, size);
}

void elf_image_span(const struct elf_image *image, uint64_t page_size, uint64_t *ret_start,
		    uint64_t *ret_end)
{
	const struct elf_segment *last = &image->segments[image->segment_count - 1];

	*ret_start = page_down(image->segments[0].address, page_size);
	*ret_end = page_up(last->address + last->memory_size, page_size);
}
