/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/scan_scope.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/classify_name.h"

/* A private mapping of the device of zeroes has an inode, and is anonymous nevertheless. */
static bool is_anonymous(const struct vma *vma)
{
	return !(vma->perms & PERM_SHARED) && (!vma->inode || classify_name_is_anonymous(vma));
}

static struct scan_range range_of(const struct vma *vma)
{
	return (struct scan_range){
		.start = vma->start,
		.end = vma->end,
		.anonymous = is_anonymous(vma),
		.hugetlb = vma_is_hugetlb(vma),
		.file = vma->inode != 0 && vma->file_system == FILE_SYSTEM_UNKNOWN,
	};
}

struct scan_scope scan_scope_at(const struct address_space *space, uint64_t visible_start,
				uint64_t visible_end)
{
	bool all = visible_start >= visible_end;

	return (struct scan_scope){
		.space = address_space_copy(space),
		.count = address_space_lower_bound(space, space->user_end),
		.image = {.start_brk = space->target.start_brk,
			  .start_stack = space->target.start_stack},
		.visible_start = all ? 0 : visible_start,
		.visible_end = all ? UINT64_MAX : visible_end,
	};
}

void scan_scope_list(struct scan_scope *look)
{
	if (look->ranges)
		return;
	look->ranges = memory_alloc(look->count * sizeof(*look->ranges));
	for (size_t i = 0; i < look->count; i++)
		look->ranges[i] = range_of(&look->space->vmas[i]);
}

void scan_scope_unlist(struct scan_scope *look)
{
	free(look->ranges);
	look->ranges = NULL;
}

void scan_scope_finish(struct scan_scope *look)
{
	scan_scope_unlist(look);
	address_space_destroy(look->space);
	*look = (struct scan_scope){0};
}

static bool range_equal(const struct scan_range *a, const struct scan_range *b)
{
	return a->start == b->start && a->end == b->end && a->anonymous == b->anonymous &&
	       a->hugetlb == b->hugetlb && a->file == b->file;
}

bool scan_scope_equal(const struct scan_scope *a, const struct scan_scope *b)
{
	if (a->count != b->count)
		return false;
	if (a->count == 0 || address_space_same_list(a->space, b->space))
		return true;
	for (size_t i = 0; i < a->count; i++) {
		const struct scan_range one = range_of(&a->space->vmas[i]),
					other = range_of(&b->space->vmas[i]);

		if (!range_equal(&one, &other))
			return false;
	}
	return true;
}

bool scan_scope_is_of(const struct scan_scope *look, const struct scan_image *image)
{
	if (!look->image.start_stack || !image->start_stack)
		return true;
	return scan_image_same(&look->image, image);
}
