/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TABLE_TABLE_FIND_H
#define UI_TABLE_TABLE_FIND_H

/*
 * The matches of a search in the order of the table's rows. A folded object is one place, that of
 * the lowest match in it. The matches are of the snapshot that the table was made of. O(n).
 */

#include <stdbool.h>
#include <stddef.h>

struct query_matches;
struct table;

/*
 * The index of the match in the nearest row below (1) or above (-1) that row, round the end if
 * need be; matches->vma_count, and nothing else set, when no row has one.
 */
size_t table_find(const struct table *table, size_t row, const struct query_matches *matches,
		  int direction, bool *ret_wrapped);

/* How many matches there are from the first row to that one, which is itself a match. */
size_t table_find_rank(const struct table *table, const struct query_matches *matches, size_t vma);

#endif
