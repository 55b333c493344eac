/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_BYTES_PANE_H
#define UI_PANE_BYTES_PANE_H

/*
 * The bytes of memory under the cursor of the main view, live. The pane has a cursor of its own,
 * on a word: Enter follows it where it is an address of the process, Backspace is the way back.
 * Only what is in memory is read, unless the user asks for more (bytes_pane_read_anyway()).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "ui/pane.h"
#include "ui/pane/bytes_held.h"

struct ui;

#define BYTES_PANE_BACK 64 /* ways back that are kept */

struct bytes_pane {
	struct pane pane;
	struct bytes_held held;
	struct text refusal; /* why the process's memory may not be read; empty: it may */
	uint64_t cursor;     /* address of the word under the cursor */
	uint64_t top;        /* address of the first line */
	uint64_t main;       /* what the main view had under its cursor when that was followed */
	bool followed;       /* it was; else it is followed next */
	bool led;            /* the main view was led here: its cursor is not followed next */
	bool entered;        /* by going in: then Backspace leaves it */
	uint64_t pointed;    /* an address that the word under the cursor had, and */
	struct text symbol;  /* the symbol there, escaped; empty: none is known */
	bool anyway;         /* what is shown is to be read although it is not in memory */
	uint64_t back[BYTES_PANE_BACK]; /* the cursors before words were followed */
	size_t depth;
	int32_t pid; /* whose bytes they are */
	uint64_t start_ticks;
};

extern const struct pane_ops bytes_pane;

/*
 * Opens the pane at the address, and leads the main view there; the second is the last step of
 * going in, which Backspace takes back.
 */
void bytes_pane_show(struct ui *ui, uint64_t address);
void bytes_pane_enter(struct ui *ui, uint64_t address);

/* The command that reads what is not in memory, and why it cannot: a sentence, or NULL. */
void bytes_pane_read_anyway(struct ui *ui);
const char *bytes_pane_why_not_read(const struct ui *ui);

/* What the pane wants to know. */
struct bytes_wish {
	uint64_t address;
	size_t size;        /* up to BYTES_HELD_MAX */
	bool anyway;        /* once: also what is not in memory */
	uint64_t word;      /* of which the symbol is wanted that it points into: its address, */
	unsigned word_size; /* and bytes */
};

/* Whether it wants something of the process as it is now. */
bool bytes_pane_wants(const struct ui *ui, struct bytes_wish *ret_wish);

/* Takes over the bytes, and the map of absent pages (inside/memory_reader.h). */
void bytes_pane_take(struct ui *ui, const struct bytes_wish *wish, const uint8_t *bytes,
		     const uint8_t *absent, uint64_t page_size);

/* Takes over the name of the symbol at an address that the word under the cursor has, escaped. */
void bytes_pane_take_symbol(struct ui *ui, uint64_t pointed, const char *symbol);

/* The memory may not be read: a sentence. Nothing is wanted then until the pane is opened again. */
void bytes_pane_refuse(struct ui *ui, const char *sentence);

#endif
