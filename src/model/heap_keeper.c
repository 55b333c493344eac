/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/heap_keeper.h"

#include <stdbool.h>

#include "model/address_space.h"

#define BIT(allocator) (UINT32_C(1) << (allocator))

/* Bytes by whose they are; what may not be accessed is only reserved. */
static void add_up(const struct address_space *space, uint64_t sizes[static RUNTIME_COUNT])
{
	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];

		if (vma->perms & PERM_ACCESS)
			sizes[vma->runtime] += vma_size(vma);
	}
}

size_t heap_keepers_list(const struct address_space *space, const struct allocator_found *found,
			 struct heap_keeper ret_keepers[static HEAP_KEEPERS_MAX])
{
	uint64_t sizes[RUNTIME_COUNT] = {0};
	uint32_t others = found->others;
	size_t count = 0;

	add_up(space, sizes);
	for (int i = RUNTIME_NONE + 1; i < RUNTIME_COUNT; i++) {
		enum runtime runtime = (enum runtime)i;
		enum allocator allocator = allocator_of_runtime(runtime);

		/* Memory with its name says already that the allocator is there. */
		others &= sizes[i] ? ~BIT(allocator) : UINT32_MAX;
		if (!sizes[i] || !runtime_is_heap(runtime) ||
		    (allocator && allocator == found->allocator))
			continue;
		ret_keepers[count++] =
			(struct heap_keeper){runtime_name(runtime), runtime_label(runtime),
					     runtime_ask(runtime), sizes[i]};
	}
	for (int i = ALLOCATOR_UNKNOWN + 1; i < ALLOCATOR_COUNT; i++) {
		enum allocator allocator = (enum allocator)i;

		if (others & BIT(i))
			ret_keepers[count++] = (struct heap_keeper){
				allocator_name(allocator), allocator_name(allocator),
				allocator_ask(allocator), TARGET_UNKNOWN};
	}
	return count;
}
