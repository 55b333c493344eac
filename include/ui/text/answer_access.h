/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_ANSWER_ACCESS_H
#define UI_TEXT_ANSWER_ACCESS_H

/* What a read, a write and a jump would do (model/access.h), in words. */

struct answer_about;
struct explanation;

/* Adds a statement for each, or one for all where they are the same. */
void answer_access(struct explanation *to, const struct answer_about *about);

#endif
