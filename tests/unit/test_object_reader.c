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

static int read_from(const struct file_reader *file, const struct object_wish *wish,
		     struct inside_object **ret_object)
{
	struct elf_image *image;
	int error = elf_segments_read(file, &image);

	if (!error) {
		error = object_reader_read(file, image, wish, ret_object);
		elf_segments_free(image);
	}
	return error;
}

static int read_with(const struct elf_maker *maker, const struct debug_finder *finder,
		     struct inside_object **ret_object)
{
	const struct file_reader file = elf_maker_reader(maker);

	return read_from(&file, &(struct object_wish){.finder = finder, .demangle = true},
			 ret_object);
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

/* As shown, each by its name; of a version the name alone counts. */
static void names_are_demangled_where_that_is_wished(void **state)
{
	static const char *const names[][2] = {{"_ZN1a1fEi", "a::f(int)"},
					       {"main", "main"},
					       {"_ZN1b1gEv@@V1", "b::g()"},
					       {"_ZN5outer5innerEc", "outer::inner(char)"}};
	struct inside_object *object;
	struct elf_maker maker;

	(void)state;
	elf_maker_init(&maker, false, false);
	for (size_t i = 0; i < 4; i++)
		elf_maker_add_symbol(&maker, (struct maker_symbol){names[i][0], 0x400 + 0x20 * i, 8,
								   INFO(GLOBAL, FUNC), MAKER_TEXT});
	for (int wished = 0; wished < 2; wished++) {
		const struct file_reader file = elf_maker_reader(&maker);
		const struct object_wish wish = {.demangle = wished};

		assert_int_equal(read_from(&file, &wish, &object), 0);
		assert_int_equal(object->symbols.name_count, 4);
		for (size_t i = 0; i < 4; i++) {
			assert_string_equal(object->symbols.names[i].name, names[i][0]);
			assert_string_equal(object->symbols.names[i].shown, names[i][wished]);
		}
		inside_object_unref(object);
	}
}

/* Where the disk fails, there is no object, whatever else there is. */
static void errors_of_reading_are_told(void **state)
{
	static const uint64_t bad[] = {ELF_MAKER_HEADERS, ELF_MAKER_NAMES, ELF_MAKER_STRINGS,
				       ELF_MAKER_SYMBOLS, 0x600};
	struct elf_maker maker, debug_file;
	struct debug_finder finder = {find_debug_file, &debug_file};
	const struct object_wish wish = {.finder = &finder};

	(void)state;
	make(&debug_file);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const struct elf_maker_disk disk = {&maker, sizeof(maker.bytes), bad[i]};
		const struct file_reader file = elf_maker_disk_reader(&disk);
		struct inside_object *object = NULL;

		make(&maker);
		elf_maker_put_build_id(&maker, 20);
		/* Of the last, the way to the debug file cannot be read. */
		if (i == 4)
			ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_SYMBOLS), Shdr,
				      sh_type, SHT_DYNSYM);
		assert_int_equal(read_from(&file, &wish, &object), -EIO);
		assert_null(object);
	}
	/* Of the debug file it is no loss. */
	make(&maker);
	elf_maker_put_build_id(&maker, 20);
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_SYMBOLS), Shdr, sh_type, SHT_DYNSYM);
	for (int which = 0; which < 2; which++) {
		struct inside_object *object;

		make(&debug_file);
		if (which == 0)
			debug_file.bytes[0] = 'x';
		else
			debug_file.file.size = ELF_MAKER_SYMBOLS;
		assert_int_equal(read_with(&maker, &finder, &object), 0);
		assert_int_equal(object->source, INSIDE_SOURCE_DYNSYM);
		assert_null(object->debug_path);
		inside_object_unref(object);
	}
}

static int find_nothing(void *context, const struct debug_link *wanted,
			struct file_reader *ret_file, const char **ret_path)
{
	(void)wanted, (void)ret_file, (void)ret_path;
	++*(int *)context;
	return -ENOENT;
}

static void a_debug_file_is_sought_where_one_is_missing(void **state)
{
	struct inside_object *object;
	struct elf_maker maker;
	int asked = 0;
	struct debug_finder finder = {find_nothing, &asked};

	(void)state;
	make(&maker);
	elf_maker_put_build_id(&maker, 20);
	assert_int_equal(read_with(&maker, &finder, &object), 0);
	inside_object_unref(object);
	assert_int_equal(asked, 0);
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_SYMBOLS), Shdr, sh_type, SHT_DYNSYM);
	assert_int_equal(read_with(&maker, &finder, &object), 0);
	assert_int_equal(object->lack, INSIDE_LACK_STRIPPED);
	inside_object_unref(object);
	assert_int_equal(asked, 1);
	/* Nor where nothing says which. */
	make(&maker);
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_SYMBOLS), Shdr, sh_type, SHT_DYNSYM);
	assert_int_equal(read_with(&maker, &finder, &object), 0);
	assert_int_equal(object->source, INSIDE_SOURCE_DYNSYM);
	inside_object_unref(object);
	assert_int_equal(asked, 1);
}

static void too_many_symbols_are_a_lack(void **state)
{
	const uint64_t size = (SYMBOLS_MAX + UINT64_C(1)) * sizeof(Elf64_Sym);
	struct elf_maker maker;
	const struct elf_maker_disk disk = {&maker, UINT64_C(1) << 40, UINT64_MAX};
	const struct file_reader file = elf_maker_disk_reader(&disk);
	struct inside_object *object;

	(void)state;
	make(&maker);
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_SYMBOLS), Shdr, sh_size, size);
	assert_int_equal(read_from(&file, &(struct object_wish){.finder = NULL}, &object), 0);
	assert_int_equal(object->source, INSIDE_SOURCE_NONE);
	assert_int_equal(object->lack, INSIDE_LACK_TOO_LARGE);
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
		cmocka_unit_test(names_are_demangled_where_that_is_wished),
		cmocka_unit_test(errors_of_reading_are_told),
		cmocka_unit_test(a_debug_file_is_sought_where_one_is_missing),
		cmocka_unit_test(too_many_symbols_are_a_lack),
		cmocka_unit_test(what_is_no_object_is_refused),
		cmocka_unit_test(every_shorter_file_is_an_object_or_none),
	};

	return cmocka_run_group_tests_name("object_reader", tests, NULL, NULL);
}
