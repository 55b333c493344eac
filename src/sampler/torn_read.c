/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/torn_read.h"

#include "model/address_space.h"
#include "model/pulse.h"
#include "model/target.h"

#define KERNEL_HALF (UINT64_C(1) << 63) /* [vsyscall] is listed there and not counted */

static uint64_t listed(const struct address_space *space)
{
	uint64_t size = space->size;

	for (size_t i = space->vma_count; i > 0 && space->vmas[i - 1].start >= KERNEL_HALF; i--)
		size -= vma_size(&space->vmas[i - 1]);
	return size;
}

bool torn_read_check(const struct torn_read *torn, const struct pulse *before,
		     const struct address_space *space, const struct pulse *after)
{
	uint64_t size = listed(space) - torn->uncounted;
	uint64_t low = before->size < after->size ? before->size : after->size;
	uint64_t high = before->size < after->size ? after->size : before->size;

	return high != TARGET_UNKNOWN && (size < low || size > high);
}

void torn_read_learn(struct torn_read *torn, const struct pulse *before,
		     const struct address_space *first, const struct address_space *again,
		     const struct pulse *after)
{
	if (listed(first) == listed(again) && before->size == after->size &&
	    after->size != TARGET_UNKNOWN)
		torn->uncounted = listed(again) - after->size;
}
