/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/runtime_name.h"

static const struct {
	const char *name;
	enum runtime runtime;
} cases[] = {
	{"[anon: Go: heap]", RUNTIME_GO},
	{"[anon: Go: heap reservation]", RUNTIME_GO},
	{"[anon: Go: immortal metadata]", RUNTIME_GO_METADATA},
	{"[anon: Go: page alloc index]", RUNTIME_GO_METADATA},
	{"[anon:v8]", RUNTIME_V8},
	{"[anon:v8-sandbox]", RUNTIME_V8},
	{"[anon:v8x]", RUNTIME_NONE},
	{"[anon:partition_alloc]", RUNTIME_PARTITION_ALLOC},
	{"[anon: glibc: malloc]", RUNTIME_GLIBC},
	{"[anon: glibc: loader malloc]", RUNTIME_GLIBC},
	/* Those have kinds of their own. */
	{"[anon: glibc: malloc arena]", RUNTIME_NONE},
	{"[anon: glibc: pthread stack: 12]", RUNTIME_NONE},
	{"[anon:jemalloc_pg]", RUNTIME_JEMALLOC},
	{"[anon:jemalloc_pg_overcommit]", RUNTIME_JEMALLOC},
	{"[anon:tcmalloc_region_NORMAL]", RUNTIME_TCMALLOC},
	{"[anon:mimalloc]", RUNTIME_MIMALLOC},
	{"[anon:snmalloc]", RUNTIME_SNMALLOC},
	{"[anon:scudo:primary]", RUNTIME_SCUDO},
	{"[anon:dalvik-main space (region space)]", RUNTIME_ART},
	{"[anon:libc_malloc]", RUNTIME_BIONIC},
	{"[anon:linker_alloc]", RUNTIME_BIONIC},
	{"[anon:Ruby:rb_ec_thread_ptr]", RUNTIME_RUBY},
	{"[anon:zend_alloc]", RUNTIME_PHP},
	{"[anon:zend_fiber_stack]", RUNTIME_FIBERS},
	{"[anon:OCaml: major heap]", RUNTIME_OCAML},
	{"[anon:cpython:pymalloc]", RUNTIME_CPYTHON},
	{"[anon:kj_fiber_stack]", RUNTIME_FIBERS},
	{"[anon:my cache]", RUNTIME_NONE},
	{"[anon:]", RUNTIME_NONE},
	{"[heap]", RUNTIME_NONE},
	{"/srv/[anon:v8]", RUNTIME_NONE},
	{"", RUNTIME_NONE},
};

static void names_tell_whose_memory_it_is(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(runtime_name_find(cases[i].name), cases[i].runtime);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_tell_whose_memory_it_is),
	};

	return cmocka_run_group_tests_name("runtime_name", tests, NULL, NULL);
}
