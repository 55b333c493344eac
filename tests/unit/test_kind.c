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
		const char *name = kind_name((enum kind)kind);
		const char *meaning = kind_meaning((enum kind)kind);
		const char *growth = kind_growth((enum kind)kind);

		assert_true(strlen(name) > 0 && strlen(name) <= 12);
		assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz-"), strlen(name));
		assert_int_equal(meaning[strlen(meaning) - 1], '.');
		assert_int_equal(growth[strlen(growth) - 1], '.');
		assert_true(growth[0] >= 'A' && growth[0] <= 'Z');
		for (int other = 0; other < kind; other++)
			assert_string_not_equal(name, kind_name((enum kind)other));
	}
	assert_string_equal(kind_name(KIND_TEXT), "text");
	assert_string_equal(kind_name(KIND_THREAD_STACK), "thread-stack");
	assert_string_equal(kind_name(KIND_GAP), "gap");
}

/* What cannot grow is said not to; what was made says by which call. */
static void sentences_teach(void **state)
{
	static const enum kind fixed[] = {KIND_GUARD, KIND_VDSO,   KIND_VVAR,  KIND_VSYSCALL,
					  KIND_TEXT,  KIND_RODATA, KIND_RELRO, KIND_THREAD_STACK};
	static const struct {
		enum kind kind;
		const char *call;
	} made[] = {{KIND_TEXT, "execve"},  {KIND_HEAP, "brk"},     {KIND_ARENA, "mprotect"},
		    {KIND_STACK, "execve"}, {KIND_ANON, "mmap"},    {KIND_THREAD_STACK, "clone"},
		    {KIND_FILE, "mmap"},    {KIND_JIT, "mprotect"}, {KIND_SHARED, "memfd_create"}};

	(void)state;
	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		assert_memory_equal(kind_growth(fixed[i]), "Does not grow",
				    strlen("Does not grow"));
	for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++)
		assert_non_null(strstr(kind_meaning(made[i].kind), made[i].call));
}

static void sources_and_owners_have_names(void **state)
{
	(void)state;
	assert_string_equal(kind_source_name(KIND_SOURCE_ELF), "elf");
	assert_string_equal(kind_source_name(KIND_SOURCE_NAME), "name");
	assert_string_equal(kind_source_name(KIND_SOURCE_THREAD), "thread");
	assert_string_equal(kind_source_name(KIND_SOURCE_CONTENT), "content");
	assert_string_equal(kind_source_name(KIND_SOURCE_SHAPE), "shape");
	assert_string_equal(kind_source_name(KIND_SOURCE_FILE_SYSTEM), "file-system");
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
		cmocka_unit_test(sentences_teach),
		cmocka_unit_test(sources_and_owners_have_names),
	};

	return cmocka_run_group_tests_name("kind", tests, NULL, NULL);
}
