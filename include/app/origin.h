/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_ORIGIN_H
#define APP_ORIGIN_H

/*
 * Where and when a picture on paper was taken, so that it can go into a ticket: host, local time
 * with its zone, kernel and, where there is one, the control group of the process, which names its
 * service or container.
 */

#include <stdint.h>

struct options;
struct text;

/* The machine that it was taken on, as uname(2) says it. */
struct origin_place {
	const char *host, *system, *release;
};

/* Appends place and time (CLOCK_REALTIME, ns), escaped for a terminal. */
void origin_append_place(struct text *text, const struct origin_place *place, int64_t time_ns);

/*
 * Appends the line, escaped for a terminal, of process pid in a sample of time_ns (CLOCK_REALTIME).
 * Of a core file what it is; nothing for a recorded tree: it was taken elsewhere, at another time.
 */
void origin_append(struct text *text, const struct options *options, int32_t pid, int64_t time_ns);

#endif
