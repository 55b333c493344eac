/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/allocator_finder.h"

#include <string.h>

#include "files/inside_cache.h"
#include "inside/inside_object.h"
#include "model/address_space.h"

#define CONTEXT "__malloc_context"

static bool is_name(const struct inside_name *name, size_t length, const char *wanted)
{
	return length == strlen(wanted) && memcmp(name->name, wanted, length) == 0;
}

static void look_at(struct allocator_finder *finder, const struct inside_name *name, uint64_t bias)
{
	size_t length = symbol_name_length(name->name);
	enum allocator allocator = allocator_of_symbol(name->name, length);

	if (allocator)
		finder->own |= UINT32_C(1) << allocator;
	if (is_name(name, length, "malloc") && name->reach != INSIDE_LOCAL)
		finder->has_malloc = true;
	if (is_name(name, length, CONTEXT))
		finder->context = name->address + bias;
}

/* Goes through all names of the program: each allocator has some that tell. */
static void look(struct allocator_finder *finder, const struct address_space *space, size_t program)
{
	struct inside_cache *cache = inside_cache_create(finder->procfs);
	struct inside_answer answer;

	finder->own = 0;
	finder->has_malloc = false;
	finder->context = 0;
	inside_cache_find(cache, space, program, &answer);
	if (answer.object && answer.loaded)
		for (size_t i = 0; i < answer.object->symbols.name_count; i++)
			look_at(finder, &answer.object->symbols.names[i], answer.bias);
	inside_answer_finish(&answer);
	/* What all of the names take is not kept: the same program is not read again. */
	inside_cache_destroy(cache);
}

/* The first mapping of the program's file; vma_count: it has none. */
static size_t find_program(const struct address_space *space)
{
	size_t index = 0;

	while (index < space->vma_count &&
	       (space->vmas[index].owner != OWNER_PROGRAM || !vma_has_file(&space->vmas[index])))
		index++;
	return index;
}

/* Whether the program is the one that was looked at last; it is the last one from now on. */
static bool is_known(struct allocator_finder *finder, const struct address_space *space,
		     const struct vma *vma)
{
	const struct allocator_program program = {
		.pid = space->target.pid,
		.start_ticks = space->target.start_ticks,
		.start = vma->start,
		.end = vma->end,
		.inode = vma->inode,
		.dev_major = vma->dev_major,
		.dev_minor = vma->dev_minor,
	};
	const struct allocator_program before = finder->program;

	finder->program = program;
	return before.pid == program.pid && before.start_ticks == program.start_ticks &&
	       before.start == program.start && before.end == program.end &&
	       before.inode == program.inode && before.dev_major == program.dev_major &&
	       before.dev_minor == program.dev_minor;
}

struct allocator_found allocator_finder_find(struct allocator_finder *finder,
					     const struct address_space *space)
{
	enum allocator mapped = allocator_find(space);
	size_t program = find_program(space);
	struct allocator_found found;

	if (program == space->vma_count)
		return allocator_settle(mapped, 0, false);
	if (!is_known(finder, space, &space->vmas[program]))
		look(finder, space, program);
	found = allocator_settle(mapped, finder->own, finder->has_malloc);
	found.context = finder->context;
	return found;
}
