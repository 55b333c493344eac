/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as an ELF object that is looked into: what is accepted keeps the promises of its
 * sections and symbols, and everything in it can be found.
 */
#include "fuzz.h"

#include <errno.h>
#include <string.h>

#include "inside/file_reader.h"
#include "inside/inside_object.h"

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
		int error =
			symbol_list_find(list, name->name, symbol_name_length(name->name), &found);

		FUZZ_CHECK(*name->name && name->kind < INSIDE_SYMBOL_KINDS);
		FUZZ_CHECK(error == 0 || error == -ENOTUNIQ);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const struct file_bytes file = {bytes, length};
	const struct file_reader reader = file_reader_of_bytes(&file);
	struct inside_object *object = NULL;
	int error = inside_object_read(&reader, &object);

	FUZZ_CHECK(error == 0 || error == -ENOEXEC);
	FUZZ_CHECK(!error == (object != NULL));
	if (object) {
		check_sections(&object->sections);
		check_symbols(object);
	}
	inside_object_unref(object);
	return 0;
}
