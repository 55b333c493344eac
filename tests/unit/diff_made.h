/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_DIFF_MADE_H
#define TESTS_UNIT_DIFF_MADE_H

/* A comparison with something of each sort in it. */

#include "diff_sides.h"
#include "model/diff.h"
#include "model/usage.h"

struct diff_made {
	struct diff_sides sides;
	struct usage_table tables[DIFF_SIDES];
	struct diff diff;
};

/* Each mapping has a page in memory, on side b the first one two; of its last nothing is known. */
static inline void diff_made_usage(struct diff_made *made, enum diff_side side)
{
	const struct address_space *space = made->sides.spaces[side];
	struct usage usage = usage_unknown(), total = usage_unknown();
	struct usage_list list;

	usage_list_init(&list, space->vma_count);
	for (size_t i = 0; i + 1 < space->vma_count; i++) {
		usage.rss = i || side == DIFF_A ? DIFF_PAGE : 2 * DIFF_PAGE;
		usage.swap = 0;
		usage_list_set(&list, i, &usage);
	}
	total.rss = 9 * DIFF_PAGE;
	usage_table_restore(&made->tables[side], space, list, &total);
	made->tables[side].source = RESIDENCY_PAGEMAP;
	made->sides.subjects[side].usage = &made->tables[side];
}

static inline void diff_made(struct diff_made *made)
{
	static const struct vma a[] = {
		DIFF_FILE(1, 4, PERM_READ | PERM_EXEC, KIND_TEXT, "/srv/1/app"),
		DIFF_MEMORY(10, 8, PERM_READ | PERM_WRITE, KIND_HEAP),
		DIFF_MEMORY(30, 2, PERM_READ | PERM_WRITE, KIND_ANON),
		DIFF_MEMORY(40, 1, 0, KIND_GUARD),
		DIFF_MEMORY(50, 5, PERM_READ | PERM_WRITE, KIND_STACK),
	};
	static const struct vma b[] = {
		DIFF_FILE(2, 4, PERM_READ | PERM_EXEC, KIND_TEXT, "/srv/2/app\033[31m"),
		DIFF_MEMORY(110, 90, PERM_READ | PERM_WRITE, KIND_HEAP),
		DIFF_MEMORY(230, 2, PERM_ACCESS, KIND_ANON),
		DIFF_MEMORY(250, 4, PERM_READ | PERM_WRITE, KIND_STACK),
		DIFF_MEMORY(270, 3, PERM_ACCESS, KIND_JIT),
	};

	made->sides = DIFF_SIDES_MAKE(a, b);
	diff_made_usage(made, DIFF_A);
	diff_made_usage(made, DIFF_B);
	diff_init(&made->diff, &made->sides.subjects[DIFF_A], &made->sides.subjects[DIFF_B]);
}

static inline void diff_made_finish(struct diff_made *made)
{
	diff_finish(&made->diff);
	usage_table_finish(&made->tables[DIFF_A]);
	usage_table_finish(&made->tables[DIFF_B]);
	diff_sides_finish(&made->sides);
}

#endif
