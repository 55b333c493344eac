/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_NAMED_H
#define APP_NAMED_H

/* vastop NAME: the processes that are meant. */

#include <stddef.h>
#include <stdint.h>

struct options;

/*
 * Finds the processes in whose name (comm) the pattern is found, ascending by pid, and stores at
 * most capacity of their pids. Returns how many there are; 0 also for what is no pattern.
 */
int named_find(const char *name, int32_t *out, size_t capacity);

/*
 * Sets the pid of the options when one process has their name. Where several have it and they can
 * be chosen from on the screen, it stays 0. Returns 0, or the exit status after saying that none
 * is meant.
 */
int named_resolve(struct options *options);

#endif
