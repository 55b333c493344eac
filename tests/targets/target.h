/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TARGETS_TARGET_H
#define TARGETS_TARGET_H

/*
 * Programs to be watched. Each arranges its address space, writes the line "ready" to stdout and
 * then waits until stdin ends or it is killed. None outlives whoever started it.
 */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Ends the program with a sentence when something that it stands for could not be made. */
static inline void target_need(int condition, const char *what)
{
	if (condition)
		return;
	perror(what);
	exit(EXIT_FAILURE);
}

/* First of all; in every thread that may be the last. */
static inline void target_start(void)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
}

static inline void target_say(const char *line)
{
	puts(line);
	fflush(stdout);
}

/* The next byte of stdin; -1 when it has ended. */
static inline int target_wait(void)
{
	unsigned char byte;
	ssize_t length;

	do
		length = read(STDIN_FILENO, &byte, 1);
	while (length < 0);
	return length ? byte : -1;
}

/* Says that all stands, and waits for the end. */
static inline void target_ready(void)
{
	target_say("ready");
	while (target_wait() >= 0)
		;
}

static inline long target_thread_id(void)
{
	return syscall(SYS_gettid);
}

/*
 * Returns when the thread sleeps: the kernel says where the stack pointer of one is that waits, not
 * of one that is about to; and of one that never ran yet nothing tells where its stack is.
 */
static inline void target_wait_until_asleep(long tid)
{
	char path[64], state = 'R';

	snprintf(path, sizeof(path), "/proc/self/task/%ld/stat", tid);
	while (state != 'S') {
		FILE *file = fopen(path, "re");

		target_need(file && fscanf(file, "%*d (%*[^)]) %c", &state) == 1, path);
		fclose(file);
		usleep(100);
	}
}

/* size bytes of private anonymous memory; every page is written where that is allowed. */
static inline char *target_map(size_t size, int protection)
{
	char *memory =
		mmap(NULL, size, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	target_need(memory != MAP_FAILED, "mmap");
	for (size_t at = 0; (protection & PROT_WRITE) && at < size; at += 4096)
		memory[at] = 1;
	return memory;
}

#endif
