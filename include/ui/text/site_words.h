/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_SITE_WORDS_H
#define UI_TEXT_SITE_WORDS_H

/* Call sites in words; what is foreign is escaped. */

struct call_sites;
struct code_frame;
struct text;

/* Appends the function, or where the code is that has no name; NULL: "all others". */
void site_words_append_function(struct text *text, const struct code_frame *frame);

/* Appends where its code comes from, "  json.c:12" or "  libc.so.6"; nothing where not known. */
void site_words_append_source(struct text *text, const struct code_frame *frame);

#endif
