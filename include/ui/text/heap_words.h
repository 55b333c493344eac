/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_HEAP_WORDS_H
#define UI_TEXT_HEAP_WORDS_H

/* What is said of a heap and of malloc's arenas, in sentences. */

#include "inside/heap_usage.h"
#include "model/allocator.h"

struct text;

/* Appends whether the holes, or what else, keeps the process large. */
void heap_words_append_conclusion(struct text *text, const struct heap_arena *arena);

/*
 * Appends what the figures of an arena, or of all, mean: what is in use, what malloc keeps free and
 * why the process does not shrink.
 */
void heap_words_append_meaning(struct text *text, const struct heap_arena *arena);

/*
 * Appends what one of the other figures means: a sentence with a blank before; nothing of one that
 * is 0, or that the conclusion is about. figure: below HEAP_WORDS_FIGURES, the most important
 * first.
 */
#define HEAP_WORDS_FIGURES 4

void heap_words_append_figure(struct text *text, const struct heap_arena *arena, unsigned figure);

/*
 * Appends why nothing is known of the inside of a heap (-errno as heap_walk() returns; 0: not yet),
 * and what to ask instead.
 */
void heap_words_append_lack(struct text *text, enum allocator allocator, int error);

#endif
