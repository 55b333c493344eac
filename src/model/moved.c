/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/moved.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/address_space.h"

/* Longer runs of taken slots come from no honest process; what they keep out stays unmatched. */
#define PROBES_MAX 64

/* The mappings of one sort (or of one sort and size) that vanished and that appeared. */
struct group {
	uint64_t key; /* of the sort; 0: a free slot */
	uint32_t count[IDENTITY_SIDES];
	uint32_t first[IDENTITY_SIDES]; /* the index of the trace of the first one */
};

/* A hash table with linear probing. */
struct groups {
	struct group *slots;
	size_t mask;
};

static bool may_move(const struct vma *vma)
{
	if (vma->inode)
		return true;
	return (vma->kind == KIND_ANON || vma->kind == KIND_JIT) && (vma->perms & PERM_ACCESS);
}

/* Whether what must be equal for two mappings to be of one sort is equal. */
static bool are_of_one_sort(const struct vma *a, const struct vma *b)
{
	if (a->inode != b->inode || a->perms != b->perms)
		return false;
	if (a->inode)
		return vma_same_file(a, b) && a->offset == b->offset;
	return a->kind == b->kind && !strcmp(a->name, b->name);
}

/* The finalizer of splitmix64: Steele, Lea, Flood, 2014. */
static uint64_t mix(uint64_t key, uint64_t value)
{
	uint64_t z = (key ^ value) + UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* A word at a time: each mapping of both sides has a name, and most names are paths. */
static uint64_t mix_string(uint64_t key, const char *string)
{
	size_t length = strlen(string);
	uint64_t word;

	for (; length >= sizeof(word); string += sizeof(word), length -= sizeof(word)) {
		memcpy(&word, string, sizeof(word));
		key = mix(key, word);
	}
	/* Strings contain no zero bytes, so the padding is unambiguous. */
	word = 0;
	memcpy(&word, string, length);
	return mix(key, word);
}

/* The same for all mappings of one sort, never 0. */
static uint64_t sort_key(const struct vma *vma)
{
	uint64_t key = mix(mix(0, vma->inode), vma->perms);

	if (vma->inode) {
		key = mix(key, (uint64_t)vma->dev_major << 32 | vma->dev_minor);
		key = mix(key, vma->offset);
		/* One file may be mapped under several names: vma_same_file(). */
		key = mix(key, (uint64_t)vma->twin << 1 | vma->deleted);
	} else {
		key = mix(key, vma->kind);
	}
	return mix_string(key, vma->name) | 1;
}

/* The same for all mappings of one sort and size, never 0 and never that of a sort. */
static uint64_t size_key(uint64_t sort, const struct vma *vma)
{
	uint64_t key = mix(sort, vma_size(vma)) & ~UINT64_C(1);

	return key ? key : 2;
}

/* The group of the key, or a free slot for it; NULL when neither is near. */
static struct group *find_group(const struct groups *groups, uint64_t key)
{
	for (size_t i = 0; i < PROBES_MAX; i++) {
		struct group *group = &groups->slots[(mix(key, 0) + i) & groups->mask];

		if (group->key == key || group->key == 0)
			return group;
	}
	return NULL;
}

/* Of what is now, only what may be paired with something of before needs a group. */
static void group_add(const struct groups *groups, uint64_t key, enum identity_side side,
		      size_t index)
{
	struct group *group = find_group(groups, key);

	if (!group || (side == IDENTITY_NOW && group->key == 0))
		return;
	group->key = key;
	if (group->count[side]++ == 0)
		group->first[side] = (uint32_t)index;
}

static const struct vma *vma_of(const struct identity *identity, enum identity_side side,
				const struct identity_trace *trace)
{
	return &identity->spaces[side]->vmas[trace->vma];
}

static bool is_candidate(const struct identity *identity, enum identity_side side, size_t index)
{
	const struct identity_trace *trace = &identity->traces[side][index];

	return !trace->moved && trace->other == IDENTITY_NONE &&
	       may_move(vma_of(identity, side, trace));
}

static size_t count_candidates(const struct identity *identity, enum identity_side side)
{
	size_t count = 0;

	for (size_t i = 0; i < identity->trace_count[side]; i++)
		count += is_candidate(identity, side, i);
	return count;
}

static void collect(const struct groups *groups, const struct identity *identity,
		    enum identity_side side)
{
	for (size_t i = 0; i < identity->trace_count[side]; i++) {
		const struct vma *vma = vma_of(identity, side, &identity->traces[side][i]);
		uint64_t sort;

		if (!is_candidate(identity, side, i))
			continue;
		sort = sort_key(vma);
		group_add(groups, sort, side, i);
		group_add(groups, size_key(sort, vma), side, i);
	}
}

static void trace_move(struct identity_trace *trace, const struct vma *vma, uint32_t other,
		       const struct vma *other_vma)
{
	uint64_t size = vma_size(vma), other_size = vma_size(other_vma);

	trace->other = other;
	trace->moved = true;
	trace->kept_start = vma->start;
	trace->kept_end = vma->start + (size < other_size ? size : other_size);
}

/* Pairs the two mappings of a group of two; returns whether it is one. */
static bool pair(const struct identity *identity, const struct groups *groups, uint64_t key)
{
	const struct group *group = find_group(groups, key);
	struct identity_trace *old, *new;
	const struct vma *before, *now;

	if (!group || group->count[IDENTITY_BEFORE] != 1 || group->count[IDENTITY_NOW] != 1)
		return false;
	old = &identity->traces[IDENTITY_BEFORE][group->first[IDENTITY_BEFORE]];
	new = &identity->traces[IDENTITY_NOW][group->first[IDENTITY_NOW]];
	before = vma_of(identity, IDENTITY_BEFORE, old);
	now = vma_of(identity, IDENTITY_NOW, new);
	if (!are_of_one_sort(before, now))
		return false;
	trace_move(old, before, new->vma, now);
	trace_move(new, now, old->vma, before);
	return true;
}

void moved_match(struct identity *identity)
{
	size_t vanished = count_candidates(identity, IDENTITY_BEFORE);
	struct groups groups = {.mask = 15};

	if (!vanished || !count_candidates(identity, IDENTITY_NOW))
		return;
	/* Two keys for each of before, and the table at most half full. */
	while (groups.mask < 4 * vanished)
		groups.mask = 2 * groups.mask + 1;
	groups.slots = memory_alloc((groups.mask + 1) * sizeof(*groups.slots));
	collect(&groups, identity, IDENTITY_BEFORE);
	collect(&groups, identity, IDENTITY_NOW);
	for (size_t i = 0; i < identity->trace_count[IDENTITY_BEFORE]; i++) {
		const struct vma *vma =
			vma_of(identity, IDENTITY_BEFORE, &identity->traces[IDENTITY_BEFORE][i]);
		uint64_t sort;

		if (!is_candidate(identity, IDENTITY_BEFORE, i))
			continue;
		sort = sort_key(vma);
		if (!pair(identity, &groups, sort))
			pair(identity, &groups, size_key(sort, vma));
	}
	free(groups.slots);
}
