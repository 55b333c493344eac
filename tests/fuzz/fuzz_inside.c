/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as an ELF object that is looked into: what is accepted keeps the promises of its
 * sections and symbols, and everything in it can be found.
 */
#include "fuzz.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "inside/elf_segments.h"
#include "inside/file_reader.h"
#include "inside/inside_object.h"
#include "inside/object_reader.h"
#include "inside/object_record.h"

static void check_sections(const struct section_list *list)
{
	FUZZ_CHECK(list->count > 0);
	for (size_t i = 0; i < list->count; i++) {
		const struct inside_section *section = &list->sections[i];

		FUZZ_CHECK(section->start < section->end);
		FUZZ_CHECK(i == 0 || section[-1].end <= section->start);
		FUZZ_CHECK(section->kind <= KIND_BSS);
		FUZZ_CHECK(strlen(section->name) < SIZE_MAX);
		FUZZ_CHECK(section_list_at(list, section->start) == section);
		FUZZ_CHECK(section_list_at(list, section->end - 1) == section);
	}
}

static void check_symbols(const struct inside_object *object)
{
	const struct symbol_list *list = &object->symbols;

	for (size_t i = 0; i < list->symbol_count; i++) {
		const struct inside_symbol *symbol = &list->symbols[i];
		const struct inside_section *section =
			section_list_at(&object->sections, symbol->start);

		FUZZ_CHECK(symbol->address <= symbol->start && symbol->start < symbol->end);
		FUZZ_CHECK(i == 0 || symbol[-1].end <= symbol->start);
		FUZZ_CHECK(section && symbol->end <= section->end);
		FUZZ_CHECK(symbol_list_at(list, symbol->end - 1) == symbol);
	}
	for (size_t i = 0; i < list->name_count && i < 16; i++) {
		const struct inside_name *name = &list->names[i], *found;
		int error = symbol_list_find(list, name->name, symbol_name_length(name->name),
					     i % 2, &found);

		FUZZ_CHECK(*name->name && name->kind < INSIDE_SYMBOL_KINDS);
		FUZZ_CHECK(error == 0 || error == -ENOTUNIQ);
	}
}

/* The record of an object is the object again. */
static void check_record(const struct inside_object *object)
{
	struct inside_object *again = NULL;
	struct text record = {0}, second = {0};

	object_record_append(&record, object);
	FUZZ_CHECK(!object_record_read(record.bytes, record.length, &again));
	object_record_append(&second, again);
	FUZZ_CHECK(record.length == second.length &&
		   !memcmp(record.bytes, second.bytes, record.length));
	FUZZ_CHECK(again->symbols.symbol_count == object->symbols.symbol_count);
	inside_object_unref(again);
	text_finish(&record);
	text_finish(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const struct file_bytes file = {bytes, length};
	const struct file_reader reader = file_reader_of_bytes(&file);
	/* Demangled in a target of its own: it may take for ever. */
	const struct object_wish wish = {0};
	struct inside_object *object = NULL;
	struct elf_image *image;
	int error = elf_segments_read(&reader, &image);

	if (error)
		return 0;
	error = object_reader_read(&reader, image, &wish, &object);
	elf_segments_free(image);
	FUZZ_CHECK(error == 0 && object);
	check_sections(&object->sections);
	check_symbols(object);
	check_record(object);
	inside_object_unref(object);
	return 0;
}
