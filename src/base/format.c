/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/format.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/digits.h"

const char *format_size(char out[static FORMAT_SIZE_LENGTH], uint64_t bytes)
{
	static const char units[] = "BKMGTPE";
	char digits[DIGITS_DECIMAL_MAX];
	uint64_t whole, tenth;
	char *at = out;
	int unit = 0;

	while (unit < 6 && bytes >> (10 * unit) >= 1024)
		unit++;
	whole = bytes >> (10 * unit);
	tenth = unit ? ((bytes >> (10 * (unit - 1))) & 1023) * 10 / 1024 : 0;
	at += digits_decimal(digits, whole);
	memcpy(out, digits, (size_t)(at - out));
	if (unit > 1 || (unit == 1 && whole < 10)) {
		*at++ = '.';
		*at++ = (char)('0' + tenth);
	}
	if (bytes)
		*at++ = units[unit];
	*at = '\0';
	return out;
}

const char *format_number(char out[static FORMAT_NUMBER_LENGTH], uint64_t number)
{
	char digits[DIGITS_DECIMAL_MAX];
	size_t length = digits_decimal(digits, number), at = 0;

	for (size_t i = 0; i < length; i++) {
		if (i && (length - i) % 3 == 0)
			out[at++] = ' ';
		out[at++] = digits[i];
	}
	out[at] = '\0';
	return out;
}

const char *format_time(char out[static FORMAT_TIME_LENGTH], int64_t time_ns)
{
	time_t seconds = (time_t)(time_ns / 1000000000);
	struct tm tm;
	size_t length;

	gmtime_r(&seconds, &tm);
	length = strftime(out, FORMAT_TIME_LENGTH, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(out + length, FORMAT_TIME_LENGTH - length, ".%03dZ",
		 (int)(time_ns / 1000000 % 1000));
	return out;
}
