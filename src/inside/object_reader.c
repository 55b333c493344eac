/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/object_reader.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "inside/debug_link.h"
#include "inside/demangle.h"
#include "inside/elf_headers.h"
#include "inside/elf_symbols.h"
#include "inside/file_reader.h"
#include "inside/inside_object.h"
#include "inside/pclntab.h"

static enum inside_lack choose_lack(int error)
{
	switch (error) {
	case -ENOENT: return INSIDE_LACK_STRIPPED;
	case -EFBIG: return INSIDE_LACK_TOO_LARGE;
	default: return INSIDE_LACK_DAMAGED;
	}
}

/*
 * Reads the table that the source is, of the file. Returns 0, also when there is none; or the
 * -errno of reading.
 */
static int read_table(struct inside_parts *parts, const struct file_reader *file,
		      const struct elf_header *header, enum inside_source source)
{
	uint32_t type = source == INSIDE_SOURCE_DYNSYM ? SHT_DYNSYM : SHT_SYMTAB;
	struct elf_symbols symbols;
	int error = source == INSIDE_SOURCE_PCLNTAB
			    ? pclntab_read(file, header, &parts->sections, &symbols)
			    : elf_symbols_read(file, header, type, &parts->sections, &symbols);

	if (!error) {
		parts->names = symbols.names;
		parts->name_count = symbols.count;
		parts->strings = symbols.strings;
		parts->strings_size = symbols.strings_size;
		parts->source = source;
		return 0;
	}
	if (error != -ENOENT && error != -EFBIG && error != -EBADMSG)
		return error;
	/* Why the better table, which is tried first, is not there. */
	if (parts->lack == INSIDE_LACK_NOTHING)
		parts->lack = choose_lack(error);
	return 0;
}

/* The table of the debug file, if there is one that has any. A debug file that is damaged is none.
 */
static int read_debug_file(struct inside_parts *parts, const struct file_reader *file,
			   const struct elf_header *header, const struct debug_finder *finder)
{
	struct file_reader debug_file;
	struct elf_header debug_header;
	struct debug_link link;
	const char *path;
	int error = debug_link_read(file, header, &link);

	if (error)
		return error == -ENOENT ? 0 : error;
	if (finder->find(finder->context, &link, &debug_file, &path) ||
	    elf_header_read(&debug_file, &debug_header) ||
	    read_table(parts, &debug_file, &debug_header, INSIDE_SOURCE_DEBUG_FILE))
		return 0;
	if (parts->names) {
		parts->debug_path = memory_copy_string(path);
		parts->lack = INSIDE_LACK_NOTHING;
	}
	return 0;
}

/* Names that are mangled get what to show instead. */
static void demangle(struct inside_parts *parts)
{
	struct text shown = {0};
	size_t *starts = memory_alloc(parts->name_count * sizeof(*starts));

	for (size_t i = 0; i < parts->name_count; i++) {
		const char *name = parts->names[i].name;
		size_t start = shown.length;

		/* A text that grows may move: pointers come last. */
		if (demangle_append(&shown, name, symbol_name_length(name))) {
			text_append_char(&shown, '\0');
			starts[i] = start + 1;
		}
	}
	for (size_t i = 0; i < parts->name_count; i++)
		if (starts[i])
			parts->names[i].shown = shown.bytes + starts[i] - 1;
	free(starts);
	parts->shown = shown.bytes;
	parts->shown_size = shown.capacity;
}

int object_reader_read(const struct file_reader *file, const struct elf_image *image,
		       const struct object_wish *wish, struct inside_object **ret_object)
{
	/* What stripping leaves: some of all symbols. */
	static const enum inside_source poor[] = {INSIDE_SOURCE_PCLNTAB, INSIDE_SOURCE_DYNSYM};
	struct inside_parts parts = {0};
	struct elf_header header;
	int error = elf_header_read(file, &header);

	if (!error)
		error = section_list_read(&parts.sections, file, &header, image);
	if (error)
		return error;
	error = read_table(&parts, file, &header, INSIDE_SOURCE_SYMTAB);
	if (!error && !parts.names && wish->finder)
		error = read_debug_file(&parts, file, &header, wish->finder);
	for (size_t i = 0; i < sizeof(poor) / sizeof(poor[0]) && !error && !parts.names; i++)
		error = read_table(&parts, file, &header, poor[i]);
	if (error) {
		section_list_finish(&parts.sections);
		return error;
	}
	if (wish->demangle)
		demangle(&parts);
	*ret_object = inside_object_create(&parts);
	return 0;
}
