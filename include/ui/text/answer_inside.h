/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_ANSWER_INSIDE_H
#define UI_TEXT_ANSWER_INSIDE_H

/* What an address is in its ELF object, in words: symbol, section, line of the source. */

struct answer_about;
struct explanation;

/* Adds the statements, where what is inside the object is known. */
void answer_inside(struct explanation *to, const struct answer_about *about);

#endif
