/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/twins.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/memory.h"
#include "files/scout.h"
#include "model/classify_name.h"
#include "model/file_key.h"
#include "model/vma.h"

/* More places than a file is loaded at; those beyond count as the first. Keeps a sample cheap. */
#define RUNS_MAX 16

/* Neighbours of one file. */
struct run {
	struct vma *first;
	size_t count; /* VMAs */
};

static int compare_runs(const void *left, const void *right)
{
	const struct run *a = left, *b = right;
	const struct file_key x = file_key_of(a->first), y = file_key_of(b->first);
	int order = file_key_compare(&x, &y);

	return order ? order : a->first < b->first ? -1 : a->first > b->first;
}

static struct run *list_runs(struct vma *vmas, size_t count, size_t *ret_count)
{
	struct run *runs = NULL;
	size_t found = 0, capacity = 0;

	for (size_t i = 0; i < count; i++) {
		if (!vma_has_file(&vmas[i]))
			continue;
		if (i && found && vma_same_file(&vmas[i - 1], &vmas[i])) {
			runs[found - 1].count++;
			continue;
		}
		runs = memory_array_grow(runs, found, &capacity, sizeof(*runs));
		runs[found++] = (struct run){.first = &vmas[i], .count = 1};
	}
	if (found)
		qsort(runs, found, sizeof(*runs), compare_runs);
	*ret_count = found;
	return runs;
}

static bool is_executable(const struct run *run)
{
	for (size_t i = 0; i < run->count; i++)
		if (run->first[i].perms & PERM_EXEC)
			return true;
	return false;
}

/* Files in memory and devices have no subvolumes. */
static bool is_worth_asking(const struct run *runs, size_t count)
{
	struct vma copy = *runs->first;

	if (count < 2 || count > RUNS_MAX || classify_name_settle(&copy))
		return false;
	for (size_t i = 0; i < count; i++)
		if (is_executable(&runs[i]))
			return true;
	return false;
}

/* Numbers the files of the runs, which have one key, from the lowest address on. */
static void number_files(const struct scout *scout, const struct run *runs, size_t count)
{
	struct file_traits traits[RUNS_MAX];

	for (size_t i = 0; i < count; i++) {
		size_t twin = 0;

		scout_read_traits(scout, runs[i].first, &traits[i]);
		/* At last with its own. */
		while (!file_traits_agree(&traits[i], &traits[twin]))
			twin++;
		/* The number of a file is that of its first run. */
		for (size_t k = 0; twin && k < runs[i].count; k++)
			runs[i].first[k].twin = (uint8_t)twin;
	}
}

static void remember(struct twins *twins, const struct vma *vmas, size_t count)
{
	twins->count = 0;
	for (size_t i = 0; i < count; i++) {
		if (!vmas[i].twin)
			continue;
		twins->marks = memory_array_grow(twins->marks, twins->count, &twins->capacity,
						 sizeof(*twins->marks));
		twins->marks[twins->count++] =
			(struct twin_mark){.start = vmas[i].start, .twin = vmas[i].twin};
	}
}

void twins_find(struct twins *twins, const struct scout *scout, struct vma *vmas, size_t count)
{
	size_t run_count;
	struct run *runs;

	for (size_t i = 0; i < count; i++)
		vmas[i].twin = 0;
	runs = list_runs(vmas, count, &run_count);
	for (size_t i = 0, next; i < run_count; i = next) {
		for (next = i + 1; next < run_count; next++)
			if (!vma_same_file(runs[i].first, runs[next].first))
				break;
		if (is_worth_asking(&runs[i], next - i))
			number_files(scout, &runs[i], next - i);
	}
	free(runs);
	remember(twins, vmas, count);
}

void twins_mark(const struct twins *twins, struct vma *vmas, size_t count)
{
	size_t mark = 0;

	for (size_t i = 0; i < count && mark < twins->count; i++) {
		while (mark < twins->count && twins->marks[mark].start < vmas[i].start)
			mark++;
		if (mark < twins->count && twins->marks[mark].start == vmas[i].start)
			vmas[i].twin = twins->marks[mark].twin;
	}
}

void twins_finish(struct twins *twins)
{
	free(twins->marks);
	*twins = (struct twins){.marks = NULL};
}
