/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "layout/like.h"
#include "model/alike.h"
#include "model/kind.h"

#define PAGE UINT64_C(4096)
#define MOST 16

static struct region regions[MOST];
static struct region_list list = {
	.regions = regions, .user_end = UINT64_C(1) << 47, .page_size = PAGE};

static void add(enum kind kind, enum owner owner, uint64_t pages)
{
	uint64_t start = list.count ? regions[list.count - 1].end : 0;

	regions[list.count++] = (struct region){
		.start = start,
		.end = start + pages * PAGE,
		.vma = kind == KIND_GAP ? REGION_GAP : 0,
		.kind = (uint8_t)kind,
		.owner = (uint8_t)owner,
	};
}

static void check(size_t first, size_t expected_first, size_t expected_end, size_t pieces)
{
	struct like like;

	assert_true(like_find(&list, first, &like));
	assert_int_equal(like.first, expected_first);
	assert_int_equal(like.end, expected_end);
	assert_int_equal(like.pieces, pieces);
}

/* A guard is in the band of a stack above it, and of nothing else. */
static void only_stacks_have_their_guards(void **state)
{
	(void)state;
	list.count = 0;
	add(KIND_STACK, OWNER_OTHER, 1);
	add(KIND_STACK, OWNER_OTHER, 1);
	add(KIND_GUARD, OWNER_OTHER, 1);
	add(KIND_ANON, OWNER_OTHER, 1);
	add(KIND_GUARD, OWNER_OTHER, 1);
	add(KIND_THREAD_STACK, OWNER_OTHER, 1);
	add(KIND_GUARD, OWNER_OTHER, 1);
	add(KIND_STACK, OWNER_OTHER, 1);
	for (size_t i = 0; i < list.count; i++)
		assert_int_equal(like_band_start(&list, i), i == 5 || i == 7 ? i - 1 : i);
}

static void stacks_fold_with_their_guards(void **state)
{
	struct like like;

	(void)state;
	list.count = 0;
	for (unsigned i = 0; i < 3; i++) {
		add(KIND_GUARD, OWNER_OTHER, 1);
		add(KIND_THREAD_STACK, OWNER_OTHER, 2048 + i);
	}
	add(KIND_GAP, OWNER_OTHER, UINT64_C(1) << 30);
	check(1, 0, 6, 3);
	assert_int_equal(like_band_start(&list, 1), 0);
	assert_int_equal(like_band_start(&list, 0), 0);
	/* Two are few enough to be seen; a guard or a gap begins nothing. */
	assert_false(like_find(&list, 3, &like));
	assert_false(like_find(&list, 0, &like));
	assert_false(like_find(&list, 6, &like));
}

static void arenas_fold_with_what_they_reserve(void **state)
{
	(void)state;
	list.count = 0;
	add(KIND_GAP, OWNER_OTHER, 1);
	for (unsigned i = 0; i < 3; i++) {
		add(KIND_ARENA, OWNER_OTHER, 33);
		add(KIND_RESERVE, OWNER_OTHER, 16384 - 33);
	}
	check(1, 1, 7, 3);
}

static void pieces_of_one_size_fold(void **state)
{
	struct alike alike;
	struct like like;

	(void)state;
	list.count = 0;
	for (unsigned i = 0; i < 4; i++) {
		add(KIND_ANON, OWNER_OTHER, 64);
		add(KIND_GAP, OWNER_OTHER, 10);
	}
	add(KIND_ANON, OWNER_OTHER, 65);
	check(0, 0, 7, 4);
	/* Neither fewer than four, nor across a wide hole or hidden mappings. */
	assert_false(like_find(&list, 2, &like));
	regions[1].hidden = 1;
	assert_false(like_find(&list, 0, &like));
	regions[1].hidden = 0;
	regions[1].end = regions[1].start + (UINT64_C(65) << 20);
	assert_false(like_find(&list, 0, &like));
	/* The widest that they fold across. */
	alike = alike_make(KIND_ANON, OWNER_OTHER, RUNTIME_NONE, 64 * PAGE);
	regions[1].end = regions[1].start + alike_hole_max(&alike);
	check(0, 0, 7, 4);
	regions[1].end++;
	assert_false(like_find(&list, 0, &like));
}

static void the_program_is_one(void **state)
{
	(void)state;
	list.count = 0;
	add(KIND_GAP, OWNER_OTHER, 100);
	add(KIND_RODATA, OWNER_PROGRAM, 1);
	add(KIND_TEXT, OWNER_PROGRAM, 4);
	add(KIND_GAP, OWNER_OTHER, 10);
	add(KIND_RELRO, OWNER_PROGRAM, 1);
	add(KIND_DATA, OWNER_PROGRAM, 1);
	add(KIND_BSS, OWNER_PROGRAM, 9);
	add(KIND_HEAP, OWNER_PROGRAM, 9);
	add(KIND_TEXT, OWNER_LIBRARY, 9);
	check(1, 1, 7, 5);
	/* Relro is data that is locked: one band with it. */
	assert_int_equal(like_band_start(&list, 5), 4);
	assert_int_equal(like_band_start(&list, 6), 6);
	assert_false(like_is_program(&regions[7]));
	assert_false(like_is_program(&regions[8]));
	assert_false(like_is_program(&regions[0]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_stacks_have_their_guards),
		cmocka_unit_test(stacks_fold_with_their_guards),
		cmocka_unit_test(arenas_fold_with_what_they_reserve),
		cmocka_unit_test(pieces_of_one_size_fold),
		cmocka_unit_test(the_program_is_one),
	};

	return cmocka_run_group_tests_name("like", tests, NULL, NULL);
}
