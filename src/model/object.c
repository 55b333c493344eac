/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/object.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/search.h"
#include "model/address_space.h"
#include "model/classify_name.h"
#include "model/elf_image.h"
#include "model/load_bias.h"
#include "model/mapped_file.h"
#include "model/vma.h"

#define NO_OBJECT UINT32_MAX

struct object {
	uint64_t start, end; /* the pages of its segments */
	uint64_t bias;
	const struct elf_image *image;
	uint32_t file;
	size_t first_segment;  /* of its first mapping */
	bool proven, complete; /* see prove() */
};

struct finder {
	struct vma *vmas;
	size_t count;
	struct mapped_files *files;
	uint64_t page_size;
	struct object *objects; /* in the order they were found, then by address */
	size_t object_count, object_capacity;
	uint32_t *newest; /* per file: its last object */
	uint32_t *of_vma; /* per VMA: its object */
};

static const struct elf_image *loadable_image(const struct finder *finder, size_t index)
{
	const struct vma *vma = &finder->vmas[index];
	uint32_t file = finder->files->of_vma[index];

	/* Loads are private; what has no access is kept for guards and reservations. */
	if (file == MAPPED_FILE_NONE || vma->kind != KIND_COUNT || (vma->perms & PERM_SHARED))
		return NULL;
	return finder->files->files[file].image;
}

/* Whether the VMA may be of the same file as the one whose bias is sought. */
struct same_file {
	const struct finder *finder;
	uint32_t file;
};

static bool is_of_file(const void *context, size_t index)
{
	const struct same_file *same = context;

	return same->finder->files->of_vma[index] == same->file &&
	       loadable_image(same->finder, index);
}

static struct load_vmas vmas_of(const struct same_file *same)
{
	return (struct load_vmas){
		.vmas = same->finder->vmas,
		.count = same->finder->count,
		.page_size = same->finder->page_size,
		.may_load = is_of_file,
		.context = same,
	};
}

/*
 * One mapping at the right distance proves nothing: a tool that reads the head of a file maps its
 * first segment too. Two segments at their places do, and so does code that is executable. But code
 * alone may be a second mapping of it (V8 keeps one of its built-in code beside generated code), so
 * the memory around it is not the object's.
 */
static void prove(struct object *object, const struct vma *vma, const struct elf_fit *fit)
{
	if (fit->segment != object->first_segment)
		object->complete = true;
	if (object->image->segment_count == 1 && (vma->perms & PERM_ACCESS) == fit->perms)
		object->complete = true;
	if (object->complete || (vma->perms & fit->perms & PERM_EXEC))
		object->proven = true;
}

static uint32_t add_object(struct finder *finder, const struct elf_image *image, size_t index,
			   uint64_t bias)
{
	struct object *object;
	uint64_t start, end;

	elf_image_span(image, finder->page_size, &start, &end);
	finder->objects = memory_array_grow(finder->objects, finder->object_count,
					    &finder->object_capacity, sizeof(*finder->objects));
	object = &finder->objects[finder->object_count];
	*object = (struct object){
		.start = bias + start,
		.end = bias + end,
		.bias = bias,
		.image = image,
		.file = finder->files->of_vma[index],
	};
	return (uint32_t)finder->object_count++;
}

static void find_objects(struct finder *finder)
{
	for (size_t i = 0; i < finder->count; i++) {
		const struct elf_image *image = loadable_image(finder, i);
		const struct same_file same = {finder, finder->files->of_vma[i]};
		const struct load_vmas list = vmas_of(&same);
		struct elf_fit fit;
		uint32_t *newest;
		uint64_t bias;

		if (!image)
			continue;
		newest = &finder->newest[same.file];
		if (*newest == NO_OBJECT ||
		    !load_bias_fits(&list, image, finder->objects[*newest].bias, i, &fit)) {
			if (!load_bias_find(&list, image, i, i, &bias))
				continue;
			*newest = add_object(finder, image, i, bias);
			load_bias_fits(&list, image, bias, i, &fit);
			finder->objects[*newest].first_segment = fit.segment;
		}
		finder->of_vma[i] = *newest;
		prove(&finder->objects[*newest], &finder->vmas[i], &fit);
	}
}

static enum kind kind_in_object(const struct finder *finder, const struct object *object,
				const struct vma *vma)
{
	return elf_image_kind(object->image, finder->page_size, vma->start - object->bias,
			      vma_size(vma), vma->perms & PERM_WRITE);
}

static void set_kind(struct vma *vma, enum kind kind)
{
	if (kind == KIND_COUNT)
		return;
	vma->kind = kind;
	vma->kind_source = KIND_SOURCE_ELF;
}

static void classify_file_mappings(struct finder *finder)
{
	for (size_t i = 0; i < finder->count; i++) {
		const struct object *object;

		if (finder->of_vma[i] == NO_OBJECT)
			continue;
		object = &finder->objects[finder->of_vma[i]];
		if (!object->proven)
			continue;
		set_kind(&finder->vmas[i], kind_in_object(finder, object, &finder->vmas[i]));
		finder->files->files[object->file].is_object = true;
	}
}

static int compare_objects(const void *left, const void *right)
{
	const struct object *a = left, *b = right;

	return a->start < b->start ? -1 : a->start > b->start;
}

static void keep_complete_sorted(struct finder *finder)
{
	size_t kept = 0;

	for (size_t i = 0; i < finder->object_count; i++)
		if (finder->objects[i].complete)
			finder->objects[kept++] = finder->objects[i];
	finder->object_count = kept;
	if (kept)
		qsort(finder->objects, kept, sizeof(*finder->objects), compare_objects);
}

static const struct object *find_object(const struct finder *finder, uint64_t address)
{
	size_t above = SEARCH_ABOVE(finder->objects, finder->object_count, start, address);

	return above && address < finder->objects[above - 1].end ? &finder->objects[above - 1]
								 : NULL;
}

/*
 * Without address space randomization the heap begins right behind the program's bss, and kernels
 * before 6.6 name a bss that ends there [heap] although none of it is.
 */
static bool is_bss_called_heap(const struct vma *vma, const struct object *object, enum kind kind)
{
	return vma->kind == KIND_HEAP && kind == KIND_BSS && vma->end <= object->end;
}

/* Bss, and pages that were replaced by anonymous ones (code moved to huge pages). */
static void classify_anonymous_mappings(struct finder *finder)
{
	for (size_t i = 0; i < finder->count; i++) {
		struct vma *vma = &finder->vmas[i];
		const struct object *object;
		enum kind kind;

		if (!(vma->kind == KIND_COUNT && classify_name_is_anonymous(vma)) &&
		    vma->kind != KIND_HEAP)
			continue;
		object = find_object(finder, vma->start);
		if (!object)
			continue;
		kind = kind_in_object(finder, object, vma);
		if (vma->kind == KIND_HEAP && !is_bss_called_heap(vma, object, kind))
			continue;
		set_kind(vma, kind);
		if (kind != KIND_COUNT)
			finder->files->of_vma[i] = object->file;
	}
}

void object_classify(struct vma *vmas, size_t count, struct mapped_files *files, uint64_t page_size,
		     struct arena *arena)
{
	struct finder finder = {
		.vmas = vmas,
		.count = count,
		.files = files,
		.page_size = page_size,
		.newest = arena_alloc(arena, files->count * sizeof(*finder.newest)),
		.of_vma = arena_alloc(arena, count * sizeof(*finder.of_vma)),
	};

	for (size_t i = 0; i < files->count; i++)
		finder.newest[i] = NO_OBJECT;
	for (size_t i = 0; i < count; i++)
		finder.of_vma[i] = NO_OBJECT;
	find_objects(&finder);
	classify_file_mappings(&finder);
	keep_complete_sorted(&finder);
	classify_anonymous_mappings(&finder);
	free(finder.objects);
}

/* Memory without a file is only called text, data or bss where it is a part of one. */
static bool is_part_without_file(const struct vma *vma)
{
	return vma->inode == 0 && vma->kind <= KIND_BSS;
}

static bool is_near(const struct vma *below, const struct vma *vma)
{
	return vma->start - below->end <= OBJECT_SPAN_HOLE_MAX;
}

size_t object_span_end(const struct address_space *space, size_t first)
{
	const struct vma *vmas = space->vmas;
	size_t end = first + 1;

	if (!vma_has_file(&vmas[first]))
		return end;
	while (end < space->vma_count && is_near(&vmas[end - 1], &vmas[end]) &&
	       (vma_same_file(&vmas[first], &vmas[end]) || is_part_without_file(&vmas[end])))
		end++;
	return end;
}

/* The nearest VMA with a file, by steps of one, as long as all between are parts of an object. */
static size_t file_beside(const struct address_space *space, size_t index, int step)
{
	const struct vma *vmas = space->vmas;

	for (size_t at = index;; at += (size_t)step) {
		size_t low = step < 0 ? at - 1 : at;

		if (vma_has_file(&vmas[at]))
			return vmas[at].kind <= KIND_BSS ? at : space->vma_count;
		if (!is_part_without_file(&vmas[at]) || (step < 0 && at == 0) ||
		    (step > 0 && at + 1 == space->vma_count) ||
		    !is_near(&vmas[low], &vmas[low + 1]))
			return space->vma_count;
	}
}

size_t object_file_vma(const struct address_space *space, size_t index)
{
	size_t found;

	if (vma_has_file(&space->vmas[index]))
		return index;
	found = file_beside(space, index, -1);
	return found < space->vma_count ? found : file_beside(space, index, 1);
}
