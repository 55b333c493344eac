/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_OPTION_VALUES_H
#define APP_OPTION_VALUES_H

/*
 * Values of options, read strictly: the whole text is a number in range, or it is none. No sign,
 * no space, no exponent, no locale.
 */

#include <stdint.h>

/*
 * A decimal number, "2" or "0.25", in units of 10^-places; further places are cut off. Returns 0
 * and sets *ret_number; or -EINVAL (not such a number), -ERANGE (not from least to most).
 */
int option_read_decimal(const char *value, unsigned places, uint64_t least, uint64_t most,
			uint64_t *ret_number);

/* A size in bytes as number_scan_size() reads it: "4096", "64M", "1.5G". Returns as above. */
int option_read_size(const char *value, uint64_t least, uint64_t most, uint64_t *ret_bytes);

#endif
