/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_WEEK_PROCESS_H
#define TESTS_WEEK_PROCESS_H

/*
 * A process that lives by a script, drawn from a seed: its heap grows and is trimmed, mappings
 * come, grow, split and go, threads start and end; every three hours there is a storm of mappings,
 * every eight another program. And a source (sampler/source.h) that reports of it. Bytes;
 * half-open.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/clock_course.h"
#include "model/vma.h"
#include "sampler/source.h"

struct week_process {
	struct source source;
	struct clock_course course;
	uint64_t random;
	uint64_t second;  /* of its life */
	uint64_t changes; /* that it made, ever */
	struct vma *vmas; /* sorted */
	size_t count, capacity;
	size_t storms; /* mappings of the storm that rages */
	uint64_t start_brk;
	int ends; /* a descriptor that never tells of its end */
};

/* Begins its life. Returns 0 or -errno. The source's destroy() frees what it has. */
int week_process_init(struct week_process *process, uint64_t seed);

/* A second of its life. */
void week_process_live(struct week_process *process);

/* What all its mappings are, in bytes. */
uint64_t week_process_size(const struct week_process *process);

#endif
