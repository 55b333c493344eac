/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_HELPER_H
#define FILES_HELPER_H

/*
 * A child process that makes calls which may never return. A thread that waits for a file system
 * that hangs may be out of reach of every signal, SIGKILL included (fuse waits uninterruptibly for
 * an answer that its server has begun with), and a process cannot end before each of its threads
 * has. A child can be killed and left behind: it holds no file of this process open, and it ends
 * as soon as its call returns.
 *
 * The child is a fork, so the calls are functions of this program. They are made one after the
 * other in the order in which they were asked for. The child ends with the thread that started it,
 * and nothing that a hostile file does to the child harms this process.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct text;

#define HELPER_NAME        "vastop-files" /* of the child in lists of processes */
#define HELPER_REQUEST_MAX ((size_t)64 * 1024)
#define HELPER_REPLY_MAX   ((size_t)16 * 1024)

/*
 * A call that the child makes: it reads the request and appends the reply, a byte at least. Bytes.
 * directory is the descriptor that came with this request or the last one that had any; -1 when
 * none had.
 */
typedef void (*helper_call)(int directory, const char *request, size_t length, struct text *reply);

/*
 * In a call that may be kept busy: the child ends once it has taken so many seconds of processor
 * time from now on.
 */
void helper_limit_time(unsigned seconds);

struct helper {
	pid_t pid;
	int socket; /* to the child; poll() it for POLLIN: a reply, or the child's end */
};

/* Starts the child. Returns 0 and fills *ret_helper, or -errno. */
int helper_start(struct helper *ret_helper);

/*
 * Asks for a call; directory (-1: none) is copied into the child. Returns 0; -EAGAIN: not now, too
 * much waits already; -EMSGSIZE: longer than HELPER_REQUEST_MAX; -EPIPE: the child has ended.
 */
int helper_ask(const struct helper *helper, helper_call call, int directory,
	       const struct text *request);

/*
 * Replaces *reply by the next reply. Returns 0; -EAGAIN: there is none yet; -EPIPE: the child has
 * ended, what it was asked stays unanswered.
 */
int helper_take(const struct helper *helper, struct text *reply);

enum helper_state {
	HELPER_RUNNING, /* or lacks a processor */
	HELPER_BLOCKED, /* waits for something, such as a file system */
	HELPER_LOCKED,  /* waits for a lock, and for ever: see helper_get_state() */
};

/*
 * What the child does. fork(2) copies the locks that other threads hold, but not the threads: a
 * lock of a library that does not prepare itself for that (as the allocator of older sanitizers
 * does not) is never given back in the child. The child has one thread, so no other wait for a
 * futex(2) ends either. The call that the child is in (proc_pid_syscall(5)) shows it; where that
 * cannot be read, this is HELPER_BLOCKED.
 */
enum helper_state helper_get_state(const struct helper *helper);

/* Kills the child and closes the socket; helper_is_gone() is to be asked afterwards. */
void helper_kill(struct helper *helper);

/* Whether the killed child is gone, and no zombie is left of it. Never waits. */
bool helper_is_gone(const struct helper *helper);

/* The same, but waits for it until then (nanoseconds of CLOCK_MONOTONIC). */
bool helper_see_off(const struct helper *helper, int64_t until);

#endif
