/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_PART_WORDS_H
#define UI_TEXT_PART_WORDS_H

/* What the parts of a mapping and their pages are called (inside/part_list.h, model/page_pieces.h).
 */

#include <stddef.h>
#include <stdint.h>

#include "inside/part_list.h"

struct glyphs;
struct page_sums;
struct text;
struct vma;

/*
 * Appends the name of a part, escaped; of one without a name what it is: "16 pages", "used chunk",
 * "no section", "no symbol". symbols: it is a piece of a list of symbols.
 */
void part_words_append(struct text *text, const struct inside_part *part,
		       const struct part_source *source, uint64_t page_size, bool symbols);

/* Appends how many neighbours there are: "5 sections", "120 symbols", "12 used, 5 holes". */
void part_words_append_count(struct text *text, const struct inside_part *parts, size_t count,
			     const struct part_source *source);

/*
 * The same with the names that fit into so many columns, the first in any case, else the ellipsis:
 * "5 sections: .init .plt"; without names where there is too little room. Of chunks, which have no
 * names, their sizes.
 */
void part_words_append_fold(struct text *text, const struct inside_part *parts, size_t count,
			    const struct part_source *source, size_t columns, const char *ellipsis);

/*
 * Appends which states the pages of a range of the mapping are in, in a few words: "copied on
 * write", "12 of the file, 4 absent"; "unknown" where nothing is known.
 */
void part_words_append_state(struct text *text, const struct page_sums *sums, uint64_t page_size,
			     const struct vma *vma);

/* The same as a clause that explains the state where it is one for all of them. */
void part_words_explain_state(struct text *text, const struct page_sums *sums, uint64_t page_size,
			      const struct vma *vma);

#endif
