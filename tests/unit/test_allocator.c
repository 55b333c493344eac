/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <string.h>

#include "maps_space.h"
#include "model/allocator.h"

static enum allocator find(const char *maps)
{
	struct address_space *space = maps_space_create(NULL, maps);
	enum allocator allocator = allocator_find(space);

	address_space_destroy(space);
	return allocator;
}

static void libraries_tell(void **state)
{
	(void)state;
	assert_int_equal(find("7f0000000000-7f0000100000 r-xp 0 8:1 8 /lib/libc.so.6\n"),
			 ALLOCATOR_GLIBC);
	assert_int_equal(find("7f0000000000-7f0000100000 r-xp 0 8:1 8 /lib/libc-2.31.so\n"),
			 ALLOCATOR_GLIBC);
	assert_int_equal(find("7f0000000000-7f0000100000 r-xp 0 8:1 8 /lib/ld-musl-x86_64.so.1\n"),
			 ALLOCATOR_MUSL);
	assert_int_equal(find("400000-500000 r-xp 0 8:1 8 /bin/static\n"), ALLOCATOR_UNKNOWN);
	/* Its data alone are not the library. */
	assert_int_equal(find("7f0000000000-7f0000100000 r--p 0 8:1 8 /srv/libc.so.6\n"),
			 ALLOCATOR_UNKNOWN);
}

static void an_allocator_replaces_that_of_the_c_library(void **state)
{
	(void)state;
	assert_int_equal(find("7f0000000000-7f0000100000 r-xp 0 8:1 8 /lib/libc.so.6\n"
			      "7f0000200000-7f0000300000 r-xp 0 8:1 9 /lib/libjemalloc.so.2\n"),
			 ALLOCATOR_JEMALLOC);
	assert_int_equal(
		find("7f0000000000-7f0000100000 r-xp 0 8:1 8 /lib/libtcmalloc_minimal.so.4\n"
		     "7f0000200000-7f0000300000 r-xp 0 8:1 9 /lib/libc.so.6\n"),
		ALLOCATOR_TCMALLOC);
}

static void musl_installs_itself_as_libc(void **state)
{
	(void)state;
	assert_int_equal(find("7f0000000000-7f0000100000 r-xp 0 8:1 8 /usr/lib/musl/lib/libc.so\n"),
			 ALLOCATOR_MUSL);
	/* So does bionic. */
	assert_int_equal(find("7f0000000000-7f0000100000 r-xp 0 8:1 8 /apex/lib64/libc.so\n"
			      "7f0000200000-7f0000300000 r-xp 0 8:1 9 /apex/bin/linker64\n"),
			 ALLOCATOR_BIONIC);
}

static void memory_has_its_owners_name(void **state)
{
	(void)state;
	assert_int_equal(find("400000-500000 r-xp 0 8:1 8 /bin/static\n"
			      "7f0000000000-7f0000100000 rw-p 0 0:0 0 [anon:mimalloc]\n"),
			 ALLOCATOR_MIMALLOC);
}

static enum allocator of(const char *name)
{
	return allocator_of_symbol(name, strlen(name));
}

static void symbols_tell(void **state)
{
	(void)state;
	assert_int_equal(of("MallocExtension_GetStats"), ALLOCATOR_TCMALLOC);
	assert_int_equal(of("xxmalloc"), ALLOCATOR_HOARD);
	assert_int_equal(of("__malloc_context"), ALLOCATOR_MUSL);
	assert_int_equal(of("__expand_heap"), ALLOCATOR_MUSL_OLD);
	assert_int_equal(of("_int_malloc"), ALLOCATOR_GLIBC);
	assert_int_equal(of("_rjem_mallctl"), ALLOCATOR_JEMALLOC);
	assert_int_equal(of("mi_malloc"), ALLOCATOR_MIMALLOC);
	assert_int_equal(of("_ZN8snmalloc4FlagE"), ALLOCATOR_SNMALLOC);
	assert_int_equal(of("_ZN5scudo9AllocatorE"), ALLOCATOR_SCUDO);
	/* The length says where a name ends. */
	assert_int_equal(allocator_of_symbol("dlmalloc@@V1", 8), ALLOCATOR_DLMALLOC);
	assert_int_equal(of("dlmalloc_not"), ALLOCATOR_UNKNOWN);
	assert_int_equal(of("dlmallo"), ALLOCATOR_UNKNOWN);
	assert_int_equal(of("malloc"), ALLOCATOR_UNKNOWN);
	assert_int_equal(of(""), ALLOCATOR_UNKNOWN);
}

#define BIT(allocator) (UINT32_C(1) << (allocator))

static void check(enum allocator mapped, uint32_t own, bool has_malloc, enum allocator expected,
		  uint32_t others)
{
	struct allocator_found found = allocator_settle(mapped, own, has_malloc);

	assert_int_equal(found.allocator, expected);
	assert_int_equal(found.others, others);
}

static void what_defines_malloc_is_the_allocator(void **state)
{
	(void)state;
	check(ALLOCATOR_GLIBC, 0, false, ALLOCATOR_GLIBC, 0);
	/* The program's own takes the place of a library's, with a name or without. */
	check(ALLOCATOR_GLIBC, BIT(ALLOCATOR_MIMALLOC), true, ALLOCATOR_MIMALLOC, 0);
	check(ALLOCATOR_GLIBC, 0, true, ALLOCATOR_OWN, 0);
	check(ALLOCATOR_JEMALLOC, 0, true, ALLOCATOR_JEMALLOC, 0);
	/* A dynamic linker's does not, where it was started as the program. */
	check(ALLOCATOR_GLIBC, BIT(ALLOCATOR_GLIBC), true, ALLOCATOR_GLIBC, 0);
	check(ALLOCATOR_MUSL, BIT(ALLOCATOR_MUSL), true, ALLOCATOR_MUSL, 0);
	/* One that is there under other names is one more. */
	check(ALLOCATOR_GLIBC, BIT(ALLOCATOR_JEMALLOC), false, ALLOCATOR_GLIBC,
	      BIT(ALLOCATOR_JEMALLOC));
	/* A static program has the C library's, and perhaps one in its place. */
	check(ALLOCATOR_UNKNOWN, BIT(ALLOCATOR_MUSL), true, ALLOCATOR_MUSL, 0);
	check(ALLOCATOR_UNKNOWN, BIT(ALLOCATOR_GLIBC) | BIT(ALLOCATOR_TCMALLOC), true,
	      ALLOCATOR_TCMALLOC, 0);
	check(ALLOCATOR_UNKNOWN, 0, false, ALLOCATOR_UNKNOWN, 0);
	check(ALLOCATOR_UNKNOWN, 0, true, ALLOCATOR_UNKNOWN, 0);
}

static void names_are_stable(void **state)
{
	(void)state;
	assert_null(allocator_name(ALLOCATOR_UNKNOWN));
	assert_null(allocator_ask(ALLOCATOR_UNKNOWN));
	for (unsigned i = ALLOCATOR_UNKNOWN + 1; i < ALLOCATOR_COUNT; i++)
		assert_non_null(allocator_name((enum allocator)i));
	assert_string_equal(allocator_name(ALLOCATOR_GLIBC), "glibc");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(libraries_tell),
		cmocka_unit_test(an_allocator_replaces_that_of_the_c_library),
		cmocka_unit_test(musl_installs_itself_as_libc),
		cmocka_unit_test(memory_has_its_owners_name),
		cmocka_unit_test(symbols_tell),
		cmocka_unit_test(what_defines_malloc_is_the_allocator),
		cmocka_unit_test(names_are_stable),
	};

	return cmocka_run_group_tests_name("allocator", tests, NULL, NULL);
}
