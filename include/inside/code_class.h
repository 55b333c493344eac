/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_CODE_CLASS_H
#define INSIDE_CODE_CLASS_H

/*
 * Whom code works for, by the names of its module and function: memory that malloc() or memset()
 * touches is the caller's, and so is what an interpreter touches for the program that it runs. So
 * the call site of new pages is the first frame of the stack, from inside out, that works for
 * itself. Code without a name works for the allocator of its module that calls it.
 */

#include <stdbool.h>
#include <stddef.h>

struct code_frame;

enum code_class {
	CODE_OWN,         /* works for itself */
	CODE_ALLOCATOR,   /* provides memory, or fills it, for its caller: malloc, memset, std:: */
	CODE_RUNTIME,     /* of a compiled language, for the code that calls it: Go's */
	CODE_INTERPRETER, /* or a virtual machine, for the code that it runs, where that is known */
	CODE_GENERATED,   /* that code: a function that a perf map names */
};

/*
 * The class of a function (demangled, NULL: not known) of a module (a path). generated: its name
 * comes from a perf map. Any bytes.
 */
enum code_class code_class_of(const char *module, const char *function, bool generated);

/*
 * The index of the call site among count frames (at least 1), the innermost first. Where all of
 * them work for others, it is the one that is nearest to who they work for.
 */
size_t code_class_find_site(const struct code_frame *frames, size_t count);

#endif
