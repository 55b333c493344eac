/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BENCH_WHOLE_PROGRAM_H
#define BENCH_WHOLE_PROGRAM_H

/*
 * What the benchmarks of the whole program share: a process to watch, programs in a terminal of
 * 120 columns and 40 lines, the clock. They run in the build folder. Times are in nanoseconds. Any
 * failure ends the benchmark with a sentence.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct viewer;

#define BENCH_MOST_ROUNDS 50

/* How many rounds the program's argument asks for, at most BENCH_MOST_ROUNDS; else as many as
 * usual. */
size_t bench_rounds(int argc, char *argv[], size_t usual);

/* How the program is called: $VASTOP, else ./vastop. */
char *bench_vastop(void);

/* The middle one of count times, which are sorted for it. */
int64_t bench_median(int64_t *times, size_t count);

/* Whether PATH, or the path itself, leads to such a program. */
bool bench_has_program(const char *name);

/*
 * Starts a program that says "ready" on stdout and ends with its stdin, which is that of the
 * benchmark's end.
 */
pid_t bench_start_ready(char *const argv[]);

/* Starts tests/targets/many with about that many mappings; it ends with the benchmark. */
pid_t bench_start_target(const char *mappings);

/* viewer_start() in a terminal of 120 columns and 40 lines. */
void bench_start_viewer(struct viewer *viewer, char *const argv[]);

/* Starts a program in a terminal of its own; *ret_terminal is what it writes to. */
pid_t bench_start_in_terminal(char *const argv[], int *ret_terminal);

/*
 * Reads what the terminal shows until nothing has come for quiet_ns, or the time is deadline.
 * Returns when the last came; 0 when nothing did.
 */
int64_t bench_read_terminal(int terminal, int64_t quiet_ns, int64_t deadline);

/* Ends what bench_start_in_terminal() started. */
void bench_stop_in_terminal(pid_t pid, int terminal);

#endif
