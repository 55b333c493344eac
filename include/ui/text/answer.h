/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_ANSWER_H
#define UI_TEXT_ANSWER_H

/*
 * An address in words: what lies there, where in it and in its file, and what a read, a write and
 * a jump would do. The lower pane and vastop --locate show the same statements. Everything is
 * escaped for the screen.
 */

#include "ui/text/answer_about.h"

struct explanation;

/* The longest label and a blank. */
#define ANSWER_LABEL_COLUMNS 9

/* Makes the statements, most important first; explanation_finish() frees them. */
void answer_make(struct explanation *explanation, const struct answer_about *about);

#endif
