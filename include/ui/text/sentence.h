/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_SENTENCE_H
#define UI_TEXT_SENTENCE_H

/*
 * Sentences that name the keys of commands, whatever keys the user has bound:
 *
 *     "This is the newest sample; " SENTENCE_KEY("live") " resumes."
 *
 * The name of the command stands between two control characters, which nothing that is foreign
 * brings along: its text is escaped before it becomes part of a sentence.
 */

#include <stdbool.h>

struct keymap;
struct text;

/* The first key of the command of that name, a string literal. */
#define SENTENCE_KEY(command) "\001" command "\002"

/* Whether keys are named in the sentence that are still to be filled in. */
bool sentence_has_keys(const char *sentence);

/*
 * Appends the sentence with the keys in their places; of a command without any, its name in
 * quotation marks. keymap may be NULL (ui/command/keymap.h).
 */
void sentence_append(struct text *text, const struct keymap *keymap, const char *sentence);

#endif
