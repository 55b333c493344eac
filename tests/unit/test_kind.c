/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "model/kind.h"

static void every_kind_has_its_words(void **state)
{
	(void)state;
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		const char *name = kind_name((enum kind)kind), *label = kind_label((enum kind)kind);
		const char *meaning = kind_meaning((enum kind)kind);

		assert_true(strlen(name) > 0 && strlen(label) > 0 && strlen(label) <= 16);
		assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz-"), strlen(name));
		assert_int_equal(meaning[strlen(meaning) - 1], '.');
		for (int other = 0; other < kind; other++)
			assert_string_not_equal(name, kind_name((enum kind)other));
	}
	assert_string_equal(kind_name(KIND_TEXT), "text");
	assert_string_equal(kind_name(KIND_THREAD_STACK), "thread-stack");
	assert_string_equal(kind_name(KIND_GAP), "gap");
}

static void sources_and_owners_have_names(void **state)
{
	(void)state;
	assert_string_equal(kind_source_name(KIND_SOURCE_ELF), "elf");
	assert_string_equal(kind_source_name(KIND_SOURCE_NAME), "name");
	assert_string_equal(kind_source_name(KIND_SOURCE_THREAD), "thread");
	assert_string_equal(kind_source_name(KIND_SOURCE_SHAPE), "shape");
	assert_string_equal(kind_source_name(KIND_SOURCE_PERMISSIONS), "permissions");
	assert_string_equal(owner_name(OWNER_PROGRAM), "program");
	assert_string_equal(owner_name(OWNER_LOADER), "loader");
	assert_string_equal(owner_name(OWNER_LIBRARY), "library");
	assert_string_equal(owner_name(OWNER_OTHER), "other");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_has_its_words),
		cmocka_unit_test(sources_and_owners_have_names),
	};

	return cmocka_run_group_tests_name("kind", tests, NULL, NULL);
}
