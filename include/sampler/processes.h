/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_PROCESSES_H
#define SAMPLER_PROCESSES_H

/* The processes of this machine, as libproc2 lists them. */

#include <stddef.h>
#include <stdint.h>

#define PROCESS_NAME_LENGTH 64

struct process {
	int32_t pid;
	char name[PROCESS_NAME_LENGTH]; /* comm, cut if longer; the process's own bytes */
};

struct pattern;

/*
 * Finds the processes whose name matches, ascending by pid, this process left out. Stores at most
 * capacity of them. Returns how many there are (perhaps more than stored), or -errno.
 */
int processes_find(const struct pattern *pattern, struct process *out, size_t capacity);

#endif
