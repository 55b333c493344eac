/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDING_ORIGIN_H
#define RECORD_RECORDING_ORIGIN_H

#include <stdint.h>

/* Where and with what it was recorded; never NULL, not escaped. */
struct recording_origin {
	const char *vastop, *system, *release, *machine, *host;
	uint64_t interval_ns; /* between two samples, as the user asked for */
};

#endif
