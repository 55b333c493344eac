/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/classify_shape.h"

#include <stdlib.h>
#include <string.h>

#include "model/classify_facts.h"
#include "model/classify_name.h"
#include "model/mapped_file.h"
#include "model/vma.h"

#define GUARD_MAX (UINT64_C(1) << 20)

/* HEAP_MAX_SIZE: twice DEFAULT_MMAP_THRESHOLD_MAX, which is 512 KiB or 4 MiB times sizeof(long). */
#define ARENA_SIZE_32 (UINT64_C(1) << 20)
#define ARENA_SIZE_64 (UINT64_C(1) << 26)

/*
 * Arenas are mapped by mmap without a hint, so they lie in the same quarter of user addresses as
 * the libraries. Go's heap has the same shape, but it asks for 0xc000000000, tens of TiB away.
 */
#define ARENA_DISTANCE_MAX (UINT64_C(1) << 44)

#define USER_END_32 (UINT64_C(1) << 32)
#define KERNEL_HALF (UINT64_C(1) << 63)

static bool has_access(const struct vma *vma)
{
	return vma->perms & PERM_ACCESS;
}

static bool touches_access(const struct vma *vmas, size_t count, size_t i)
{
	return (i > 0 && vmas[i - 1].end == vmas[i].start && has_access(&vmas[i - 1])) ||
	       (i + 1 < count && vmas[i + 1].start == vmas[i].end && has_access(&vmas[i + 1]));
}

void classify_shape_no_access(struct vma *vmas, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct vma *vma = &vmas[i];

		if (vma->kind != KIND_COUNT || has_access(vma))
			continue;
		vma->kind_source = KIND_SOURCE_SHAPE;
		if (vma_size(vma) <= GUARD_MAX && touches_access(vmas, count, i) &&
		    !classify_name_is_arena(vma))
			vma->kind = KIND_GUARD;
		else
			vma->kind = KIND_RESERVE;
	}
}

/* glibc's file names: libc.so.6, and libc-2.31.so before 2.34. musl and bionic have libc.so. */
static bool is_glibc(const char *name)
{
	const char *slash = strrchr(name, '/');

	return slash &&
	       (strncmp(slash, "/libc.so.6", 10) == 0 || strncmp(slash, "/libc-2.", 8) == 0);
}

/*
 * An address that mmap chose in a process with glibc: that of the library, or of the vdso where a
 * single file is executable, because then a C library is linked statically if at all. Returns
 * false when there is no glibc.
 */
static bool find_mmap_area(const struct vma *vmas, size_t count, const struct mapped_files *files,
			   uint64_t *ret_address)
{
	uint64_t vdso = 0;
	size_t executables = 0;

	for (size_t i = 0; i < files->count; i++)
		executables += files->files[i].executable;
	for (size_t i = 0; i < count; i++) {
		if (vmas[i].kind == KIND_VDSO)
			vdso = vmas[i].start;
		if (vmas[i].inode && (vmas[i].perms & PERM_EXEC) && is_glibc(vmas[i].name)) {
			*ret_address = vmas[i].start;
			return true;
		}
	}
	if (!vdso || executables > 1)
		return false;
	*ret_address = vdso;
	return true;
}

uint64_t classify_shape_arena_unit(const struct vma *vmas, size_t count)
{
	uint64_t end = 0;

	for (size_t i = 0; i < count && vmas[i].end <= KERNEL_HALF; i++)
		end = vmas[i].end;
	return end <= USER_END_32 ? ARENA_SIZE_32 : ARENA_SIZE_64;
}

bool classify_shape_may_be_arena(const struct vma *vma, uint64_t unit)
{
	return !vma->inode && !vma->name[0] && vma->perms == (PERM_READ | PERM_WRITE) &&
	       vma->start % unit == 0;
}

static int compare_head(const void *key, const void *item)
{
	const struct vma *vma = key;
	const struct arena_head *head = item;

	return vma->start < head->start ? -1 : vma->start > head->start;
}

static const struct arena_head *find_head(const struct classify_facts *facts, const struct vma *vma)
{
	if (!facts->arena_head_count)
		return NULL;
	return bsearch(vma, facts->arena_heads, facts->arena_head_count,
		       sizeof(*facts->arena_heads), compare_head);
}

/* The memory without access that completes the arena; NULL when there is none. */
static struct vma *find_rest(struct vma *vmas, size_t count, size_t i, uint64_t unit)
{
	struct vma *rest = i + 1 < count ? &vmas[i + 1] : NULL;
	/* Full arenas may have grown into one mapping with their neighbour above. */
	uint64_t end = (vmas[i].end + unit - 1) & ~(unit - 1);

	return rest && rest->start == vmas[i].end && rest->end == end && !has_access(rest) &&
			       !rest->inode
		       ? rest
		       : NULL;
}

static bool is_near(const struct vma *vma, uint64_t mmap_area)
{
	return (vma->start < mmap_area ? mmap_area - vma->start : vma->start - mmap_area) <=
	       ARENA_DISTANCE_MAX;
}

void classify_shape_arenas(struct vma *vmas, size_t count, const struct mapped_files *files,
			   const struct classify_facts *facts)
{
	uint64_t unit = classify_shape_arena_unit(vmas, count), mmap_area = 0;
	bool by_shape =
		facts->target->threads > 1 && find_mmap_area(vmas, count, files, &mmap_area);

	for (size_t i = 0; i < count; i++) {
		const struct arena_head *head;
		struct vma *rest;

		if (vmas[i].kind != KIND_COUNT || !classify_shape_may_be_arena(&vmas[i], unit))
			continue;
		head = find_head(facts, &vmas[i]);
		rest = find_rest(vmas, count, i, unit);
		if (head ? !head->is_heap : !(by_shape && rest && is_near(&vmas[i], mmap_area)))
			continue;
		if (rest)
			rest->kind = KIND_RESERVE;
		vmas[i].kind = KIND_ARENA;
		vmas[i].kind_source = head ? KIND_SOURCE_CONTENT : KIND_SOURCE_SHAPE;
	}
}
