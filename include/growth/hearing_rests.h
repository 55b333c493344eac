/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_HEARING_RESTS_H
#define GROWTH_HEARING_RESTS_H

/*
 * The windows in which a process is listened to, and the rests between them (growth/fault_rests.h):
 * what they do to the events, the counts and the steps of the trends.
 */

#include <stdbool.h>
#include <stdint.h>

struct hearing;

/* The window is over: a rest begins, or, where none has to, another window. */
void hearing_rests_end_window(struct hearing *hearing, int64_t now_ns);

/* Whether it rests, and so little happened in the rest that no sample would stand for it. */
bool hearing_rests_are_idle(const struct hearing *hearing);

/* The rest is over: a window begins. Returns 0, or as fault_events_open(). */
int hearing_rests_end_rest(struct hearing *hearing, int64_t now_ns);

/* Looks how many faults the process had in the rest so far. */
void hearing_rests_look(struct hearing *hearing);

/*
 * Faults of the rest that there is, or was before the window, that nothing stands for yet, as far
 * as they would have been seen.
 */
uint64_t hearing_rests_owed(const struct hearing *hearing);

/*
 * How many times as long as the window it and a rest will be together, or were, whichever is more:
 * as many times as many samples are afforded in it.
 */
double hearing_rests_factor(const struct hearing *hearing, int64_t now_ns);

/* The steps of the trends that have passed: what was touched since is spread over them. */
void hearing_rests_pass_steps(struct hearing *hearing, int64_t now_ns);

#endif
