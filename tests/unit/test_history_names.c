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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_strings_have_one_place),
		cmocka_unit_test(holds_many),
		cmocka_unit_test(forgets_and_gives_back_what_was_too_much),
	};

	return cmocka_run_group_tests_name("history_names", tests, NULL, NULL);
}
