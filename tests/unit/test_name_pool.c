/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "procfs/name_pool.h"

static void equal_names_share_one_pointer(void **state)
{
	struct name_pool pool = {0};
	const char *name = name_pool_intern(&pool, "/usr/lib/libc.so.6", 18);

	(void)state;
	assert_string_equal(name, "/usr/lib/libc.so.6");
	assert_ptr_equal(name_pool_intern(&pool, "/usr/lib/libc.so.6+", 18), name);
	assert_ptr_not_equal(name_pool_intern(&pool, "/usr/lib/libc.so.6+", 19), name);
	assert_string_equal(name_pool_intern(&pool, "x", 0), "");
	name_pool_finish(&pool);
}

static void no_name_takes_no_room(void **state)
{
	struct name_pool pool = {0};

	(void)state;
	assert_string_equal(name_pool_intern(&pool, "x", 0), "");
	assert_int_equal(pool.count, 0);
	assert_int_equal(name_pool_size(&pool), 0);
	name_pool_finish(&pool);
}

static void keeps_its_pointers_while_it_grows(void **state)
{
	enum { NAMES = 5000 };
	static const char *names[NAMES];
	struct name_pool pool = {0};
	char name[32];

	(void)state;
	for (int i = 0; i < NAMES; i++) {
		snprintf(name, sizeof(name), "/some/path/%d", i);
		names[i] = name_pool_intern(&pool, name, strlen(name));
	}
	assert_int_equal(pool.count, NAMES);
	for (int i = 0; i < NAMES; i++) {
		snprintf(name, sizeof(name), "/some/path/%d", i);
		assert_ptr_equal(name_pool_intern(&pool, name, strlen(name)), names[i]);
		assert_string_equal(names[i], name);
	}
	assert_true(name_pool_size(&pool) > NAMES * strlen("/some/path/"));
	name_pool_finish(&pool);
	assert_int_equal(name_pool_size(&pool), 0);
}

/* A step of a hash without a key: eight bytes, by the golden ratio. */
static uint64_t plain_step(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ (hash >> 29);
}

/*
 * The number-th path of 16 bytes that all have one plain hash: the second half undoes what the
 * first has done. Returns false when it would hold a byte that no path does.
 */
static bool make_path(uint32_t number, char path[static 17])
{
	uint64_t first, second;

	snprintf(path, 17, "/%07x", number);
	memcpy(&first, path, sizeof(first));
	second = plain_step(16, first) ^ UINT64_C(0x5555555555555555);
	memcpy(path + sizeof(first), &second, sizeof(second));
	path[16] = '\0';
	return strlen(path) == 16 && !strchr(path, '\n');
}

/* Paths by which a process once made a list take ten seconds. */
static void no_process_can_choose_names_that_collide(void **state)
{
	enum { NAMES = 60000 };
	struct name_pool pool = {0};
	char path[17];

	(void)state;
	for (uint32_t i = 0; pool.count < NAMES; i++)
		if (make_path(i, path))
			name_pool_intern(&pool, path, 16);
	/* Half full at most: two detours for each new name and each growth would be much. */
	assert_true(pool.detours < (size_t)4 * NAMES);
	name_pool_finish(&pool);
}

static void an_emptied_pool_keeps_its_key(void **state)
{
	const struct hash_key key = {{1, 2}};
	struct name_pool pool = {.key = key};

	(void)state;
	name_pool_intern(&pool, "a", 1);
	name_pool_finish(&pool);
	assert_memory_equal(&pool.key, &key, sizeof(key));
	assert_string_equal(name_pool_intern(&pool, "a", 1), "a");
	name_pool_finish(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_names_share_one_pointer),
		cmocka_unit_test(no_name_takes_no_room),
		cmocka_unit_test(keeps_its_pointers_while_it_grows),
		cmocka_unit_test(no_process_can_choose_names_that_collide),
		cmocka_unit_test(an_emptied_pool_keeps_its_key),
	};

	return cmocka_run_group_tests_name("name_pool", tests, NULL, NULL);
}
