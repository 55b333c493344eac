/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

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
		cmocka_unit_test(names_are_stable),
	};

	return cmocka_run_group_tests_name("allocator", tests, NULL, NULL);
}
