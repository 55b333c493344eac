/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/number.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

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
		if (__builtin_mul_overflow(number, base, &number) ||
		    __builtin_add_overflow(number, digit, &number))
			return -ERANGE;
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

/* The digits behind a point, in millionths; the cursor moves behind all of them. */
static unsigned scan_millionths(const char **cursor, const char *end)
{
	unsigned millionths = 0, place = 100000;

	for (; *cursor < end && digit_value(**cursor) < 10; ++*cursor, place /= 10)
		millionths += digit_value(**cursor) * place;
	return millionths;
}

/* The power of two that the unit at the cursor stands for; 0 without one. */
static unsigned scan_unit(const char **cursor, const char *end)
{
	static const char units[] = "KkMmGgTtPpEe";
	const char *unit = *cursor < end && **cursor ? strchr(units, **cursor) : NULL;

	if (!unit)
		return 0;
	++*cursor;
	return 10 * (unsigned)((unit - units) / 2 + 1);
}

int number_scan_size(const char **cursor, const char *end, uint64_t *ret_bytes)
{
	const char *at = *cursor;
	unsigned millionths = 0, shift;
	unsigned __int128 bytes;
	uint64_t whole;
	bool fraction;
	int error = number_scan(&at, end, 10, &whole);

	if (error)
		return error;
	fraction = end - at > 1 && at[0] == '.' && digit_value(at[1]) < 10;
	if (fraction) {
		at++;
		millionths = scan_millionths(&at, end);
	}
	shift = scan_unit(&at, end);
	if (fraction && shift == 0)
		return -EINVAL;
	bytes = (unsigned __int128)whole << shift;
	bytes += ((unsigned __int128)millionths << shift) / 1000000;
	if (bytes > UINT64_MAX)
		return -ERANGE;
	*cursor = at;
	*ret_bytes = (uint64_t)bytes;
	return 0;
}
