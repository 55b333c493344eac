/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/attribution.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/address_space.h"

void attribution_init(struct attribution *attribution, const struct hash_key *key)
{
	stack_table_init(&attribution->stacks, key);
	place_table_init(&attribution->places, key);
	attribution->waiting = memory_alloc(ATTRIBUTION_WAITING * sizeof(*attribution->waiting));
	attribution->waiting_count = 0;
}

void attribution_finish(struct attribution *attribution)
{
	stack_table_finish(&attribution->stacks);
	place_table_finish(&attribution->places);
	free(attribution->waiting);
	*attribution = (struct attribution){0};
}

/* Whether the address is in the newest snapshot: then it is counted. */
static bool place(struct attribution *attribution, const struct waiting_touch *touch)
{
	const struct address_space *space = attribution->places.space;
	const struct vma *part;
	size_t vma;

	if (!space)
		return false;
	vma = address_space_find(space, touch->address);
	if (vma == space->vma_count)
		return false;
	part = address_space_at(space, touch->address);
	stack_table_add(&attribution->stacks, touch->stack, (enum kind)part->kind, touch->bytes);
	place_table_add(&attribution->places, vma, touch->address, touch->stack, touch->bytes);
	return true;
}

static void give_up(struct attribution *attribution, const struct waiting_touch *touch)
{
	stack_table_add(&attribution->stacks, touch->stack, KIND_COUNT, touch->bytes);
}

void attribution_take(struct attribution *attribution, uint64_t address,
		      const struct call_stack *stack, uint64_t bytes)
{
	const struct waiting_touch touch = {
		.address = address,
		.bytes = bytes,
		.stack = (uint32_t)stack_table_find(&attribution->stacks, stack),
	};

	if (place(attribution, &touch))
		return;
	if (attribution->waiting_count < ATTRIBUTION_WAITING)
		attribution->waiting[attribution->waiting_count++] = touch;
	else
		give_up(attribution, &touch);
}

void attribution_renew(struct attribution *attribution, const struct address_space *space)
{
	place_table_renew(&attribution->places, space);
	for (size_t i = 0; i < attribution->waiting_count; i++)
		if (!place(attribution, &attribution->waiting[i]))
			give_up(attribution, &attribution->waiting[i]);
	attribution->waiting_count = 0;
}

void attribution_settle(struct attribution *attribution)
{
	for (size_t i = 0; i < attribution->waiting_count; i++)
		give_up(attribution, &attribution->waiting[i]);
	attribution->waiting_count = 0;
}

void attribution_clear(struct attribution *attribution)
{
	stack_table_clear(&attribution->stacks);
	place_table_clear(&attribution->places);
	attribution->waiting_count = 0;
}
