/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/format.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *format_size(char out[static FORMAT_SIZE_LENGTH], uint64_t bytes)
{
	static const char units[] = "BKMGTPE";
	uint64_t whole, tenth;
	int unit = 0;

	while (unit < 6 && bytes >> (10 * unit) >= 1024)
		unit++;
	whole = bytes >> (10 * unit);
	tenth = unit ? ((bytes >> (10 * (unit - 1))) & 1023) * 10 / 1024 : 0;
	if (bytes == 0)
		snprintf(out, FORMAT_SIZE_LENGTH, "0");
	else if (unit == 0 || (unit == 1 && whole >= 10))
		snprintf(out, FORMAT_SIZE_LENGTH, "%" PRIu64 "%c", whole, units[unit]);
	else
		snprintf(out, FORMAT_SIZE_LENGTH, "%" PRIu64 ".%" PRIu64 "%c", whole, tenth,
			 units[unit]);
	return out;
}

const char *format_number(char out[static FORMAT_NUMBER_LENGTH], uint64_t number)
{
	char digits[FORMAT_NUMBER_LENGTH];
	int length = snprintf(digits, sizeof(digits), "%" PRIu64, number), at = 0;

	for (int i = 0; i < length; i++) {
		if (i && (length - i) % 3 == 0)
			out[at++] = ' ';
		out[at++] = digits[i];
	}
	out[at] = '\0';
	return out;
}
