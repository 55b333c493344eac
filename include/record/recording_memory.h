/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDING_MEMORY_H
#define RECORD_RECORDING_MEMORY_H

/* Reads what of a sample was in memory, as far as it was known: usage of mappings, and pages. */

#include <stdint.h>

#include "record/recording_table.h"

struct address_space;
struct kept_usage;

struct recording_memory_reader {
	struct statement *get; /* the sums */
	struct recording_table_reader usages, pages;
};

/* Returns 0 or -errno; recording_memory_close() in any case. */
int recording_memory_open(struct recording_memory_reader *reader, struct database *database);
void recording_memory_close(struct recording_memory_reader *reader);

/*
 * Of the sample, which is the space; keyframe is the one before it. Returns 0 and fills *ret_usage,
 * for kept_usage_finish(); or -EBADMSG, or another -errno.
 */
int recording_memory_read(struct recording_memory_reader *reader, int64_t keyframe, int64_t sample,
			  const struct address_space *space, struct kept_usage *ret_usage);

#endif
