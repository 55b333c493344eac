/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_PROC_LOOK_H
#define SAMPLER_PROC_LOOK_H

/*
 * Looks whether the mappings of a process changed in a way that its pulse does not show
 * (sampler/proc_pulse.h): protections, moves. A process that did not run changed nothing, which its
 * CPU clock tells for less than a microsecond; only what other processes do to it (one that shares
 * its memory but is not a thread of it) is not seen then.
 */

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/keyed_hash.h"
#include "model/coverage.h"

/* All of it private. */
struct proc_look {
	struct hash_key key;
	bool queries;   /* the kernel has PROCMAP_QUERY, as far as is known */
	bool has_clock; /* of the process */
	clockid_t clock;
	int64_t ran; /* the clock at the last look of the level; 0 for none */
	enum coverage_level level;
};

/*
 * pid is the process's number in this program's own PID namespace, 0 where it has none or that is
 * not known; avoid is as in kernel/avoid.h.
 */
void proc_look_init(struct proc_look *look, int32_t pid, unsigned avoid);

/* Looks; memory is the folder of a thread that has memory. Returns as source_look(). */
int proc_look_take(struct proc_look *look, int memory, enum coverage_level level,
		   uint64_t *ret_print);

#endif
