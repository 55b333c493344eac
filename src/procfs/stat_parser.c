/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "procfs/stat_parser.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "base/number.h"
#include "model/target.h"

/* Fields are counted from 1 as in proc_pid_stat(5); the state is the third. */
#define FIELD_FIRST_NUMBER 4
#define FIELD_LAST_NEEDED  23

static const struct field {
	unsigned number;
	size_t offset; /* of the uint64_t in struct proc_stat */
} fields[] = {
	{9, offsetof(struct proc_stat, flags)},
	{10, offsetof(struct proc_stat, minor_faults)},
	{12, offsetof(struct proc_stat, major_faults)},
	{20, offsetof(struct proc_stat, threads)},
	{22, offsetof(struct proc_stat, start_ticks)},
	{23, offsetof(struct proc_stat, size)},
	{24, offsetof(struct proc_stat, rss)},
	{28, offsetof(struct proc_stat, start_stack)},
	{47, offsetof(struct proc_stat, start_brk)},
};

#define FIELD_COUNT (sizeof(fields) / sizeof(fields[0]))

/* Reads one number, perhaps negative (then 0: none of the fields that count can be). */
static int scan_number(const char **cursor, const char *end, uint64_t *ret_number)
{
	bool negative = *cursor < end && **cursor == '-';
	int error;

	*cursor += negative;
	error = number_scan(cursor, end, 10, ret_number);
	if (!error && negative)
		*ret_number = 0;
	return error;
}

static int parse_numbers(const char *at, const char *end, struct proc_stat *stat)
{
	const struct field *field = fields;
	uint64_t number;

	for (unsigned i = FIELD_FIRST_NUMBER; field < fields + FIELD_COUNT; i++) {
		if (end - at < 2 || *at != ' ')
			return i > FIELD_LAST_NEEDED ? 0 : -EBADMSG;
		at++;
		if (scan_number(&at, end, &number))
			return -EBADMSG;
		if (i == field->number) {
			*(uint64_t *)((char *)stat + field->offset) = number;
			field++;
		}
	}
	return 0;
}

bool stat_is_state(char letter)
{
	return letter && strchr("RSDZTtXxKWPI", letter);
}

/* Parses up to the state; returns the byte behind it, or NULL. */
static const char *parse_name(const char *bytes, const char *end, struct proc_stat *stat)
{
	const char *at = bytes, *comm, *close;

	if (number_scan(&at, end, 10, &stat->pid) || end - at < 2 || at[0] != ' ' || at[1] != '(')
		return NULL;
	comm = at + 2;
	close = memrchr(comm, ')', (size_t)(end - comm));
	if (!close || end - close < 3 || close[1] != ' ')
		return NULL;
	stat->comm = comm;
	stat->comm_length = (size_t)(close - comm);
	stat->state = close[2];
	return close + 3;
}

int stat_parse(const char *bytes, size_t length, struct proc_stat *ret_stat)
{
	struct proc_stat stat = {0};
	const char *numbers = parse_name(bytes, bytes + length, &stat);
	int error = numbers ? parse_numbers(numbers, bytes + length, &stat) : -EBADMSG;

	if (error)
		return error;
	*ret_stat = stat;
	return 0;
}

bool stat_has_exited(char state)
{
	return state == 'Z' || state == 'X';
}

bool stat_has_memory(const struct proc_stat *stat)
{
	return !stat_has_exited(stat->state) && stat->size != 0;
}

bool stat_is_same_image(const struct proc_stat *before, const struct proc_stat *after)
{
	return after->start_stack == before->start_stack && after->start_brk == before->start_brk &&
	       (after->size || !before->size);
}

void stat_parse_recorded(const char *bytes, size_t length, struct proc_stat *ret_stat)
{
	const struct proc_stat unknown = {.comm = "", .state = '?', .start_ticks = TARGET_UNKNOWN};
	const char *end = bytes + length, *numbers;

	while (end > bytes && end[-1] >= '0' && end[-1] <= '9')
		end--;
	*ret_stat = unknown;
	numbers = parse_name(bytes, end, ret_stat);
	/* A name may hold what looks like the end of one. */
	if (numbers && stat_is_state(ret_stat->state) && (numbers == end || *numbers == ' '))
		parse_numbers(numbers, end, ret_stat);
	else
		*ret_stat = unknown;
}
