/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDING_LIMIT_H
#define RECORD_RECORDING_LIMIT_H

/* How a recording stays as small as the user wants: the oldest goes, from keyframe to keyframe. */

#include <stdint.h>

struct database;

/* A keyframe is due when this part of the limit was used since the last one. */
#define RECORDING_LIMIT_PART 16

/* The bytes in use, or -errno. What is free is used again: the file grows no further. */
int64_t recording_limit_used(struct database *database);

/* Drops the oldest while there is too much, but not what is behind the last keyframe. Returns the
 * bytes in use then, or -errno. */
int64_t recording_limit_keep(struct database *database, uint64_t limit);

#endif
