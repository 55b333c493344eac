/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_RUNTIME_H
#define MODEL_RUNTIME_H

/*
 * Memory that a language's runtime, an allocator or a sanitizer manages, in place of the brk heap
 * or beside it, as far as it can be known from outside (model/classify_runtime.h). One table says
 * what each is.
 */

#include <stdbool.h>

enum runtime {
	RUNTIME_NONE,
	RUNTIME_JAVA,
	RUNTIME_JAVA_CODE,
	RUNTIME_GO,
	RUNTIME_GO_METADATA,
	RUNTIME_V8,
	RUNTIME_PARTITION_ALLOC,
	RUNTIME_ASAN,
	RUNTIME_TSAN,
	RUNTIME_MSAN,
	RUNTIME_SANITIZER_HEAP,
	RUNTIME_GLIBC,
	RUNTIME_JEMALLOC,
	RUNTIME_TCMALLOC,
	RUNTIME_MIMALLOC,
	RUNTIME_SNMALLOC,
	RUNTIME_SCUDO,
	RUNTIME_BIONIC,
	RUNTIME_ART,
	RUNTIME_RUBY,
	RUNTIME_PHP,
	RUNTIME_OCAML,
	RUNTIME_CPYTHON,
	RUNTIME_FIBERS,
	RUNTIME_COUNT, /* at most 64: the history keeps six bits */
};

/* "java heap"; NULL for RUNTIME_NONE. */
const char *runtime_label(enum runtime runtime);

/* The stable name, "java-heap"; NULL for RUNTIME_NONE. */
const char *runtime_name(enum runtime runtime);

/* What it is, in a few plain words; NULL for RUNTIME_NONE. */
const char *runtime_words(enum runtime runtime);

/*
 * What tells more about it from within the process, a command or a call ("jcmd PID GC.heap_info");
 * NULL: nothing does.
 */
const char *runtime_ask(enum runtime runtime);

/* Whether the program's own objects are in it, so that it takes the place of the brk heap. */
bool runtime_is_heap(enum runtime runtime);

#endif
