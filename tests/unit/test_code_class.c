/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "inside/code_class.h"
#include "inside/code_frame.h"

static const struct {
	const char *module, *function;
	bool generated;
	enum code_class class;
} rows[] = {
	{"/usr/lib/libc.so.6", "malloc", false, CODE_ALLOCATOR},
	{"/usr/lib/libc.so.6", NULL, false, CODE_ALLOCATOR},
	{"/usr/lib/libc.so.6", "qsort", false, CODE_ALLOCATOR},
	{"/srv/libcase.so", "parse", false, CODE_OWN},
	{"/srv/app", "main", false, CODE_OWN},
	{"/srv/app", NULL, false, CODE_OWN},
	{"", NULL, false, CODE_OWN},
	{"/srv/app", "xmalloc", false, CODE_ALLOCATOR},
	{"/srv/app", "g_malloc0_n", false, CODE_ALLOCATOR},
	{"/srv/app", "malloc_storm", false, CODE_OWN},
	{"/srv/app", "touch_by_realloc", false, CODE_OWN},
	{"/srv/app", "malloc", true, CODE_GENERATED},
	{"/srv/app", "_int_malloc", false, CODE_ALLOCATOR},
	{"/srv/app", "sysmalloc.constprop.0", false, CODE_ALLOCATOR},
	{"/srv/app", "__memset_avx2_unaligned_erms", false, CODE_ALLOCATOR},
	{"/srv/app", "operator new(unsigned long)", false, CODE_ALLOCATOR},
	{"/srv/app", "operator new[](unsigned long)", false, CODE_ALLOCATOR},
	{"/srv/app", "void std::vector<int>::_M_realloc_insert<int>(int)", false, CODE_ALLOCATOR},
	{"/srv/app", "std::vector<int, std::allocator<int> >::reserve(unsigned long)", false,
	 CODE_ALLOCATOR},
	{"/srv/app", "app::fill(std::vector<int>&)", false, CODE_OWN},
	{"/srv/app", "void app::fill<std::string>(int)", false, CODE_OWN},
	{"/srv/app", "(anonymous namespace)::std_like()", false, CODE_OWN},
	{"/srv/app", "<alloc::vec::Vec<T> as core::clone::Clone>::clone", false, CODE_ALLOCATOR},
	{"/srv/app", "<app::Tree as core::clone::Clone>::clone", false, CODE_OWN},
	{"/srv/app", "alloc::raw_vec::RawVec<T,A>::grow_one", false, CODE_ALLOCATOR},
	{"/srv/app", "runtime.mallocgc", false, CODE_RUNTIME},
	{"/srv/app", "runtime.(*mheap).alloc", false, CODE_RUNTIME},
	{"/srv/app", "main.(*tree).grow", false, CODE_OWN},
	{"/usr/bin/redis-server", "zmalloc", false, CODE_ALLOCATOR},
	{"/usr/bin/redis-server", "ztrymalloc_usable", false, CODE_ALLOCATOR},
	{"/usr/bin/redis-server", "sdsnewlen", false, CODE_OWN},
	{"/usr/bin/python3.12", "_PyEval_EvalFrameDefault", false, CODE_INTERPRETER},
	{"/usr/bin/python3.12", "_PyObject_Malloc", false, CODE_ALLOCATOR},
	{"/usr/lib/libpython3.12.so.1.0", "list_resize", false, CODE_INTERPRETER},
	{"", "parse", true, CODE_GENERATED},
	{"", "Builtin:ArrayPush", true, CODE_INTERPRETER},
	{"", "void app.Main.fill(int)", true, CODE_GENERATED},
	{"/usr/lib/jvm/lib/server/libjvm.so", "JVM_Clone", false, CODE_INTERPRETER},
	/* Patterns: at the end, in the middle, one after the other, and none. */
	{"libc.so", "f", false, CODE_ALLOCATOR},
	{"xlibc.so", "f", false, CODE_OWN},
	{"/libc.so/app", "f", false, CODE_OWN},
	{"/srv/node", "f", false, CODE_INTERPRETER},
	{"/srv/nodes", "f", false, CODE_OWN},
	{"/srv/nod", "f", false, CODE_OWN},
	{"", "free", false, CODE_ALLOCATOR},
	{"", "freed", false, CODE_OWN},
	{"", "fre", false, CODE_OWN},
	{"", "ngx_alloc", false, CODE_ALLOCATOR},
	{"", "ngx_palloc_small", false, CODE_ALLOCATOR},
	{"", "ngx_aalloallocc", false, CODE_ALLOCATOR},
	{"", "ngx_allo", false, CODE_OWN},
	{"", "ngx_", false, CODE_OWN},
	{"", "ngxalloc", false, CODE_OWN},
	{"", "sqlite3MallocZero", false, CODE_ALLOCATOR},
	{"", "sqlite3DbMallocRaw", false, CODE_ALLOCATOR},
	{"", "sqlite3DbFree", false, CODE_OWN},
	/* Wrappers: a prefix and a suffix that are known, or none. */
	{"", "malloc", false, CODE_ALLOCATOR},
	{"", "xxmalloc_or_die", false, CODE_ALLOCATOR},
	{"", "malloc0", false, CODE_ALLOCATOR},
	{"", "malloc00", false, CODE_OWN},
	{"", "qmalloc", false, CODE_OWN},
	{"", "mallo", false, CODE_OWN},
	{"", "g_try_realloc_n", false, CODE_ALLOCATOR},
	{"", "mallocmalloc", false, CODE_OWN},
	{"", "isc_asprintf", false, CODE_ALLOCATOR},
	{"", "strdup_zero", false, CODE_ALLOCATOR},
	{"", "strdup_zeros", false, CODE_OWN},
	{"", "xmalloc", true, CODE_GENERATED},
	/* Names alone: without what is returned and what is given. */
	{"", "std::f", false, CODE_ALLOCATOR},
	{"", "int std::f(int)", false, CODE_ALLOCATOR},
	{"", "unsigned long std::f(int)", false, CODE_ALLOCATOR},
	{"", "std::string app::f(int)", false, CODE_OWN},
	{"", "app x std::f", false, CODE_OWN},
	{"", "app<int, (std::f)>::f(int)", false, CODE_OWN},
	{"", "app[a std::] std::f(int)", false, CODE_ALLOCATOR},
	{"", "app{a std::b} std::f(int)", false, CODE_ALLOCATOR},
	{"", "app<a std::f(int)", false, CODE_OWN},
	{"", "app> std::f(int)", false, CODE_ALLOCATOR},
	{"", "<a std::f(int)", false, CODE_OWN},
	{"", " std::f(int)", false, CODE_ALLOCATOR},
	{"", "operator new(unsigned long)", false, CODE_ALLOCATOR},
	{"", "operator new[](unsigned long)", false, CODE_ALLOCATOR},
	{"", "operator delete(void*)", false, CODE_OWN},
	{"", "operato std::f(int)", false, CODE_ALLOCATOR},
	{"", "operators std::f(int)", false, CODE_OWN},
	{"", "void (std::f)(int)", false, CODE_OWN},
	{"", "free(void*)", false, CODE_ALLOCATOR},
	{"", "void free(void*)", false, CODE_ALLOCATOR},
	{"", "(free)", false, CODE_OWN},
};

static void names_tell_whom_code_works_for(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		enum code_class class =
			code_class_of(rows[i].module, rows[i].function, rows[i].generated);

		if (class != rows[i].class)
			fail_msg("%s %s: %d", rows[i].module, rows[i].function, (int)class);
	}
}

/* The index of the call site in a stack of these classes, one letter each. */
static size_t site_of(const char *classes)
{
	struct code_frame frames[16] = {0};
	size_t count = strlen(classes);

	for (size_t i = 0; i < count; i++) {
		frames[i].class = (uint8_t)(strchr("oarig", classes[i]) - "oarig");
		frames[i].module = "/srv/app";
		frames[i].function = "function";
	}
	return code_class_find_site(frames, count);
}

static void the_site_is_the_first_that_works_for_itself(void **state)
{
	(void)state;
	/* o own, a allocator, r runtime, i interpreter, g generated. */
	assert_int_equal(CODE_GENERATED + 1, 5);
	assert_int_equal(site_of("o"), 0);
	assert_int_equal(site_of("aaoa"), 2);
	assert_int_equal(site_of("arroo"), 3);
	assert_int_equal(site_of("aiio"), 1);
	assert_int_equal(site_of("g"), 0);
	/* An interpreter works for what it has generated, if that is further out. */
	assert_int_equal(site_of("iag"), 2);
	assert_int_equal(site_of("ai"), 1);
}

static void what_is_generated_owns_what_its_interpreter_touches(void **state)
{
	struct code_frame frames[] = {
		{.class = CODE_ALLOCATOR},   {.class = CODE_INTERPRETER}, {.class = CODE_GENERATED},
		{.class = CODE_INTERPRETER}, {.class = CODE_GENERATED},
	};

	(void)state;
	for (size_t i = 0; i < 5; i++)
		frames[i].module = "";
	assert_int_equal(code_class_find_site(frames, 5), 2);
	/* A module in C that the generated code calls works for itself. */
	frames[0].class = CODE_OWN;
	assert_int_equal(code_class_find_site(frames, 5), 0);
}

static void where_all_work_for_others_one_is_named(void **state)
{
	(void)state;
	assert_int_equal(site_of("a"), 0);
	assert_int_equal(site_of("aaa"), 2);
	assert_int_equal(site_of("aarr"), 2);
}

/* Helpers of an allocator have no names where only what is exported has one. */
static void nameless_code_works_for_its_allocator(void **state)
{
	struct code_frame frames[] = {
		{.module = "/srv/app", .class = CODE_OWN},
		{.module = "/srv/app", .class = CODE_OWN},
		{.module = "/srv/app", .function = "palloc0", .class = CODE_ALLOCATOR},
		{.module = "/srv/app", .class = CODE_OWN},
	};

	(void)state;
	assert_int_equal(code_class_find_site(frames, 4), 3);
	/* A function that another module's calls back works for itself, and one with a name. */
	frames[2].module = "/lib/libc.so.6";
	assert_int_equal(code_class_find_site(frames, 4), 0);
	frames[2].module = "/srv/app";
	frames[1].function = "compare";
	assert_int_equal(code_class_find_site(frames, 4), 0);
	/* Nor is there an allocator behind the last frame. */
	frames[1].function = NULL;
	assert_int_equal(code_class_find_site(frames, 2), 0);
	assert_int_equal(code_class_find_site(frames, 3), 0);
	/* What calls it may be no allocator, and what has no name itself is of its own. */
	frames[2].class = CODE_RUNTIME;
	assert_int_equal(code_class_find_site(frames, 4), 0);
	frames[2].class = CODE_ALLOCATOR;
	for (size_t i = 0; i < 4; i++)
		frames[i].module = "";
	assert_int_equal(code_class_find_site(frames, 4), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_tell_whom_code_works_for),
		cmocka_unit_test(the_site_is_the_first_that_works_for_itself),
		cmocka_unit_test(what_is_generated_owns_what_its_interpreter_touches),
		cmocka_unit_test(where_all_work_for_others_one_is_named),
		cmocka_unit_test(nameless_code_works_for_its_allocator),
	};

	return cmocka_run_group_tests_name("code_class", tests, NULL, NULL);
}
