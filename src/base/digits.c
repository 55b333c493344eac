/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/digits.h"

#include <string.h>

/* Two digits for each number below 100: half as many divisions. */
static const char pairs[] = "0001020304050607080910111213141516171819"
			    "2021222324252627282930313233343536373839"
			    "4041424344454647484950515253545556575859"
			    "6061626364656667686970717273747576777879"
			    "8081828384858687888990919293949596979899";

size_t digits_decimal(char out[static DIGITS_DECIMAL_MAX], uint64_t number)
{
	char digits[DIGITS_DECIMAL_MAX];
	size_t at = sizeof(digits);

	for (; number >= 100; number /= 100) {
		at -= 2;
		memcpy(&digits[at], &pairs[number % 100 * 2], 2);
	}
	if (number >= 10) {
		at -= 2;
		memcpy(&digits[at], &pairs[number * 2], 2);
	} else {
		digits[--at] = (char)('0' + number);
	}
	memcpy(out, &digits[at], sizeof(digits) - at);
	return sizeof(digits) - at;
}

size_t digits_hex(char out[static DIGITS_HEX_MAX], uint64_t number)
{
	size_t count = (size_t)(64 - __builtin_clzll(number | 1) + 3) / 4;

	for (size_t i = count; i-- > 0; number >>= 4)
		out[i] = "0123456789abcdef"[number & 15];
	return count;
}
