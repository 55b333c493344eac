/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_RECORDED_WORDS_H
#define APP_RECORDED_WORDS_H

/*
 * What is wrong with a recorded tree (--procfs=DIR of files copied from a procfs), in a sentence
 * that names the file. All text from the tree is escaped.
 */

#include <stdbool.h>
#include <stdint.h>

struct options;
struct source_damage;
struct text;

/* Whether the options name no procfs, but such a tree, or what cannot be opened. */
bool recorded_words_apply(const struct options *options);

/* Appends why process pid cannot be read (-errno); returns the exit status that goes with it. */
int recorded_words_append_error(struct text *text, const struct options *options, int32_t pid,
				int error);

/* Appends what is incomplete about a list that is shown nevertheless. */
void recorded_words_append_damage(struct text *text, const struct options *options, int32_t pid,
				  const struct source_damage *damage);

#endif
