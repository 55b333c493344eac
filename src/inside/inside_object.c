/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/inside_object.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "inside/elf_headers.h"
#include "inside/elf_segments.h"
#include "inside/elf_symbols.h"
#include "inside/file_reader.h"

/* The object with what only its end needs. */
struct owned_object {
	struct inside_object object; /* first: a pointer to it is one to this */
	atomic_uint references;
	char *strings; /* of the symbols' names */
	char *debug_path;
};

static struct owned_object *owned(struct inside_object *object)
{
	return (struct owned_object *)object;
}

static enum inside_lack choose_lack(int error)
{
	return error == -EFBIG ? INSIDE_LACK_TOO_LARGE : INSIDE_LACK_DAMAGED;
}

/* Reads the best table that the file has. Returns 0, or the -errno of reading. */
static int read_symbols(struct owned_object *owned, const struct file_reader *file,
			const struct elf_header *header)
{
	static const struct {
		uint32_t type;
		enum inside_source source;
	} tables[] = {
		{SHT_SYMTAB, INSIDE_SOURCE_SYMTAB},
		{SHT_DYNSYM, INSIDE_SOURCE_DYNSYM},
	};
	struct inside_object *object = &owned->object;

	object->lack = INSIDE_LACK_NOTHING;
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		struct elf_symbols symbols;
		int error =
			elf_symbols_read(file, header, tables[i].type, &object->sections, &symbols);

		if (!error) {
			owned->strings = symbols.strings;
			symbol_list_init(&object->symbols, symbols.names, symbols.count);
			object->source = tables[i].source;
			return 0;
		}
		if (error != -ENOENT && error != -EFBIG && error != -EBADMSG)
			return error;
		if (object->lack == INSIDE_LACK_NOTHING)
			object->lack = error == -ENOENT ? INSIDE_LACK_STRIPPED : choose_lack(error);
	}
	return 0;
}

int inside_object_read(const struct file_reader *file, struct inside_object **ret_object)
{
	struct owned_object *made;
	struct elf_header header;
	struct elf_image *image;
	int error = elf_segments_read(file, &image);

	if (error)
		return error;
	made = memory_alloc(sizeof(*made));
	atomic_init(&made->references, 1);
	error = elf_header_read(file, &header);
	if (!error)
		error = section_list_read(&made->object.sections, file, &header, image);
	if (!error)
		error = read_symbols(made, file, &header);
	elf_segments_free(image);
	if (error) {
		inside_object_unref(&made->object);
		return error;
	}
	*ret_object = &made->object;
	return 0;
}

struct inside_object *inside_object_ref(struct inside_object *object)
{
	atomic_fetch_add_explicit(&owned(object)->references, 1, memory_order_relaxed);
	return object;
}

void inside_object_unref(struct inside_object *object)
{
	if (!object ||
	    atomic_fetch_sub_explicit(&owned(object)->references, 1, memory_order_acq_rel) != 1)
		return;
	section_list_finish(&object->sections);
	symbol_list_finish(&object->symbols);
	free(owned(object)->strings);
	free(owned(object)->debug_path);
	free(owned(object));
}

const char *inside_source_name(enum inside_source source)
{
	static const char *const names[INSIDE_SOURCE_COUNT] = {
		[INSIDE_SOURCE_NONE] = "none",
		[INSIDE_SOURCE_SYMTAB] = "symtab",
		[INSIDE_SOURCE_DYNSYM] = "dynsym",
		[INSIDE_SOURCE_DEBUG_FILE] = "debug-file",
		[INSIDE_SOURCE_MINI_DEBUGINFO] = "mini-debuginfo",
		[INSIDE_SOURCE_PCLNTAB] = "pclntab",
	};

	return names[source];
}
