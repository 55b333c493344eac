/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/table/table_find.h"

#include "model/query_matches.h"
#include "ui/table/table.h"

/* The lowest match of a row; the members of an unfolded object have rows of their own. */
static size_t match_of(const struct table_row *row, const struct query_matches *matches)
{
	if (!row->open)
		for (uint32_t i = row->vma; i < row->vma + row->count; i++)
			if (query_matches_has(matches, i))
				return i;
	return matches->vma_count;
}

size_t table_find(const struct table *table, size_t row, const struct query_matches *matches,
		  int direction, bool *ret_wrapped)
{
	size_t count = table->rows.count, step = direction > 0 ? 1 : count - 1;

	/* The row itself comes last, and so it is round the end. */
	for (size_t i = 0, next = row; i < count; i++) {
		size_t match;

		next = (next + step) % count;
		match = match_of(&table->rows.rows[next], matches);
		if (match < matches->vma_count) {
			*ret_wrapped = direction > 0 ? next <= row : next >= row;
			return match;
		}
	}
	return matches->vma_count;
}

size_t table_find_rank(const struct table *table, const struct query_matches *matches, size_t vma)
{
	const struct table_rows *rows = &table->rows;
	size_t rank = 0;

	for (size_t i = 0; i < rows->count; i++) {
		const struct table_row *row = &rows->rows[i];

		if (row->open)
			continue;
		for (uint32_t j = row->vma; j < row->vma + row->count; j++) {
			rank += query_matches_has(matches, j);
			if (j == vma)
				return rank;
		}
	}
	return rank;
}
