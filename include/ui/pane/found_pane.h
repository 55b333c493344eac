/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_FOUND_PANE_H
#define UI_PANE_FOUND_PANE_H

/*
 * Searching in memory: the line in which is typed what to look for (ui/text/needle_words.h), and
 * the list of the addresses where it was found, which fills while the search goes on. Enter goes to
 * one and shows its bytes, Esc ends the search.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "inside/memory_search.h"
#include "ui/pane.h"
#include "ui/prompt.h"

struct ui;

#define FOUND_MAX 1000 /* addresses that are listed */

/* What is looked for, and in which addresses; UINT64_MAX as the end: the last one is included. */
struct found_wish {
	unsigned serial; /* another one for each search */
	struct memory_needle needle;
	uint64_t start, end;
};

/* How far a search is. */
struct found_state {
	bool done;                  /* nothing more comes */
	bool full;                  /* there may be more addresses than these */
	uint64_t read, walked, all; /* bytes: looked through, and of what is mapped up to where */
};

struct found_pane {
	struct pane pane;
	char typed[PROMPT_LENGTH]; /* what was typed for it; empty: there was no search */
	struct text where;         /* the name of what is searched; empty: all memory */
	struct found_wish wish;
	struct found_wish asked; /* the same of the search that is asked for in the line, */
	struct text asked_where;
	bool searching;
	struct found_state state;
	struct text refusal; /* why nothing may be read; empty: it may */
	uint64_t found[FOUND_MAX];
	size_t count;
	size_t top, cursor; /* of the list */
	int32_t pid;        /* in whose memory */
	uint64_t start_ticks;
};

extern const struct pane_ops found_pane;

/* The commands: ask what to look for, in all memory, or in the band under the cursor. */
void found_pane_ask(struct ui *ui);
void found_pane_ask_here(struct ui *ui);
const char *found_pane_why_not_here(const struct ui *ui);

/* Whether there is a search that goes on. */
bool found_pane_wants(const struct ui *ui, struct found_wish *ret_wish);

/* Takes over what was found so far, and how far the search of that serial is. */
void found_pane_take(struct ui *ui, unsigned serial, const uint64_t *found, size_t count,
		     const struct found_state *state);

/* The search cannot be made: a sentence. */
void found_pane_refuse(struct ui *ui, const char *sentence);

#endif
