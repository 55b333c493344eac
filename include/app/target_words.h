/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_TARGET_WORDS_H
#define APP_TARGET_WORDS_H

/* Names for numbers that only the system knows: the user's name, the local time of a sample. */

#include <stdint.h>

#define CLOCK_LENGTH 9 /* "10:41:07" and the NUL */

/* The name of the user; NULL when it has none (or uid is TARGET_UNKNOWN). Freed with free(). */
char *target_user_name(uint64_t uid);

#define LOCAL_TIME_LENGTH 32

/* The same with milliseconds, "10:41:07.123"; the context is not used. */
void target_local_time(void *context, int64_t time_ns, char out[static LOCAL_TIME_LENGTH]);

/* The local time of CLOCK_REALTIME nanoseconds as "10:41:07". */
const char *target_clock(int64_t time_ns, char out[static CLOCK_LENGTH]);

#endif
