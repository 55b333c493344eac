/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recording_value.h"

#include <string.h>

#include "model/target.h"
#include "model/vma.h"
#include "record/database.h"

bool recording_value_name(const struct statement *statement, int column, recording_value_word name,
			  int count, int *ret_number)
{
	const char *string;

	if (!statement_string(statement, column, &string))
		return false;
	for (int i = 0; i < count; i++) {
		const char *is = name(i);

		if (is && !strcmp(is, string)) {
			*ret_number = i;
			return true;
		}
	}
	return false;
}

bool recording_value_name_or_none(const struct statement *statement, int column,
				  recording_value_word name, int count, int *ret_number)
{
	if (!statement_is_null(statement, column))
		return recording_value_name(statement, column, name, count, ret_number);
	*ret_number = 0;
	return true;
}

bool recording_value_known(const struct statement *statement, int column, uint64_t *ret_number)
{
	int64_t number = (int64_t)TARGET_UNKNOWN;

	if (!statement_is_null(statement, column) &&
	    !statement_number(statement, column, INT64_MIN, INT64_MAX, &number))
		return false;
	*ret_number = (uint64_t)number;
	return true;
}

void recording_value_bind_perms(struct statement *statement, int index, uint8_t perms)
{
	static const char *const names[] = {
		"---p", "r--p", "-w-p", "rw-p", "--xp", "r-xp", "-wxp", "rwxp",
		"---s", "r--s", "-w-s", "rw-s", "--xs", "r-xs", "-wxs", "rwxs",
	};

	statement_bind_string(statement, index, names[perms & 15]);
}

bool recording_perms_parse(const char *string, uint8_t *ret_perms)
{
	static const char letters[] = "rwx";
	bool known = strncmp(string, "???", 3) != 0;
	uint8_t perms = known ? 0 : PERM_ACCESS_UNKNOWN;

	if (strlen(string) != 4)
		return false;
	for (int i = 0; i < 3 && known; i++) {
		if (string[i] == letters[i])
			perms |= (uint8_t)(1 << i);
		else if (string[i] != '-')
			return false;
	}
	if (string[3] == 's')
		perms |= PERM_SHARED;
	else if (string[3] == '?')
		perms |= PERM_SHARING_UNKNOWN;
	else if (string[3] != 'p')
		return false;
	*ret_perms = perms;
	return true;
}

bool recording_value_perms(const struct statement *statement, int column, uint8_t *ret_perms)
{
	const char *string;

	return statement_string(statement, column, &string) &&
	       recording_perms_parse(string, ret_perms);
}

void recording_value_bind_tid(struct statement *statement, int index, int32_t tid)
{
	if (tid)
		statement_bind(statement, index, tid);
	else
		statement_bind_null(statement, index);
}

bool recording_value_tid(const struct statement *statement, int column, int32_t *ret_tid)
{
	int64_t tid = 0;

	if (!statement_is_null(statement, column) &&
	    !statement_number(statement, column, 1, INT32_MAX, &tid))
		return false;
	*ret_tid = (int32_t)tid;
	return true;
}

bool recording_value_flag(const struct statement *statement, int column, bool *ret_flag)
{
	int64_t number;

	if (!statement_number(statement, column, 0, 1, &number))
		return false;
	*ret_flag = number;
	return true;
}

bool recording_value_byte(const struct statement *statement, int column, int64_t most,
			  uint8_t *ret_byte)
{
	int64_t number;

	if (!statement_number(statement, column, 0, most, &number))
		return false;
	*ret_byte = (uint8_t)number;
	return true;
}

void recording_value_bind_range(struct statement *statement, int index, uint64_t start,
				uint64_t end)
{
	statement_bind(statement, index, (int64_t)start);
	statement_bind(statement, index + 1, (int64_t)(end - start));
}

bool recording_value_range(const struct statement *statement, int column, uint64_t *ret_start,
			   uint64_t *ret_end)
{
	int64_t start, size;

	if (!statement_number(statement, column, INT64_MIN, INT64_MAX, &start) ||
	    !statement_number(statement, column + 1, INT64_MIN, INT64_MAX, &size) || !size ||
	    (uint64_t)start + (uint64_t)size <= (uint64_t)start)
		return false;
	*ret_start = (uint64_t)start;
	*ret_end = (uint64_t)start + (uint64_t)size;
	return true;
}
