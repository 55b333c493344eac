/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "change_equal.h"
#include "random_space.h"

#define R  PERM_READ
#define RW (PERM_READ | PERM_WRITE)
#define RX (PERM_READ | PERM_EXEC)

/*
 * Mappings far apart, each edited (or not) in one known way; the changes must be
 * exactly the edits.
 */

#define MAPPINGS 60
#define APART    256 /* pages from one mapping's place to the next one's */

enum edit {
	EDIT_NONE,
	EDIT_GROW,
	EDIT_GROW_DOWN,
	EDIT_CUT,
	EDIT_CUT_LOW,
	EDIT_HOLE,
	EDIT_UNMAP,
	EDIT_MAP,
	EDIT_PROTECT,
	EDIT_PROTECT_PART,
	EDIT_RENAME,
	EDIT_SPLIT,
	EDIT_MOVE,
	EDIT_COUNT,
};

struct script {
	struct random random;
	struct vma before[MAPPINGS], now[3 * MAPPINGS];
	struct change expected[MAPPINGS];
	size_t before_count, now_count, expected_count;
};

static struct vma *put(struct script *script, const struct vma *vma, uint64_t start, uint64_t end)
{
	struct vma *copy = &script->now[script->now_count++];

	*copy = *vma;
	copy->start = start;
	copy->end = end;
	if (vma->inode)
		copy->offset = vma->offset + start - vma->start;
	return copy;
}

static struct change *want(struct script *script, enum change_type type, const struct vma *old,
			   const struct vma *now)
{
	struct change *change = &script->expected[script->expected_count++];

	*change = (struct change){.type = type};
	if (old) {
		change->old_start = old->start;
		change->old_end = old->end;
		change->old_perms = old->perms;
		change->size = vma_size(old);
	}
	if (now) {
		change->start = now->start;
		change->end = now->end;
		change->perms = now->perms;
		change->size = vma_size(now);
	}
	change->delta = (now ? (int64_t)vma_size(now) : 0) - (old ? (int64_t)vma_size(old) : 0);
	return change;
}

static void edit_hole(struct script *script, const struct vma *vma, uint64_t from, uint64_t to)
{
	struct vma hole = *vma;

	put(script, vma, vma->start, from);
	put(script, vma, to, vma->end);
	hole.start = from;
	hole.end = to;
	want(script, CHANGE_UNMAPPED, &hole, NULL);
}

static void edit_part(struct script *script, const struct vma *vma, uint64_t from, uint64_t to)
{
	struct vma *part;

	if (from > vma->start)
		put(script, vma, vma->start, from);
	part = put(script, vma, from, to);
	part->perms = vma->perms == RX ? RW | PERM_EXEC : RX;
	want(script, CHANGE_PROTECTED, vma, part)->delta = 0;
	if (to < vma->end)
		put(script, vma, to, vma->end);
}

static void edit_sizes(struct script *script, enum edit edit, const struct vma *vma, uint64_t by)
{
	uint64_t start = vma->start, end = vma->end;

	if (edit == EDIT_GROW)
		end += by;
	else if (edit == EDIT_GROW_DOWN)
		start -= by;
	else if (edit == EDIT_CUT)
		end -= by;
	else if (edit == EDIT_CUT_LOW)
		start += by;
	want(script, edit == EDIT_GROW || edit == EDIT_GROW_DOWN ? CHANGE_GREW : CHANGE_SHRANK, vma,
	     put(script, vma, start, end));
}

/* by is less than half of the mapping's size. */
static void apply_edit(struct script *script, enum edit edit, const struct vma *vma, uint64_t by)
{
	struct vma *copy;

	if (edit == EDIT_NONE) {
		put(script, vma, vma->start, vma->end);
	} else if (edit <= EDIT_CUT_LOW) {
		edit_sizes(script, edit, vma, by);
	} else if (edit == EDIT_HOLE) {
		edit_hole(script, vma, vma->start + by, vma->end - by);
	} else if (edit == EDIT_UNMAP) {
		want(script, CHANGE_UNMAPPED, vma, NULL);
	} else if (edit == EDIT_MAP) {
		want(script, CHANGE_MAPPED, NULL, put(script, vma, vma->start, vma->end));
	} else if (edit == EDIT_PROTECT) {
		edit_part(script, vma, vma->start, vma->end);
	} else if (edit == EDIT_PROTECT_PART) {
		edit_part(script, vma, vma->start + (by / PAGE % 2 ? by : 0), vma->end - by);
	} else if (edit == EDIT_RENAME) {
		copy = put(script, vma, vma->start, vma->end);
		copy->name = "/renamed";
		want(script, CHANGE_RENAMED, vma, copy);
	} else if (edit == EDIT_SPLIT) {
		copy = put(script, vma, vma->start, vma->start + by);
		want(script, CHANGE_SPLIT, vma, copy)->delta = 0;
		put(script, vma, vma->start + by, vma->end);
	} else {
		/* Behind its place, by more than it is large. */
		copy = put(script, vma, vma->start + 60 * PAGE, vma->end + 60 * PAGE);
		copy->offset = vma->offset;
		want(script, CHANGE_MOVED, vma, copy);
	}
}

static void write_script(struct script *script)
{
	static const uint8_t perms[] = {R, RW, RX};

	for (uint64_t i = 0; i < MAPPINGS; i++) {
		enum edit edit = (enum edit)random_below(&script->random, EDIT_COUNT);
		uint64_t size = (4 + random_below(&script->random, 40)) * PAGE;
		bool file = random_below(&script->random, 2) || edit == EDIT_UNMAP ||
			    edit == EDIT_MAP || edit == EDIT_MOVE || edit == EDIT_RENAME;
		struct vma vma = {
			.start = (i + 1) * APART * PAGE,
			.end = (i + 1) * APART * PAGE + size,
			.perms = perms[random_below(&script->random, 3)],
			.name = file ? "/file" : "",
			.inode = file ? i + 1 : 0,
			.offset = file ? random_below(&script->random, 9) * PAGE : 0,
			.kind = file ? KIND_FILE : KIND_ANON,
		};

		if (edit == EDIT_GROW_DOWN)
			vma.offset += vma.inode ? APART * PAGE : 0;
		if (edit != EDIT_MAP)
			script->before[script->before_count++] = vma;
		apply_edit(script, edit, &vma,
			   (1 + random_below(&script->random, size / PAGE / 2 - 1)) * PAGE);
	}
}

static void the_changes_are_the_edits(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 300; seed++) {
		struct script *script = calloc(1, sizeof(*script));
		struct address_space *before, *now;
		struct change_list list = {0};

		assert_non_null(script);
		script->random.state = seed;
		write_script(script);
		before = space_of(script->before, script->before_count);
		now = space_of(script->now, script->now_count);
		change_compute(&list, before, now);
		assert_int_equal(list.count, script->expected_count);
		for (size_t i = 0; i < list.count; i++)
			assert_change(&list.changes[i], &script->expected[i]);
		change_list_finish(&list);
		address_space_destroy(before);
		address_space_destroy(now);
		free(script);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_changes_are_the_edits),
	};

	return cmocka_run_group_tests_name("change_edits", tests, NULL, NULL);
}
