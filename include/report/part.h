/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_PART_H
#define REPORT_PART_H

/*
 * What a report is made of: a sample of each of the processes that it is about, and which mappings
 * of it are in the report.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/field.h"
#include "model/usage.h"

struct query_matches;

/* All of it is the caller's. */
struct report_part {
	const struct address_space *space;
	const struct usage_table *usage;     /* NULL: not known */
	const struct identity *growth;       /* since the first sample; NULL: this is the first */
	const struct query_matches *matches; /* of the space; NULL: all are in it */
};

/* Goes through the mappings of the parts that are in the report, in order. */
struct report_walk {
	const struct report_part *parts;
	size_t count;
	struct field_subject subject; /* the mapping */
	/* Private: */
	size_t part, next;
	struct usage usage;
};

void report_walk_init(struct report_walk *walk, const struct report_part *parts, size_t count);

/* Goes to the next mapping; false: there are no more. The walk must not move meanwhile. */
bool report_walk_next(struct report_walk *walk);

/* The sums of the fields that are amounts. */
struct report_sums {
	uint64_t mappings;
	struct {
		uint64_t number;
		bool unknown; /* that of a mapping is, or 64 bits do not hold the sum */
	} of[FIELD_COUNT];
};

/* Adds the mapping to the sums of the fields of the list. */
void report_sums_add(struct report_sums *sums, const struct field_list *list,
		     const struct field_subject *subject);

/* Whether the field has a sum. */
bool report_is_summed(enum field field);

#endif
