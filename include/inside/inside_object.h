/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_INSIDE_OBJECT_H
#define INSIDE_INSIDE_OBJECT_H

/*
 * What is inside an ELF object: its sections and its symbols. It never changes once it is made, and
 * counts its references, so that a worker makes it and the main thread reads it. Addresses are
 * those of the file: in memory they are larger by the load bias of the mapping (modulo 2^64).
 */

#include <stddef.h>
#include <stdint.h>

#include "inside/section_list.h"
#include "inside/symbol_list.h"

/* Where the symbols come from. */
enum inside_source {
	INSIDE_SOURCE_NONE,
	INSIDE_SOURCE_SYMTAB,
	INSIDE_SOURCE_DYNSYM,         /* only those that other objects may refer to */
	INSIDE_SOURCE_DEBUG_FILE,     /* the symbol table of a separate debug file */
	INSIDE_SOURCE_MINI_DEBUGINFO, /* .gnu_debugdata */
	INSIDE_SOURCE_PCLNTAB,        /* Go's own table of functions */
	INSIDE_SOURCE_PERF_MAP,       /* what a runtime says of the code that it made */
	INSIDE_SOURCE_COUNT,
};

/* Why there are no symbols, or not all of them. */
enum inside_lack {
	INSIDE_LACK_NOTHING,
	INSIDE_LACK_STRIPPED,  /* the table of all symbols was taken out */
	INSIDE_LACK_TOO_LARGE, /* there are more than vastop reads */
	INSIDE_LACK_DAMAGED,   /* the table contradicts itself */
	INSIDE_LACK_COUNT,
};

struct inside_object {
	struct section_list sections;
	struct symbol_list symbols;
	enum inside_source source;
	enum inside_lack lack;
	const char *debug_path; /* of the debug file that was read; NULL: there is none */
};

/* What an object is made of. */
struct inside_parts {
	struct section_list sections;
	struct inside_name *names; /* from memory_alloc() */
	size_t name_count;
	char *strings; /* what the names point into; from memory_alloc() */
	size_t strings_size;
	char *shown; /* likewise, of the demangled ones; or NULL */
	size_t shown_size;
	enum inside_source source;
	enum inside_lack lack;
	char *debug_path; /* likewise, or NULL */
};

/* Makes an object with one reference; the parts become its own. */
struct inside_object *inside_object_create(const struct inside_parts *parts);

/* One reference more; returns the object. */
struct inside_object *inside_object_ref(struct inside_object *object);

/* One reference less: the last one frees it. NULL is allowed. From any thread. */
void inside_object_unref(struct inside_object *object);

/* Bytes of memory that the object takes. */
size_t inside_object_memory(const struct inside_object *object);

/* "symtab", "dynsym", "debug-file", "mini-debuginfo", "pclntab", "perf-map", "none". */
const char *inside_source_name(enum inside_source source);

#endif
