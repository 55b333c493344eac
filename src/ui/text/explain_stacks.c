/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/explain_stacks.h"

#include <inttypes.h>

#include "base/text.h"
#include "model/address_space.h"
#include "ui/text/explanation.h"

#define LODGED_MOST 8 /* stacks that are named; a pool of fibers may hold hundreds */

static void say(struct explanation *to, const char *label, struct text *text)
{
	explanation_say(to, label, text_string(text), ROLE_DEFAULT);
	text_finish(text);
}

static void say_part(struct explanation *to, const struct address_space *space,
		     const struct vma *part)
{
	size_t index = address_space_find(space, part->start);
	struct text text = {0};

	if (index == space->vma_count ||
	    (space->vmas[index].start == part->start && space->vmas[index].end == part->end))
		return;
	text_append_format(&text, "one mapping with its neighbours, %" PRIx64 "-%" PRIx64,
			   space->vmas[index].start, space->vmas[index].end);
	say(to, "within", &text);
}

static void say_alternate(struct explanation *to, const struct vma *mapping)
{
	struct text text = {0};

	text_append_format(&text,
			   "in use by thread %" PRId32
			   " for signals or a fiber; its own stack is elsewhere",
			   mapping->tid);
	say(to, "stack", &text);
}

static void say_lodged(struct explanation *to, const struct lodged_stack *stack)
{
	struct text text = {0};

	text_append_format(&text,
			   stack->alternate ? "a signal or fiber stack of thread %" PRId32
					    : "the stack of thread %" PRId32,
			   stack->tid);
	text_append_format(&text, " is in it, around %" PRIx64, stack->address);
	say(to, "stack", &text);
}

void explain_stacks(struct explanation *to, const struct address_space *space,
		    const struct vma *mapping)
{
	size_t count;
	const struct lodged_stack *lodged =
		address_space_lodged(space, mapping->start, mapping->end, &count);

	say_part(to, space, mapping);
	if (mapping->alternate)
		say_alternate(to, mapping);
	for (size_t i = 0; i < count && i < LODGED_MOST; i++)
		say_lodged(to, &lodged[i]);
	if (count > LODGED_MOST) {
		struct text text = {0};

		text_append_format(&text, "and those of %zu more thread%s", count - LODGED_MOST,
				   count - LODGED_MOST == 1 ? "" : "s");
		say(to, "stack", &text);
	}
}
