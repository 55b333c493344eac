/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/inside_object.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/memory.h"

/* The object with what only its end needs. */
struct owned_object {
	struct inside_object object; /* first: a pointer to it is one to this */
	atomic_uint references;
	char *strings; /* of the symbols' names */
	size_t strings_size;
	char *shown;
	size_t shown_size;
	char *debug_path;
};

static struct owned_object *owned(struct inside_object *object)
{
	return (struct owned_object *)object;
}

struct inside_object *inside_object_create(const struct inside_parts *parts)
{
	struct owned_object *made = memory_alloc(sizeof(*made));

	atomic_init(&made->references, 1);
	made->strings = parts->strings;
	made->strings_size = parts->strings_size;
	made->shown = parts->shown;
	made->shown_size = parts->shown_size;
	made->debug_path = parts->debug_path;
	made->object.sections = parts->sections;
	made->object.source = parts->source;
	made->object.lack = parts->lack;
	made->object.debug_path = parts->debug_path;
	symbol_list_init(&made->object.symbols, parts->names, parts->name_count);
	return &made->object;
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
	free(owned(object)->shown);
	free(owned(object)->debug_path);
	free(owned(object));
}

size_t inside_object_memory(const struct inside_object *object)
{
	const struct owned_object *made = (const struct owned_object *)object;
	const struct symbol_list *symbols = &object->symbols;

	return sizeof(*made) + made->strings_size + made->shown_size +
	       object->sections.count * sizeof(*object->sections.sections) +
	       symbols->symbol_count * sizeof(*symbols->symbols) +
	       symbols->name_count * sizeof(*symbols->names);
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
		[INSIDE_SOURCE_PERF_MAP] = "perf-map",
	};

	return names[source];
}
