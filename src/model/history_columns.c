/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/history_columns.h"

#include <string.h>

#include "base/text.h"
#include "model/history_code.h"
#include "model/usage_list.h"

/*
 * A field that differs is a block: its number, and changes. A change is how many mappings are as
 * before, times two, plus one where it is that of several; its distance from the value before, an
 * unknown one counting as 0 there; and of how many more than two mappings it is, if of several.
 */

static uint64_t known_or_0(uint64_t value)
{
	return value == UINT64_MAX ? 0 : value;
}

static bool is_same(const struct usage_column *column)
{
	return !column->narrow && !column->wide;
}

/* One field of both. */
struct pair {
	const struct usage_column *from, *to;
	size_t field, count; /* of the mappings */
};

static bool differ(const struct pair *pair, size_t at)
{
	return usage_column_get(pair->from, pair->field, at) !=
	       usage_column_get(pair->to, pair->field, at);
}

/* The next mapping from there on that differs; the number of all when there is none. */
static size_t find_change(const struct pair *pair, size_t at)
{
	const uint32_t *from = pair->from->narrow, *to = pair->to->narrow;
	const size_t step = USAGE_DIFFERENCES;

	while (from && to && at + step <= pair->count &&
	       !memcmp(&from[at], &to[at], step * sizeof(*to)))
		at += step;
	while (at < pair->count && !differ(pair, at))
		at++;
	return at;
}

/* Where what changes alike from there on ends. */
static size_t find_end(const struct pair *pair, size_t at)
{
	const uint64_t was = usage_column_get(pair->from, pair->field, at);
	const uint64_t is = usage_column_get(pair->to, pair->field, at);

	if (is_same(pair->from) && is_same(pair->to))
		return pair->count;
	do
		at++;
	while (at < pair->count && usage_column_get(pair->to, pair->field, at) == is &&
	       usage_column_get(pair->from, pair->field, at) == was);
	return at;
}

static void put_change(struct text *out, const struct pair *pair, size_t same, size_t at,
		       size_t end)
{
	const uint64_t was = usage_column_get(pair->from, pair->field, at);
	const bool several = end - at > 1;

	history_number_put(out, same << 1 | several);
	history_delta_put(out, known_or_0(was), usage_column_get(pair->to, pair->field, at));
	if (several)
		history_number_put(out, end - at - 2);
}

static bool put_field(struct text *out, const struct pair *pair)
{
	size_t at = is_same(pair->from) && is_same(pair->to) && pair->from->same == pair->to->same
			    ? pair->count
			    : find_change(pair, 0);
	size_t start, done = 0, end;

	if (at == pair->count)
		return false;
	start = history_block_open(out);
	history_number_put(out, pair->field);
	for (; at < pair->count; at = find_change(pair, end)) {
		end = find_end(pair, at);
		put_change(out, pair, at - done, at, end);
		done = end;
	}
	history_block_close(out, start);
	return true;
}

bool history_columns_put(struct text *out, const struct usage_list *from,
			 const struct usage_list *to)
{
	bool any = false;

	for (size_t field = 0; field < USAGE_FIELDS; field++) {
		const struct pair pair = {
			.from = &from->columns[field],
			.to = &to->columns[field],
			.field = field,
			.count = to->count,
		};

		any |= put_field(out, &pair);
	}
	return any;
}

static void apply_field(struct usage_list *list, struct history_cursor *reader)
{
	const size_t field = history_number_take(reader);
	size_t at = 0;

	while (reader->at < reader->end) {
		const uint64_t head = history_number_take(reader);
		size_t count = 1;
		uint64_t value;

		at += head >> 1;
		value = history_delta_take(
			reader, known_or_0(usage_column_get(&list->columns[field], field, at)));
		if (head & 1)
			count = history_number_take(reader) + 2;
		usage_list_fill(list, field, at, count, value);
		at += count;
	}
}

void history_columns_apply(struct usage_list *list, struct history_cursor *reader)
{
	while (reader->at < reader->end) {
		struct history_cursor block = history_block_take(reader);

		apply_field(list, &block);
	}
}
