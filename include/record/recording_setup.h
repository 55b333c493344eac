/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDING_SETUP_H
#define RECORD_RECORDING_SETUP_H

/* Makes an empty database a recording: its tables, and what it was recorded by and where. */

#include <stdint.h>

struct database;
struct recording_origin;

/* origin: where it was recorded. Leaves a transaction open. Returns 0 or -errno. */
int recording_setup(struct database *database, const struct recording_origin *origin);

/* The same of this machine and program. */
int recording_setup_here(struct database *database, uint64_t interval_ns);

#endif
