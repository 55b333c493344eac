/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_WORKER_H
#define KERNEL_WORKER_H

/*
 * A thread that works for an owner, with the lock for what both use, a condition that tells the
 * thread of something new, and an eventfd that tells the reader. All signals are blocked in it:
 * they are for the main thread. It lies in the owner, first of all freed by release().
 */

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct worker {
	pthread_mutex_t lock;
	pthread_cond_t changed; /* of CLOCK_MONOTONIC */
	int descriptor;         /* eventfd */
	bool stop;              /* the thread shall end; under the lock */
	/* Private: */
	const char *name;
	pthread_t thread;
	void *owner;
	void (*work)(void *owner);
	void (*release)(void *owner);
	bool ended;     /* the thread runs no more code of the owner */
	bool abandoned; /* the thread is not waited for: it cleans up */
};

/* Makes all but the thread. Returns 0 or -errno. */
int worker_init(struct worker *worker);

/* Frees what worker_init() made; for release(). */
void worker_finish(struct worker *worker);

/*
 * Starts the thread with the name, of at most 15 bytes, that ps -L and top -H show of it: it calls
 * work(owner) with the lock held, and ends when that returns, also with the lock held. Returns 0 or
 * -errno; then there is no thread, and nothing was released.
 */
int worker_start(struct worker *worker, const char *name, void *owner, void (*work)(void *owner),
		 void (*release)(void *owner));

/* Changes what the lock protects and tells the thread: the flag becomes the value. */
void worker_tell(struct worker *worker, bool *flag, bool value);

/* Gives the lock up and tells the thread of something new, which the caller has put there. */
void worker_wake(struct worker *worker);

/* Waits for a change up to that time (CLOCK_MONOTONIC, ns), with the lock held; true: it is past.
 */
bool worker_wait_until(struct worker *worker, int64_t time);

/*
 * Makes an eventfd readable. The kernel refuses only what would make it overflow (EAGAIN,
 * eventfd(2)), and it is readable then. After any other failure it tries again: the reader would
 * never wake up.
 */
void worker_raise(int descriptor);

/* Makes the descriptor readable; the thread calls it, with the lock held, which is given up
 * meanwhile.
 */
void worker_notify(struct worker *worker);

/* Makes an eventfd unreadable again. */
void worker_clear(int descriptor);

/*
 * The reader calls this. It clears the descriptor; if the flag is set, it also moves the thread's
 * size bytes to ret_bytes, leaves zeroes in their place and clears the flag. Returns what the flag
 * was. The lock protects flag and bytes.
 */
bool worker_take(struct worker *worker, bool *flag, void *bytes, size_t size, void *ret_bytes);

/*
 * Ends the thread and has everything released. A thread that does not answer within a moment (it
 * waits for a dead file system) is left behind: it releases everything if it ever continues.
 */
void worker_end(struct worker *worker);

/* The same, without that moment. */
void worker_leave(struct worker *worker);

#endif
