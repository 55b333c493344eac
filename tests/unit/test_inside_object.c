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
#include "inside/inside_object.h"

#define INFO(bind, type) ELF64_ST_INFO(STB_##bind, STT_##type)

static struct inside_object *read_object(const struct elf_maker *maker)
{
	struct file_reader file = elf_maker_reader(maker);
	struct inside_object *object = NULL;

	assert_int_equal(inside_object_read(&file, &object), 0);
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
	struct file_reader file;
	struct elf_maker maker;

	(void)state;
	make(&maker);
	ELF_MAKER_PUT(&maker, 0, Ehdr, e_type, ET_REL);
	file = elf_maker_reader(&maker);
	assert_int_equal(inside_object_read(&file, &object), -ENOEXEC);
	assert_null(object);
}

static void every_shorter_file_is_an_object_or_none(void **state)
{
	struct elf_maker maker;

	(void)state;
	make(&maker);
	for (size_t size = 0; size < sizeof(maker.bytes); size += size < 0x2100 ? 7 : 0x100) {
		struct inside_object *object = NULL;
		struct file_reader file;
		int error;

		maker.file.size = size;
		file = elf_maker_reader(&maker);
		error = inside_object_read(&file, &object);
		assert_true(error == 0 || error == -ENOEXEC);
		assert_int_equal(error == 0, object != NULL);
		inside_object_unref(object);
	}
}

static void lives_as_long_as_it_is_used(void **state)
{
	struct inside_object *object;
	struct elf_maker maker;

	(void)state;
	make(&maker);
	object = read_object(&maker);
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
		cmocka_unit_test(has_sections_and_symbols),
		cmocka_unit_test(takes_the_dynamic_table_of_a_stripped_one),
		cmocka_unit_test(says_why_there_are_no_symbols),
		cmocka_unit_test(what_is_no_object_is_refused),
		cmocka_unit_test(every_shorter_file_is_an_object_or_none),
		cmocka_unit_test(lives_as_long_as_it_is_used),
		cmocka_unit_test(every_source_has_a_name),
	};

	return cmocka_run_group_tests_name("inside_object", tests, NULL, NULL);
}
