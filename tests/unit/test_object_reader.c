/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "elf_maker.h"
#include "inside/debug_link.h"
#include "inside/elf_segments.h"
#include "inside/inside_object.h"
#include "inside/object_reader.h"

#define INFO(bind, type) ELF64_ST_INFO(STB_##bind, STT_##type)

static int read_with(const struct elf_maker *maker, const struct debug_finder *finder,
		     struct inside_object **ret_object)
{
	const struct object_wish wish = {.finder = finder, .demangle = true};
	struct file_reader file = elf_maker_reader(maker);
	struct elf_image *image;
	int error = elf_segments_read(&file, &image);

	if (!error) {
		error = object_reader_read(&file, image, &wish, ret_object);
		elf_segments_free(image);
	}
	return error;
}

static int try_to_read(const struct elf_maker *maker, struct inside_object **ret_object)
{
	return read_with(maker, NULL, ret_object);
}

static struct inside_object *read_object(const struct elf_maker *maker)
{
	struct inside_object *object = NULL;

	assert_int_equal(try_to_read(maker, &object), 0);
	return object;
}

static void make(struct elf_maker *maker)
{
	elf_maker_init(maker, false, false);
	elf_maker_add_symbol(
		maker, (struct maker_symbol){"main", 0x400, 0x20, INFO(GLOBAL, FUNC), MAKER_TEXT});
}

static void has_sections_and_symbols(void **state)
{
	struct inside_object *object;
	struct elf_maker maker;

	(void)state;
	make(&maker);
	object = read_object(&maker);
	assert_int_equal(object->sections.count, 5);
	assert_int_equal(object->source, INSIDE_SOURCE_SYMTAB);
	assert_int_equal(object->lack, INSIDE_LACK_NOTHING);
	assert_string_equal(symbol_list_at(&object->symbols, 0x41f)->name, "main");
	assert_null(object->debug_path);
	inside_object_unref(object);
}

static void takes_the_dynamic_table_of_a_stripped_one(void **state)
{
	struct inside_object *object;
	struct elf_maker maker;

	(void)state;
	make(&maker);
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_SYMBOLS), Shdr, sh_type, SHT_DYNSYM);
	object = read_object(&maker);
	assert_int_equal(object->source, INSIDE_SOURCE_DYNSYM);
	assert_int_equal(object->lack, INSIDE_LACK_STRIPPED);
	assert_int_equal(object->symbols.symbol_count, 1);
	inside_object_unref(object);
}

static int find_debug_file(void *context, const struct debug_link *wanted,
			   struct file_reader *ret_file, const char **ret_path)
{
	assert_int_equal(wanted->build_id.size, 20);
	*ret_file = elf_maker_reader(context);
	*ret_path = "/usr/lib/debug/x";
	return 0;
}

static void takes_the_table_of_the_debug_file(void **state)
{
	struct elf_maker maker, debug_file;
	struct debug_finder finder = {find_debug_file, &debug_file};
	struct inside_object *object;

	(void)state;
	make(&debug_file);
	make(&maker);
	elf_maker_put_build_id(&maker, 20);
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_SYMBOLS), Shdr, sh_type, SHT_DYNSYM);
	assert_int_equal(read_with(&maker, &finder, &object), 0);
	assert_int_equal(object->source, INSIDE_SOURCE_DEBUG_FILE);
	assert_int_equal(object->lack, INSIDE_LACK_NOTHING);
	assert_string_equal(object->debug_path, "/usr/lib/debug/x");
	inside_object_unref(object);

	/* One that has none is no loss. */
	elf_maker_init(&debug_file, false, false);
	assert_int_equal(read_with(&maker, &finder, &object), 0);
	assert_int_equal(object->source, INSIDE_SOURCE_DYNSYM);
	assert_int_equal(object->lack, INSIDE_LACK_STRIPPED);
	assert_null(object->debug_path);
	inside_object_unref(object);

	/* With a table of its own the object needs none. */
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_SYMBOLS), Shdr, sh_type, SHT_SYMTAB);
	assert_int_equal(read_with(&maker, &finder, &object), 0);
	assert_int_equal(object->source, INSIDE_SOURCE_SYMTAB);
	inside_object_unref(object);
}

static void says_why_there_are_no_symbols(void **state)
{
	struct inside_object *object;
	struct elf_maker maker;

	(void)state;
	elf_maker_init(&maker, false, false);
	object = read_object(&maker);
	assert_int_equal(object->source, INSIDE_SOURCE_NONE);
	assert_int_equal(object->lack, INSIDE_LACK_STRIPPED);
	inside_object_unref(object);

	make(&maker);
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_SYMBOLS), Shdr, sh_link, 0);
	object = read_object(&maker);
	assert_int_equal(object->source, INSIDE_SOURCE_NONE);
	assert_int_equal(object->lack, INSIDE_LACK_DAMAGED);
	assert_int_equal(object->sections.count, 5);
	inside_object_unref(object);
}

static void what_is_no_object_is_refused(void **state)
{
	struct inside_object *object = NULL;
	struct elf_maker maker;

	(void)state;
	make(&maker);
	ELF_MAKER_PUT(&maker, 0, Ehdr, e_type, ET_REL);
	assert_int_equal(try_to_read(&maker, &object), -ENOEXEC);
	assert_null(object);
}

static void every_shorter_file_is_an_object_or_none(void **state)
{
	struct elf_maker maker;

	(void)state;
	make(&maker);
	for (size_t size = 0; size < sizeof(maker.bytes); size += size < 0x2100 ? 7 : 0x100) {
		struct inside_object *object = NULL;
		int error;

		maker.file.size = size;
		error = try_to_read(&maker, &object);
		assert_true(error == 0 || error == -ENOEXEC);
		assert_int_equal(error == 0, object != NULL);
		inside_object_unref(object);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(has_sections_and_symbols),
		cmocka_unit_test(takes_the_dynamic_table_of_a_stripped_one),
		cmocka_unit_test(takes_the_table_of_the_debug_file),
		cmocka_unit_test(says_why_there_are_no_symbols),
		cmocka_unit_test(what_is_no_object_is_refused),
		cmocka_unit_test(every_shorter_file_is_an_object_or_none),
	};

	return cmocka_run_group_tests_name("object_reader", tests, NULL, NULL);
}
