/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

/* Numbers read strictly: the whole text or nothing, no sign, no space, no overflow. */

#include <stddef.h>
#include <stdint.h>

/*
 * The decimal number that the length bytes at digits spell. Returns 0 and sets *ret_number; or
 * -EINVAL (empty, or a byte that is not a digit), -ERANGE (greater than max).
 */
int number_parse(const char *digits, size_t length, uint64_t max, uint64_t *ret_number);

/*
 * Reads digits of the given base (10 or 16) from *cursor on, up to end, and moves the cursor past
 * them. Returns 0; -EINVAL when there is none, -ERANGE when 64 bits do not hold it (the cursor
 * stays in both cases).
 */
int number_scan(const char **cursor, const char *end, unsigned base, uint64_t *ret_number);

/*
 * Reads a size as people write it from *cursor on, up to end, and moves the cursor past it: decimal
 * digits, with a unit of 1024 ("4K", "1.5M", K M G T P E in either case) perhaps with a fraction,
 * of which six digits count. Returns 0 and sets *ret_bytes, rounded down; -EINVAL when there is no
 * number or a fraction without a unit, -ERANGE when 64 bits do not hold it (the cursor stays in
 * both cases).
 */
int number_scan_size(const char **cursor, const char *end, uint64_t *ret_bytes);

#endif
