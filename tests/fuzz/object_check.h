/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_OBJECT_CHECK_H
#define TESTS_OBJECT_CHECK_H

/* What every object (inside/inside_object.h) keeps, from wherever it came. */

#include <errno.h>
#include <string.h>

#include "fuzz.h"
#include "inside/inside_object.h"

static inline void check_sections(const struct section_list *list)
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

static inline void check_symbols(const struct inside_object *object)
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

#endif
