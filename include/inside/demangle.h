/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_DEMANGLE_H
#define INSIDE_DEMANGLE_H

/*
 * The names of C++ and Rust as people write them, made by libiberty, where vastop was built with
 * it. Names are hostile: what goes in and what comes out is bounded. Time is not: a name of a
 * hundred bytes can be made for which the library works for years. Only who can be killed may ask.
 */

#include <stdbool.h>
#include <stddef.h>

struct text;

#define DEMANGLE_NAME_MAX  4096 /* bytes; longer names stay as they are */
#define DEMANGLE_SHOWN_MAX 8192 /* likewise where they come out longer */

/*
 * Appends "foo<int>::bar(char*)" for the "_ZN3fooIiE3barEPc" of length bytes. Returns whether it
 * did: false for a name that is not mangled.
 */
bool demangle_append(struct text *text, const char *name, size_t length);

#endif
