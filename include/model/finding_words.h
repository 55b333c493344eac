/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_FINDING_WORDS_H
#define MODEL_FINDING_WORDS_H

/* A finding in words, the same on the screen and in reports. */

struct finding;
struct text;

/*
 * Appends what was found, or what is not known and why, in one line, escaped for the screen:
 *
 *   7f12a0000000-7f12a0010000 rwxp 64K /usr/lib/x.so
 *   /usr/lib/libfoo.so.1: no PT_GNU_STACK
 *   heap 2.0M: +1.2M in 60 s
 *   61 000 of 65 530 mappings
 */
void finding_words_append(struct text *text, const struct finding *finding);

#endif
