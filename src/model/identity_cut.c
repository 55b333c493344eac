/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/identity_cut.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/address_space.h"

/* Mappings of the kernel's own, which never become memory of the program. */
static bool is_special(const struct vma *vma)
{
	return vma->kind == KIND_VDSO || vma->kind == KIND_VVAR || vma->kind == KIND_VSYSCALL;
}

bool identity_is_of_file(const struct vma *vma)
{
	return vma->inode || vma->dev_major || vma->dev_minor || vma->name[0] == '/';
}

bool identity_same_backing(const struct vma *a, const struct vma *b)
{
	if ((a->perms ^ b->perms) & PERM_SHARED)
		return false;
	if (is_special(a) || is_special(b))
		return a->kind == b->kind;
	if (!identity_is_of_file(a) && !identity_is_of_file(b))
		return true;
	return a->inode == b->inode && a->dev_major == b->dev_major &&
	       a->dev_minor == b->dev_minor && a->offset - a->start == b->offset - b->start;
}

struct walk {
	const struct vma *vmas[IDENTITY_SIDES], *end[IDENTITY_SIDES]; /* that are left */
	const char *names[IDENTITY_SIDES]; /* the last that were found equal */
};

/* Neighbours mostly share the bytes of their name. */
static bool have_same_name(struct walk *walk, const char *before, const char *now)
{
	if (before == walk->names[IDENTITY_BEFORE] && now == walk->names[IDENTITY_NOW])
		return true;
	if (strcmp(before, now) != 0)
		return false;
	walk->names[IDENTITY_BEFORE] = before;
	walk->names[IDENTITY_NOW] = now;
	return true;
}

static bool are_left(const struct walk *walk)
{
	return walk->vmas[IDENTITY_BEFORE] < walk->end[IDENTITY_BEFORE] ||
	       walk->vmas[IDENTITY_NOW] < walk->end[IDENTITY_NOW];
}

/* Whether the next mapping of both sides is one that is as it was. */
static bool is_as_before(struct walk *walk)
{
	const struct vma *before = walk->vmas[IDENTITY_BEFORE], *now = walk->vmas[IDENTITY_NOW];

	return before < walk->end[IDENTITY_BEFORE] && now < walk->end[IDENTITY_NOW] &&
	       before->start == now->start && before->end == now->end &&
	       before->perms == now->perms && before->deleted == now->deleted &&
	       identity_same_backing(before, now) && have_same_name(walk, before->name, now->name);
}

static uint64_t next_start(const struct walk *walk, enum identity_side side)
{
	return walk->vmas[side] < walk->end[side] ? walk->vmas[side]->start : UINT64_MAX;
}

/* Passes all that goes and comes up to the next mapping that is as it was. */
static void pass_hunk(struct walk *walk, struct identity_hunk *hunk)
{
	do {
		uint64_t before = next_start(walk, IDENTITY_BEFORE);
		uint64_t now = next_start(walk, IDENTITY_NOW);
		bool go = before <= now, come = now <= before;

		walk->vmas[IDENTITY_BEFORE] += go;
		walk->vmas[IDENTITY_NOW] += come;
		hunk->count[IDENTITY_BEFORE] += go;
		hunk->count[IDENTITY_NOW] += come;
	} while (are_left(walk) && !is_as_before(walk));
}

static void append_hunk(struct identity *identity, struct walk *walk, size_t *capacity)
{
	struct identity_hunk *hunk;

	identity->hunks = memory_array_grow(identity->hunks, identity->hunk_count, capacity,
					    sizeof(*identity->hunks));
	hunk = &identity->hunks[identity->hunk_count++];
	*hunk = (struct identity_hunk){.first = {0}};
	for (size_t side = 0; side < IDENTITY_SIDES; side++) {
		hunk->first[side] = (uint32_t)(walk->vmas[side] - identity->spaces[side]->vmas);
		hunk->trace[side] = (uint32_t)identity->trace_count[side];
	}
	pass_hunk(walk, hunk);
	for (size_t side = 0; side < IDENTITY_SIDES; side++)
		identity->trace_count[side] += hunk->count[side];
}

static void find_hunks(struct identity *identity)
{
	struct walk walk = {.names = {NULL}};
	size_t capacity = 0;

	for (size_t side = 0; side < IDENTITY_SIDES; side++) {
		walk.vmas[side] = identity->spaces[side]->vmas;
		walk.end[side] = walk.vmas[side] + identity->spaces[side]->vma_count;
	}
	while (are_left(&walk)) {
		if (is_as_before(&walk)) {
			walk.vmas[IDENTITY_BEFORE]++;
			walk.vmas[IDENTITY_NOW]++;
		} else {
			append_hunk(identity, &walk, &capacity);
		}
	}
}

static void trace_add(struct identity_trace *trace, size_t piece)
{
	if (trace->count++ == 0)
		trace->first = (uint32_t)piece;
}

/* Where the cutting is: the mappings that are left, and the traces of the next ones. */
struct cutter {
	const struct vma *vmas[IDENTITY_SIDES], *end[IDENTITY_SIDES];
	uint32_t trace[IDENTITY_SIDES];
};

/* Where the next mapping of the side begins that is not behind the address. */
static uint64_t cutter_start(const struct cutter *cutter, size_t side, uint64_t address)
{
	if (cutter->vmas[side] == cutter->end[side])
		return UINT64_MAX;
	return cutter->vmas[side]->start < address ? address : cutter->vmas[side]->start;
}

static uint64_t cut_one(struct identity *identity, struct cutter *cutter, uint64_t address)
{
	struct identity_piece *piece = &identity->pieces[identity->piece_count];
	uint64_t starts[IDENTITY_SIDES], end = UINT64_MAX;

	for (size_t side = 0; side < IDENTITY_SIDES; side++)
		starts[side] = cutter_start(cutter, side, address);
	*piece = (struct identity_piece){.start = starts[0] < starts[1] ? starts[0] : starts[1]};
	for (size_t side = 0; side < IDENTITY_SIDES; side++) {
		bool inside =
			cutter->vmas[side] < cutter->end[side] && starts[side] == piece->start;
		uint64_t border = inside ? cutter->vmas[side]->end : starts[side];

		piece->trace[side] = inside ? cutter->trace[side] : IDENTITY_NONE;
		if (border < end)
			end = border;
		if (inside)
			trace_add(&identity->traces[side][cutter->trace[side]],
				  identity->piece_count);
	}
	piece->end = end;
	for (size_t side = 0; side < IDENTITY_SIDES; side++)
		if (piece->trace[side] != IDENTITY_NONE && cutter->vmas[side]->end == end) {
			cutter->vmas[side]++;
			cutter->trace[side]++;
		}
	identity->piece_count++;
	return end;
}

/* A merge walk over the mappings of a hunk. Every piece ends a mapping or begins one. */
static void cut_hunk(struct identity *identity, const struct identity_hunk *hunk)
{
	struct cutter cutter;
	uint64_t address = 0;

	for (size_t side = 0; side < IDENTITY_SIDES; side++) {
		cutter.vmas[side] = &identity->spaces[side]->vmas[hunk->first[side]];
		cutter.end[side] = cutter.vmas[side] + hunk->count[side];
		cutter.trace[side] = hunk->trace[side];
		for (uint32_t i = 0; i < hunk->count[side]; i++)
			identity->traces[side][hunk->trace[side] + i].vma = hunk->first[side] + i;
	}
	while (cutter.vmas[0] < cutter.end[0] || cutter.vmas[1] < cutter.end[1])
		address = cut_one(identity, &cutter, address);
}

void identity_cut(struct identity *identity)
{
	size_t count;

	find_hunks(identity);
	count = identity->trace_count[IDENTITY_BEFORE] + identity->trace_count[IDENTITY_NOW];
	identity->pieces = memory_resize(NULL, 2 * count * sizeof(*identity->pieces));
	identity_allocate_traces(identity);
	for (size_t i = 0; i < identity->hunk_count; i++)
		cut_hunk(identity, &identity->hunks[i]);
}

void identity_allocate_traces(struct identity *identity)
{
	size_t before = identity->trace_count[IDENTITY_BEFORE];
	struct identity_trace *traces =
		memory_alloc((before + identity->trace_count[IDENTITY_NOW]) * sizeof(*traces));

	identity->traces[IDENTITY_BEFORE] = traces;
	identity->traces[IDENTITY_NOW] = traces + before;
}
