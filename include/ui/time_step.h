/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TIME_STEP_H
#define UI_TIME_STEP_H

/*
 * Steps in the history of a process with very many mappings, where finding a moment takes longer
 * than a key may: it is awaited, and neighbours of what is shown are at hand. All zeroes: nothing
 * is awaited, none is at hand.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/past_moment.h"
#include "ui/shown_basis.h"

/* A moment, and what all that is shown of it rests on, where that is made. */
struct found_moment {
	struct past_moment past;
	struct shown_basis basis;
};

void found_moment_finish(struct found_moment *found);

struct time_step {
	bool awaited;                /* a moment is to be shown as soon as it is found: */
	uint64_t moment;             /* that one */
	bool forward;                /* the last step was */
	struct found_moment near[2]; /* owned; at hand */
};

/* Takes the moment, if it is at hand. */
bool time_step_take(struct time_step *step, uint64_t number, struct found_moment *ret_found);

bool time_step_has(const struct time_step *step, uint64_t number);

/*
 * Keeps the moment, which it takes over, if it is a neighbour of the one that is shown and
 * complete; else frees it.
 */
void time_step_keep(struct time_step *step, struct found_moment *found, uint64_t shown);

/* Forgets all. */
void time_step_finish(struct time_step *step);

#endif
