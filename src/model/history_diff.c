/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/history_diff.h"

#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/history_code.h"
#include "model/history_names.h"
#include "model/history_state.h"
#include "model/history_target.h"

struct diff {
	struct text *records;
	struct history_names *names;
	const struct history_state *state;
	const struct address_space *before; /* what the state is of; NULL: of nothing */
	const struct address_space *space;
	bool same_list;
	/* Neighbours mostly share the pointer to their name: the last one asked for. */
	const char *known;
	size_t known_place;
	/* And the last two that were found to be equal. */
	const char *one, *other;
	size_t old_count; /* of the VMAs before */
	size_t old, new;  /* VMAs before and of the snapshot that are done */
	size_t moved;
};

static bool is_string(const struct diff *diff, size_t place, const char *string)
{
	if (place == HISTORY_NO_NAME || !string)
		return place == HISTORY_NO_NAME && !string;
	return strcmp(diff->names->bytes + place, string) == 0;
}

/* The place of the string, which it gets when it has none. */
static size_t place_of(struct diff *diff, const char *string)
{
	if (!string)
		return HISTORY_NO_NAME;
	if (string != diff->known) {
		diff->known_place = history_names_intern(diff->names, string);
		diff->known = string;
	}
	return diff->known_place;
}

static bool same_name(struct diff *diff, const char *a, const char *b)
{
	if (a == b || (a == diff->one && b == diff->other))
		return true;
	if (strcmp(a, b) != 0)
		return false;
	diff->one = a;
	diff->other = b;
	return true;
}

static bool same_file(const struct vma *a, const struct vma *b)
{
	return a->inode == b->inode && a->dev_major == b->dev_major && a->dev_minor == b->dev_minor;
}

static bool same_kind(const struct vma *a, const struct vma *b)
{
	return a->kind == b->kind && a->kind_source == b->kind_source && a->owner == b->owner &&
	       a->deleted == b->deleted && a->identity == b->identity && a->twin == b->twin &&
	       a->file_system == b->file_system && a->huge_shift == b->huge_shift &&
	       a->alternate == b->alternate && a->runtime == b->runtime;
}

static bool same_vma(struct diff *diff, const struct vma *a, const struct vma *b)
{
	return vma_equal(a, b) && same_name(diff, a->name, b->name);
}

static bool at_same_vma(struct diff *diff)
{
	return diff->old < diff->old_count &&
	       diff->new < diff->space->vma_count &&same_vma(diff, &diff->before->vmas[diff->old],
							     &diff->space->vmas[diff->new]);
}

/* The VMA as the history has it. */
static struct history_vma stored(struct diff *diff, const struct vma *vma)
{
	return (struct history_vma){.vma = *vma, .name = place_of(diff, vma->name)};
}

static void put_vma(struct diff *diff, const struct history_vma *from, const struct history_vma *to)
{
	const struct vma *a = &from->vma, *b = &to->vma;
	unsigned mask = (a->start != b->start ? HISTORY_VMA_START : 0) |
			(vma_size(a) != vma_size(b) ? HISTORY_VMA_SIZE : 0) |
			(a->offset != b->offset ? HISTORY_VMA_OFFSET : 0) |
			(same_file(a, b) ? 0 : HISTORY_VMA_FILE) |
			(from->name != to->name ? HISTORY_VMA_NAME : 0) |
			(a->tid != b->tid ? HISTORY_VMA_TID : 0) |
			(a->perms != b->perms ? HISTORY_VMA_PERMS : 0) |
			(same_kind(a, b) ? 0 : HISTORY_VMA_KIND);

	history_number_put(diff->records, mask);
	if (mask & HISTORY_VMA_START)
		history_delta_put(diff->records, a->start, b->start);
	if (mask & HISTORY_VMA_SIZE)
		history_delta_put(diff->records, vma_size(a), vma_size(b));
	if (mask & HISTORY_VMA_OFFSET)
		history_delta_put(diff->records, a->offset, b->offset);
	if (mask & HISTORY_VMA_FILE) {
		history_number_put(diff->records, b->inode);
		history_number_put(diff->records, b->dev_major);
		history_number_put(diff->records, b->dev_minor);
	}
	if (mask & HISTORY_VMA_NAME)
		history_number_put(diff->records, to->name);
	if (mask & HISTORY_VMA_TID)
		history_number_put(diff->records, (uint32_t)b->tid);
	if (mask & HISTORY_VMA_PERMS)
		history_number_put(diff->records, b->perms);
	if (mask & HISTORY_VMA_KIND)
		history_number_put(
			diff->records,
			(uint64_t)b->runtime << 58 | (uint64_t)b->alternate << 57 |
				(uint64_t)b->twin << 49 | (uint64_t)b->identity << 41 |
				(uint64_t)b->huge_shift << 33 | (uint64_t)b->file_system << 25 |
				(uint64_t)b->kind_source << 17 | (uint64_t)b->owner << 9 |
				(uint64_t)b->kind << 1 | b->deleted);
}

/* Passes all that goes and comes up to the next VMA that is as before, in the order of addresses.
 */
static void pass_hunk(struct diff *diff)
{
	const struct address_space *before = diff->before, *space = diff->space;

	do {
		bool old_left = diff->old < diff->old_count,
		     new_left = diff->new < space->vma_count;
		uint64_t old = old_left ? before->vmas[diff->old].start : UINT64_MAX;
		uint64_t new = new_left ? space->vmas[diff->new].start : UINT64_MAX;

		diff->old += old_left && old <= new;
		diff->new += new_left &&new <= old;
	} while ((diff->old < diff->old_count || diff->new < space->vma_count) &&
		 !at_same_vma(diff));
}

/* One hunk; the number of VMAs that are as before the hunk is same. */
static void put_hunk(struct diff *diff, size_t same)
{
	struct history_vma previous = {0};
	size_t old = diff->old, new = diff->new, go, come;

	if (same)
		previous = stored(diff, &diff->before->vmas[old - 1]);
	pass_hunk(diff);
	go = diff->old - old;
	come = diff->new - new;
	history_number_put(diff->records, same);
	history_number_put(diff->records, go);
	history_number_put(diff->records, come);
	if (go != come && diff->moved == 0)
		diff->moved = diff->old_count - old + diff->space->vma_count - new;
	for (size_t i = 0; i < come; i++) {
		struct history_vma vma = {0}, from = {0};

		if (i < go)
			from = stored(diff, &diff->before->vmas[old + i]);
		else if (new + i)
			from = history_vma_successor(&previous);
		vma = stored(diff, &diff->space->vmas[new + i]);
		put_vma(diff, &from, &vma);
		previous = vma;
	}
}

/* From the first VMA that is different on, where diff->old and diff->new are. */
static void put_vmas(struct diff *diff)
{
	size_t same = diff->new;

	while (diff->old < diff->old_count || diff->new < diff->space->vma_count) {
		if (at_same_vma(diff)) {
			diff->old++;
			diff->new ++;
			same++;
		} else {
			put_hunk(diff, same);
			same = 0;
		}
	}
}

static void put_parts(struct diff *diff)
{
	struct history_vma previous = {0};

	history_number_put(diff->records, diff->space->part_count);
	for (size_t i = 0; i < diff->space->part_count; i++) {
		struct history_vma part = stored(diff, &diff->space->parts[i]), from = {0};

		if (i)
			from = history_vma_successor(&previous);
		put_vma(diff, &from, &part);
		previous = part;
	}
}

static bool same_parts(struct diff *diff)
{
	size_t count = diff->before ? diff->before->part_count : 0;

	if (count != diff->space->part_count)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!same_vma(diff, &diff->before->parts[i], &diff->space->parts[i]))
			return false;
	return true;
}

static bool same_vmas(struct diff *diff)
{
	while (at_same_vma(diff)) {
		diff->old++;
		diff->new ++;
	}
	return diff->old == diff->old_count && diff->new == diff->space->vma_count;
}

static bool same_cmdline(const struct diff *diff)
{
	const struct target *target = &diff->space->target;

	if (diff->state->target.cmdline_count != target->cmdline_count)
		return false;
	for (size_t i = 0; i < target->cmdline_count; i++)
		if (!is_string(diff, diff->state->cmdline[i], target->cmdline[i]))
			return false;
	return true;
}

static uint64_t different_parts(struct diff *diff)
{
	const struct target *a = &diff->state->target, *b = &diff->space->target;
	uint64_t mask = 0;

	for (size_t i = 0; i < HISTORY_NUMBER_COUNT; i++)
		if (history_target_number(a, i) != history_target_number(b, i))
			mask |= UINT64_C(1) << (HISTORY_PART_COUNT + i);
	if (!is_string(diff, diff->state->comm, b->comm))
		mask |= HISTORY_PART_COMM;
	if (!is_string(diff, diff->state->exe, b->exe))
		mask |= HISTORY_PART_EXE;
	if (!same_cmdline(diff))
		mask |= HISTORY_PART_CMDLINE;
	if (!diff->same_list && !same_parts(diff))
		mask |= HISTORY_PART_PARTS;
	if (!diff->same_list && !same_vmas(diff))
		mask |= HISTORY_PART_VMAS;
	return mask;
}

static void put_body(struct diff *diff)
{
	const struct target *before = &diff->state->target, *target = &diff->space->target;
	uint64_t mask = different_parts(diff);

	history_delta_put(diff->records, (uint64_t)diff->state->time_ns,
			  (uint64_t)diff->space->time_ns);
	history_delta_put(diff->records, diff->state->cost_ns, diff->space->cost_ns);
	history_number_put(diff->records, mask);
	for (size_t i = 0; i < HISTORY_NUMBER_COUNT; i++)
		if (mask >> (HISTORY_PART_COUNT + i) & 1)
			history_delta_put(diff->records, history_target_number(before, i),
					  history_target_number(target, i));
	if (mask & HISTORY_PART_COMM)
		history_number_put(diff->records, place_of(diff, target->comm) + 1);
	if (mask & HISTORY_PART_EXE)
		history_number_put(diff->records, place_of(diff, target->exe) + 1);
	if (mask & HISTORY_PART_CMDLINE) {
		history_number_put(diff->records, target->cmdline_count);
		for (size_t i = 0; i < target->cmdline_count; i++)
			history_number_put(diff->records, place_of(diff, target->cmdline[i]) + 1);
	}
	if (mask & HISTORY_PART_PARTS)
		put_parts(diff);
	if (mask & HISTORY_PART_VMAS)
		put_vmas(diff);
}

size_t history_diff_append(struct text *records, struct history_names *names,
			   const struct history_state *state, const struct address_space *before,
			   const struct address_space *space, bool same_list)
{
	struct diff diff = {.records = records,
			    .names = names,
			    .state = state,
			    .before = before,
			    .old_count = before ? before->vma_count : 0,
			    .space = space,
			    .same_list = same_list};
	size_t start = history_block_open(records);

	put_body(&diff);
	history_block_close(records, start);
	return diff.moved;
}
