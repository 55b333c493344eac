/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/diff_pairs.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/diff_align.h"
#include "model/diff_objects.h"

/* The VMAs of a side, by object, kind and address. */
struct entry {
	size_t object;
	size_t vma;
	uint8_t kind;
};

struct pairing {
	const struct diff_subject *subjects;
	const struct diff_objects *objects;
	bool by_place; /* addresses count */
	struct diff_pairs *pairs;
	struct entry *entries[DIFF_SIDES];
};

static const struct vma *vma_at(const struct pairing *pairing, enum diff_side side, size_t index)
{
	return &pairing->subjects[side].space->vmas[index];
}

static size_t vma_count(const struct pairing *pairing, enum diff_side side)
{
	return pairing->subjects[side].space->vma_count;
}

/* Whether half of the mappings are at the same place in both. [vsyscall] is always there. */
static bool share_places(const struct pairing *pairing)
{
	size_t a_count = vma_count(pairing, DIFF_A), b_count = vma_count(pairing, DIFF_B), same = 0;
	size_t least = a_count < b_count ? a_count : b_count;

	for (size_t i = 0, k = 0; i < a_count && k < b_count;) {
		const struct vma *a = vma_at(pairing, DIFF_A, i), *b = vma_at(pairing, DIFF_B, k);

		same += a->start == b->start && a->end == b->end && a->kind != KIND_VSYSCALL &&
			!strcmp(a->name, b->name);
		i += a->start <= b->start;
		k += b->start <= a->start;
	}
	return same && same >= least / 2;
}

static int compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->object != y->object)
		return x->object > y->object ? 1 : -1;
	if (x->kind != y->kind)
		return x->kind > y->kind ? 1 : -1;
	return (x->vma > y->vma) - (x->vma < y->vma);
}

static struct entry *make_entries(const struct pairing *pairing, enum diff_side side)
{
	size_t count = vma_count(pairing, side);
	struct entry *entries = memory_alloc(count * sizeof(*entries));

	for (size_t i = 0; i < count; i++)
		entries[i] = (struct entry){pairing->objects->of[side][i], i,
					    vma_at(pairing, side, i)->kind};
	if (count)
		qsort(entries, count, sizeof(*entries), compare_entries);
	return entries;
}

static void pair(struct pairing *pairing, size_t a, size_t b)
{
	pairing->pairs->others[DIFF_A][a] = b;
	pairing->pairs->others[DIFF_B][b] = a;
}

/* The entries from the first one on that are of its object and kind. */
static size_t count_like(const struct entry *entries, size_t first, size_t end)
{
	size_t at = first + 1;

	while (at < end && entries[at].object == entries[first].object &&
	       entries[at].kind == entries[first].kind)
		at++;
	return at - first;
}

static struct diff_align_list make_list(const struct pairing *pairing, enum diff_side side,
					const struct entry *entries, size_t count)
{
	struct diff_align_item *items = memory_alloc(count * sizeof(*items));

	for (size_t i = 0; i < count; i++) {
		const struct vma *vma = vma_at(pairing, side, entries[i].vma);

		items[i] = (struct diff_align_item){vma->start, vma->end, vma->perms};
	}
	return (struct diff_align_list){items, count};
}

/* Aligns what is of one object and kind. */
static void pair_like(struct pairing *pairing, const struct entry *a_entries, size_t a_count,
		      const struct entry *b_entries, size_t b_count)
{
	struct diff_align_list a = make_list(pairing, DIFF_A, a_entries, a_count);
	struct diff_align_list b = make_list(pairing, DIFF_B, b_entries, b_count);
	size_t *found = memory_alloc(a_count * sizeof(*found));

	if (pairing->by_place)
		diff_align_by_place(&a, &b, found);
	else
		diff_align_by_order(&a, &b, found);
	for (size_t i = 0; i < a_count; i++)
		if (found[i] != DIFF_ALIGN_NONE)
			pair(pairing, a_entries[i].vma, b_entries[found[i]].vma);
	free(found);
	free((void *)a.items);
	free((void *)b.items);
}

static void pair_all_like(struct pairing *pairing)
{
	const struct entry *a = pairing->entries[DIFF_A], *b = pairing->entries[DIFF_B];
	size_t a_end = vma_count(pairing, DIFF_A), b_end = vma_count(pairing, DIFF_B);

	for (size_t i = 0, k = 0; i < a_end && k < b_end;) {
		struct entry x = a[i], y = b[k];
		size_t a_count = count_like(a, i, a_end), b_count = count_like(b, k, b_end);
		int order;

		x.vma = y.vma = 0;
		order = compare_entries(&x, &y);
		if (order == 0)
			pair_like(pairing, &a[i], a_count, &b[k], b_count);
		i += order <= 0 ? a_count : 0;
		k += order >= 0 ? b_count : 0;
	}
}

/* Mappings of the same place: of the same file, or of no file where addresses count. */
static bool are_of_one_place(const struct pairing *pairing, size_t a, size_t b)
{
	size_t a_object = pairing->objects->of[DIFF_A][a],
	       b_object = pairing->objects->of[DIFF_B][b];
	bool a_file = pairing->objects->objects[a_object].type == DIFF_OBJECT_FILE;
	bool b_file = pairing->objects->objects[b_object].type == DIFF_OBJECT_FILE;

	return a_object == b_object || (pairing->by_place && !a_file && !b_file);
}

/* Of what is left alone. */
static void pair_by_address(struct pairing *pairing)
{
	size_t a_count = vma_count(pairing, DIFF_A), b_count = vma_count(pairing, DIFF_B);

	for (size_t i = 0, k = 0; i < a_count && k < b_count;) {
		uint64_t a = vma_at(pairing, DIFF_A, i)->start,
			 b = vma_at(pairing, DIFF_B, k)->start;

		if (a == b && pairing->pairs->others[DIFF_A][i] == DIFF_NONE &&
		    pairing->pairs->others[DIFF_B][k] == DIFF_NONE &&
		    are_of_one_place(pairing, i, k))
			pair(pairing, i, k);
		i += a <= b;
		k += b <= a;
	}
}

/* A VMA of a file that is left alone. */
struct alone {
	uint64_t offset; /* in the file */
	size_t vma;
};

static int compare_alone(const void *a, const void *b)
{
	const struct alone *x = a, *y = b;

	if (x->offset != y->offset)
		return x->offset > y->offset ? 1 : -1;
	return (x->vma > y->vma) - (x->vma < y->vma);
}

/* Those among the entries from first to end, by offset. The caller frees them. */
static struct alone *collect_alone(const struct pairing *pairing, enum diff_side side, size_t first,
				   size_t end, size_t *ret_count)
{
	const struct entry *entries = pairing->entries[side];
	struct alone *found = memory_alloc((end - first) * sizeof(*found));
	size_t count = 0;

	for (size_t i = first; i < end; i++) {
		const struct vma *vma = vma_at(pairing, side, entries[i].vma);

		if (pairing->pairs->others[side][entries[i].vma] == DIFF_NONE && vma_has_file(vma))
			found[count++] = (struct alone){vma->offset, entries[i].vma};
	}
	if (count)
		qsort(found, count, sizeof(*found), compare_alone);
	*ret_count = count;
	return found;
}

/* Of one object: those of the same place of the file. */
static void pair_offsets(struct pairing *pairing, size_t a_first, size_t a_end, size_t b_first,
			 size_t b_end)
{
	size_t a_count, b_count;
	struct alone *a = collect_alone(pairing, DIFF_A, a_first, a_end, &a_count);
	struct alone *b = collect_alone(pairing, DIFF_B, b_first, b_end, &b_count);

	for (size_t i = 0, k = 0; i < a_count && k < b_count;) {
		uint64_t x = a[i].offset, y = b[k].offset;

		if (x == y)
			pair(pairing, a[i].vma, b[k].vma);
		i += x <= y;
		k += y <= x;
	}
	free(a);
	free(b);
}

static size_t object_end(const struct entry *entries, size_t first, size_t end)
{
	size_t at = first;

	while (at < end && entries[at].object == entries[first].object)
		at++;
	return at;
}

static void pair_by_offset(struct pairing *pairing)
{
	const struct entry *a = pairing->entries[DIFF_A], *b = pairing->entries[DIFF_B];
	size_t a_end = vma_count(pairing, DIFF_A), b_end = vma_count(pairing, DIFF_B);

	for (size_t i = 0, k = 0; i < a_end && k < b_end;) {
		size_t a_next = object_end(a, i, a_end), b_next = object_end(b, k, b_end);
		size_t a_object = a[i].object, b_object = b[k].object;

		if (a_object == b_object)
			pair_offsets(pairing, i, a_next, k, b_next);
		if (a_object <= b_object)
			i = a_next;
		if (b_object <= a_object)
			k = b_next;
	}
}

void diff_pairs_init(struct diff_pairs *pairs, const struct diff_subject *subjects,
		     const struct diff_objects *objects)
{
	struct pairing pairing = {subjects, objects, .pairs = pairs};

	pairing.by_place = share_places(&pairing);
	for (int side = 0; side < DIFF_SIDES; side++) {
		size_t count = subjects[side].space->vma_count;

		pairing.entries[side] = make_entries(&pairing, (enum diff_side)side);
		pairs->others[side] = memory_alloc(count * sizeof(size_t));
		for (size_t i = 0; i < count; i++)
			pairs->others[side][i] = DIFF_NONE;
	}
	pair_all_like(&pairing);
	pair_by_address(&pairing);
	pair_by_offset(&pairing);
	for (int side = 0; side < DIFF_SIDES; side++)
		free(pairing.entries[side]);
}

void diff_pairs_finish(struct diff_pairs *pairs)
{
	for (int side = 0; side < DIFF_SIDES; side++)
		free(pairs->others[side]);
	*pairs = (struct diff_pairs){0};
}
