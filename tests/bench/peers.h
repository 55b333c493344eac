/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BENCH_PEERS_H
#define BENCH_PEERS_H

/*
 * vastop and the programs that a user would take instead, measured side by side from outside: those
 * that run once from their start to their end, those that stay at a terminal from their start to
 * their pictures and while they watch. In each round all take turns, and each round begins with
 * another, so that what disturbs the machine for a while disturbs all alike.
 */

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct json_writer;
struct spread;

enum { PEER_ARGUMENTS = 8 };

/* A process to look at. */
struct peer_target {
	const char *name;
	const char *argv[PEER_ARGUMENTS]; /* says "ready" */
	size_t rounds;                    /* of programs that run once; 0: these do not */
	size_t starts;                    /* of programs at a terminal; 0: these do not */
	size_t windows;                   /* in which those are watched watching */
	bool all; /* Programs that look at no one process are measured while this one is there. */
};

/* A program that runs once. */
struct peer_program {
	const char *name;
	const char *argv[PEER_ARGUMENTS]; /* VASTOP: vastop; PID: that of the target */
	const char *against; /* the name of the one that it is compared with, above it; or NULL */
};

/* A program at a terminal, which draws once a second. */
struct peer_screen {
	const char *name;
	const char *argv[PEER_ARGUMENTS];
	const char *drawn; /* the first picture is complete when this is on the screen */
	bool drawn_on;     /* More follows that: it is complete when nothing follows for a while. */
	bool one;          /* It looks at one process, and shows what of it is in memory, ... */
	const char *unknown; /* ... but not as long as this is on the screen; NULL: at once. */
};

/* Each ends with a row whose name is NULL. */
const struct peer_target *peer_targets(void);
const struct peer_program *peer_programs(void);
const struct peer_screen *peer_screens(void);

/* Fills in the arguments; false when there is no such program here. */
bool peer_arguments(const char *const wanted[], const char *pid, char *ret_argv[PEER_ARGUMENTS]);

/* Writes it as an object: median, low, high, least, most, count. */
void peer_write(struct json_writer *writer, const char *name, struct spread spread);

/*
 * What programs that run once take of the target, and what programs at a terminal take: an object
 * for each. rounds, unless it is 0, replaces those of the target.
 */
void peers_once(struct json_writer *writer, const struct peer_target *target, pid_t pid,
		size_t rounds);
void peers_live(struct json_writer *writer, const struct peer_target *target, pid_t pid,
		size_t rounds);

#endif
