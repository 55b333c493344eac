/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_ANSWERER_H
#define KERNEL_ANSWERER_H

/*
 * A worker (kernel/worker.h) that answers the newest question of a caller that must not wait.
 * Questions and answers are structs that are copied byte by byte; what a question points to goes
 * with it. A question that is replaced before the thread began with it is forgotten.
 */

#include <stdbool.h>
#include <stddef.h>

struct answerer;

struct answerer_ops {
	const char *name;                  /* of the thread, see worker_start() */
	size_t question_size, answer_size; /* bytes */
	/*
	 * In the thread, without the lock: fills the answer, which is all zeroes, and frees what
	 * the question owns.
	 */
	void (*answer)(void *owner, void *question, void *answer);
	/*
	 * With the lock: the question will not be answered. Frees what it owns; the newer one, NULL
	 * at the end, may take something from it. NULL: there is nothing to do.
	 */
	void (*forget)(void *question, void *newer);
	/* With the lock: frees what an answer owns that is not taken. NULL: nothing. */
	void (*drop)(void *answer);
	/* Frees the owner, in whichever thread is the last to use it. */
	void (*release)(void *owner);
};

/*
 * Starts the thread; the ops live as long as it. Returns 0 and sets *ret_answerer, or -errno; then
 * the owner was not released.
 */
int answerer_create(const struct answerer_ops *ops, void *owner, struct answerer **ret_answerer);

/*
 * Ends the thread and releases the owner; a thread that waits for a dead file system is left behind
 * and does so itself, if it ever continues.
 */
void answerer_destroy(struct answerer *answerer);

/* Asks; takes over what the question owns. */
void answerer_ask(struct answerer *answerer, void *question);

/* Readable when answerer_take() has something new. */
int answerer_descriptor(const struct answerer *answerer);

/* Whether there is an answer that was not taken yet; it goes to ret_answer. */
bool answerer_take(struct answerer *answerer, void *ret_answer);

#endif
