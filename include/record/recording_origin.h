/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDING_ORIGIN_H
#define RECORD_RECORDING_ORIGIN_H

#include <stdint.h>

struct arena;
struct database;

/* Where and with what it was recorded; never NULL, not escaped. */
struct recording_origin {
	const char *vastop, *system, *release, *machine, *host;
	uint64_t interval_ns; /* between two samples, as the user asked for */
};

/*
 * Reads it into strings that live in the arena. Returns 0; -EBADMSG where it is damaged, or another
 * -errno.
 */
int recording_origin_read(struct database *database, struct arena *strings,
			  struct recording_origin *origin);

#endif
