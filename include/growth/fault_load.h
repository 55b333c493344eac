/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_FAULT_LOAD_H
#define GROWTH_FAULT_LOAD_H

/* What a process does, as the kernel counts it without events. */

#include <stdint.h>

/*
 * Its page faults since it began, those in system calls too, by its /proc/PID directory. Returns 0
 * and sets *ret_faults, or -errno.
 */
int fault_load_faults(int directory, uint64_t *ret_faults);

/*
 * How many a second it has now, from a look of so many milliseconds, or had on the whole since it
 * began (start_ticks as in struct target), whichever are more; 0 where that is not known.
 */
double fault_load_rate(int directory, uint64_t start_ticks, unsigned milliseconds);

/* The processor time that it took so far, nanoseconds; 0: not known. */
uint64_t fault_load_cpu(int32_t pid);

#endif
