/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "change_equal.h"
#include "random_space.h"

#define R  PERM_READ
#define RW (PERM_READ | PERM_WRITE)
#define RX (PERM_READ | PERM_EXEC)

/*
 * Any two spaces over few pages, with edits that meet and merge. What every diff
 * must have is checked page by page.
 */

#define PAGES 48

/* 0: nothing there; else what is there, plus a border below it that the kernel keeps. */
struct page {
	uint8_t sort; /* of backing: 0 none, 1 private anonymous, 2 shared, 3 and 4 files */
	uint8_t perms;
	uint8_t shift; /* of the place in the file */
	bool border;
};

static bool joins(const struct page *a, const struct page *b)
{
	return a->sort == b->sort && a->perms == b->perms && a->shift == b->shift && !b->border;
}

static struct address_space *space_of_pages(const struct page *pages)
{
	struct vma vmas[PAGES];
	size_t count = 0;

	for (uint64_t i = 0; i < PAGES; i++) {
		const struct page *page = &pages[i];

		if (!page->sort)
			continue;
		if (i && joins(page - 1, page)) {
			vmas[count - 1].end += PAGE;
			continue;
		}
		vmas[count++] = (struct vma){
			.start = i * PAGE,
			.end = (i + 1) * PAGE,
			.perms = (uint8_t)(page->perms | (page->sort == 2 ? PERM_SHARED : 0)),
			.name = page->sort > 2 ? "/file" : "",
			.inode = page->sort > 1 ? page->sort : 0,
			.offset = page->sort > 1 ? (i + page->shift) * PAGE : 0,
			.kind = page->perms ? KIND_ANON : KIND_RESERVE,
		};
	}
	return space_of(vmas, count);
}

static void edit_pages(struct random *random, struct page *pages)
{
	static const uint8_t perms[] = {0, R, RW, RX};
	uint64_t from = random_below(random, PAGES);
	uint64_t to = from + 1 + random_below(random, PAGES - from < 12 ? PAGES - from : 12);
	struct page page = {.sort = (uint8_t)random_below(random, 5),
			    .perms = perms[random_below(random, 4)],
			    .shift = (uint8_t)random_below(random, 2)};
	uint64_t what = random_below(random, 4);

	for (uint64_t i = from; i < to; i++) {
		if (what == 0)
			pages[i] = page;
		else if (what == 1)
			pages[i] = (struct page){0};
		else if (what == 2)
			pages[i].perms = page.perms;
	}
	if (what == 3)
		pages[from].border ^= true;
}

static void fill(bool *mapped, uint64_t start, uint64_t end, bool value)
{
	for (uint64_t i = start / PAGE; i < end / PAGE; i++)
		mapped[i] = value;
}

static void check_page(const struct page *before, const struct page *now, bool mapped,
		       bool protected, bool resized)
{
	bool same = before->sort && before->sort == now->sort &&
		    (before->sort == 1 || before->shift == now->shift);

	/* A border may have moved across it: then a mapping's size tells of it. */
	if (same && !before->perms != !now->perms) {
		assert_true(protected || resized);
		return;
	}
	assert_int_equal(mapped, now->sort != 0);
	assert_int_equal(protected, same && before->perms != now->perms);
}

/* The header's promise: what goes is taken out in order, then what comes is put in. */
static void check_explained(const struct change_list *list, const struct page *before,
			    const struct page *now)
{
	bool mapped[PAGES], protected[PAGES] = {false}, resized[PAGES] = {false};

	for (size_t i = 0; i < PAGES; i++)
		mapped[i] = before[i].sort != 0;
	for (size_t i = 0; i < list->count; i++) {
		const struct change *change = &list->changes[i];

		if (change->type == CHANGE_UNMAPPED || change->type == CHANGE_SHRANK ||
		    change->type == CHANGE_MOVED)
			fill(mapped, change->old_start, change->old_end, false);
		if (change->type == CHANGE_SHRANK) {
			fill(mapped, change->start, change->end, true);
			fill(resized, change->old_start, change->old_end, true);
		}
	}
	for (size_t i = 0; i < list->count; i++) {
		const struct change *change = &list->changes[i];

		if (change->type == CHANGE_MAPPED || change->type == CHANGE_GREW ||
		    change->type == CHANGE_MOVED)
			fill(mapped, change->start, change->end, true);
		if (change->type == CHANGE_GREW)
			fill(resized, change->start, change->end, true);
		if (change->type == CHANGE_PROTECTED)
			fill(protected, change->start, change->end, true);
	}
	for (size_t i = 0; i < PAGES; i++)
		check_page(&before[i], &now[i], mapped[i], protected[i], resized[i]);
}

static void check_each(const struct change_list *list)
{
	uint64_t last = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct change *change = &list->changes[i];
		uint64_t size = change->end - change->start;
		uint64_t old_size = change->old_end - change->old_start;
		uint64_t address =
			change->start > change->old_start ? change->start : change->old_start;

		assert_true(address >= last);
		last = address;
		assert_int_equal(change->size, size ? size : old_size);
		if (change->type == CHANGE_PROTECTED || change->type == CHANGE_RENAMED) {
			assert_true(change->type == CHANGE_RENAMED ||
				    change->perms != change->old_perms);
			assert_int_equal(change->delta, 0);
			assert_true(change->start >= change->old_start &&
				    change->end <= change->old_end);
		} else if (change->type != CHANGE_SPLIT && change->type != CHANGE_MERGED) {
			assert_int_equal(change->delta, (int64_t)(size - old_size));
		}
		assert_true(change->type != CHANGE_GREW || change->delta > 0);
		assert_true(change->type != CHANGE_SHRANK || change->delta < 0);
	}
}

/* How many changes of each type there are. */
struct tally {
	size_t of[CHANGE_TYPE_COUNT];
};

static struct tally count_types(const struct change_list *list)
{
	struct tally tally = {{0}};

	for (size_t i = 0; i < list->count; i++)
		tally.of[list->changes[i].type]++;
	return tally;
}

/* Where nothing is reserved: taking a whole reserve is growth, making one is protection. */
static void check_mirrored(const struct change_list *there, const struct change_list *back)
{
	struct tally a = count_types(there), b = count_types(back);

	assert_int_equal(a.of[CHANGE_MAPPED], b.of[CHANGE_UNMAPPED]);
	assert_int_equal(a.of[CHANGE_UNMAPPED], b.of[CHANGE_MAPPED]);
	assert_int_equal(a.of[CHANGE_MOVED], b.of[CHANGE_MOVED]);
	assert_int_equal(a.of[CHANGE_SPLIT], b.of[CHANGE_MERGED]);
	assert_int_equal(a.of[CHANGE_MERGED], b.of[CHANGE_SPLIT]);
	assert_int_equal(a.of[CHANGE_GREW], b.of[CHANGE_SHRANK]);
	assert_int_equal(a.of[CHANGE_SHRANK], b.of[CHANGE_GREW]);
	assert_int_equal(a.of[CHANGE_PROTECTED], b.of[CHANGE_PROTECTED]);
}

static void compare(const struct page *before, const struct page *now, bool reserves)
{
	struct address_space *a = space_of_pages(before), *b = space_of_pages(now);
	struct change_list there = {0}, again = {0}, back = {0}, none = {0};

	change_compute(&there, a, b);
	change_compute(&again, a, b);
	change_compute(&back, b, a);
	change_compute(&none, b, b);
	check_explained(&there, before, now);
	check_each(&there);
	if (!reserves)
		check_mirrored(&there, &back);
	assert_int_equal(none.count, 0);
	assert_int_equal(there.count, again.count);
	for (size_t i = 0; i < there.count; i++)
		assert_change(&there.changes[i], &again.changes[i]);
	change_list_finish(&there);
	change_list_finish(&again);
	change_list_finish(&back);
	change_list_finish(&none);
	address_space_destroy(a);
	address_space_destroy(b);
}

static void any_two_spaces(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 6000; seed++) {
		struct random random = {seed};
		struct page before[PAGES] = {{0}}, now[PAGES];
		bool reserves = seed % 2;

		for (int i = 0; i < 12; i++)
			edit_pages(&random, before);
		memcpy(now, before, sizeof(now));
		for (uint64_t i = random_below(&random, 8); i > 0; i--)
			edit_pages(&random, now);
		for (size_t i = 0; !reserves && i < PAGES; i++) {
			before[i].perms |= before[i].sort ? R : 0;
			now[i].perms |= now[i].sort ? R : 0;
		}
		compare(before, now, reserves);
	}
}

/* Whatever a sample holds, as long as it is sorted: nothing hangs and nothing crashes. */
static void odd_spaces(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 200; seed++) {
		struct random random = {seed};
		struct vma vmas[200];
		struct address_space *spaces[2];
		struct change_list list = {0};

		for (size_t i = 0; i < 2; i++) {
			size_t count = random_below(&random, 200);

			random_vmas(&random, vmas, count);
			spaces[i] = space_of(vmas, count);
		}
		change_compute(&list, spaces[0], spaces[1]);
		check_each(&list);
		change_list_finish(&list);
		address_space_destroy(spaces[0]);
		address_space_destroy(spaces[1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_two_spaces),
		cmocka_unit_test(odd_spaces),
	};

	return cmocka_run_group_tests_name("change_random", tests, NULL, NULL);
}
