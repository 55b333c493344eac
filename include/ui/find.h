/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_FIND_H
#define UI_FIND_H

/*
 * What the user searches for: a search, whose matches are marked and gone to, and a filter, which
 * dims or hides what does not match. Both are queries (model/query.h), and what they match belongs
 * to the snapshot that is shown: find_update() rebuilds it. All zeroes: neither.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/query.h"
#include "ui/prompt.h"
#include "ui/view.h"

struct address_space;
struct region_list;
struct text;
struct usage_table;

enum find_filter {
	FILTER_NONE,
	FILTER_DIM,  /* what does not match is dimmed */
	FILTER_HIDE, /* what does not match is one region for each run of it */
};

/* A query and what it matches. query NULL: nothing is looked for. */
struct find_lookup {
	struct query *query;
	char text[PROMPT_LENGTH]; /* as it was typed */
	struct query_matches matches;
	uint32_t kinds; /* of the filter: the kinds of what it keeps, bit 1 << kind */
};

struct find {
	struct find_lookup search; /* the last one */
	struct find_lookup typed;  /* what the line says, while a search is typed */
	bool marked;               /* the matches of the search are marked in the picture */
	struct find_lookup filtered;
	enum find_filter filter; /* not FILTER_NONE only with a query */
	struct view asked_at;    /* where the user was when the search was asked for */
};

/* What queries are about: the space shown and its usage (NULL: not known). */
struct find_space {
	const struct address_space *space;
	const struct usage_table *usage;
};

/* What is looked for, for another thread to find what matches. All zeroes: nothing. */
struct find_wish {
	char search[PROMPT_LENGTH], typed[PROMPT_LENGTH], filtered[PROMPT_LENGTH]; /* or empty */
	enum find_filter filter;
};

/* Frees what it has; nothing is looked for then. */
void find_finish(struct find *find);

/*
 * Has one of the lookups look for what the text says. Returns 0; or, with the lookup untouched,
 * -EINVAL (appends what is wrong to *why and sets *ret_offset to the byte of the text) or -ELOOP
 * (appends that, too; the offset is the end). An empty text looks for nothing.
 */
int find_look_for(struct find *find, struct find_lookup *lookup, const char *text,
		  const struct find_space *in, struct text *why, size_t *ret_offset);

/* Appends what is wrong with the line, and what was probably meant; no full stop. */
void find_append_mistake(struct text *why, const char *line, const struct query_mistake *mistake);

/* Looks for nothing any more. */
void find_lookup_clear(struct find_lookup *lookup);

/*
 * Rebuilds what matches, for another space or usage. A query that takes too many steps on it is let
 * go. Returns NULL, or a sentence that says so.
 */
const char *find_update(struct find *find, const struct find_space *in);

/*
 * The same where only what is hidden has changed, or what is looked for, which has its matches by
 * then.
 */
const char *find_update_hidden(struct find *find, const struct find_space *in);

/* A wish for what is looked for now; and whether that is still so. */
struct find_wish find_wish_make(const struct find *find);
bool find_wish_same(const struct find_wish *a, const struct find_wish *b);

/*
 * Finds what the wish is for, in any thread, with queries of its own; find_finish() frees it.
 * Returns false, with nothing to be freed, where a query takes too many steps.
 */
bool find_wish_grant(const struct find_wish *wish, const struct find_space *in,
		     struct find *ret_find);

/*
 * Takes over the matches of what was granted, as find_update() would find them; false, with all as
 * it was, where something else is looked for by now.
 */
bool find_take(struct find *find, struct find *granted);

/* Whether something that depends on usage is looked for. */
bool find_needs_usage(const struct find *find);

/* The matches that are marked: of what is typed, or of the search; NULL: none are. */
const struct query_matches *find_marked(const struct find *find);

/* What the filter keeps as it is; NULL without a filter. */
const struct query_matches *find_filtered(const struct find *find);

/* How many of the space's mappings, as they are counted in space->mappings, are among the matches.
 */
uint64_t find_count(const struct query_matches *matches, const struct address_space *space);

/* The kinds of what the filter keeps: bit 1 << kind. */
uint32_t find_filtered_kinds(const struct find *find, const struct address_space *space);

/* Hides in the list of regions what the filter hides. */
void find_hide(const struct find *find, struct region_list *regions);

#endif
