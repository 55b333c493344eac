/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_WEEK_CLOCK_H
#define TESTS_WEEK_CLOCK_H

/*
 * Clocks that are made up: the linker sends clock_ns() here, but for processor time, and
 * worker_wait_until(), so that a worker that waits continues when these clocks are at its time.
 * There is one such worker.
 */

#include <stdint.h>

void week_clock_begin(void);

/* Waits until the worker, which was just started, waits. */
void week_clock_wait(void);

/* What happens to the clocks in the second: suspends of hours, set back, set to another century. */
void week_clock_bend(uint64_t second);

/* Wakes the worker at the time that it waits for, and waits until it waits again. */
void week_clock_turn(void);

#endif
