/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/diff.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/usage.h"

const char *diff_difference_name(enum diff_difference difference)
{
	static const char *const names[DIFF_DIFFERENCES] = {
		[DIFF_APPEARED] = "appeared",   [DIFF_VANISHED] = "vanished",
		[DIFF_GREW] = "grew",           [DIFF_SHRANK] = "shrank",
		[DIFF_PROTECTED] = "protected", [DIFF_BECAME] = "kind",
		[DIFF_RESIDENT] = "rss",
	};

	return names[difference];
}

static const struct vma *vma_at(const struct diff *diff, enum diff_side side, size_t index)
{
	return &diff->subjects[side].space->vmas[index];
}

static unsigned find_differences(const struct diff *diff, const struct diff_item *item)
{
	const size_t *vmas = item->vmas;
	const uint64_t *sizes = item->sum.amounts[DIFF_SIZE];
	const struct vma *a, *b;
	unsigned found = 0;

	if (vmas[DIFF_A] == DIFF_NONE || vmas[DIFF_B] == DIFF_NONE)
		return 1U << (vmas[DIFF_A] == DIFF_NONE ? DIFF_APPEARED : DIFF_VANISHED);
	a = vma_at(diff, DIFF_A, vmas[DIFF_A]);
	b = vma_at(diff, DIFF_B, vmas[DIFF_B]);
	if (sizes[DIFF_A] != sizes[DIFF_B])
		found |= 1U << (sizes[DIFF_A] < sizes[DIFF_B] ? DIFF_GREW : DIFF_SHRANK);
	if (!vma_perms_agree(a->perms, b->perms))
		found |= 1U << DIFF_PROTECTED;
	if (a->kind != b->kind)
		found |= 1U << DIFF_BECAME;
	if (diff_sum_distance(&item->sum, DIFF_RSS))
		found |= 1U << DIFF_RESIDENT;
	return found;
}

struct diff_item diff_item(const struct diff *diff, size_t a, size_t b)
{
	struct diff_item item = {.vmas = {a, b}};

	for (int side = 0; side < DIFF_SIDES; side++) {
		size_t vma = item.vmas[side];

		if (vma == DIFF_NONE)
			continue;
		item.object = diff->objects.of[side][vma];
		diff_sum_add(&item.sum, (enum diff_side)side, &diff->subjects[side], vma);
	}
	item.differences = find_differences(diff, &item);
	return item;
}

static void add_item(struct diff *diff, size_t a, size_t b)
{
	struct diff_item item = diff_item(diff, a, b);

	if (item.differences)
		diff->items[diff->item_count++] = item;
	else
		diff->unchanged++;
}

static int compare_items(const void *a, const void *b)
{
	const struct diff_item *x = a, *y = b;

	for (int i = DIFF_SIZE; i <= DIFF_RSS; i++) {
		uint64_t x_distance = diff_sum_distance(&x->sum, (enum diff_amount)i);
		uint64_t y_distance = diff_sum_distance(&y->sum, (enum diff_amount)i);

		if (x_distance != y_distance)
			return x_distance < y_distance ? 1 : -1;
	}
	if (x->object != y->object)
		return x->object > y->object ? 1 : -1;
	if (x->vmas[DIFF_B] != y->vmas[DIFF_B])
		return x->vmas[DIFF_B] > y->vmas[DIFF_B] ? 1 : -1;
	return (x->vmas[DIFF_A] > y->vmas[DIFF_A]) - (x->vmas[DIFF_A] < y->vmas[DIFF_A]);
}

static void make_items(struct diff *diff)
{
	const struct diff_pairs *pairs = &diff->pairs;
	size_t a_count = diff->subjects[DIFF_A].space->vma_count;
	size_t b_count = diff->subjects[DIFF_B].space->vma_count;

	diff->items = memory_alloc((a_count + b_count) * sizeof(*diff->items));
	for (size_t i = 0; i < a_count; i++)
		add_item(diff, i, pairs->others[DIFF_A][i]);
	for (size_t i = 0; i < b_count; i++)
		if (pairs->others[DIFF_B][i] == DIFF_NONE)
			add_item(diff, DIFF_NONE, i);
	if (diff->item_count)
		qsort(diff->items, diff->item_count, sizeof(*diff->items), compare_items);
}

/* Of all mappings: what is in memory of them is known where that of one is not. */
static void add_up(struct diff *diff, enum diff_side side)
{
	const struct diff_subject *subject = &diff->subjects[side];
	struct diff_sum *total = &diff->total;

	for (size_t i = 0; i < subject->space->vma_count; i++) {
		diff_sum_add(total, side, subject, i);
		diff_sum_add(&diff->by_kind[subject->space->vmas[i].kind], side, subject, i);
	}
	if (!subject->usage)
		return;
	total->amounts[DIFF_RSS][side] = subject->usage->total.rss;
	total->amounts[DIFF_PSS][side] = subject->usage->total.pss;
	total->amounts[DIFF_SWAP][side] = subject->usage->total.swap;
}

void diff_init(struct diff *diff, const struct diff_subject *a, const struct diff_subject *b)
{
	*diff = (struct diff){.subjects = {*a, *b}};
	add_up(diff, DIFF_A);
	add_up(diff, DIFF_B);
	diff_objects_init(&diff->objects, diff->subjects);
	diff_pairs_init(&diff->pairs, diff->subjects, &diff->objects);
	make_items(diff);
}

void diff_finish(struct diff *diff)
{
	free(diff->items);
	diff_pairs_finish(&diff->pairs);
	diff_objects_finish(&diff->objects);
	*diff = (struct diff){.items = NULL};
}
