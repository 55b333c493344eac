/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/object_span.h"

#include <stdbool.h>

#include "model/address_space.h"

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
