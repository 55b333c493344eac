/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdalign.h>
#include <string.h>

#include "base/arena.h"

static void gives_zeroed_aligned_memory_that_stays(void **state)
{
	struct arena arena = {0};
	char *given[2000];

	(void)state;
	/* Small ones share a chunk, every 50th fills one of its own. */
	for (size_t i = 0; i < 2000; i++) {
		size_t size = i % 50 ? 1 + i % 70 : 20000;

		given[i] = arena_alloc(&arena, size);
		assert_int_equal((uintptr_t)given[i] % alignof(max_align_t), 0);
		for (size_t b = 0; b < size; b++)
			assert_int_equal(given[i][b], 0);
		memset(given[i], (int)(i % 251), size);
	}
	for (size_t i = 0; i < 2000; i++) {
		size_t size = i % 50 ? 1 + i % 70 : 20000;

		for (size_t b = 0; b < size; b++)
			assert_int_equal((unsigned char)given[i][b], i % 251);
	}
	arena_finish(&arena);
}

static void copies_end_in_a_nul(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_memory_equal(arena_copy(&arena, "ab\0cd", 5), "ab\0cd\0", 6);
	assert_string_equal(arena_copy(&arena, NULL, 0), "");
	arena_finish(&arena);
}

static void counts_what_it_gave_and_starts_again(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_non_null(arena_alloc(&arena, 0));
	arena_alloc(&arena, 3);
	arena_alloc(&arena, 100000);
	assert_int_equal(arena.used, 100003);
	assert_in_range(arena_bytes(&arena), 100003, 102000);
	arena_finish(&arena);
	assert_int_equal(arena.used, 0);
	assert_null(arena.chunks);
	assert_string_equal(arena_copy(&arena, "again", 5), "again");
	arena_finish(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_zeroed_aligned_memory_that_stays),
		cmocka_unit_test(copies_end_in_a_nul),
		cmocka_unit_test(counts_what_it_gave_and_starts_again),
	};

	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
