/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/usage_list.h"

#include <stdlib.h>

#include "base/memory.h"

#define UNKNOWN UINT64_MAX

struct usage usage_unknown(void)
{
	struct usage usage;

	memset(&usage, 0xff, sizeof(usage));
	return usage;
}

static uint64_t field_of(const struct usage *usage, size_t field)
{
	uint64_t value;

	memcpy(&value, (const char *)usage + field * sizeof(value), sizeof(value));
	return value;
}

/* Whether the value fits four bytes, and what it is there. */
static inline bool shorten(size_t field, uint64_t value, uint32_t *ret_narrow)
{
	const unsigned shift = field < USAGE_AMOUNTS ? USAGE_KB_SHIFT : 0;

	if (value == UNKNOWN)
		*ret_narrow = UINT32_MAX;
	else if (value >> shift >= UINT32_MAX || value >> shift << shift != value)
		return false;
	else
		*ret_narrow = (uint32_t)(value >> shift);
	return true;
}

static bool is_same(const struct usage_column *column)
{
	return !column->narrow && !column->wide;
}

static void drop(struct usage_column *column, uint64_t same)
{
	free(column->narrow);
	free(column->wide);
	*column = (struct usage_column){.same = same};
}

static void widen(struct usage_list *list, size_t field)
{
	struct usage_column *column = &list->columns[field];
	uint64_t *wide = memory_resize(NULL, list->capacity * sizeof(*wide));

	for (size_t i = 0; i < list->count; i++)
		wide[i] = usage_column_get(column, field, i);
	drop(column, UNKNOWN);
	column->wide = wide;
}

/* Values that were the same for all get a place each. */
static void spread(struct usage_list *list, size_t field)
{
	struct usage_column *column = &list->columns[field];
	uint32_t narrow;

	if (!shorten(field, column->same, &narrow)) {
		widen(list, field);
		return;
	}
	column->narrow = memory_resize(NULL, list->capacity * sizeof(*column->narrow));
	for (size_t i = 0; i < list->count; i++)
		column->narrow[i] = narrow;
}

static void set_field(struct usage_list *list, size_t field, size_t index, uint64_t value)
{
	struct usage_column *column = &list->columns[field];
	uint32_t narrow = 0;

	if (is_same(column)) {
		if (value == column->same)
			return;
		spread(list, field);
	}
	if (column->narrow && !shorten(field, value, &narrow))
		widen(list, field);
	if (column->narrow)
		column->narrow[index] = narrow;
	else
		column->wide[index] = value;
}

void usage_list_reserve(struct usage_list *list, size_t capacity)
{
	if (capacity <= list->capacity)
		return;
	list->capacity = capacity;
	for (size_t i = 0; i < USAGE_FIELDS; i++) {
		struct usage_column *column = &list->columns[i];

		if (column->narrow)
			column->narrow =
				memory_resize(column->narrow, capacity * sizeof(*column->narrow));
		if (column->wide)
			column->wide =
				memory_resize(column->wide, capacity * sizeof(*column->wide));
	}
}

void usage_list_init(struct usage_list *list, size_t count)
{
	*list = (struct usage_list){.count = count, .capacity = count, .made = true};
	for (size_t i = 0; i < USAGE_FIELDS; i++)
		list->columns[i].same = UNKNOWN;
}

void usage_list_finish(struct usage_list *list)
{
	for (size_t i = 0; i < USAGE_FIELDS; i++)
		drop(&list->columns[i], 0);
	*list = (struct usage_list){0};
}

void usage_list_resize(struct usage_list *list, size_t count)
{
	const size_t before = list->count;

	if (count > list->capacity)
		usage_list_reserve(list, count + count / 8 + 4);
	list->count = count;
	for (size_t i = 0; i < USAGE_FIELDS; i++) {
		struct usage_column *column = &list->columns[i];
		uint64_t last = UNKNOWN;

		if (before)
			last = usage_column_get(column, i, before - 1);
		else if (is_same(column))
			column->same = UNKNOWN;
		for (size_t at = before; at < count && !is_same(column); at++)
			set_field(list, i, at, last);
	}
}

struct usage_list usage_list_slice(const struct usage_list *list, size_t first, size_t count)
{
	struct usage_list slice;

	usage_list_init(&slice, count);
	usage_list_take(&slice, 0, list, first, count);
	return slice;
}

/* Whether something is known that only smaps reports. */
static bool knows_smaps(const struct usage *usage)
{
	uint64_t all = UNKNOWN;

	for (size_t i = USAGE_MEMORY_FIELDS; i < USAGE_FIELDS; i++)
		all &= field_of(usage, i);
	return all != UNKNOWN;
}

static void set_fields(struct usage_list *list, size_t index, const struct usage *usage,
		       size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct usage_column *column = &list->columns[i];
		uint64_t value = field_of(usage, i);
		uint32_t narrow;

		/* The usual, without a call. */
		if (column->narrow && shorten(i, value, &narrow))
			column->narrow[index] = narrow;
		else if (value != column->same || !is_same(column))
			set_field(list, i, index, value);
	}
}

/* Makes room for one more, of which nothing is set yet unless it is the first one. */
static size_t append(struct usage_list *list, const struct usage *usage)
{
	const size_t index = list->count++;

	if (index == list->capacity)
		usage_list_reserve(list, index + index / 4 + 16);
	for (size_t i = 0; !index && i < USAGE_FIELDS; i++)
		drop(&list->columns[i], field_of(usage, i));
	list->made = true;
	return index;
}

void usage_list_append(struct usage_list *list, const struct usage *usage)
{
	usage_list_set(list, append(list, usage), usage);
}

void usage_list_append_memory(struct usage_list *list, const struct usage *usage)
{
	set_fields(list, append(list, usage), usage, USAGE_MEMORY_FIELDS);
}

void usage_list_set(struct usage_list *list, size_t index, const struct usage *usage)
{
	if (!list->smaps)
		list->smaps = knows_smaps(usage);
	set_fields(list, index, usage, list->smaps ? USAGE_FIELDS : USAGE_MEMORY_FIELDS);
}

void usage_list_fill(struct usage_list *list, size_t field, size_t index, size_t count,
		     uint64_t value)
{
	list->smaps |= field >= USAGE_MEMORY_FIELDS && value != UNKNOWN;
	if (count == list->count) {
		drop(&list->columns[field], value);
		return;
	}
	if (is_same(&list->columns[field]) && list->columns[field].same == value)
		return;
	for (size_t i = index; i < index + count; i++)
		set_field(list, field, i, value);
}

void usage_list_repeat(struct usage_list *list, size_t index, size_t count)
{
	for (size_t i = 0; count && i < USAGE_FIELDS; i++)
		usage_list_fill(list, i, index, count,
				index ? usage_column_get(&list->columns[i], i, index - 1)
				      : UNKNOWN);
}

static void take_column(struct usage_list *list, size_t field, size_t index,
			const struct usage_list *from, size_t first, size_t count)
{
	struct usage_column *column = &list->columns[field];
	const struct usage_column *other = &from->columns[field];

	if (is_same(other) &&
	    (count == list->count || (is_same(column) && column->same == other->same))) {
		drop(column, other->same);
		return;
	}
	if (is_same(column))
		spread(list, field);
	if (other->wide && !column->wide)
		widen(list, field);
	if (column->wide && other->wide)
		memmove(&column->wide[index], &other->wide[first], count * sizeof(*column->wide));
	else if (column->narrow && other->narrow)
		memmove(&column->narrow[index], &other->narrow[first],
			count * sizeof(*column->narrow));
	else
		for (size_t i = 0; i < count; i++)
			set_field(list, field, index + i,
				  usage_column_get(other, field, first + i));
}

void usage_list_take(struct usage_list *list, size_t index, const struct usage_list *from,
		     size_t first, size_t count)
{
	if (!count)
		return;
	list->smaps |= from->smaps;
	for (size_t i = 0; i < USAGE_FIELDS; i++)
		take_column(list, i, index, from, first, count);
}

static bool has_become_same(const struct usage_list *list, size_t field)
{
	const struct usage_column *column = &list->columns[field];

	if (is_same(column) || !list->count)
		return false;
	for (size_t i = 1; i < list->count; i++)
		if (usage_column_get(column, field, i) != usage_column_get(column, field, 0))
			return false;
	return true;
}

void usage_list_trim(struct usage_list *list)
{
	for (size_t i = 0; i < USAGE_FIELDS; i++)
		if (has_become_same(list, i))
			drop(&list->columns[i], usage_column_get(&list->columns[i], i, 0));
}

size_t usage_list_bytes(const struct usage_list *list)
{
	size_t bytes = 0;

	for (size_t i = 0; i < USAGE_FIELDS; i++)
		bytes += (list->columns[i].narrow ? sizeof(uint32_t) : 0) +
			 (list->columns[i].wide ? sizeof(uint64_t) : 0);
	return bytes * list->capacity;
}

static uint64_t column_differences(const struct usage_column *a, const struct usage_column *b,
				   size_t field, size_t first, size_t count)
{
	uint64_t differences = 0;

	if (is_same(a) && is_same(b))
		return a->same == b->same ? 0 : UINT64_MAX;
	if (a->narrow && b->narrow &&
	    !memcmp(&a->narrow[first], &b->narrow[first], count * sizeof(*a->narrow)))
		return 0;
	for (size_t i = 0; i < count; i++)
		differences |= (uint64_t)(usage_column_get(a, field, first + i) !=
					  usage_column_get(b, field, first + i))
			       << i;
	return differences;
}

uint64_t usage_list_differences(const struct usage_list *a, const struct usage_list *b,
				size_t first)
{
	const size_t end = a->count < b->count ? a->count : b->count;
	const size_t count =
		end > first && end - first < USAGE_DIFFERENCES ? end - first : USAGE_DIFFERENCES;
	uint64_t differences = 0;

	if (first >= end)
		return 0;
	for (size_t i = 0; i < USAGE_FIELDS; i++)
		differences |= column_differences(&a->columns[i], &b->columns[i], i, first, count);
	return count < USAGE_DIFFERENCES ? differences & ((UINT64_C(1) << count) - 1) : differences;
}
