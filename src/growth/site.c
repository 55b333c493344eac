/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/site.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "files/code_namer.h"
#include "inside/code_class.h"
#include "model/call_stack.h"

void site_learn(struct code_namer *namer, const struct address_space *space,
		const struct call_stack *const *stacks, size_t count, bool hurry)
{
	uint64_t *addresses;
	size_t frames = 0, filled = 0;

	for (size_t i = 0; i < count; i++)
		frames += stacks[i]->count;
	addresses = memory_alloc(frames * sizeof(*addresses));
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < stacks[i]->count; j++)
			addresses[filled++] = call_stack_lookup_address(stacks[i], j);
	code_namer_learn(namer, space, addresses, filled, hurry);
	free(addresses);
}

void site_find(const struct code_namer *namer, const struct call_stack *stack,
	       struct site *ret_site)
{
	ret_site->count = 0;
	for (size_t i = 0; i < stack->count && ret_site->count < SITE_FRAMES_MAX; i++)
		ret_site->count += code_namer_frames(namer, call_stack_lookup_address(stack, i),
						     ret_site->frames + ret_site->count,
						     SITE_FRAMES_MAX - ret_site->count);
	ret_site->index = code_class_find_site(ret_site->frames, ret_site->count);
}
