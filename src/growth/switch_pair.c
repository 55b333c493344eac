/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/switch_pair.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "kernel/clock.h"

#define SWITCHES 64 /* of each measurement */

/*
 * Between switches it writes as much as the first level of caches holds: what the kernel needs for
 * the events would be in there else, which it is not when a program works between two switches.
 */
#define CACHE      ((size_t)64 * 1024)
#define CACHE_LINE 64

/*
 * Sends back what comes, until the other end is closed or that fails; then its own end is closed,
 * as the other one would wait for ever.
 */
static void *send_back(void *context)
{
	const struct switch_pair *pair = context;
	char byte;

	while (read(pair->to_peer[0], &byte, 1) == 1)
		if (write(pair->from_peer[1], &byte, 1) != 1)
			break;
	close(pair->from_peer[1]);
	return NULL;
}

static void close_pipe(const int pipe[static 2])
{
	close(pipe[0]);
	close(pipe[1]);
}

/* Keeps the calling thread on the processor that it runs on. Returns 0 or -errno. */
static int stay(cpu_set_t *ret_before)
{
	const int processor = sched_getcpu();
	cpu_set_t one;

	if (processor < 0 || sched_getaffinity(0, sizeof(*ret_before), ret_before))
		return -errno;
	CPU_ZERO(&one);
	CPU_SET((size_t)processor, &one);
	return sched_setaffinity(0, sizeof(one), &one) ? -errno : 0;
}

static int open_pipes(struct switch_pair *pair)
{
	int error;

	if (pipe2(pair->to_peer, O_CLOEXEC))
		return -errno;
	if (!pipe2(pair->from_peer, O_CLOEXEC))
		return 0;
	error = -errno;
	close_pipe(pair->to_peer);
	return error;
}

int switch_pair_start(struct switch_pair *ret_pair)
{
	int error = open_pipes(ret_pair);

	if (error)
		return error;
	error = stay(&ret_pair->before);
	if (!error) {
		/* It runs where its creator does (sched_setaffinity(2)). */
		error = -pthread_create(&ret_pair->peer, NULL, send_back, ret_pair);
		if (!error)
			return 0;
		(void)sched_setaffinity(0, sizeof(ret_pair->before), &ret_pair->before);
	}
	close_pipe(ret_pair->to_peer);
	close_pipe(ret_pair->from_peer);
	return error;
}

double switch_pair_time(struct switch_pair *pair)
{
	const int64_t start = clock_ns(CLOCK_THREAD_CPUTIME_ID);
	volatile char memory[CACHE];
	char byte = 0;

	for (int i = 0; i < SWITCHES; i++) {
		for (size_t at = 0; at < sizeof(memory); at += CACHE_LINE)
			memory[at] = 1;
		if (write(pair->to_peer[1], &byte, 1) != 1 ||
		    read(pair->from_peer[0], &byte, 1) != 1)
			return -1;
	}
	return (double)(clock_ns(CLOCK_THREAD_CPUTIME_ID) - start) / SWITCHES;
}

void switch_pair_end(struct switch_pair *pair)
{
	close(pair->to_peer[1]);
	pthread_join(pair->peer, NULL);
	close(pair->to_peer[0]);
	close(pair->from_peer[0]);
	(void)sched_setaffinity(0, sizeof(pair->before), &pair->before);
}
