/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDING_USAGE_H
#define RECORD_RECORDING_USAGE_H

/* How usage stands in the rows of a recording, as record/recording_rows.h says of other things. */

#include <stdbool.h>
#include <stdint.h>

#include "model/usage_list.h"

struct statement;

struct recording_usage {
	uint64_t start; /* of the mapping */
	struct usage usage;
};

#define RECORDING_SUM_COLUMNS                                                                    \
	"rss,swap,hugetlb,known_before,pss,uss,private_dirty,shared_dirty,referenced,anonymous," \
	"huge,locked,page_size,flags,protection_key"
#define RECORDING_USAGE_COLUMNS "start," RECORDING_SUM_COLUMNS

#define RECORDING_SUM_WIDTH   15
#define RECORDING_USAGE_WIDTH 16

/* The value is a struct recording_usage. */
void recording_usage_bind(struct statement *statement, int from, const void *usage);
bool recording_usage_read(const struct statement *statement, int from, void *ret_usage);

/* A usage alone, as of all mappings together. */
void recording_sum_bind(struct statement *statement, int from, const struct usage *usage);
bool recording_sum_read(const struct statement *statement, int from, struct usage *ret_usage);

/* The source (enum residency_source) of the name; RESIDENCY_NONE of none. */
bool recording_source_read(const struct statement *statement, int column, int *ret_source);

#endif
