/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_REPLAY_TIME_H
#define APP_REPLAY_TIME_H

/*
 * A moment of a recording, as the user writes it: "10:41:07" or "10:41:07.250" (the last such time
 * that the recording has), "2026-11-29 10:41:07", both local; "2026-11-29T10:41:07.250Z" as in
 * JSON; "+90s", "+5m", "+2h" after its begin; "-5m" before its end.
 */

#include <stdint.h>

/*
 * Returns 0 and sets *ret_time_ns (CLOCK_REALTIME), which may lie outside of the recording, that
 * lasts from first_ns to last_ns; or -EINVAL.
 */
int replay_time_parse(const char *words, int64_t first_ns, int64_t last_ns, int64_t *ret_time_ns);

#endif
