/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_QUERY_H
#define MODEL_QUERY_H

/*
 * What a user searches for among the mappings, as a line of words. Words are separated by spaces; a
 * mapping matches when all of them hold, and every mapping matches where there is none.
 *
 *   word           a pattern (base/pattern.h) found in the name, the kind, the owner, the
 *                  permissions "rw-p" or the addresses "55b5f7c8d000-55b5f7e87000"
 *   "two words"    the same with blanks in it; \" is a quote
 *   name:PATTERN   found in the name
 *   kind:heap      of that kind          owner:library   of that owner
 *   perm:w+x       all of these          perm:-w  not that          perm:r-w  one and not the other
 *   perm:r-xp      exactly these         perm:shared, perm:private
 *   size:>1M       >, >=, <, <=, = or nothing for =, and a size; so rss:, pss: and swap:, which
 *                  also take a share of the mapping's size: rss:>50%
 *   tid:123        the stack of that thread
 *   !word          does not hold; before any of these
 *
 * Usage that is not known matches no comparison, and none that is negated.
 */

#include <stdbool.h>

#include "model/query_matches.h"
#include "model/query_term.h"

struct address_space;
struct usage_table;

struct query;

/*
 * Reads the line. Returns 0 and sets *ret_query (query_destroy() frees it); or -EINVAL and fills
 * *ret_mistake.
 */
int query_create(const char *line, struct query **ret_query, struct query_mistake *ret_mistake);

/* Frees the query; NULL is allowed. */
void query_destroy(struct query *query);

/* Whether it has no word. */
bool query_is_empty(const struct query *query);

/* Whether what it finds depends on usage. */
bool query_needs_usage(const struct query *query);

/* Whether it depends on what only smaps reports. */
bool query_needs_smaps(const struct query *query);

/*
 * Finds the VMAs of the space that match; usage (NULL: not known) is of the same space. Returns 0
 * and sets *ret_matches, which query_matches_finish() releases; or -ELOOP when its patterns take so
 * many steps on all mappings together that they were given up (base/pattern.h), after some 100 ms.
 */
int query_find(const struct query *query, const struct address_space *space,
	       const struct usage_table *usage, struct query_matches *ret_matches);

/*
 * Where in the VMA with the index, which matches, to look: at its start, but for a query that names
 * a thread at that thread's stack.
 */
uint64_t query_address(const struct query *query, const struct address_space *space, size_t index);

#endif
