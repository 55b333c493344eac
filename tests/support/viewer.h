/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUPPORT_VIEWER_H
#define SUPPORT_VIEWER_H

/*
 * A user at a terminal: starts a program in one, types, changes its size, and waits for something
 * to be on the screen. Times are CLOCK_MONOTONIC, in nanoseconds; a time of the screen is when the
 * last bytes came that made it what it is.
 */

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct emulator;

struct viewer {
	pid_t pid;
	int terminal; /* what the program writes and reads */
	int lines, columns;
	struct emulator *emulator;
	int64_t last;   /* when bytes came last; 0 when none have */
	uint64_t bytes; /* that came */
	int said;       /* of viewer_play(): a file with what came on stderr; else -1 */
};

/* Whether the screen is as is wanted. */
typedef bool (*viewer_condition)(struct viewer *viewer, const void *context);

/*
 * Starts a program, found on PATH, as its own session on a terminal of that size, with TERM and
 * LC_ALL set. It ends with the caller. -errno when there is no terminal; -ENOSYS without libvterm.
 * viewer_stop() must follow success. A program that cannot be executed ends at once.
 */
int viewer_start(struct viewer *viewer, char *const argv[], int lines, int columns);

/*
 * The same of a child of this process that calls the function; what that returns is its exit
 * status. What it says on stderr does not reach the terminal.
 */
int viewer_play(struct viewer *viewer, int (*play)(const void *context), const void *context,
		int lines, int columns);

/*
 * A descriptor that the function has, too, in the place of this one: not where the terminal will
 * be, as a test begins without stdin. -1 for a negative one.
 */
int viewer_lift(int descriptor);

/* Kills the program and waits for its end. */
void viewer_stop(struct viewer *viewer);

/*
 * Follows the screen until the program ends by itself; viewer_stop() must still follow. Returns its
 * status as from waitpid(2), or -1 when it does not end by the deadline.
 */
int viewer_end(struct viewer *viewer, int64_t deadline);

/* What a function that is played has said on stderr by now; the caller frees it. */
char *viewer_said(const struct viewer *viewer);

/* Types the keys; false when the terminal does not take them. */
bool viewer_type(struct viewer *viewer, const char *keys);

void viewer_resize(struct viewer *viewer, int lines, int columns);

/*
 * Waits until the condition holds and returns the time of the screen, which is earlier than now
 * where it held before; 0 when it does not hold by the deadline or the program has ended.
 */
int64_t viewer_wait(struct viewer *viewer, viewer_condition condition, const void *context,
		    int64_t deadline);

/*
 * Follows the screen until nothing has come for quiet_ns, or the time is the deadline. Returns
 * whether it fell silent; it does so, too, when the program has ended.
 */
bool viewer_wait_quiet(struct viewer *viewer, int64_t quiet_ns, int64_t deadline);

/* Takes what comes until the deadline, without interpreting it, so as to cost next to nothing. */
void viewer_ignore(struct viewer *viewer, int64_t deadline);

/* A condition: a line of the screen has the text, which is the context. */
bool viewer_sees(struct viewer *viewer, const void *text);

#endif
