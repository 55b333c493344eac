/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/option_values.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "base/number.h"

static int check_range(uint64_t number, uint64_t least, uint64_t most, uint64_t *ret_number)
{
	if (number < least || number > most)
		return -ERANGE;
	*ret_number = number;
	return 0;
}

static bool all_digits(const char *digits, size_t length)
{
	return length > 0 && strspn(digits, "0123456789") >= length;
}

int option_read_decimal(const char *value, unsigned places, uint64_t least, uint64_t most,
			uint64_t *ret_number)
{
	size_t whole = strcspn(value, ".");
	const char *fraction = value[whole] ? value + whole + 1 : "0";
	uint64_t number;
	int error;

	if (!all_digits(value, whole) || !all_digits(fraction, strlen(fraction)))
		return -EINVAL;
	error = number_parse(value, whole, UINT64_MAX, &number);
	if (error)
		return error;
	for (unsigned i = 0; i < places; i++) {
		unsigned digit = *fraction ? (unsigned)(*fraction++ - '0') : 0;

		if (number > (UINT64_MAX - digit) / 10)
			return -ERANGE;
		number = number * 10 + digit;
	}
	return check_range(number, least, most, ret_number);
}

int option_read_size(const char *value, uint64_t least, uint64_t most, uint64_t *ret_bytes)
{
	const char *at = value, *end = value + strlen(value);
	uint64_t bytes;
	int error = number_scan_size(&at, end, &bytes);

	if (!error && at != end)
		error = -EINVAL;
	return error ? error : check_range(bytes, least, most, ret_bytes);
}
