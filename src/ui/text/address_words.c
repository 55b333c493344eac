/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/address_words.h"

#include <inttypes.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/object.h"

/* Where offsets in the mapping count from. */
static uint64_t base_of(const struct address_space *space, size_t index)
{
	while (index > 0 && object_span_end(space, index - 1) > index)
		index--;
	return space->vmas[index].start;
}

void address_words_append(struct text *text, const struct address_space *space, uint64_t address)
{
	size_t index = address_space_find(space, address);
	const struct vma *part = address_space_at(space, address);
	uint64_t base;

	if (!part) {
		text_append_format(text, "%" PRIx64, address);
		return;
	}
	/* A thread's stack in a mapping of several has its own name. */
	if (part == &space->vmas[index]) {
		base = base_of(space, index);
		part = address_space_named(space, index);
	} else {
		base = part->start;
	}
	vma_append_label(text, part);
	if (address != base)
		text_append_format(text, "+0x%" PRIx64, address - base);
}
