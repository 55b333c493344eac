/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/stack_finder.h"

#include "files/target_files.h"
#include "model/classify.h"
#include "model/target.h"

/* Threads beside the main one of which something is known. */
static size_t count_others(const struct classify_facts *facts)
{
	size_t count = 0;

	for (size_t i = 0; i < facts->stack_count; i++)
		count += facts->stacks[i].tid && facts->stacks[i].tid != facts->target->pid;
	return count;
}

void stack_finder_read(struct stack_finder *look, const struct target_place *place,
		       const struct vma *vmas, size_t count, struct classify_facts *facts)
{
	const struct threads_place threads_place = {
		.directory = place->directory,
		.pid = place->pid,
		.live = place->live,
		.has_others = facts->target->threads != 1,
		.own_namespace = place->own,
	};

	thread_stacks_clear(&look->stacks);
	threads_read(&look->threads, &threads_place, vmas, count);
	facts->stacks = look->threads.stacks;
	facts->stack_count = look->threads.stack_count;
	if (!place->live)
		return;
	guards_read(&look->guards, place->memory, vmas, count, facts->stacks, facts->stack_count,
		    count_others(facts) + 1 < facts->target->threads);
	facts->guards = look->guards.ranges;
	facts->guard_count = look->guards.count;
}

void stack_finder_learn(struct stack_finder *look, const struct vma *vmas, size_t count)
{
	threads_learn(&look->threads, look->stacks.parts, look->stacks.part_count);
	threads_learn(&look->threads, vmas, count);
}

void stack_finder_add(const struct stack_finder *look, struct address_space *space)
{
	thread_stacks_add(&look->stacks, space);
}

void stack_finder_finish(struct stack_finder *look)
{
	threads_finish(&look->threads);
	guards_finish(&look->guards);
	thread_stacks_finish(&look->stacks);
}
