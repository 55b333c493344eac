/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_AMOUNTS_H
#define UI_TEXT_AMOUNTS_H

/* Growth in words. Each writes a string into out and returns it; ASCII, at most 12 columns. */

#include <stdint.h>

#define AMOUNTS_LENGTH 24 /* bytes that out has, with the NUL */

/* Bytes more or less: "+1.2M", "-132K", "0". Rounded towards 0, as sizes are. */
const char *amounts_delta(char out[static AMOUNTS_LENGTH], int64_t bytes);

/*
 * Bytes per second: "4.1K/s", "-132K/s", "0/s"; below one byte a second as bytes per hour,
 * "1.3K/h". The word unknown for a rate that is not known (NAN) or infinite.
 */
const char *amounts_rate(char out[static AMOUNTS_LENGTH], double rate, const char *unknown);

#endif
