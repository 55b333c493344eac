/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/symbol_finder.h"

#include <errno.h>

#include "files/inside_cache.h"
#include "inside/inside_object.h"
#include "model/address_space.h"

/* What was found in the objects so far. */
struct finding {
	struct inside_cache *cache;
	const struct address_space *space;
	const struct place_symbol *wanted;
	struct place_name *name; /* once something was found */
	bool found, several;
	uint8_t reach; /* enum inside_reach: the best so far */
};

/* Notes that an object has the symbol, or several. */
static void take(struct finding *finding, const struct vma *object, uint64_t address, uint8_t reach,
		 bool several)
{
	struct place_name *name = finding->name;

	/* Of equal names those that other objects may refer to are better; of beginnings none is.
	 */
	if (finding->wanted->beginning)
		reach = INSIDE_GLOBAL;
	if (finding->found && reach > finding->reach)
		return;
	if (!finding->found || reach < finding->reach) {
		*name = (struct place_name){.symbol = true, .address = address};
		finding->several = several;
	} else {
		finding->several = true;
	}
	finding->found = true;
	finding->reach = reach;
	if (name->meant_count < PLACE_MEANT_MAX)
		name->meant[name->meant_count++] = object;
	else
		name->meant_more = true;
}

static void look_in(struct finding *finding, size_t index)
{
	const struct place_symbol *wanted = finding->wanted;
	const struct inside_name *name;
	struct inside_answer answer;
	int error;

	inside_cache_find(finding->cache, finding->space, index, &answer);
	if (answer.object && answer.loaded) {
		error = symbol_list_find(&answer.object->symbols, wanted->name, wanted->length,
					 wanted->beginning, &name);
		if (error != -ENOENT)
			take(finding, &finding->space->vmas[index], name->address + answer.bias,
			     name->reach > INSIDE_WEAK ? name->reach : INSIDE_GLOBAL,
			     error == -ENOTUNIQ);
	}
	inside_answer_finish(&answer);
}

/* Whether the VMA is the first of an object. */
static bool begins_object(const struct address_space *space, size_t index)
{
	const struct vma *vma = &space->vmas[index];

	return vma_has_file(vma) && vma->kind_source == KIND_SOURCE_ELF &&
	       (index == 0 || !vma_same_file(vma, vma - 1));
}

static unsigned rank(const struct vma *vma)
{
	switch ((enum owner)vma->owner) {
	case OWNER_PROGRAM: return 0;
	case OWNER_LIBRARY: return 1;
	default: return 2;
	}
}

/* The code that the process has made has one map, wherever it lies. */
static void look_in_code(struct finding *finding)
{
	for (size_t i = 0; i < finding->space->vma_count; i++)
		if (finding->space->vmas[i].kind == KIND_JIT) {
			look_in(finding, i);
			return;
		}
}

static void look_everywhere(struct finding *finding)
{
	for (unsigned wanted = 0; wanted <= 2 && !finding->found; wanted++)
		for (size_t i = 0; i < finding->space->vma_count; i++)
			if (begins_object(finding->space, i) &&
			    rank(&finding->space->vmas[i]) == wanted)
				look_in(finding, i);
	if (!finding->found)
		look_in_code(finding);
}

static int find(void *context, const struct address_space *space, const struct place_symbol *wanted,
		struct place_name *ret_name)
{
	struct place_name name = {0};
	struct finding finding = {
		.cache = context, .space = space, .wanted = wanted, .name = &name};

	if (wanted->object)
		look_in(&finding, (size_t)(wanted->object - space->vmas));
	else
		look_everywhere(&finding);
	if (!finding.found)
		return -ENOENT;
	if (!finding.several)
		name.meant_count = 0;
	*ret_name = name;
	return finding.several ? -ENOTUNIQ : 0;
}

struct place_symbols symbol_finder_make(struct inside_cache *cache)
{
	return (struct place_symbols){.find = find, .context = cache};
}
