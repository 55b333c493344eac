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
		.shown = memory_copy_string("shown"),
		.shown_size = 6,
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
	inside_object_unref(object);
}

/* What an object takes beyond one that has nothing. */
static size_t memory_beyond_nothing(const struct inside_parts *parts)
{
	const struct inside_parts none = {.source = INSIDE_SOURCE_NONE};
	struct inside_object *empty = inside_object_create(&none);
	struct inside_object *object = inside_object_create(parts);
	size_t memory = inside_object_memory(object) - inside_object_memory(empty);

	assert_true(inside_object_memory(empty) >= sizeof(*empty));
	inside_object_unref(empty);
	inside_object_unref(object);
	return memory;
}

static void takes_the_memory_of_its_parts(void **state)
{
	struct inside_parts parts = {.strings_size = 5};

	(void)state;
	assert_int_equal(memory_beyond_nothing(&parts), 5);
	parts = (struct inside_parts){.shown_size = 7};
	assert_int_equal(memory_beyond_nothing(&parts), 7);
	parts = (struct inside_parts){
		.sections = {.sections = memory_alloc(3 * sizeof(struct inside_section)),
			     .count = 3}};
	assert_int_equal(memory_beyond_nothing(&parts), 3 * sizeof(struct inside_section));
	/* Two names of one symbol. */
	parts = (struct inside_parts){.names = memory_alloc(2 * sizeof(*parts.names)),
				      .name_count = 2};
	for (size_t i = 0; i < 2; i++)
		parts.names[i] = (struct inside_name){
			.address = 0x100, .size = 8, .limit = 0x200, .name = i ? "a" : "b"};
	assert_int_equal(memory_beyond_nothing(&parts),
			 2 * sizeof(struct inside_name) + sizeof(struct inside_symbol));
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
	static const char *const names[] = {"none",           "symtab",  "dynsym",  "debug-file",
					    "mini-debuginfo", "pclntab", "perf-map"};

	(void)state;
	assert_int_equal(sizeof(names) / sizeof(names[0]), INSIDE_SOURCE_COUNT);
	for (int i = 0; i < INSIDE_SOURCE_COUNT; i++)
		assert_string_equal(inside_source_name((enum inside_source)i), names[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_made_of_its_parts),
		cmocka_unit_test(takes_the_memory_of_its_parts),
		cmocka_unit_test(lives_as_long_as_it_is_used),
		cmocka_unit_test(every_source_has_a_name),
	};

	return cmocka_run_group_tests_name("inside_object", tests, NULL, NULL);
}
