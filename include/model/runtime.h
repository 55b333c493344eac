/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_RUNTIME_H
#define MODEL_RUNTIME_H

/*
 * Memory that a language's runtime, an allocator or a sanitizer manages in place of the brk heap,
 * as far as it can be known from outside (model/classify_runtime.h).
 */

enum runtime {
	RUNTIME_NONE,
	RUNTIME_JAVA,
	RUNTIME_GO,
	RUNTIME_V8,
	RUNTIME_PARTITION_ALLOC,
	RUNTIME_ASAN,
	RUNTIME_COUNT, /* at most 8: the history keeps three bits */
};

/* "java heap"; NULL for RUNTIME_NONE. */
const char *runtime_label(enum runtime runtime);

/* The stable name, "java-heap"; NULL for RUNTIME_NONE. */
const char *runtime_name(enum runtime runtime);

#endif
