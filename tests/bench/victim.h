/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BENCH_VICTIM_H
#define BENCH_VICTIM_H

/*
 * What being watched costs a process: threads that take page faults all the time, with 10 000
 * mappings and 1 GB, or with a fragmented heap, while nobody watches, and while it is watched in
 * several ways. Windows alternate, so that a noisy machine disturbs all alike.
 *
 * blocked is the share of the threads' time in which they neither ran nor waited for a processor:
 * they wait for nothing else than the lock of their address space, or of an arena. It is the
 * sharper figure, as a noisy machine is not in it. Then the operations in each second of that time
 * in which they ran or were blocked, as a ratio to those of the quiet window of the same round:
 * what they wait for a processor is other programs' doing. How many took more than a millisecond,
 * in three seconds, and the longest, have such waits in them.
 */

#include <stdbool.h>
#include <stddef.h>

enum { VICTIM_ARGUMENTS = 6, VICTIM_PID_LENGTH = 16 };

/* What its threads do all the time. */
enum victim_storm {
	VICTIM_MAPS,   /* map, touch and unmap memory */
	VICTIM_FAULTS, /* touch memory and give it back */
	VICTIM_HEAP,   /* allocate and free: beside a fragmented heap instead of the mappings */
};

/* Makes a heap of 130 MB in which 130 000 holes are. */
void victim_fragment(const void *unused);

/* A way of being watched: a program that stays in a terminal, or that runs once a second. */
struct victim_way {
	const char *name;
	char *argv[VICTIM_ARGUMENTS]; /* NULL: nobody watches */
	bool stays;
	const char *keys; /* that are typed before the window; NULL: none */
};

struct victim_plan {
	enum victim_storm storm;
	int threads; /* at most 16 */
	size_t rounds;
	const struct victim_way *ways; /* the first one is nobody */
	size_t way_count;
	char *pid; /* VICTIM_PID_LENGTH bytes that the ways' arguments have: filled with its PID */
};

/* Measures, and prints a table. */
void victim_measure(const struct victim_plan *plan);

#endif
