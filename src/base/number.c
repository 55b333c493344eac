/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/number.h"

#include <errno.h>

static unsigned digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A') + 10;
	return 255;
}

int number_scan(const char **cursor, const char *end, unsigned base, uint64_t *ret_number)
{
	const char *at = *cursor;
	uint64_t number = 0;
	unsigned digit;

	while (at < end && (digit = digit_value(*at)) < base) {
		if (number > (UINT64_MAX - digit) / base)
			return -ERANGE;
		number = number * base + digit;
		at++;
	}
	if (at == *cursor)
		return -EINVAL;
	*cursor = at;
	*ret_number = number;
	return 0;
}

int number_parse(const char *digits, size_t length, uint64_t max, uint64_t *ret_number)
{
	const char *cursor = digits;
	uint64_t number;
	int error = number_scan(&cursor, digits + length, 10, &number);

	if (error)
		return error;
	if (cursor != digits + length)
		return -EINVAL;
	if (number > max)
		return -ERANGE;
	*ret_number = number;
	return 0;
}
