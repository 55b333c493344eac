/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_NAMED_H
#define APP_NAMED_H

/* vastop NAME: the processes that are meant. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Finds the processes in whose name (comm) the pattern is found, ascending by pid, and stores at
 * most capacity of their pids. Returns how many there are, 0 if name is not a valid pattern, or
 * -errno if the processes cannot be listed.
 */
int named_find(const char *name, int32_t *out, size_t capacity);

struct options;
struct options_process;

#define NAMED_ALL_MAX 1024

/*
 * Finds all processes that the options name, each once: those of a name are all that have it, in
 * order of their pids. Returns 0, stores at most NAMED_ALL_MAX of them, each with its pid and the
 * name that it was found by, and sets *ret_count; or the exit status after saying which is none, or
 * that there are more.
 */
int named_resolve_all(const struct options *options, struct options_process *out,
		      size_t *ret_count);

/* Says that there is no process of that name or which PIDs have it; returns the exit status. */
int named_say_not_a_pid(const char *argument);

/*
 * Finds the process that is meant by a name, when one process has it. Where several have it and
 * they can be chosen from on the screen (choosable), *ret_pid becomes 0. Returns 0, or the exit
 * status after saying that none is meant.
 */
int named_resolve(const char *name, bool choosable, int32_t *ret_pid);

#endif
