/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_SWITCH_PAIR_H
#define GROWTH_SWITCH_PAIR_H

/*
 * Two threads, the caller's and a peer, that pass a byte to and fro on one processor, so that each
 * stops and runs again once for each byte: what such a switch takes of the caller's processor time.
 */

#include <pthread.h>
#include <sched.h>

struct switch_pair {
	pthread_t peer;
	int to_peer[2], from_peer[2]; /* pipes */
	cpu_set_t before;             /* where the caller may run otherwise */
};

/*
 * Starts the peer and keeps the caller on the processor that it runs on. Returns 0; or -errno of
 * sched_getaffinity(2), sched_setaffinity(2), pipe2(2) or pthread_create(3), and nothing is changed
 * then. The caller ends it with switch_pair_end().
 */
int switch_pair_start(struct switch_pair *ret_pair);

/* Nanoseconds of the caller's processor time a switch; negative: it could not be measured. */
double switch_pair_time(struct switch_pair *pair);

/* Ends the peer; the caller may run where it could before. */
void switch_pair_end(struct switch_pair *pair);

#endif
