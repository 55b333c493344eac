/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_INSIDE_INSIDE_H
#define UI_INSIDE_INSIDE_H

/*
 * Where in a mapping the user is: the steps of going in below it, from the mapping to a section and
 * a symbol, or to chunks of a heap, and to a page, and what is known of it. What is found out
 * elsewhere is handed in; until it is, all of it is pages whose state is not known. Addresses are
 * the target's, in bytes.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/page_pieces.h"
#include "ui/inside/inside_level.h"
#include "ui/text/chunk_words.h"

struct address_space;
struct heap_piece;
struct heap_usage;
struct inside_object;
struct view;
struct vma;

#define INSIDE_LEVELS 24

/* What was found of the object of a mapping. */
struct inside_found {
	struct inside_object *object; /* a reference; NULL: there is none */
	uint64_t bias;                /* added to its addresses gives those of the mapping */
	const char *why; /* why there is none: a sentence that is a constant; NULL: so it is */
};

/* The mapping, or the part of one (model/address_space.h). */
struct inside_place {
	uint64_t start, end;
	uint64_t origin; /* where byte 0 of its file would be, modulo 2^64; 0 without a file */
	uint64_t inode;
	uint32_t dev_major, dev_minor;
};

/* All zeroes: of no mapping. */
struct inside {
	struct inside_place place; /* as it was in the last snapshot that had it */
	bool gone;                 /* the newest one does not have it */
	struct inside_stuff stuff;
	bool told;       /* what the object is, or that there is none, is known */
	const char *why; /* there is none; NULL: so it is */
	bool heap_told; /* the heap was walked since this began, or it is known that it cannot be */
	struct inside_level levels[INSIDE_LEVELS];
	size_t depth;              /* how many of these there are; the last is shown */
	struct page_pieces pieces; /* of what was on the screen */
	int pieces_error;          /* why there are none: -errno; 0: they come */
	struct chunk_first first;  /* of the chunk that was under the cursor */
	uint64_t wish;             /* an address that is gone to once all is known, */
	bool wishes;               /* if there is one */
};

/* What going in leads to. */
enum inside_step {
	INSIDE_STEP_IN,    /* another level */
	INSIDE_STEP_BYTES, /* there is nothing smaller but bytes */
	INSIDE_STEP_NONE, /* the fold under the cursor is all there is, or there are too many levels
			   */
};

/* Starts at the mapping, its pages first, which are shown as the view is. */
void inside_start(struct inside *inside, const struct vma *vma, uint64_t page_size,
		  const struct view *like);
void inside_finish(struct inside *inside);

/* The mapping of a snapshot that this is about; NULL: it has none. */
const struct vma *inside_mapping(const struct inside *inside, const struct address_space *space);

/* Takes a new snapshot over: the mapping may have grown, or be gone. */
void inside_follow(struct inside *inside, const struct address_space *space);

/* Takes what was found of its object over, with the reference. */
void inside_take_object(struct inside *inside, const struct inside_found *found);

/*
 * Shows the chunks of a heap, where there are some, or no longer (NULL). The heap is not owned, and
 * must live until the next call; renewed: it is not the one of the last call, even if it looks so.
 */
void inside_use_heap(struct inside *inside, const struct heap_usage *heap, bool renewed);

/* Whether its chunks may be, or are, those of a heap. */
bool inside_may_have_chunks(const struct inside *inside);

/* Whether chunks are shown. */
bool inside_has_chunks(const struct inside *inside);

/* The level that is shown; NULL: there is none. */
struct inside_level *inside_level(struct inside *inside);
const struct inside_level *inside_level_const(const struct inside *inside);

/* Lays out the level that is shown, for so many lines of the screen. */
void inside_lay(struct inside *inside, uint64_t lines);

/* What Enter would do at the cursor, of a level that is laid out; the second function does it. */
enum inside_step inside_step_in(const struct inside *inside);
void inside_enter(struct inside *inside);

/*
 * The chunk under the cursor, and where what a program keeps in it begins, with words of so many
 * bytes; NULL: there is no single one.
 */
const struct heap_piece *inside_chunk(const struct inside *inside, unsigned word,
				      uint64_t *ret_data);

/* Goes back a step; false when there is none. */
bool inside_out(struct inside *inside);

/*
 * Goes to the address, in the mapping: with its symbol in sight and the symbol's own band, once the
 * object is known, or that of its chunk, once the heap is; else to where it is among what is shown.
 */
void inside_show(struct inside *inside, uint64_t address);

/* The states of the pages that [start, end) touches. */
struct page_sums inside_pages(const struct inside *inside, uint64_t start, uint64_t end);

#endif
