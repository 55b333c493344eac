/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_HISTORY_RANGES_H
#define MODEL_HISTORY_RANGES_H

/*
 * A list of ranges of one moment of a history, sorted and disjoint, and the differences that lead
 * from one such list to the next: hunks as those of VMAs (model/history_state.h), each range
 * told by its flags and its distance from the one below. All zeroes is a valid, empty list.
 */

#include <stddef.h>

#include "model/residency.h"

struct history_cursor;
struct text;

struct history_ranges {
	struct residency_run *ranges; /* flags are 0 where they mean nothing */
	size_t count, capacity;
};

/*
 * Appends what leads from one list to count ranges; nothing where they are equal. Returns how many
 * ranges applying it has to move.
 */
size_t history_ranges_put(struct text *out, const struct history_ranges *from,
			  const struct residency_run *to, size_t count);

/* Turns the list into the next one with what history_ranges_put() wrote. */
void history_ranges_apply(struct history_ranges *ranges, struct history_cursor *reader);

void history_ranges_finish(struct history_ranges *ranges);

#endif
