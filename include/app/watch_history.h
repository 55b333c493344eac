/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_HISTORY_H
#define APP_WATCH_HISTORY_H

/*
 * Moments of the history of a process with very many mappings, found by a thread while the screen
 * answers keys: it is started with a step back, and ended when the picture is live again. What is
 * found next is ahead of the next key (ui/command/time_commands.h). All zeroes: it is not started.
 */

#include <stdbool.h>
#include <stdint.h>

struct answerer;
struct ui;

struct watch_history {
	struct answerer *answerer; /* NULL: not started, or it cannot be */
	bool asking;
	uint64_t number;  /* of the moment that was asked for last */
	int64_t start_ns; /* when the first snapshot of its history was taken */
};

/* Asks for what the screen wants, if it is not asked for; it says that it can be. */
void watch_history_look(struct watch_history *history, struct ui *ui);

/* Readable when watch_history_take() has something; -1 while there is nothing to wait for. */
int watch_history_descriptor(const struct watch_history *history);

/* Gives the screen the moment that was found. */
void watch_history_take(struct watch_history *history, struct ui *ui);

void watch_history_finish(struct watch_history *history);

#endif
