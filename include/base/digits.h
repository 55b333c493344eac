/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

/*
 * Numbers as programs read them, without printf(): for what writes many. No sign, no leading zero,
 * no NUL.
 */

#include <stddef.h>
#include <stdint.h>

#define DIGITS_DECIMAL_MAX 20 /* of 2^64 - 1 */
#define DIGITS_HEX_MAX     16

/* Writes the decimal digits; returns how many: 1 to DIGITS_DECIMAL_MAX. */
size_t digits_decimal(char out[static DIGITS_DECIMAL_MAX], uint64_t number);

/* Writes the hexadecimal digits, in lower case; returns how many: 1 to DIGITS_HEX_MAX. */
size_t digits_hex(char out[static DIGITS_HEX_MAX], uint64_t number);

#endif
