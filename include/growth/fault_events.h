/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_FAULT_EVENTS_H
#define GROWTH_FAULT_EVENTS_H

/*
 * The page faults of a process as they happen: an event of perf_event_open(2) for each thread and
 * processor, which threads that begin later inherit, and one ring for each processor. The process
 * is not stopped; it pays for each fault that is counted, and more for each that is sampled.
 *
 * A sample is taken of every so many faults, the period; each event has one of its own near that of
 * the plan, by chance, so that threads that do the same are not all caught in the same place. That
 * of an event cannot be changed for those that inherited it: another period means other events, and
 * the few faults between are not seen. The count of an event that is inherited begins at 0, so that
 * a thread with fewer faults than the period may have no sample at all.
 *
 * Used by one thread, the same from opening to closing.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "growth/fault_event.h"
#include "growth/fault_record.h"
#include "growth/fault_threads.h"

struct fault_ring;

struct opened_event {
	uint64_t id;
	uint64_t period;
	uint32_t set; /* those that were opened for one thread: fault_thread.set */
	int descriptor;
};

/* How to listen. */
struct fault_plan {
	uint64_t period; /* faults of a sample, about; at least 1 */
	bool copies;     /* registers and stack go with each sample, where the machine is known */
};

struct fault_events {
	struct fault_plan plan;
	bool in_kernel; /* faults in system calls are seen, too */
	bool paused;    /* nothing is counted just now */
	size_t missed;  /* threads that there were no descriptors or memory for, in the last turn */
	/* Private: */
	int directory;
	int32_t pid;
	struct fault_format format;
	struct fault_choice choice;
	struct fault_ring *rings;
	int *processors;
	size_t ring_count;
	struct opened_event *events; /* in the order in which they were opened, ascending by id */
	size_t count, capacity, most;
	size_t listened; /* how many there were when it last listened */
	uint32_t sets, turn;
	uint64_t chance; /* not 0 */
	struct fault_threads threads;
};

/* What the rings held. */
struct fault_tally {
	uint64_t samples; /* given to take() */
	uint64_t lost;    /* samples that the rings had no room for */
	uint64_t bad;     /* records that could not be read */
	uint64_t began;   /* events that threads inherited which began */
	unsigned throttled;
	bool mapped; /* code was mapped: what lies where has changed */
	bool exec;   /* the process runs another program now */
};

/* Is given each sample, as in fault_ring_take(), and the faults that it stands for. */
typedef void fault_events_take(void *context, const struct fault_record *sample, uint64_t faults);

/*
 * Begins to listen to the process, whose /proc/PID directory is. Returns 0; then
 * fault_events_close() ends it. Or
 *   -ESRCH   it has ended,
 *   -EACCES  the kernel refuses it for this process: it is another user's, or protected,
 *   -EPERM   it refuses all events to this user: perf_event_paranoid, or a filter of seccomp(2),
 *   -ENOSYS  it has no such events, or hides them so,
 *   -EMFILE  there are too few descriptors for one thread,
 *   -ENOBUFS no memory for rings may be locked,
 *   or another -errno.
 */
int fault_events_open(struct fault_events *events, int directory, int32_t pid,
		      const struct fault_plan *plan);

/* Goes on by another plan. What the rings hold is taken first. Returns as fault_events_open(). */
int fault_events_change(struct fault_events *events, const struct fault_plan *plan,
			fault_events_take *take, void *context, struct fault_tally *tally);

/*
 * Stops counting for a while, or goes on. An event that is only disabled still costs each fault
 * about half of what counting does (static keys of kernel/events/core.c): closes has them closed,
 * and opened again. Then each begins to count from 0: what it had counted of a period is not seen,
 * and what comes first never is. What the rings hold is to be taken before. Returns 0, or as
 * fault_events_open().
 */
int fault_events_pause(struct fault_events *events, bool paused, bool closes);

/*
 * Takes what the rings hold and closes all, rings, too: as long as this program has any event, the
 * threads that had one pay for it when they stop and run again. fault_events_pause() goes on.
 */
void fault_events_rest(struct fault_events *events, fault_events_take *take, void *context,
		       struct fault_tally *tally);

/* Whether any of that can be done often: it takes some system calls for each thread and processor.
 */
bool fault_events_are_few(const struct fault_events *events);

/* Listens to threads that it does not listen to yet. */
void fault_events_find_threads(struct fault_events *events);

/* Takes what the rings hold; adds to the tally. */
void fault_events_drain(struct fault_events *events, fault_events_take *take, void *context,
			struct fault_tally *tally);

/* Waits until a ring is half full, the descriptor is readable, or for so many milliseconds. */
void fault_events_wait(const struct fault_events *events, int descriptor, int milliseconds);

/* How it listened stays. */
void fault_events_close(struct fault_events *events);

#endif
