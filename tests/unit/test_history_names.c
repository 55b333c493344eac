/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "model/history_names.h"

static void equal_strings_have_one_place(void **state)
{
	struct history_names names = {0};
	char first[] = "[heap]", second[] = "[heap]";
	size_t heap = history_names_intern(&names, first), empty = history_names_intern(&names, "");

	(void)state;
	assert_int_equal(history_names_intern(&names, second), heap);
	assert_int_equal(history_names_intern(&names, ""), empty);
	assert_int_not_equal(history_names_intern(&names, "[hea"), heap);
	assert_string_equal(names.bytes + heap, "[heap]");
	assert_string_equal(names.bytes + empty, "");
	assert_int_equal(names.count, 3);
	history_names_finish(&names);
	assert_int_equal(history_names_size(&names), 0);
}

static void holds_many(void **state)
{
	struct history_names names = {0};
	size_t places[3000];
	char name[32];

	(void)state;
	for (size_t i = 0; i < 3000; i++) {
		snprintf(name, sizeof(name), "/lib/%zu", i);
		places[i] = history_names_intern(&names, name);
	}
	for (size_t i = 0; i < 3000; i++) {
		snprintf(name, sizeof(name), "/lib/%zu", i);
		assert_string_equal(names.bytes + places[i], name);
		assert_int_equal(history_names_intern(&names, name), places[i]);
	}
	assert_int_equal(names.count, 3000);
	assert_true(history_names_size(&names) >= names.length + 3000 * sizeof(size_t));
	history_names_finish(&names);
}

static void forgets_and_gives_back_what_was_too_much(void **state)
{
	struct history_names names = {0};
	char large[5000];
	size_t size;

	(void)state;
	memset(large, 'x', sizeof(large));
	large[sizeof(large) - 1] = '\0';
	history_names_intern(&names, large);
	size = history_names_size(&names);
	history_names_clear(&names);
	assert_int_equal(history_names_size(&names), size);
	assert_int_equal(history_names_intern(&names, "a"), 0);
	assert_string_equal(names.bytes, "a");
	history_names_clear(&names);
	assert_int_equal(history_names_size(&names), 0);
	assert_int_equal(history_names_intern(&names, "b"), 0);
	history_names_finish(&names);
}

/* The place of a path in a table of 4096 slots by FNV-1a, a hash without a key. */
static uint64_t plain_slot(const char *path)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (; *path; path++)
		hash = (hash ^ (unsigned char)*path) * UINT64_C(0x100000001b3);
	return (hash ^ hash >> 32) & 4095;
}

static void no_process_can_choose_names_that_collide(void **state)
{
	enum { NAMES = 1500 };
	struct history_names names = {.key = {{1, 2}}};
	char path[16];

	(void)state;
	for (unsigned i = 0; names.count < NAMES; i++) {
		snprintf(path, sizeof(path), "/%x", i);
		if (plain_slot(path) == 0)
			history_names_intern(&names, path);
	}
	assert_int_equal(names.slot_count, 4096);
	assert_true(names.detours < (size_t)4 * NAMES);
	history_names_finish(&names);
	assert_int_equal(names.key.words[1], 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_strings_have_one_place),
		cmocka_unit_test(holds_many),
		cmocka_unit_test(no_process_can_choose_names_that_collide),
		cmocka_unit_test(forgets_and_gives_back_what_was_too_much),
	};

	return cmocka_run_group_tests_name("history_names", tests, NULL, NULL);
}
