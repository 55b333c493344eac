/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_PERF_SCRIPT_H
#define TESTS_UNIT_PERF_SCRIPT_H

/*
 * perf_event_open(2) and mmap(2) of what it opened, as a script replies them. Each call is a line
 * of the log. Events are eventfds; what is mapped of them is memory with zeroes.
 */

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <stdbool.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "call_log.h"

#define PERF_ASKED 32

struct perf_script {
	int errors[4]; /* of the first calls, one after the other; 0: none */
	int calls;
	bool from_then; /* the last error is that of all calls that follow, too */
	int error_call; /* from 1: that one is refused, too, with EACCES; 0: none */
	int descriptor; /* the newest event */
	struct perf_event_attr asked;
	size_t map_most; /* bytes that may be mapped; 0: any */
	int map_error;   /* what more than that is refused with */
};

static struct perf_script perf = {.descriptor = -1};
static struct perf_event_attr perf_asked[PERF_ASKED]; /* by the first calls */

typedef long script_syscall(long number, ...);

static int perf_reply(const struct perf_event_attr *attributes, int tid, int processor, int group,
		      unsigned long flags)
{
	const int most = (int)(sizeof(perf.errors) / sizeof(perf.errors[0]));
	const int call = perf.calls < most ? perf.calls : most - 1;
	int error = perf.calls < most || perf.from_then ? perf.errors[call] : 0;

	if (perf.calls < PERF_ASKED)
		perf_asked[perf.calls] = *attributes;
	perf.calls++;
	if (perf.calls == perf.error_call)
		error = EACCES;
	perf.asked = *attributes;
	call_log_say("event of %d on %d, %d, %lx", tid, processor, group, flags);
	if (error) {
		errno = error;
		return -1;
	}
	perf.descriptor = eventfd(0, EFD_CLOEXEC);
	return perf.descriptor;
}

long syscall(long number, ...)
{
	const int count = number == SYS_mmap ? 6 : 5; /* no more than there are */
	long arguments[6] = {0};
	va_list list;

	va_start(list, number);
	for (int i = 0; i < count; i++)
		arguments[i] = va_arg(list, long);
	va_end(list);
	if (number == SYS_perf_event_open)
		return perf_reply((const struct perf_event_attr *)arguments[0], (int)arguments[1],
				  (int)arguments[2], (int)arguments[3],
				  (unsigned long)arguments[4]);
	return ((script_syscall *)dlsym(RTLD_NEXT, "syscall"))(number, arguments[0], arguments[1],
							       arguments[2], arguments[3],
							       arguments[4], arguments[5]);
}

void *mmap(void *address, size_t size, int protection, int flags, int descriptor, off_t offset)
{
	if (perf.descriptor >= 0 && descriptor == perf.descriptor) {
		call_log_say("map %zu pages, %d %d, from %d", size / (size_t)sysconf(_SC_PAGESIZE),
			     protection, flags, (int)offset);
		if (perf.map_most && size > perf.map_most) {
			errno = perf.map_error;
			return MAP_FAILED;
		}
		flags = MAP_PRIVATE | MAP_ANONYMOUS;
		descriptor = -1;
	}
	return (void *)syscall(SYS_mmap, address, size, protection, flags, descriptor, offset);
}

/* Whether the newest event is open. */
static inline bool perf_is_open(void)
{
	return perf.descriptor >= 0 && fcntl(perf.descriptor, F_GETFD) >= 0;
}

static inline void perf_reset(void)
{
	perf = (struct perf_script){.descriptor = -1};
	call_log_clear();
}

#endif
