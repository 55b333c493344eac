/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Any bytes as a core file: what is accepted keeps the promises of its headers, its memory and its
 * address space.
 */

#include "fuzz.h"

#include <stdlib.h>

#include "core/core_image.h"
#include "core/core_space.h"
#include "inside/memory_reader.h"
#include "model/address_space.h"
#include "model/file_identity.h"

#define PIECE 20000

static void check_headers(const struct core_headers *headers)
{
	for (size_t i = 0; i < headers->segment_count; i++) {
		const struct core_segment *segment = &headers->segments[i];

		FUZZ_CHECK(segment->start < segment->end);
		FUZZ_CHECK(segment->kept <= segment->end - segment->start);
		FUZZ_CHECK(i == 0 || segment[-1].end <= segment->start);
		FUZZ_CHECK(segment->kept == 0 || segment->offset < headers->size);
		FUZZ_CHECK(segment->kept <= headers->size);
		FUZZ_CHECK(core_headers_find(headers, segment->start) == i);
	}
}

static void check_notes(const struct core_notes *notes)
{
	for (size_t i = 0; i < notes->file_count; i++) {
		FUZZ_CHECK(notes->files[i].start < notes->files[i].end);
		FUZZ_CHECK(i == 0 || notes->files[i - 1].end <= notes->files[i].start);
		FUZZ_CHECK(*notes->files[i].name != '\0');
	}
	for (size_t i = 0; i < notes->thread_count; i++)
		FUZZ_CHECK(notes->threads[i].tid > 0);
}

/* What is read of it is what is not absent, and zeroes else. */
static void check_memory(struct core_image *image, uint64_t address)
{
	const struct memory_reader reader = core_image_reader(image);
	static uint8_t bytes[PIECE], absent[PIECE];
	uint64_t at = address;

	if (address > UINT64_MAX - PIECE ||
	    memory_reader_map_size(address, PIECE, reader.page_size) > sizeof(absent))
		return;
	FUZZ_CHECK(reader.read(reader.context, address, bytes, PIECE, absent) == 0);
	for (size_t i = 0; i < PIECE; i++)
		FUZZ_CHECK(!bytes[i] ||
			   !memory_reader_is_absent(absent, address, i, reader.page_size));
	FUZZ_CHECK(image->kept.operations->advance(&image->kept, address + PIECE, &at) >= 0);
	FUZZ_CHECK(at >= address);
}

static void check_space(struct core_image *image)
{
	struct address_space *space;

	if (core_space_make(image, 0, &space))
		return;
	FUZZ_CHECK(space->target.is_core);
	for (size_t i = 0; i < space->vma_count; i++) {
		FUZZ_CHECK(space->vmas[i].kind < KIND_GAP);
		FUZZ_CHECK(!(space->vmas[i].perms & ~PERM_ALL));
		if (i < 8)
			check_memory(image, space->vmas[i].start - space->vmas[i].start % 3);
	}
	address_space_destroy(space);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const struct file_bytes file = {bytes, size};
	const struct file_reader reader = file_reader_of_bytes(&file);
	struct core_image *image;
	struct build_id build_id;

	if (core_image_open(&reader, NULL, &image))
		return 0;
	check_headers(&image->headers);
	check_notes(&image->notes);
	for (size_t i = 0; i < image->notes.file_count && i < 8; i++)
		(void)image->kept.operations->build_id(&image->kept, image->notes.files[i].name,
						       &build_id);
	check_space(image);
	kept_memory_release(&image->kept);
	return 0;
}
