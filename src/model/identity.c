/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/identity.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/search.h"
#include "model/address_space.h"
#include "model/identity_cut.h"
#include "model/moved.h"

const struct vma *identity_vma(const struct identity *identity, const struct identity_piece *piece,
			       enum identity_side side)
{
	uint32_t trace = piece->trace[side];

	return trace == IDENTITY_NONE
		       ? NULL
		       : &identity->spaces[side]->vmas[identity->traces[side][trace].vma];
}

/* A mapping of one side, sought among the hunks. */
struct sought {
	const struct identity *identity;
	enum identity_side side;
	size_t vma;
};

static bool begins_behind(const void *context, size_t hunk)
{
	const struct sought *sought = context;

	return sought->identity->hunks[hunk].first[sought->side] > sought->vma;
}

/*
 * The trace of the mapping or, with NULL, *ret_other: what it is on the other side. Between two
 * hunks there is an equal mapping, so that no two begin at the same one.
 */
static struct identity_trace *find_trace(const struct identity *identity, enum identity_side side,
					 size_t vma, uint32_t *ret_other)
{
	const struct sought sought = {identity, side, vma};
	size_t above = search_first(identity->hunk_count, begins_behind, &sought);
	const struct identity_hunk *hunk;
	size_t index;

	*ret_other = (uint32_t)vma;
	if (above == 0)
		return NULL;
	hunk = &identity->hunks[above - 1];
	index = vma - hunk->first[side];
	if (index < hunk->count[side])
		return &identity->traces[side][hunk->trace[side] + index];
	*ret_other =
		(uint32_t)(hunk->first[!side] + hunk->count[!side] + index - hunk->count[side]);
	return NULL;
}

const struct identity_trace *identity_trace(const struct identity *identity,
					    enum identity_side side, size_t vma)
{
	uint32_t other;

	return find_trace(identity, side, vma, &other);
}

size_t identity_next_changed(const struct identity *identity, size_t vma)
{
	const struct sought sought = {identity, IDENTITY_NOW, vma};
	size_t above = search_first(identity->hunk_count, begins_behind, &sought);
	const struct identity_hunk *hunks = identity->hunks;

	if (above &&
	    vma - hunks[above - 1].first[IDENTITY_NOW] < hunks[above - 1].count[IDENTITY_NOW])
		return vma;
	/* A hunk may be of mappings of before alone. */
	while (above < identity->hunk_count && !hunks[above].count[IDENTITY_NOW])
		above++;
	return above < identity->hunk_count ? hunks[above].first[IDENTITY_NOW] : SIZE_MAX;
}

uint32_t identity_other(const struct identity *identity, enum identity_side side, size_t vma)
{
	uint32_t other;
	const struct identity_trace *trace = find_trace(identity, side, vma, &other);

	return trace ? trace->other : other;
}

static bool is_accessible(const struct vma *vma)
{
	return vma->perms & PERM_ACCESS;
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
		for (size_t side = 0; side < IDENTITY_SIDES; side++)
			identity->traces[side][piece->trace[side]].unchanged = true;
	}
}

/* Whether a mapping of a file is as it was; index is that of a hunk, or their number. */
static bool is_file_kept(const struct identity *identity, size_t index)
{
	const struct address_space *now = identity->spaces[IDENTITY_NOW];
	const struct identity_hunk *hunks = identity->hunks;
	size_t first =
		index ? hunks[index - 1].first[IDENTITY_NOW] + hunks[index - 1].count[IDENTITY_NOW]
		      : 0;
	size_t end =
		index < identity->hunk_count ? hunks[index].first[IDENTITY_NOW] : now->vma_count;

	for (size_t i = first; i < end; i++)
		if (identity_is_of_file(&now->vmas[i]))
			return true;
	return false;
}

static bool have_a_file_in_common(const struct identity *identity)
{
	for (size_t i = 0; i < identity->piece_count; i++)
		if (identity->pieces[i].same &&
		    identity_is_of_file(identity_vma(identity, &identity->pieces[i], IDENTITY_NOW)))
			return true;
	for (size_t i = 0; i <= identity->hunk_count; i++)
		if (is_file_kept(identity, i))
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
	if (!identity->traces[side][piece->trace[side]].unchanged)
		return false;
	if (identity->traces[other][piece->trace[other]].unchanged)
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
		for (size_t i = 0; i < identity->trace_count[side]; i++)
			shift_ends(identity, &identity->traces[side][i], (enum identity_side)side);
}

/* The ranges of one trace, from its pieces. */
static void measure_trace(struct identity *identity, enum identity_side side, size_t index)
{
	struct identity_trace *trace = &identity->traces[side][index];
	const struct vma *vma = &identity->spaces[side]->vmas[trace->vma];
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
			trace->other = identity->traces[!side][pieces[i].trace[!side]].vma;
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
	const struct vma *vmas = identity->spaces[IDENTITY_BEFORE]->vmas;
	uint32_t other;

	for (size_t i = 0; i < identity->trace_count[IDENTITY_NOW]; i++)
		identity->traces[IDENTITY_NOW][i].had += identity->traces[IDENTITY_NOW][i].kept;
	for (size_t i = 0; i < identity->trace_count[IDENTITY_BEFORE]; i++) {
		const struct identity_trace *trace = &identity->traces[IDENTITY_BEFORE][i];

		if (trace->moved || trace->kept)
			find_trace(identity, IDENTITY_NOW, trace->other, &other)->had +=
				vma_size(&vmas[trace->vma]) - trace->kept;
	}
}

/* Nothing is the same: all is one hunk without pieces. */
static void forget(struct identity *identity)
{
	identity->hunks = memory_resize(identity->hunks, sizeof(*identity->hunks));
	identity->hunk_count = 1;
	*identity->hunks = (struct identity_hunk){.first = {0}};
	identity->piece_count = 0;
	free(identity->traces[IDENTITY_BEFORE]);
	for (size_t side = 0; side < IDENTITY_SIDES; side++) {
		identity->trace_count[side] = identity->spaces[side]->vma_count;
		identity->hunks->count[side] = (uint32_t)identity->trace_count[side];
	}
	identity_allocate_traces(identity);
	for (size_t side = 0; side < IDENTITY_SIDES; side++) {
		const struct address_space *space = identity->spaces[side];

		for (size_t i = 0; i < space->vma_count; i++)
			identity->traces[side][i] = (struct identity_trace){
				.vma = (uint32_t)i,
				.other = IDENTITY_NONE,
				.start = space->vmas[i].start,
				.end = space->vmas[i].end,
				.kept_start = space->vmas[i].start,
				.kept_end = space->vmas[i].start,
			};
	}
}

void identity_init(struct identity *identity, const struct address_space *before,
		   const struct address_space *now)
{
	*identity = (struct identity){.spaces = {before, now}};
	/* Right after a baseline was set there is nothing to compare. */
	if (!address_space_same_list(before, now)) {
		identity_cut(identity);
		find_same(identity);
	}
	identity->other_program = is_other_program(identity);
	if (identity->other_program) {
		forget(identity);
		return;
	}
	find_shifted(identity);
	for (size_t side = 0; side < IDENTITY_SIDES; side++)
		for (size_t i = 0; i < identity->trace_count[side]; i++)
			measure_trace(identity, (enum identity_side)side, i);
	moved_match(identity);
	find_had(identity);
}

void identity_finish(struct identity *identity)
{
	free(identity->hunks);
	free(identity->pieces);
	free(identity->traces[IDENTITY_BEFORE]);
	*identity = (struct identity){.pieces = NULL};
}

struct identity_growth identity_growth(const struct identity *identity, size_t vma)
{
	const struct identity_trace *trace = identity_trace(identity, IDENTITY_NOW, vma);

	if (trace && trace->other == IDENTITY_NONE)
		return (struct identity_growth){.appeared = true};
	if (!trace || trace->kept_start == trace->kept_end)
		return (struct identity_growth){.low = 0};
	return (struct identity_growth){.low = trace->kept_start - trace->start,
					.high = trace->end - trace->kept_end};
}

uint64_t identity_new_bytes(const struct identity *identity, size_t vma, uint64_t start,
			    uint64_t end)
{
	const struct identity_trace *trace = identity_trace(identity, IDENTITY_NOW, vma);
	const struct identity_piece *pieces;
	uint64_t kept = 0;

	if (!trace || trace->moved)
		return 0;
	pieces = &identity->pieces[trace->first];
	/* A mapping can be of thousands of parts, each of which is asked of. */
	for (size_t i = SEARCH_ABOVE(pieces, trace->count, end, start);
	     i < trace->count && pieces[i].start < end; i++) {
		uint64_t from = pieces[i].start > start ? pieces[i].start : start;
		uint64_t to = pieces[i].end < end ? pieces[i].end : end;

		if (pieces[i].same && !pieces[i].shifted)
			kept += to - from;
	}
	return end - start - kept;
}

int64_t identity_delta(const struct identity *identity, size_t vma)
{
	const struct identity_trace *trace = identity_trace(identity, IDENTITY_NOW, vma);

	return trace ? (int64_t)(trace->end - trace->start - trace->had) : 0;
}
