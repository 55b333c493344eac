/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recording_usage.h"

#include <string.h>

#include "base/text.h"
#include "model/residency.h"
#include "model/target.h"
#include "model/usage.h"
#include "record/database.h"
#include "record/recording_value.h"

static const char *name_source(int number)
{
	return residency_source_name((enum residency_source)number);
}

bool recording_source_read(const struct statement *statement, int column, int *ret_source)
{
	return recording_value_name_or_none(statement, column, name_source, RESIDENCY_SMAPS + 1,
					    ret_source);
}

/* The numbers of a usage but for its flags, by column. */
static uint64_t *number_of(struct usage *usage, int column)
{
	uint64_t *const numbers[] = {
		&usage->rss,           &usage->swap,
		&usage->hugetlb,       &usage->last,
		&usage->pss,           &usage->uss,
		&usage->private_dirty, &usage->shared_dirty,
		&usage->referenced,    &usage->anonymous,
		&usage->huge,          &usage->locked,
		&usage->page_size,     NULL,
		&usage->key,
	};

	return numbers[column];
}

/* "rd wr mr": as smaps has them. */
static void bind_flags(struct statement *statement, int index, uint64_t flags, struct text *words)
{
	const char *name;

	if (flags == TARGET_UNKNOWN) {
		statement_bind_null(statement, index);
		return;
	}
	for (; flags; flags &= flags - 1)
		if ((name = usage_flag_name((size_t)__builtin_ctzll(flags))) != NULL)
			text_append_format(words, words->length ? " %s" : "%s", name);
	statement_bind_string(statement, index, text_string(words));
}

static bool read_flags(const struct statement *statement, int column, uint64_t *ret_flags)
{
	uint64_t flags = 0;
	const char *string;

	if (statement_is_null(statement, column)) {
		*ret_flags = TARGET_UNKNOWN;
		return true;
	}
	if (!statement_string(statement, column, &string))
		return false;
	while (*string) {
		char name[3] = {string[0], string[1], '\0'};
		uint64_t bit = string[1] ? usage_flag_bit(name) : 0;

		if (!bit || (string[2] && string[2] != ' '))
			return false;
		flags |= bit;
		string += string[2] ? 3 : 2;
	}
	*ret_flags = flags;
	return true;
}

void recording_sum_bind(struct statement *statement, int from, const struct usage *usage)
{
	struct usage copy = *usage;

	for (int i = 0; i < RECORDING_SUM_WIDTH; i++) {
		const uint64_t *number = number_of(&copy, i);
		struct text words = {0};

		if (number) {
			statement_bind_known(statement, from + i, *number);
			continue;
		}
		bind_flags(statement, from + i, usage->flags, &words);
		text_finish(&words);
	}
}

bool recording_sum_read(const struct statement *statement, int from, struct usage *ret_usage)
{
	struct usage usage;

	for (int i = 0; i < RECORDING_SUM_WIDTH; i++) {
		uint64_t *number = number_of(&usage, i);

		if (number ? !recording_value_known(statement, from + i, number)
			   : !read_flags(statement, from + i, &usage.flags))
			return false;
	}
	*ret_usage = usage;
	return true;
}

void recording_usage_bind(struct statement *statement, int from, const void *value)
{
	const struct recording_usage *usage = value;

	statement_bind(statement, from, (int64_t)usage->start);
	recording_sum_bind(statement, from + 1, &usage->usage);
}

bool recording_usage_read(const struct statement *statement, int from, void *ret_usage)
{
	struct recording_usage *usage = ret_usage;
	int64_t start;

	if (!statement_number(statement, from, INT64_MIN, INT64_MAX, &start))
		return false;
	usage->start = (uint64_t)start;
	return recording_sum_read(statement, from + 1, &usage->usage);
}
