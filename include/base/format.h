/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_FORMAT_H
#define BASE_FORMAT_H

/* Numbers as people read them, in units of 1024. Each writes a string into out and returns it. */

#include <stdint.h>

#define FORMAT_SIZE_LENGTH   16 /* bytes that format_size() needs, with the NUL */
#define FORMAT_NUMBER_LENGTH 28 /* bytes that format_number() needs, with the NUL */
#define FORMAT_TIME_LENGTH   40 /* bytes that format_time() needs, with the NUL */

/*
 * bytes as at most 7 columns: "0", "512B", "4.0K", "132K", "2.0M", "495.2G", "41.8T". Rounded
 * down to the digit shown, so that a size never looks larger than it is.
 */
const char *format_size(char out[static FORMAT_SIZE_LENGTH], uint64_t bytes);

/* A count with thin groups: "1 234 567". */
const char *format_number(char out[static FORMAT_NUMBER_LENGTH], uint64_t number);

/* CLOCK_REALTIME nanoseconds as RFC 3339 in UTC with milliseconds: "2026-10-19T10:41:07.123Z". */
const char *format_time(char out[static FORMAT_TIME_LENGTH], int64_t time_ns);

#endif
