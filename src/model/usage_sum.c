/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/usage_sum.h"

#include "model/query_matches.h"
#include "model/usage_list.h"

#define UNKNOWN UINT64_MAX

static uint64_t sum_same(uint64_t same, size_t count)
{
	uint64_t sum;

	if (!count)
		return 0;
	return same == UNKNOWN || __builtin_mul_overflow(same, count, &sum) ? UNKNOWN : sum;
}

/* The sum of values of four bytes as one of eight. */
static uint64_t lengthen(uint64_t sum, bool unknown, size_t field)
{
	const unsigned shift = field < USAGE_AMOUNTS ? USAGE_KB_SHIFT : 0;

	return unknown || sum << shift >> shift != sum ? UNKNOWN : sum << shift;
}

static uint64_t sum_narrow(const uint32_t *narrow, size_t count, size_t field)
{
	uint64_t sum = 0;
	bool unknown = false;

	for (size_t i = 0; i < count; i++) {
		sum += narrow[i];
		unknown |= narrow[i] == UINT32_MAX;
	}
	return lengthen(sum, unknown, field);
}

static uint64_t sum_wide(const uint64_t *wide, size_t count)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		if (wide[i] == UNKNOWN || __builtin_add_overflow(sum, wide[i], &sum))
			return UNKNOWN;
	return sum;
}

uint64_t usage_sum(const struct usage_list *list, size_t field, size_t first, size_t count)
{
	const struct usage_column *column = &list->columns[field];

	if (column->narrow)
		return sum_narrow(&column->narrow[first], count, field);
	return column->wide ? sum_wide(&column->wide[first], count) : sum_same(column->same, count);
}

/* Without a branch: whether one matches is hard to foretell. */
static uint64_t sum_narrow_matching(const uint32_t *narrow, size_t first, size_t end, size_t field,
				    const struct query_matches *matches)
{
	uint64_t sum = 0;
	bool unknown = false;

	for (size_t i = first; i < end; i++) {
		const uint64_t bit = query_matches_bit(matches, i);

		sum += narrow[i] & -bit;
		unknown |= bit && narrow[i] == UINT32_MAX;
	}
	return lengthen(sum, unknown, field);
}

static uint64_t sum_wide_matching(const uint64_t *wide, size_t first, size_t end,
				  const struct query_matches *matches)
{
	uint64_t sum = 0;

	for (size_t i = first; i < end; i++)
		if (query_matches_bit(matches, i) &&
		    (wide[i] == UNKNOWN || __builtin_add_overflow(sum, wide[i], &sum)))
			return UNKNOWN;
	return sum;
}

uint64_t usage_sum_matching(const struct usage_list *list, size_t field, size_t first, size_t count,
			    const struct query_matches *matches)
{
	const struct usage_column *column = &list->columns[field];
	const size_t end = first + count;

	if (column->narrow)
		return sum_narrow_matching(column->narrow, first, end, field, matches);
	if (column->wide)
		return sum_wide_matching(column->wide, first, end, matches);
	return sum_same(column->same, query_matches_between(matches, first, end));
}

size_t usage_next_unknown(const struct usage_list *list, size_t field, size_t first, size_t end)
{
	const struct usage_column *column = &list->columns[field];

	if (column->narrow)
		while (first < end && column->narrow[first] != UINT32_MAX)
			first++;
	else if (column->wide)
		while (first < end && column->wide[first] != UNKNOWN)
			first++;
	else if (column->same != UNKNOWN)
		return end;
	return first;
}
