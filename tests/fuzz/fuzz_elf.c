/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Any bytes as a mapped file: they are read as ELF, and what is accepted keeps the promises of
 * struct elf_image and struct elf_hardening; then a space that maps the file as its segments say,
 * and as they do not, is classified.
 */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "inside/elf_hardening_reader.h"
#include "inside/elf_segments.h"
#include "inside/file_reader.h"
#include "model/classify.h"
#include "model/elf_hardening.h"
#include "model/thread_stack.h"

#define PAGE  4096
#define INODE 7
#define VMAS  64

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check(bool promise)
{
	if (!promise)
		abort();
}

static void check_image(const struct elf_image *image)
{
	check(image->segment_count >= 1 && image->segment_count <= ELF_IMAGE_SEGMENTS_MAX);
	check(image->relro_start <= image->relro_end);
	for (size_t i = 0; i < image->segment_count; i++) {
		const struct elf_segment *segment = &image->segments[i];
		uint64_t end = segment->address + segment->memory_size;

		check(segment->memory_size > 0 && segment->file_size <= segment->memory_size);
		check(end > segment->address);
		check(segment->offset + segment->file_size >= segment->offset);
		check((segment->perms & ~PERM_ACCESS) == 0);
		check(i + 1 == image->segment_count || end <= segment[1].address);
	}
}

static void check_hardening(const struct file_reader *file)
{
	struct elf_hardening hardening;

	if (elf_hardening_read(file, &hardening) != 0)
		return;
	check(hardening.relro <= ELF_RELRO_FULL && hardening.stack <= ELF_STACK_UNSTATED);
	check((hardening.marks & ~hardening.marks_defined) == 0);
	check(hardening.dynamic_known || hardening.is_dynamic);
}

/* The file's pages and bss of each segment at the bias, as long as there is room in order. */
static size_t map_segments(const struct elf_image *image, uint64_t bias, struct vma *vmas)
{
	size_t count = 0;

	for (size_t i = 0; i < image->segment_count && count + 2 <= VMAS; i++) {
		const struct elf_segment *segment = &image->segments[i];
		uint64_t start = bias + (segment->address & -(uint64_t)PAGE);
		uint64_t middle = bias + ((segment->address + segment->file_size + PAGE - 1) &
					  -(uint64_t)PAGE);
		uint64_t end = bias + ((segment->address + segment->memory_size + PAGE - 1) &
				       -(uint64_t)PAGE);

		if (count && start < vmas[count - 1].end)
			start = vmas[count - 1].end;
		if (start < middle)
			vmas[count++] = (struct vma){.start = start,
						     .end = middle,
						     .offset = segment->offset & -(uint64_t)PAGE,
						     .inode = INODE,
						     .name = "/x",
						     .perms = segment->perms};
		if (start < middle && middle < end)
			vmas[count++] = (struct vma){
				.start = middle, .end = end, .name = "", .perms = segment->perms};
	}
	return count;
}

static void classify_mapped(const struct elf_image *image)
{
	const struct elf_file file = {
		.key = {.inode = INODE, .name = "/x"}, .image = image, .readable = true};
	const struct target target = {.pid = 1, .threads = 2, .page_size = PAGE};
	struct thread_stacks stacks = {0};
	struct vma vmas[VMAS];
	const struct classify_facts facts = {
		.target = &target, .files = &file, .file_count = 1, .exe = vmas};
	size_t count = map_segments(image, UINT64_C(0x10000000), vmas);

	for (int round = 0; round < 2; round++) {
		classify(vmas, count, &facts, &stacks);
		thread_stacks_finish(&stacks);
		for (size_t i = 0; i < count; i++) {
			check(vmas[i].kind < KIND_GAP);
			vmas[i].offset ^= PAGE;
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const struct file_bytes file = {bytes, size};
	const struct file_reader reader = file_reader_of_bytes(&file);
	struct elf_image *image = NULL;

	if (elf_segments_read(&reader, &image) == 0) {
		check_image(image);
		classify_mapped(image);
	}
	elf_segments_free(image);
	check_hardening(&reader);
	return 0;
}
