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
		frames[i].class = (uint8_t)(strchr("oaring", classes[i]) - "oaring");
		frames[i].module = "/srv/app";
		frames[i].function = "function";
	}
	return code_class_find_site(frames, count);
}

static void the_site_is_the_first_that_works_for_itself(void **state)
{
	(void)state;
	/* o own, a allocator, r runtime, i interpreter, g generated (n is none). */
	assert_int_equal(CODE_GENERATED + 1, 5);
	assert_int_equal(site_of("o"), 0);
	assert_int_equal(site_of("aaoa"), 2);
	assert_int_equal(site_of("arroo"), 3);
	assert_int_equal(site_of("aiio"), 1);
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
