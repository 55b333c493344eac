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

struct scan_scope scan_scope_at(const struct address_space *space, uint64_t visible_start,
				uint64_t visible_end)
{
	bool all = visible_start >= visible_end;
	struct scan_scope look = {
		.ranges = memory_alloc((space->vma_count + 1) * sizeof(*look.ranges)),
		.image = {.start_brk = space->target.start_brk,
			  .start_stack = space->target.start_stack},
		.visible_start = all ? 0 : visible_start,
		.visible_end = all ? UINT64_MAX : visible_end,
	};

	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];

		if (vma->end > space->user_end)
			break;
		look.ranges[look.count++] = (struct scan_range){
			.start = vma->start,
			.end = vma->end,
			.anonymous = is_anonymous(vma),
			.hugetlb = vma_is_hugetlb(vma),
			.file = vma->inode != 0 && vma->file_system == FILE_SYSTEM_UNKNOWN,
		};
	}
	return look;
}

void scan_scope_finish(struct scan_scope *look)
{
	free(look->ranges);
	*look = (struct scan_scope){0};
}

bool scan_scope_equal(const struct scan_scope *a, const struct scan_scope *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->ranges[i].start != b->ranges[i].start ||
		    a->ranges[i].end != b->ranges[i].end ||
		    a->ranges[i].anonymous != b->ranges[i].anonymous ||
		    a->ranges[i].hugetlb != b->ranges[i].hugetlb ||
		    a->ranges[i].file != b->ranges[i].file)
			return false;
	return true;
}

bool scan_scope_is_of(const struct scan_scope *look, const struct scan_image *image)
{
	if (!look->image.start_stack || !image->start_stack)
		return true;
	return scan_image_same(&look->image, image);
}
