/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_LISTS_H
#define APP_LISTS_H

/*
 * What the program lists about itself: plain columns with at least two spaces between them, a line
 * each, no heading. For people, documents and scripts.
 */

#include <stdio.h>

struct keymap;

/* Name, keys and help of each command; "none" for the keys of one that has none. */
void lists_print_commands(FILE *stream, const struct keymap *keymap);

/* Name of each theme, and what its first line says of it. */
void lists_print_themes(FILE *stream);

/* Name, unit and meaning of each field. */
void lists_print_fields(FILE *stream);

/* Name, label and meaning of each kind. */
void lists_print_kinds(FILE *stream);

#endif
