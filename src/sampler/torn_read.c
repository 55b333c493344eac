/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/torn_read.h"

#include "model/address_space.h"
#include "model/pulse.h"
#include "model/target.h"

bool torn_read_check(const struct torn_read *torn, const struct pulse *before,
		     const struct address_space *space, const struct pulse *after)
{
	uint64_t size = space->size - torn->uncounted;
	uint64_t low = before->size < after->size ? before->size : after->size;
	uint64_t high = before->size < after->size ? after->size : before->size;

	return high != TARGET_UNKNOWN && (size < low || size > high);
}

void torn_read_learn(struct torn_read *torn, const struct pulse *before,
		     const struct address_space *first, const struct address_space *again,
		     const struct pulse *after)
{
	if (first->size == again->size && before->size == after->size &&
	    after->size != TARGET_UNKNOWN)
		torn->uncounted = again->size - after->size;
}
