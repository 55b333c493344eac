/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/core_mappings.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/core_image.h"
#include "model/file_key.h"
#include "model/vma.h"

#define SUFFIX_LENGTH (sizeof(DELETED_SUFFIX) - 1)

/* What is put together. */
struct making {
	struct core_mappings *mappings;
	size_t capacity;
	const struct core_notes *notes;
	size_t next;       /* of the files that may still be needed */
	uint32_t *numbers; /* by file: the inode */
	bool *deleted;     /* by inode less 1 */
};

struct named {
	const char *name;
	size_t file;
};

static int compare(const void *left, const void *right)
{
	const struct named *a = left, *b = right;

	return strcmp(a->name, b->name);
}

/* The name without the kernel's mark of a deleted file. */
static const char *strip(struct making *making, const char *name, bool *ret_deleted)
{
	size_t length = strlen(name);

	*ret_deleted = name[0] == '/' && length > SUFFIX_LENGTH &&
		       !memcmp(name + length - SUFFIX_LENGTH, DELETED_SUFFIX, SUFFIX_LENGTH);
	return *ret_deleted ? arena_copy(&making->mappings->arena, name, length - SUFFIX_LENGTH)
			    : name;
}

/* Gives each distinct name a number, from 1. */
static void number_files(struct making *making)
{
	const struct core_notes *notes = making->notes;
	struct core_mappings *mappings = making->mappings;
	struct named *named = memory_alloc(notes->file_count * sizeof(*named));

	making->numbers = memory_alloc(notes->file_count * sizeof(*making->numbers));
	making->deleted = memory_alloc(notes->file_count * sizeof(*making->deleted));
	mappings->names =
		arena_alloc(&mappings->arena, notes->file_count * sizeof(*mappings->names));
	for (size_t i = 0; i < notes->file_count; i++)
		named[i] = (struct named){notes->files[i].name, i};
	qsort(named, notes->file_count, sizeof(*named), compare);
	for (size_t i = 0; i < notes->file_count; i++) {
		if (!i || strcmp(named[i].name, named[i - 1].name) != 0) {
			size_t file = mappings->file_count++;

			mappings->names[file] =
				strip(making, named[i].name, &making->deleted[file]);
		}
		making->numbers[named[i].file] = (uint32_t)mappings->file_count;
	}
	free(named);
}

/*
 * Files of the kernel that no private mapping has: anonymous shared memory (mm/shmem.c,
 * shmem_zero_setup()) and that of System V (ipc/shm.c).
 */
static bool is_shared(const struct vma *vma)
{
	return vma->deleted && (!strcmp(vma->name, "/dev/zero") || !strncmp(vma->name, "/SYSV", 5));
}

/* A piece of a segment, or of none; file: its index, or file_count. */
static void add(struct making *making, uint64_t start, uint64_t end, uint8_t perms, size_t file)
{
	struct core_mappings *mappings = making->mappings;
	struct vma vma = {.start = start, .end = end, .perms = perms, .name = ""};

	if (file < making->notes->file_count) {
		const struct core_file_range *range = &making->notes->files[file];

		vma.inode = making->numbers[file];
		vma.dev_major = VMA_UNNUMBERED;
		vma.name = mappings->names[vma.inode - 1];
		vma.deleted = making->deleted[vma.inode - 1];
		vma.offset = range->offset + (start - range->start);
		vma.perms |= is_shared(&vma) ? PERM_SHARED : PERM_SHARING_UNKNOWN;
	} else if (!making->notes->has_files) {
		vma.perms |= PERM_SHARING_UNKNOWN;
	}
	mappings->vmas = memory_array_grow(mappings->vmas, mappings->count, &making->capacity,
					   sizeof(*mappings->vmas));
	mappings->vmas[mappings->count++] = vma;
}

/* The range of files from start to end; what no file has is of no interest without a segment. */
static void add_range(struct making *making, uint64_t start, uint64_t end,
		      const struct core_segment *segment)
{
	const struct core_notes *notes = making->notes;
	const uint8_t perms = segment ? segment->perms : PERM_ACCESS_UNKNOWN;

	while (start < end) {
		const struct core_file_range *file =
			making->next < notes->file_count ? &notes->files[making->next] : NULL;
		uint64_t next = end;

		if (file && file->end <= start) {
			making->next++;
			continue;
		}
		if (file && file->start <= start) {
			next = file->end < end ? file->end : end;
			add(making, start, next, perms, making->next);
		} else {
			if (file && file->start < end)
				next = file->start;
			if (segment)
				add(making, start, next, perms, notes->file_count);
		}
		start = next;
	}
}

void core_mappings_make(const struct core_image *image, struct core_mappings *ret_mappings)
{
	struct making making = {.mappings = ret_mappings, .notes = &image->notes};
	uint64_t at = 0;

	*ret_mappings = (struct core_mappings){.vmas = NULL};
	number_files(&making);
	for (size_t i = 0; i < image->headers.segment_count; i++) {
		const struct core_segment *segment = &image->headers.segments[i];

		add_range(&making, at, segment->start, NULL);
		add_range(&making, segment->start, segment->end, segment);
		at = segment->end;
	}
	add_range(&making, at, UINT64_MAX, NULL);
	free(making.numbers);
	free(making.deleted);
}

void core_mappings_finish(struct core_mappings *mappings)
{
	free(mappings->vmas);
	arena_finish(&mappings->arena);
	*mappings = (struct core_mappings){.vmas = NULL};
}
