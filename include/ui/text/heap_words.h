/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_HEAP_WORDS_H
#define UI_TEXT_HEAP_WORDS_H

/* What is said of a heap and of malloc's arenas, in sentences. */

#include <stddef.h>

#include "inside/heap_usage.h"
#include "model/allocator.h"

struct heap_keeper;
struct text;

/* Appends whether the holes, or what else, keeps the process large; allocator: whose arena it is.
 */
void heap_words_append_conclusion(struct text *text, const struct heap_arena *arena,
				  enum allocator allocator);

/*
 * Appends what the figures of an arena, or of all, mean: what is in use, what malloc keeps free and
 * why the process does not shrink.
 */
void heap_words_append_meaning(struct text *text, const struct heap_arena *arena,
			       enum allocator allocator);

/*
 * Appends what one of the other figures means: a sentence with a blank before; nothing of one that
 * is 0, or that the conclusion is about. figure: below HEAP_WORDS_FIGURES, the most important
 * first.
 */
#define HEAP_WORDS_FIGURES 4

void heap_words_append_figure(struct text *text, const struct heap_arena *arena,
			      enum allocator allocator, unsigned figure);

/*
 * Appends why nothing is known of the inside of a heap (-errno as heap_walk() returns; 0: not yet),
 * and what to ask instead.
 */
void heap_words_append_lack(struct text *text, enum allocator allocator, int error);

/*
 * Appends what has heaps beside malloc, and what each can be asked; nothing of none. Where the
 * arenas that are shown (of the allocator of arenas; ALLOCATOR_UNKNOWN: none are) are not those of
 * the process's malloc, that, too. A sentence with a blank before.
 */
void heap_words_append_beside(struct text *text, const struct allocator_found *found,
			      enum allocator arenas, const struct heap_keeper *keepers,
			      size_t count);

#endif
