/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/change.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/search.h"
#include "model/address_space.h"
#include "model/identity.h"

const char *change_type_name(enum change_type type)
{
	static const char *const names[CHANGE_TYPE_COUNT] = {
		[CHANGE_MAPPED] = "mapped",   [CHANGE_UNMAPPED] = "unmapped",
		[CHANGE_GREW] = "grew",       [CHANGE_SHRANK] = "shrank",
		[CHANGE_MOVED] = "moved",     [CHANGE_PROTECTED] = "protected",
		[CHANGE_SPLIT] = "split",     [CHANGE_MERGED] = "merged",
		[CHANGE_RENAMED] = "renamed", [CHANGE_EXEC] = "exec",
		[CHANGE_EXIT] = "exit",
	};

	return names[type];
}

static const char *copy_name(struct change_list *list, const char *name)
{
	return name[0] ? arena_copy(&list->arena, name, strlen(name)) : "";
}

/* A new change at the end of the list, without a name yet. */
static struct change *append(struct change_list *list, enum change_type type, int64_t time_ns)
{
	list->changes = memory_array_grow(list->changes, list->count, &list->capacity,
					  sizeof(*list->changes));
	list->changes[list->count] =
		(struct change){.type = type, .time_ns = time_ns, .kind = KIND_GAP, .name = ""};
	return &list->changes[list->count++];
}

/* The comparison under way. */
struct comparison {
	const struct identity *identity;
	struct change_list *list;
	const struct vma *split, *merged; /* the last of which this was said */
	const char *name, *copy;          /* the last name copied: neighbours mostly share it */
};

/* Fills in what is there now; vma is the mapping that [start, end) is, or is a part of. */
static void set_now(struct change *change, const struct vma *vma, uint64_t start, uint64_t end)
{
	change->start = start;
	change->end = end;
	change->perms = vma->perms;
	change->kind = vma->kind;
	change->tid = vma->tid;
	change->alternate = vma->alternate;
}

static void set_old(struct change *change, const struct vma *vma, uint64_t start, uint64_t end)
{
	change->old_start = start;
	change->old_end = end;
	change->old_perms = vma->perms;
}

/*
 * Appends a change from a range of the mapping old to one of the mapping vma; either may be NULL
 * and its range empty.
 */
static struct change *add(struct comparison *comparison, enum change_type type,
			  const struct vma *old, uint64_t old_start, uint64_t old_end,
			  const struct vma *vma, uint64_t start, uint64_t end)
{
	int64_t time_ns = comparison->identity->spaces[IDENTITY_NOW]->time_ns;
	struct change *change = append(comparison->list, type, time_ns);

	if (old) {
		set_old(change, old, old_start, old_end);
		change->kind = old->kind;
		change->tid = old->tid;
		change->alternate = old->alternate;
	}
	if (vma)
		set_now(change, vma, start, end);
	change->size = vma ? end - start : old_end - old_start;
	if (comparison->name != (vma ? vma : old)->name) {
		comparison->name = (vma ? vma : old)->name;
		comparison->copy = copy_name(comparison->list, comparison->name);
	}
	change->name = comparison->copy;
	return change;
}

/* Memory that only one of the snapshots has: the whole mapping or a piece of it. */
static void add_piece(struct comparison *comparison, enum identity_side side, const struct vma *vma,
		      uint64_t start, uint64_t end)
{
	struct change *change;

	if (side == IDENTITY_NOW) {
		change = add(comparison, CHANGE_MAPPED, NULL, 0, 0, vma, start, end);
		change->delta = (int64_t)(end - start);
	} else {
		change = add(comparison, CHANGE_UNMAPPED, vma, start, end, NULL, 0, 0);
		change->delta = -(int64_t)(end - start);
	}
}

/* The parts of the mapping that reach into the range; NULL unless one is the stack of a thread. */
static const struct vma *find_stacks(const struct comparison *comparison, enum identity_side side,
				     const struct vma *vma, uint64_t start, uint64_t end,
				     size_t *ret_count)
{
	const struct address_space *space = comparison->identity->spaces[side];
	size_t count, first, next;
	const struct vma *parts = address_space_parts(space, (size_t)(vma - space->vmas), &count);
	bool any = false;

	/* A mapping can be thousands of stacks, and as many of its ranges be new. */
	first = SEARCH_ABOVE(parts, count, end, start);
	for (next = first; next < count && parts[next].start < end; next++)
		any = any || parts[next].kind == KIND_THREAD_STACK;
	*ret_count = next - first;
	return any ? &parts[first] : NULL;
}

/* The same, part for part where stacks are among it. */
static void add_part(struct comparison *comparison, enum identity_side side, const struct vma *vma,
		     uint64_t start, uint64_t end)
{
	size_t count;
	const struct vma *parts = find_stacks(comparison, side, vma, start, end, &count);

	if (!parts)
		add_piece(comparison, side, vma, start, end);
	for (size_t i = 0; parts && i < count; i++) {
		uint64_t from = parts[i].start > start ? parts[i].start : start;
		uint64_t to = parts[i].end < end ? parts[i].end : end;

		add_piece(comparison, side, &parts[i], from, to);
	}
}

/*
 * The runs of memory that the other snapshot does not have, inside of what is kept of the mapping;
 * all of them when nothing is. Those at the ends are growth.
 */
static void add_parts(struct comparison *comparison, enum identity_side side, const struct vma *vma,
		      const struct identity_trace *trace)
{
	const struct identity_piece *pieces = &comparison->identity->pieces[trace->first];
	bool all = trace->kept_start == trace->kept_end;
	uint64_t low = all ? vma->start : trace->kept_start;
	uint64_t high = all ? vma->end : trace->kept_end;

	for (size_t i = 0, next; i < trace->count; i = next) {
		next = i + 1;
		if (pieces[i].same || pieces[i].start < low || pieces[i].start >= high)
			continue;
		while (next < trace->count && !pieces[next].same)
			next++;
		add_part(comparison, side, vma, pieces[i].start, pieces[next - 1].end);
	}
}

static void add_moved(struct comparison *comparison, const struct vma *vma,
		      const struct identity_trace *trace)
{
	const struct address_space *before = comparison->identity->spaces[IDENTITY_BEFORE];
	const struct vma *old = &before->vmas[trace->other];
	struct change *change =
		add(comparison, CHANGE_MOVED, old, old->start, old->end, vma, vma->start, vma->end);

	change->delta = (int64_t)(vma_size(vma) - vma_size(old));
}

/* What a mapping has at its ends that the other snapshot has not. */
static void add_ends(struct comparison *comparison, enum identity_side side, const struct vma *vma,
		     const struct identity_trace *trace)
{
	const struct vma *other = &comparison->identity->spaces[!side]->vmas[trace->other];
	uint64_t kept = trace->kept_end - trace->kept_start, whole = trace->end - trace->start;
	size_t count;

	if (kept == 0 || kept == whole)
		return;
	if (find_stacks(comparison, side, vma, trace->start, trace->kept_start, &count) ||
	    find_stacks(comparison, side, vma, trace->kept_end, trace->end, &count)) {
		if (trace->start < trace->kept_start)
			add_part(comparison, side, vma, trace->start, trace->kept_start);
		if (trace->kept_end < trace->end)
			add_part(comparison, side, vma, trace->kept_end, trace->end);
		return;
	}
	if (side == IDENTITY_NOW)
		add(comparison, CHANGE_GREW, other, trace->kept_start, trace->kept_end, vma,
		    trace->start, trace->end)
			->delta = (int64_t)(whole - kept);
	else
		add(comparison, CHANGE_SHRANK, vma, trace->start, trace->end, other,
		    trace->kept_start, trace->kept_end)
			->delta = -(int64_t)(whole - kept);
}

static void compare_sizes(struct comparison *comparison, enum identity_side side)
{
	const struct address_space *space = comparison->identity->spaces[side];

	for (size_t i = 0; i < comparison->identity->trace_count[side]; i++) {
		const struct identity_trace *trace = &comparison->identity->traces[side][i];
		const struct vma *vma = &space->vmas[trace->vma];

		if (trace->moved) {
			if (side == IDENTITY_NOW)
				add_moved(comparison, vma, trace);
			continue;
		}
		add_parts(comparison, side, vma, trace);
		if (trace->other != IDENTITY_NONE)
			add_ends(comparison, side, vma, trace);
	}
}

static bool have_same_name(const struct vma *before, const struct vma *now)
{
	return before->deleted == now->deleted && !strcmp(before->name, now->name);
}

static void add_renamed(struct comparison *comparison, const struct identity_piece *piece,
			const struct vma *before, const struct vma *now)
{
	static const char suffix[] = " (deleted)";
	struct change *change = add(comparison, CHANGE_RENAMED, before, before->start, before->end,
				    now, piece->start, piece->end);
	size_t length = strlen(now->name);
	char *name;

	if (before->deleted || !now->deleted)
		return;
	name = arena_alloc(&comparison->list->arena, length + sizeof(suffix));
	memcpy(name, now->name, length);
	memcpy(name + length, suffix, sizeof(suffix));
	change->name = name;
}

/*
 * The piece is the same memory in both. Returns whether it is unchanged: only then can it be a
 * part of what was split or merged without anything else being different.
 */
static bool compare_kept(struct comparison *comparison, const struct identity_piece *piece,
			 const struct vma *before, const struct vma *now)
{
	bool named = have_same_name(before, now);

	if (before->perms != now->perms)
		add(comparison, CHANGE_PROTECTED, before, before->start, before->end, now,
		    piece->start, piece->end);
	if (!named)
		add_renamed(comparison, piece, before, now);
	return named && before->perms == now->perms;
}

/* What became of a border between two mappings: of last and piece, adjacent and unchanged. */
static void compare_border(struct comparison *comparison, const struct identity_piece *last,
			   const struct identity_piece *piece)
{
	const struct vma *before = identity_vma(comparison->identity, last, IDENTITY_BEFORE);
	const struct vma *now = identity_vma(comparison->identity, last, IDENTITY_NOW);
	bool together_before = last->trace[IDENTITY_BEFORE] == piece->trace[IDENTITY_BEFORE];
	bool together_now = last->trace[IDENTITY_NOW] == piece->trace[IDENTITY_NOW];

	if (together_before && !together_now && comparison->split != before) {
		comparison->split = before;
		add(comparison, CHANGE_SPLIT, before, before->start, before->end, now, now->start,
		    now->end);
	}
	if (together_now && !together_before && comparison->merged != now) {
		comparison->merged = now;
		add(comparison, CHANGE_MERGED, before, before->start, before->end, now, now->start,
		    now->end);
	}
}

static void compare_pieces(struct comparison *comparison)
{
	const struct identity *identity = comparison->identity;
	const struct identity_piece *last = NULL; /* the one before, when unchanged */

	for (size_t i = 0; i < identity->piece_count; i++) {
		const struct identity_piece *piece = &identity->pieces[i];
		bool unchanged = false;

		if (piece->same && !piece->shifted)
			unchanged = compare_kept(comparison, piece,
						 identity_vma(identity, piece, IDENTITY_BEFORE),
						 identity_vma(identity, piece, IDENTITY_NOW));
		if (unchanged && last && last->end == piece->start)
			compare_border(comparison, last, piece);
		last = unchanged ? piece : NULL;
	}
}

/* The place of a change among those at one address: what goes comes first. */
static int rank(enum change_type type)
{
	if (type == CHANGE_UNMAPPED)
		return -2;
	return type == CHANGE_SHRANK ? -1 : (int)type;
}

static uint64_t address(const struct change *change)
{
	return change->start > change->old_start ? change->start : change->old_start;
}

static int compare_changes(const void *a, const void *b)
{
	const struct change *x = a, *y = b;
	uint64_t x_address = address(x), y_address = address(y);

	if (x_address != y_address)
		return x_address > y_address ? 1 : -1;
	if (x->type != y->type)
		return rank(x->type) - rank(y->type);
	return (x->old_start > y->old_start) - (x->old_start < y->old_start);
}

/* Those from the first on are in order already where only one of the passes found any. */
static void sort_changes(struct change_list *list, size_t first)
{
	for (size_t i = first + 1; i < list->count; i++)
		if (compare_changes(&list->changes[i - 1], &list->changes[i]) > 0) {
			qsort(&list->changes[first], list->count - first, sizeof(*list->changes),
			      compare_changes);
			return;
		}
}

static const char *program_of(const struct address_space *space)
{
	return space->target.exe ? space->target.exe : space->target.comm;
}

void change_compute(struct change_list *list, const struct address_space *before,
		    const struct address_space *now)
{
	struct identity identity;
	struct comparison comparison = {.identity = &identity, .list = list};
	size_t first = list->count;

	if (address_space_same_list(before, now))
		return;
	identity_init(&identity, before, now);
	if (identity.other_program) {
		append(list, CHANGE_EXEC, now->time_ns)->name = copy_name(list, program_of(now));
	} else {
		compare_sizes(&comparison, IDENTITY_BEFORE);
		compare_sizes(&comparison, IDENTITY_NOW);
		compare_pieces(&comparison);
		sort_changes(list, first);
	}
	identity_finish(&identity);
}

void change_append_exit(struct change_list *list, const struct address_space *last, int64_t time_ns)
{
	append(list, CHANGE_EXIT, time_ns)->name = copy_name(list, program_of(last));
}

bool change_list_has_exec(const struct change_list *list)
{
	return list->count && list->changes[0].type == CHANGE_EXEC;
}

void change_list_finish(struct change_list *list)
{
	arena_finish(&list->arena);
	free(list->changes);
	*list = (struct change_list){.changes = NULL};
}
