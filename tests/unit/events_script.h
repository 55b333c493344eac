/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_EVENTS_SCRIPT_H
#define TESTS_UNIT_EVENTS_SCRIPT_H

/*
 * What growth/fault_events.c asks of the kernel, as a script replies it: events are eventfds whose
 * IDs count from 101 on, rings have what the script puts into them, and the process is a folder
 * with threads. Each call is a line of the log.
 */

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "call_log.h"
#include "growth/fault_event.h"
#include "growth/fault_events.h"
#include "growth/fault_ring.h"
#include "kernel/random_key.h"

#define SCRIPT_EVENTS  64
#define SCRIPT_RECORDS 8
#define SCRIPT_RING    1000 /* the descriptor of the first ring */

struct events_script {
	int processors;
	uid_t user;
	rlim_t limit, limit_most;
	int limit_error; /* of getrlimit(2) */
	int probe;
	int ring_errors[4];
	int refused,
		refusal; /* from this event on, counted from 1, so many times it fails; 0: none */
	int refusals;
	bool refuses_kernel; /* EACCES where faults in system calls are asked for */
	unsigned long failing_ioctl;
	int opened;
	int descriptors[SCRIPT_EVENTS];
	struct fault_record records[4][SCRIPT_RECORDS]; /* of each ring */
	size_t record_counts[4];
	uint64_t bad;
};

static struct events_script script;

/* Of what a sanitizer calls before it has its own memory. */
#define CALLED_EARLY __attribute__((no_sanitize("address"), no_sanitize("undefined")))

struct hash_key random_key(void)
{
	return (struct hash_key){{4710, 0}};
}

int fault_event_probe(void)
{
	call_log_say("probe");
	return script.probe;
}

int fault_event_open(const struct fault_choice *choice, int32_t tid, int processor)
{
	int descriptor;

	call_log_say("open %d on %d: period %d, copies %d, kernel %d", (int)tid, processor,
		     (int)choice->period, choice->copies, choice->in_kernel);
	if (script.refuses_kernel && choice->in_kernel)
		return -EACCES;
	if (script.refused && script.opened + 1 >= script.refused && script.refusals) {
		script.refusals--;
		return script.refusal;
	}
	assert_true(script.opened < SCRIPT_EVENTS);
	descriptor = eventfd(10, EFD_CLOEXEC | EFD_NONBLOCK);
	for (int i = 0; i < script.opened; i++)
		if (script.descriptors[i] == descriptor)
			script.descriptors[i] = -1; /* it was closed */
	script.descriptors[script.opened++] = descriptor;
	return descriptor;
}

/* The number of the event in the order of their opening, from 1 on; 0: it is none. */
static int script_number(int descriptor)
{
	for (int i = script.opened; i > 0; i--)
		if (script.descriptors[i - 1] == descriptor)
			return i;
	return 0;
}

int ioctl(int descriptor, unsigned long request, ...)
{
	const int number = script_number(descriptor);
	va_list arguments;
	void *argument;

	va_start(arguments, request);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	if (!number)
		return (int)syscall(SYS_ioctl, descriptor, request, argument);
	if (script.failing_ioctl == request) {
		errno = ENXIO;
		return -1;
	}
	switch (request) {
	case PERF_EVENT_IOC_ID: *(uint64_t *)argument = 100 + (uint64_t)number; break;
	case PERF_EVENT_IOC_SET_OUTPUT:
		call_log_say("output of %d to %d", number, (int)(intptr_t)argument);
		break;
	case PERF_EVENT_IOC_ENABLE: call_log_say("enable %d", number); break;
	case PERF_EVENT_IOC_DISABLE: call_log_say("disable %d", number); break;
	default: call_log_say("ioctl %lx of %d", request, number);
	}
	return 0;
}

CALLED_EARLY long sysconf(int name)
{
	if (name == _SC_NPROCESSORS_CONF && script.processors)
		return script.processors;
	/* Sanitizers ask, too. */
	return ((long (*)(int))dlsym(RTLD_NEXT, "sysconf"))(name);
}

uid_t geteuid(void)
{
	return script.user;
}

CALLED_EARLY int getrlimit(__rlimit_resource_t resource, struct rlimit *limits)
{
	if (resource != RLIMIT_NOFILE)
		return prlimit(0, resource, NULL, limits);
	if (script.limit_error) {
		errno = script.limit_error;
		return -1;
	}
	*limits = (struct rlimit){script.limit, script.limit_most};
	return 0;
}

CALLED_EARLY int setrlimit(__rlimit_resource_t resource, const struct rlimit *limits)
{
	if (resource != RLIMIT_NOFILE) /* what a sanitizer sets */
		return prlimit(0, resource, limits, NULL);
	call_log_say("limit %d of %d", (int)limits->rlim_cur, (int)limits->rlim_max);
	script.limit = limits->rlim_cur;
	return 0;
}

int poll(struct pollfd *files, nfds_t count, int milliseconds)
{
	for (nfds_t i = 0; i < count; i++)
		call_log_say("poll %d for %d", files[i].fd, files[i].events);
	call_log_say("for %d ms", milliseconds);
	return 0;
}

int fault_ring_open(struct fault_ring *ring, int processor, size_t data_size)
{
	call_log_say("ring of %d, %zu KiB", processor, data_size / 1024);
	ring->descriptor = SCRIPT_RING + processor;
	return script.ring_errors[processor];
}

void fault_ring_close(struct fault_ring *ring)
{
	call_log_say("close ring %d", ring->descriptor - SCRIPT_RING);
}

uint64_t fault_ring_drain(struct fault_ring *ring, const struct fault_format *format,
			  fault_ring_take *take, void *context)
{
	const int index = ring->descriptor - SCRIPT_RING;
	const size_t count = script.record_counts[index];

	call_log_say("drain ring %d, %u registers", index, format->registers);
	script.record_counts[index] = 0;
	for (size_t i = 0; i < count; i++)
		take(context, &script.records[index][i]);
	return script.bad;
}

static inline void script_put(int ring, struct fault_record record)
{
	script.records[ring][script.record_counts[ring]++] = record;
}

/* How many of the events that were opened are open. */
static inline int script_open_events(void)
{
	int count = 0;

	for (int i = 0; i < script.opened; i++)
		count += fcntl(script.descriptors[i], F_GETFD) >= 0;
	return count;
}

static inline void script_reset(void)
{
	script = (struct events_script){
		.processors = 2, .user = 1000, .limit = 1024, .limit_most = 1024};
	call_log_clear();
}

/* A folder as that of a process, with threads. */
struct script_process {
	char path[40];
	int directory;
};

static inline void script_process_add(const struct script_process *process, int tid)
{
	char name[30];

	snprintf(name, sizeof(name), "task/%d", tid);
	assert_int_equal(mkdirat(process->directory, name, 0700), 0);
}

static inline void script_process_remove(const struct script_process *process, int tid)
{
	char name[30];

	snprintf(name, sizeof(name), "task/%d", tid);
	assert_int_equal(unlinkat(process->directory, name, AT_REMOVEDIR), 0);
}

static inline void script_process_begin(struct script_process *process)
{
	strcpy(process->path, "/tmp/vastop-events-XXXXXX");
	assert_non_null(mkdtemp(process->path));
	process->directory = open(process->path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(mkdirat(process->directory, "task", 0700), 0);
	script_process_add(process, 7);
}

static inline void script_process_end(const struct script_process *process)
{
	script_process_remove(process, 7);
	assert_int_equal(unlinkat(process->directory, "task", AT_REMOVEDIR), 0);
	close(process->directory);
	assert_int_equal(rmdir(process->path), 0);
}

#endif
