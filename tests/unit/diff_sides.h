/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_DIFF_SIDES_H
#define TESTS_UNIT_DIFF_SIDES_H

/* Address spaces to compare, from a few words for each mapping. */

#include "model/address_space.h"
#include "model/diff_sum.h"

#define DIFF_PAGE UINT64_C(4096)

/* A mapping: where it is and how large, in pages; path with an inode of 1. */
#define DIFF_FILE(at, pages, permissions, what, path)                              \
	{                                                                          \
		.start = (at)*DIFF_PAGE, .end = ((at) + (pages)) * DIFF_PAGE,      \
		.perms = (permissions), .kind = (what), .name = (path), .inode = 1 \
	}
#define DIFF_MEMORY(at, pages, permissions, what)                             \
	{                                                                     \
		.start = (at)*DIFF_PAGE, .end = ((at) + (pages)) * DIFF_PAGE, \
		.perms = (permissions), .kind = (what), .name = ""            \
	}

static inline struct address_space *diff_space(const struct vma *vmas, size_t count)
{
	const struct target target = {.pid = 1, .comm = "test", .page_size = DIFF_PAGE};
	struct address_space *space;

	assert_int_equal(address_space_create(&target, vmas, count, 1, 0, &space), 0);
	return space;
}

/* Both sides, of which nothing is known but the mappings. */
struct diff_sides {
	struct address_space *spaces[DIFF_SIDES];
	struct diff_subject subjects[DIFF_SIDES];
};

#define DIFF_SIDES_MAKE(a, b) \
	diff_sides_make((a), sizeof(a) / sizeof((a)[0]), (b), sizeof(b) / sizeof((b)[0]))

static inline struct diff_sides diff_sides_make(const struct vma *a, size_t a_count,
						const struct vma *b, size_t b_count)
{
	struct diff_sides sides = {.spaces = {diff_space(a, a_count), diff_space(b, b_count)}};

	for (int side = 0; side < DIFF_SIDES; side++)
		sides.subjects[side].space = sides.spaces[side];
	return sides;
}

static inline void diff_sides_finish(struct diff_sides *sides)
{
	for (int side = 0; side < DIFF_SIDES; side++)
		address_space_destroy(sides->spaces[side]);
}

#endif
