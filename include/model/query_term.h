/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_QUERY_TERM_H
#define MODEL_QUERY_TERM_H

/*
 * One term of a query (model/query.h), read from what a user typed. Offsets and lengths are in
 * bytes.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pattern;

enum query_field {
	QUERY_ANY, /* a plain word: everything that a user may search for */
	QUERY_NAME,
	QUERY_KIND,
	QUERY_OWNER,
	QUERY_PERM,
	QUERY_SIZE,
	QUERY_RSS,
	QUERY_PSS,
	QUERY_SWAP,
	QUERY_TID,
	QUERY_FIELD_COUNT,
};

enum query_comparison {
	QUERY_EQUAL,
	QUERY_LESS,
	QUERY_LESS_EQUAL,
	QUERY_GREATER,
	QUERY_GREATER_EQUAL,
};

struct query_term {
	enum query_field field;
	bool negated;
	struct pattern *pattern;     /* QUERY_ANY, QUERY_NAME; owned */
	unsigned choice;             /* QUERY_KIND: enum kind; QUERY_OWNER: enum owner */
	uint8_t required, forbidden; /* QUERY_PERM: PERM_… */
	enum query_comparison comparison;
	bool percent;   /* the value is a share of the mapping's size */
	uint64_t value; /* bytes, percent, or the thread's id */
};

/* Which list of names a mistake was made in. */
enum query_names {
	QUERY_NAMES_NONE,
	QUERY_NAMES_TERMS, /* "perm", "kind", … */
	QUERY_NAMES_KINDS,
	QUERY_NAMES_OWNERS,
};

struct query_mistake {
	size_t offset, length;  /* the bytes of the query that are wrong; length may be 0 */
	char message[192];      /* what is wrong, escaped for the screen; no full stop */
	enum query_names names; /* for a suggestion: of what list the wrong bytes are no member */
};

/*
 * Reads the term at *offset of the query, where there is one, and moves *offset past it. Returns 0
 * and fills *ret_term, which query_term_finish() releases; or -EINVAL and fills *ret_mistake.
 */
int query_term_read(const char *query, size_t *offset, struct query_term *ret_term,
		    struct query_mistake *ret_mistake);
void query_term_finish(struct query_term *term);

/* The list's name number i; NULL after the last. */
const char *query_name(enum query_names names, size_t i);

#endif
