/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/identity.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/moved.h"

/* Mappings of the kernel's own, which never become memory of the program. */
static bool is_special(const struct vma *vma)
{
	return vma->kind == KIND_VDSO || vma->kind == KIND_VVAR || vma->kind == KIND_VSYSCALL;
}

/* System V shared memory with the id 0 has inode 0, but a device and a path. */
static bool is_of_file(const struct vma *vma)
{
	return vma->inode || vma->dev_major || vma->dev_minor || vma->name[0] == '/';
}

bool identity_same_backing(const struct vma *a, const struct vma *b)
{
	if ((a->perms ^ b->perms) & PERM_SHARED)
		return false;
	if (is_special(a) || is_special(b))
		return a->kind == b->kind;
	if (!is_of_file(a) && !is_of_file(b))
		return true;
	return a->inode == b->inode && a->dev_major == b->dev_major &&
	       a->dev_minor == b->dev_minor && a->offset - a->start == b->offset - b->start;
}

const struct vma *identity_vma(const struct identity *identity, const struct identity_piece *piece,
			       enum identity_side side)
{
	uint32_t index = piece->vma[side];

	return index == IDENTITY_NONE ? NULL : &identity->spaces[side]->vmas[index];
}

static bool is_accessible(const struct vma *vma)
{
	return vma->perms & PERM_ACCESS;
}

/* Where the cutting is in one of the snapshots. */
struct cutter {
	const struct vma *vmas;
	size_t count, index;
};

/* Where the cutter's next mapping begins that is not behind the address. */
static uint64_t cutter_start(const struct cutter *cutter, uint64_t address)
{
	if (cutter->index == cutter->count)
		return UINT64_MAX;
	if (cutter->vmas[cutter->index].start < address)
		return address;
	return cutter->vmas[cutter->index].start;
}

static void trace_add(struct identity_trace *trace, size_t piece)
{
	if (trace->count++ == 0)
		trace->first = (uint32_t)piece;
}

static uint64_t cut_one(struct identity *identity, struct cutter *cutters, uint64_t address)
{
	struct identity_piece *piece = &identity->pieces[identity->piece_count];
	uint64_t starts[IDENTITY_SIDES], end = UINT64_MAX;

	for (size_t side = 0; side < IDENTITY_SIDES; side++)
		starts[side] = cutter_start(&cutters[side], address);
	piece->start = starts[0] < starts[1] ? starts[0] : starts[1];
	for (size_t side = 0; side < IDENTITY_SIDES; side++) {
		struct cutter *cutter = &cutters[side];
		bool inside = cutter->index < cutter->count && starts[side] == piece->start;
		uint64_t border = inside ? cutter->vmas[cutter->index].end : starts[side];

		piece->vma[side] = inside ? (uint32_t)cutter->index : IDENTITY_NONE;
		if (border < end)
			end = border;
		if (inside)
			trace_add(&identity->traces[side][cutter->index], identity->piece_count);
	}
	piece->end = end;
	for (size_t side = 0; side < IDENTITY_SIDES; side++)
		if (piece->vma[side] != IDENTITY_NONE &&
		    cutters[side].vmas[cutters[side].index].end == end)
			cutters[side].index++;
	identity->piece_count++;
	return end;
}

/* A merge walk over the two sorted lists. Every piece ends a mapping or begins one. */
static void cut(struct identity *identity)
{
	struct cutter cutters[IDENTITY_SIDES];
	uint64_t address = 0;

	for (size_t side = 0; side < IDENTITY_SIDES; side++)
		cutters[side] = (struct cutter){.vmas = identity->spaces[side]->vmas,
						.count = identity->spaces[side]->vma_count};
	while (cutters[0].index < cutters[0].count || cutters[1].index < cutters[1].count)
		address = cut_one(identity, cutters, address);
}

static void find_same(struct identity *identity)
{
	for (size_t i = 0; i < identity->piece_count; i++) {
		struct identity_piece *piece = &identity->pieces[i];
		const struct vma *before = identity_vma(identity, piece, IDENTITY_BEFORE);
		const struct vma *now = identity_vma(identity, piece, IDENTITY_NOW);

		if (!before || !now || !identity_same_backing(before, now))
			continue;
		piece->same = true;
		if (before->perms != now->perms)
			continue;
		identity->traces[IDENTITY_BEFORE][piece->vma[IDENTITY_BEFORE]].unchanged = true;
		identity->traces[IDENTITY_NOW][piece->vma[IDENTITY_NOW]].unchanged = true;
	}
}

static bool have_a_file_in_common(const struct identity *identity)
{
	for (size_t i = 0; i < identity->piece_count; i++)
		if (identity->pieces[i].same &&
		    is_of_file(identity_vma(identity, &identity->pieces[i], IDENTITY_NOW)))
			return true;
	return false;
}

static bool are_known_and_differ(uint64_t a, uint64_t b)
{
	return a && b && a != b;
}

/*
 * execve(2) keeps the process and its start time, but makes a new stack and a new place for the
 * program break. Without address randomization, or where the kernel does not tell these, a new
 * program shows by its name and by files of which none stayed. The name alone is no proof: the
 * executable may have been renamed or deleted, and prctl(2) changes comm.
 */
static bool is_other_program(const struct identity *identity)
{
	const struct address_space *const *spaces = identity->spaces;
	const struct target *before = &spaces[IDENTITY_BEFORE]->target;
	const struct target *now = &spaces[IDENTITY_NOW]->target;

	if (before->pid != now->pid || before->start_ticks != now->start_ticks)
		return true;
	if (are_known_and_differ(before->start_stack, now->start_stack) ||
	    are_known_and_differ(before->start_brk, now->start_brk))
		return true;
	if (!spaces[IDENTITY_BEFORE]->vma_count || !spaces[IDENTITY_NOW]->vma_count)
		return false;
	if (!(before->exe && now->exe && strcmp(before->exe, now->exe)) &&
	    !strcmp(before->comm, now->comm))
		return false;
	return !have_a_file_in_common(identity);
}

/*
 * Whether the piece was taken over a border by its mapping on the given side from no-access memory
 * on the other. A whole guard or a part never reserved is not taken: see the header.
 */
static bool is_taken(const struct identity *identity, const struct identity_piece *piece,
		     enum identity_side side)
{
	enum identity_side other = side == IDENTITY_NOW ? IDENTITY_BEFORE : IDENTITY_NOW;
	const struct vma *vma = identity_vma(identity, piece, side);
	const struct vma *reserve = identity_vma(identity, piece, other);

	if (!piece->same || !is_accessible(vma) || is_accessible(reserve))
		return false;
	if (!identity->traces[side][piece->vma[side]].unchanged)
		return false;
	if (identity->traces[other][piece->vma[other]].unchanged)
		return true;
	return side == IDENTITY_NOW && reserve->kind != KIND_GUARD;
}

/* Marks the pieces taken at the two ends of a mapping, up to what it had anyway. */
static void shift_ends(struct identity *identity, const struct identity_trace *trace,
		       enum identity_side side)
{
	struct identity_piece *pieces = &identity->pieces[trace->first], *piece;

	if (!trace->unchanged)
		return;
	for (piece = pieces; !piece->same || is_taken(identity, piece, side); piece++)
		piece->shifted = piece->same;
	for (piece = pieces + trace->count - 1; !piece->same || is_taken(identity, piece, side);
	     piece--)
		piece->shifted = piece->same;
}

static void find_shifted(struct identity *identity)
{
	for (size_t side = 0; side < IDENTITY_SIDES; side++)
		for (size_t i = 0; i < identity->spaces[side]->vma_count; i++)
			shift_ends(identity, &identity->traces[side][i], (enum identity_side)side);
}

/* The ranges of one trace, from its pieces. */
static void measure_trace(struct identity *identity, enum identity_side side, size_t index)
{
	const struct vma *vma = &identity->spaces[side]->vmas[index];
	struct identity_trace *trace = &identity->traces[side][index];
	const struct identity_piece *pieces = &identity->pieces[trace->first];
	size_t first = 0, last = trace->count;

	if (!is_accessible(vma)) {
		while (first < last && pieces[first].shifted)
			first++;
		while (last > first && pieces[last - 1].shifted)
			last--;
	}
	trace->start = first < last ? pieces[first].start : vma->start;
	trace->end = first < last ? pieces[last - 1].end : vma->start;
	trace->kept_start = trace->kept_end = trace->start;
	trace->other = IDENTITY_NONE;
	for (size_t i = 0; i < trace->count; i++) {
		if (!pieces[i].same)
			continue;
		if (trace->other == IDENTITY_NONE || (trace->kept == 0 && !pieces[i].shifted))
			trace->other = pieces[i].vma[!side];
		if (pieces[i].shifted)
			continue;
		if (trace->kept == 0)
			trace->kept_start = pieces[i].start;
		trace->kept_end = pieces[i].end;
		trace->kept += pieces[i].end - pieces[i].start;
	}
}

/* What a mapping lost counts for the one that goes on for it, so that growth is net. */
static void find_had(struct identity *identity)
{
	struct identity_trace *nows = identity->traces[IDENTITY_NOW];

	for (size_t i = 0; i < identity->spaces[IDENTITY_NOW]->vma_count; i++)
		nows[i].had += nows[i].kept;
	for (size_t i = 0; i < identity->spaces[IDENTITY_BEFORE]->vma_count; i++) {
		const struct identity_trace *trace = &identity->traces[IDENTITY_BEFORE][i];

		if (trace->moved || trace->kept)
			nows[trace->other].had +=
				vma_size(&identity->spaces[IDENTITY_BEFORE]->vmas[i]) - trace->kept;
	}
}

static void forget(struct identity *identity)
{
	for (size_t side = 0; side < IDENTITY_SIDES; side++)
		for (size_t i = 0; i < identity->spaces[side]->vma_count; i++)
			identity->traces[side][i] = (struct identity_trace){
				.other = IDENTITY_NONE,
				.start = identity->spaces[side]->vmas[i].start,
				.end = identity->spaces[side]->vmas[i].end,
				.kept_start = identity->spaces[side]->vmas[i].start,
				.kept_end = identity->spaces[side]->vmas[i].start,
			};
	identity->piece_count = 0;
}

void identity_init(struct identity *identity, const struct address_space *before,
		   const struct address_space *now)
{
	size_t borders = 2 * (before->vma_count + now->vma_count);

	*identity = (struct identity){.spaces = {before, now}};
	identity->pieces = memory_alloc(borders * sizeof(*identity->pieces));
	for (size_t side = 0; side < IDENTITY_SIDES; side++)
		identity->traces[side] = memory_alloc(identity->spaces[side]->vma_count *
						      sizeof(**identity->traces));
	cut(identity);
	find_same(identity);
	identity->other_program = is_other_program(identity);
	if (identity->other_program) {
		forget(identity);
		return;
	}
	find_shifted(identity);
	for (size_t side = 0; side < IDENTITY_SIDES; side++)
		for (size_t i = 0; i < identity->spaces[side]->vma_count; i++)
			measure_trace(identity, (enum identity_side)side, i);
	moved_match(identity->spaces, identity->traces);
	find_had(identity);
}

void identity_finish(struct identity *identity)
{
	free(identity->pieces);
	for (size_t side = 0; side < IDENTITY_SIDES; side++)
		free(identity->traces[side]);
	*identity = (struct identity){.pieces = NULL};
}

struct identity_growth identity_growth(const struct identity *identity, size_t vma)
{
	const struct identity_trace *trace = &identity->traces[IDENTITY_NOW][vma];

	if (trace->other == IDENTITY_NONE)
		return (struct identity_growth){.appeared = true};
	if (trace->kept_start == trace->kept_end)
		return (struct identity_growth){.low = 0};
	return (struct identity_growth){.low = trace->kept_start - trace->start,
					.high = trace->end - trace->kept_end};
}

uint64_t identity_new_bytes(const struct identity *identity, size_t vma, uint64_t start,
			    uint64_t end)
{
	const struct identity_trace *trace = &identity->traces[IDENTITY_NOW][vma];
	const struct identity_piece *pieces = &identity->pieces[trace->first];
	uint64_t kept = 0;

	if (trace->moved)
		return 0;
	for (size_t i = 0; i < trace->count; i++) {
		uint64_t from = pieces[i].start > start ? pieces[i].start : start;
		uint64_t to = pieces[i].end < end ? pieces[i].end : end;

		if (from < to && pieces[i].same && !pieces[i].shifted)
			kept += to - from;
	}
	return end - start - kept;
}

int64_t identity_delta(const struct identity *identity, size_t vma)
{
	const struct identity_trace *trace = &identity->traces[IDENTITY_NOW][vma];

	return (int64_t)(trace->end - trace->start - trace->had);
}
