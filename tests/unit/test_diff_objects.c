/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "diff_sides.h"
#include "model/diff_objects.h"
#include "model/runtime.h"

/* The object of the name on one side; it must be there. */
static const struct diff_object *find(const struct diff_objects *objects, enum diff_side side,
				      const char *name)
{
	for (size_t i = 0; i < objects->count; i++)
		if (objects->objects[i].names[side] &&
		    !strcmp(objects->objects[i].names[side], name))
			return &objects->objects[i];
	fail_msg("there is no %s", name);
	return NULL;
}

static void files_are_the_same_by_path_name_and_numbers(void **state)
{
	static const struct vma a[] = {
		DIFF_FILE(1, 1, 5, KIND_TEXT, "/srv/1/app"),
		DIFF_FILE(10, 1, 5, KIND_TEXT, "/lib/libc.so.6"),
		DIFF_FILE(20, 1, 5, KIND_TEXT, "/lib/libx.so.1.2.9"),
		DIFF_FILE(30, 1, 5, KIND_TEXT, "/lib/gone.so"),
	};
	static const struct vma b[] = {
		DIFF_FILE(2, 3, 5, KIND_TEXT, "/srv/2/app"),
		DIFF_FILE(10, 1, 5, KIND_TEXT, "/lib/libc.so.6"),
		DIFF_FILE(20, 1, 5, KIND_TEXT, "/lib/libx.so.1.3"),
		DIFF_FILE(30, 1, 5, KIND_TEXT, "/lib/new.so"),
	};
	struct diff_sides sides = DIFF_SIDES_MAKE(a, b);
	struct diff_objects objects;

	(void)state;
	diff_objects_init(&objects, sides.subjects);
	assert_int_equal(objects.count, 5);
	assert_string_equal(find(&objects, DIFF_A, "/srv/1/app")->names[DIFF_B], "/srv/2/app");
	assert_string_equal(find(&objects, DIFF_A, "/lib/libc.so.6")->names[DIFF_B],
			    "/lib/libc.so.6");
	assert_string_equal(find(&objects, DIFF_A, "/lib/libx.so.1.2.9")->names[DIFF_B],
			    "/lib/libx.so.1.3");
	assert_null(find(&objects, DIFF_A, "/lib/gone.so")->names[DIFF_B]);
	assert_null(find(&objects, DIFF_B, "/lib/new.so")->names[DIFF_A]);
	assert_string_equal(diff_object_name(find(&objects, DIFF_A, "/lib/gone.so")),
			    "/lib/gone.so");
	/* The largest difference comes first, and both sides know it. */
	assert_string_equal(objects.objects[0].names[DIFF_B], "/srv/2/app");
	assert_int_equal(objects.of[DIFF_A][0], 0);
	assert_int_equal(objects.of[DIFF_B][0], 0);
	assert_int_equal(objects.objects[0].sum.amounts[DIFF_SIZE][DIFF_B], 3 * DIFF_PAGE);
	diff_objects_finish(&objects);
	diff_sides_finish(&sides);
}

static void memory_is_the_same_by_kind_name_and_runtime(void **state)
{
	static const struct vma a[] = {
		DIFF_FILE(1, 1, 3, KIND_DATA, "/bin/app"),
		DIFF_MEMORY(2, 1, 3, KIND_BSS),
		DIFF_MEMORY(10, 1, 3, KIND_ANON),
		DIFF_MEMORY(20, 1, 3, KIND_ANON),
		{.start = 30 * DIFF_PAGE,
		 .end = 31 * DIFF_PAGE,
		 .name = "[stack:7]",
		 .kind = KIND_THREAD_STACK},
		{.start = 40 * DIFF_PAGE,
		 .end = 41 * DIFF_PAGE,
		 .name = "",
		 .kind = KIND_ANON,
		 .runtime = RUNTIME_GO},
	};
	static const struct vma b[] = {
		DIFF_MEMORY(10, 1, 3, KIND_ANON),
		{.start = 30 * DIFF_PAGE,
		 .end = 31 * DIFF_PAGE,
		 .name = "[stack:8]",
		 .kind = KIND_THREAD_STACK},
		{.start = 40 * DIFF_PAGE,
		 .end = 41 * DIFF_PAGE,
		 .name = "",
		 .kind = KIND_RESERVE,
		 .runtime = RUNTIME_GO},
	};
	struct diff_sides sides = DIFF_SIDES_MAKE(a, b);
	struct diff_objects objects;

	(void)state;
	diff_objects_init(&objects, sides.subjects);
	assert_int_equal(objects.count, 4);
	/* A bss is a part of its file. */
	assert_int_equal(objects.of[DIFF_A][0], objects.of[DIFF_A][1]);
	assert_int_equal(find(&objects, DIFF_A, "/bin/app")->type, DIFF_OBJECT_FILE);
	assert_int_equal(find(&objects, DIFF_B, "anon")->sum.mappings[DIFF_A], 2);
	assert_int_equal(find(&objects, DIFF_B, "anon")->sum.mappings[DIFF_B], 1);
	assert_string_equal(find(&objects, DIFF_A, "thread-stack")->names[DIFF_B], "thread-stack");
	assert_int_equal(find(&objects, DIFF_A, runtime_label(RUNTIME_GO))->sum.mappings[DIFF_B],
			 1);
	diff_objects_finish(&objects);
	diff_sides_finish(&sides);
}

static void of_nothing_there_are_none(void **state)
{
	struct diff_sides sides = diff_sides_make(NULL, 0, NULL, 0);
	struct diff_objects objects;

	(void)state;
	diff_objects_init(&objects, sides.subjects);
	assert_int_equal(objects.count, 0);
	diff_objects_finish(&objects);
	diff_sides_finish(&sides);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_the_same_by_path_name_and_numbers),
		cmocka_unit_test(memory_is_the_same_by_kind_name_and_runtime),
		cmocka_unit_test(of_nothing_there_are_none),
	};

	return cmocka_run_group_tests_name("diff_objects", tests, NULL, NULL);
}
