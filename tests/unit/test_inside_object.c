/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "inside/inside_object.h"

static struct inside_object *make(void)
{
	struct inside_parts parts = {
		.names = memory_alloc(sizeof(*parts.names)),
		.name_count = 1,
		.strings = memory_copy_string("main"),
		.strings_size = 5,
		.source = INSIDE_SOURCE_SYMTAB,
		.debug_path = memory_copy_string("/usr/lib/debug/x"),
	};

	parts.names[0] = (struct inside_name){
		.address = 0x100, .size = 8, .limit = 0x200, .name = parts.strings};
	return inside_object_create(&parts);
}

static void is_made_of_its_parts(void **state)
{
	struct inside_object *object = make();

	(void)state;
	assert_int_equal(object->symbols.symbol_count, 1);
	assert_string_equal(object->symbols.symbols[0].name, "main");
	assert_int_equal(object->source, INSIDE_SOURCE_SYMTAB);
	assert_string_equal(object->debug_path, "/usr/lib/debug/x");
	assert_true(inside_object_memory(object) > sizeof(*object) + 5);
	inside_object_unref(object);
}

static void lives_as_long_as_it_is_used(void **state)
{
	struct inside_object *object = make();

	(void)state;
	assert_ptr_equal(inside_object_ref(object), object);
	inside_object_unref(object);
	assert_int_equal(object->symbols.symbol_count, 1);
	inside_object_unref(object);
	inside_object_unref(NULL);
}

static void every_source_has_a_name(void **state)
{
	(void)state;
	for (int i = 0; i < INSIDE_SOURCE_COUNT; i++)
		assert_non_null(inside_source_name((enum inside_source)i));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_made_of_its_parts),
		cmocka_unit_test(lives_as_long_as_it_is_used),
		cmocka_unit_test(every_source_has_a_name),
	};

	return cmocka_run_group_tests_name("inside_object", tests, NULL, NULL);
}
