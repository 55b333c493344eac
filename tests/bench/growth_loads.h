/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BENCH_GROWTH_LOADS_H
#define BENCH_GROWTH_LOADS_H

/*
 * Processes that touch new pages as long as they are there: one that does nothing but take page
 * faults; a server that works some microseconds for each request and then waits for the next one;
 * and a redis whose list grows by one element a request. They count what they do, and end with the
 * benchmark. What cannot be started ends the benchmark.
 */

#include <stdatomic.h>
#include <stdint.h>
#include <sys/types.h>

struct growth_load {
	pid_t pid;
	/* Private: */
	uint64_t (*done)(const struct growth_load *load);
	_Atomic uint64_t *count; /* pages, or requests; NULL: it is asked for them */
	int socket;              /* to ask, or to be asked; negative: none */
	pid_t other;             /* that asks; 0: none */
	char folder[32], path[64];
};

void growth_load_storm(struct growth_load *ret_load);
void growth_load_server(struct growth_load *ret_load);

/* Of so many clients, a number, each waits for its answer. */
void growth_load_redis(const char *clients, struct growth_load *ret_load);

/* How many pages it has touched, or requests it has answered. */
uint64_t growth_load_done(const struct growth_load *load);

void growth_load_end(struct growth_load *load);

/* Starts a program whose output is dropped; growth_end() kills it. */
pid_t growth_start(char *const argv[]);
void growth_end(pid_t pid);

void growth_pause(int64_t ns);

#endif
