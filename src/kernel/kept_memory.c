/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/kept_memory.h"

void kept_memory_init(struct kept_memory *kept, const struct kept_memory_operations *operations,
		      uint64_t page_size)
{
	kept->operations = operations;
	kept->page_size = page_size;
	atomic_init(&kept->holders, 1);
}

struct kept_memory *kept_memory_hold(struct kept_memory *kept)
{
	if (kept)
		atomic_fetch_add(&kept->holders, 1);
	return kept;
}

void kept_memory_release(struct kept_memory *kept)
{
	if (kept && atomic_fetch_sub(&kept->holders, 1) == 1)
		kept->operations->destroy(kept);
}
