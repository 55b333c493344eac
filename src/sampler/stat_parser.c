/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/stat_parser.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "base/number.h"

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

int stat_parse(const char *bytes, size_t length, struct proc_stat *ret_stat)
{
	const char *end = bytes + length, *at = bytes, *close;
	struct proc_stat stat = {0};
	int error;

	if (number_scan(&at, end, 10, &stat.pid) || end - at < 2 || at[0] != ' ' || at[1] != '(')
		return -EBADMSG;
	stat.comm = at + 2;
	close = memrchr(stat.comm, ')', (size_t)(end - stat.comm));
	if (!close || end - close < 3 || close[1] != ' ')
		return -EBADMSG;
	stat.comm_length = (size_t)(close - stat.comm);
	stat.state = close[2];
	error = parse_numbers(close + 3, end, &stat);
	if (error)
		return error;
	*ret_stat = stat;
	return 0;
}
