/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/fault_events.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/search.h"
#include "inside/unwind_sample.h"
#include "kernel/random_key.h"
#include "kernel/task_list.h"
#include "growth/fault_event.h"
#include "growth/fault_pace.h"
#include "growth/fault_ring.h"

#define RING_BYTES       ((size_t)512 * 1024) /* what perf_event_mlock_kb allows by default */
#define RING_BYTES_ROOT  ((size_t)4 << 20)    /* root is not bound by that */
#define RINGS_BYTES      ((size_t)16 << 20)   /* of all processors */
#define DESCRIPTORS_LEFT 128                  /* for the rest of the program */
#define EVENTS_FEW       64
#define ROUNDS           8 /* of listing threads while new ones begin */

/* Returns a descriptor of an event that writes into the ring, or -errno. */
static int open_into(struct fault_events *events, int32_t tid, size_t ring, uint64_t *ret_id)
{
	int descriptor = fault_event_open(&events->choice, tid, events->processors[ring]), error;

	if (descriptor < 0)
		return descriptor;
	if (!ioctl(descriptor, PERF_EVENT_IOC_ID, ret_id) &&
	    !ioctl(descriptor, PERF_EVENT_IOC_SET_OUTPUT, events->rings[ring].descriptor))
		return descriptor;
	error = -errno;
	close(descriptor);
	return error;
}

static void close_from(struct fault_events *events, size_t first)
{
	for (size_t i = first; i < events->count; i++)
		close(events->events[i].descriptor);
	events->count = first;
}

/* Opens the events of a thread, all or none. Returns 0 or -errno. */
static int open_thread(struct fault_events *events, int32_t tid)
{
	const size_t first = events->count;

	if (events->count + events->ring_count > events->most)
		return -EMFILE;
	for (size_t i = 0; i < events->ring_count; i++) {
		uint64_t id = 0;
		int descriptor;

		events->choice.period = fault_pace_vary(events->plan.period, &events->chance);
		descriptor = open_into(events, tid, i, &id);
		if (descriptor < 0) {
			close_from(events, first);
			return descriptor;
		}
		events->events = memory_array_grow(events->events, events->count, &events->capacity,
						   sizeof(*events->events));
		events->events[events->count++] =
			(struct opened_event){.id = id,
					      .period = events->choice.period,
					      .set = events->sets + 1,
					      .descriptor = descriptor};
	}
	fault_threads_add(&events->threads, tid, ++events->sets);
	return 0;
}

/*
 * Opens the events of the threads in the list that have none. Returns 0, and sets *ret_more to
 * whether there was one; or the first -errno other than that a thread has ended.
 */
static int open_listed(struct fault_events *events, DIR *tasks, bool *ret_more)
{
	int32_t tid;
	int first = 0;

	events->missed = 0;
	*ret_more = false;
	while ((tid = task_list_next(tasks))) {
		int error;

		if (fault_threads_find(&events->threads, tid))
			continue;
		error = open_thread(events, tid);
		if (!error)
			*ret_more = true;
		if (!error || error == -ESRCH)
			continue;
		events->missed++;
		if (!first)
			first = error;
	}
	return first;
}

/* Until a list has no thread that is new. Returns 0 or the -errno that threads were missed for. */
static int open_threads(struct fault_events *events)
{
	bool more = true;
	int error = 0;

	for (int round = 0; more && round < ROUNDS; round++) {
		DIR *tasks = task_list_open(events->directory);

		if (!tasks)
			return errno == ENOENT ? -ESRCH : -errno;
		error = open_listed(events, tasks, &more);
		closedir(tasks);
	}
	return error;
}

/* The descriptors that events may take: all that the user can have, but for some. */
static size_t most_descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit))
		return 0;
	if (limit.rlim_cur < limit.rlim_max) {
		limit.rlim_cur = limit.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &limit);
		(void)getrlimit(RLIMIT_NOFILE, &limit);
	}
	return limit.rlim_cur > DESCRIPTORS_LEFT ? (size_t)limit.rlim_cur - DESCRIPTORS_LEFT : 0;
}

static size_t ring_bytes(long processors)
{
	const size_t most = geteuid() ? RING_BYTES : RING_BYTES_ROOT;
	size_t bytes = (size_t)sysconf(_SC_PAGESIZE);

	while (2 * bytes <= most && 2 * bytes * (size_t)processors <= RINGS_BYTES)
		bytes *= 2;
	return bytes;
}

static int open_rings(struct fault_events *events)
{
	const long processors = sysconf(_SC_NPROCESSORS_CONF);
	int error = 0;

	events->rings = memory_alloc((size_t)processors * sizeof(*events->rings));
	events->processors = memory_alloc((size_t)processors * sizeof(*events->processors));
	for (int i = 0; i < processors; i++) {
		error = fault_ring_open(&events->rings[events->ring_count], i,
					ring_bytes(processors));
		if (!error)
			events->processors[events->ring_count++] = i;
		else if (error != -ENODEV)
			return error == -EPERM || error == -ENOMEM ? -ENOBUFS : error;
	}
	return events->ring_count ? 0 : error;
}

static void close_rings(struct fault_events *events)
{
	for (size_t i = 0; i < events->ring_count; i++)
		fault_ring_close(&events->rings[i]);
	free(events->rings);
	free(events->processors);
	events->rings = NULL;
	events->processors = NULL;
	events->ring_count = 0;
}

static int open_by_plan(struct fault_events *events)
{
	int error;

	events->format.registers = events->plan.copies ? UNWIND_REGISTER_COUNT : 0;
	events->choice.copies = events->plan.copies;
	error = open_threads(events);
	/* Faults in system calls take a privilege. */
	if (!events->count && events->choice.in_kernel && (error == -EACCES || error == -EPERM)) {
		events->choice.in_kernel = false;
		error = open_threads(events);
	}
	events->in_kernel = events->choice.in_kernel;
	events->listened = events->count;
	if (events->count)
		return 0;
	if (error == -EACCES || error == -EPERM)
		return fault_event_probe() ? -EPERM : -EACCES;
	return error ? error : -ESRCH;
}

int fault_events_open(struct fault_events *events, int directory, int32_t pid,
		      const struct fault_plan *plan)
{
	int error = fault_event_probe();

	*events = (struct fault_events){
		.plan = *plan,
		.directory = directory,
		.pid = pid,
		.most = most_descriptors(),
		.chance = random_key().words[0] | 1,
		.choice.in_kernel = true,
	};
	if (!error)
		error = open_rings(events);
	if (!error)
		error = open_by_plan(events);
	if (error)
		fault_events_close(events);
	return error;
}

/* Closes the target's events after what they wrote was taken. */
static void close_drained(struct fault_events *events, fault_events_take *take, void *context,
			  struct fault_tally *tally)
{
	for (size_t i = 0; i < events->count; i++)
		ioctl(events->events[i].descriptor, PERF_EVENT_IOC_DISABLE, 0);
	fault_events_drain(events, take, context, tally);
	close_from(events, 0);
	fault_threads_finish(&events->threads);
}

int fault_events_change(struct fault_events *events, const struct fault_plan *plan,
			fault_events_take *take, void *context, struct fault_tally *tally)
{
	close_drained(events, take, context, tally);
	events->paused = false;
	events->plan = *plan;
	return open_by_plan(events);
}

void fault_events_rest(struct fault_events *events, fault_events_take *take, void *context,
		       struct fault_tally *tally)
{
	close_drained(events, take, context, tally);
	close_rings(events);
	events->paused = true;
}

/* What was closed. Returns as fault_events_open(). */
static int open_again(struct fault_events *events)
{
	const int error = events->ring_count ? 0 : open_rings(events);

	return error ? error : open_by_plan(events);
}

int fault_events_pause(struct fault_events *events, bool paused, bool closes)
{
	if (paused == events->paused)
		return 0;
	events->paused = paused;
	if (!paused && !events->count)
		return open_again(events);
	for (size_t i = 0; i < events->count; i++)
		ioctl(events->events[i].descriptor,
		      paused ? PERF_EVENT_IOC_DISABLE : PERF_EVENT_IOC_ENABLE, 0);
	if (paused && closes) {
		close_from(events, 0);
		fault_threads_finish(&events->threads);
	}
	return 0;
}

bool fault_events_are_few(const struct fault_events *events)
{
	return events->listened <= EVENTS_FEW;
}

void fault_events_find_threads(struct fault_events *events)
{
	if (!events->paused)
		(void)open_threads(events);
}

/* What one record means. */
struct draining {
	struct fault_events *events;
	fault_events_take *take;
	void *context;
	struct fault_tally *tally;
	struct { /* the sample before, of the same ring */
		int32_t tid;
		uint64_t time_ns, address;
	} last;
};

/* The event that the sample came by; NULL: it does not count for the thread. */
static const struct opened_event *find_event(struct fault_events *events,
					     const struct fault_record *sample)
{
	const size_t index = SEARCH_FROM(events->events, events->count, id, sample->id);
	const struct opened_event *event = &events->events[index];

	return index < events->count && event->id == sample->id &&
			       fault_threads_count(&events->threads, sample->tid, event->set,
						   events->turn)
		       ? event
		       : NULL;
}

/*
 * Whether it is the sample before once more, of another event of the thread: since Linux 6.3 it has
 * the same ID and time, as both are taken from one struct perf_sample_data (do_perf_sw_event() and
 * perf_prepare_sample() in kernel/events/core.c).
 */
static bool is_repeated(struct draining *draining, const struct fault_record *sample)
{
	const bool same = sample->tid == draining->last.tid &&
			  sample->time_ns == draining->last.time_ns &&
			  sample->address == draining->last.address;

	draining->last.tid = sample->tid;
	draining->last.time_ns = sample->time_ns;
	draining->last.address = sample->address;
	return same;
}

static void take_record(void *context, const struct fault_record *record)
{
	struct draining *draining = context;
	struct fault_events *events = draining->events;
	struct fault_tally *tally = draining->tally;
	const struct opened_event *event;

	switch (record->type) {
	case FAULT_RECORD_SAMPLE:
		if (record->pid != events->pid || is_repeated(draining, record))
			break;
		event = find_event(events, record);
		if (!event)
			break;
		tally->samples++;
		draining->take(draining->context, record, event->period);
		break;
	case FAULT_RECORD_FORK:
		if (record->pid != events->pid || record->parent_pid != events->pid)
			break;
		tally->began++;
		fault_threads_begin(&events->threads, record->tid, events->turn);
		break;
	case FAULT_RECORD_EXIT:
		if (record->pid == events->pid)
			fault_threads_remove(&events->threads, record->tid);
		break;
	case FAULT_RECORD_LOST: tally->lost += record->lost; break;
	case FAULT_RECORD_THROTTLE: tally->throttled++; break;
	case FAULT_RECORD_EXEC: tally->exec |= record->pid == events->pid; break;
	case FAULT_RECORD_MAP: tally->mapped |= record->pid == events->pid; break;
	case FAULT_RECORD_OTHER: break;
	}
}

void fault_events_drain(struct fault_events *events, fault_events_take *take, void *context,
			struct fault_tally *tally)
{
	events->turn++;
	for (size_t i = 0; i < events->ring_count; i++) {
		struct draining draining = {
			.events = events, .take = take, .context = context, .tally = tally};

		tally->bad += fault_ring_drain(&events->rings[i], &events->format, take_record,
					       &draining);
	}
}

void fault_events_wait(const struct fault_events *events, int descriptor, int milliseconds)
{
	struct pollfd *files = memory_alloc((events->ring_count + 1) * sizeof(*files));

	files[0] = (struct pollfd){.fd = descriptor, .events = POLLIN};
	for (size_t i = 0; i < events->ring_count; i++)
		files[i + 1] = (struct pollfd){.fd = events->rings[i].descriptor, .events = POLLIN};
	(void)poll(files, events->ring_count + 1, milliseconds);
	free(files);
}

void fault_events_close(struct fault_events *events)
{
	close_from(events, 0);
	close_rings(events);
	fault_threads_finish(&events->threads);
	free(events->events);
	*events = (struct fault_events){
		.plan = events->plan, .in_kernel = events->in_kernel, .missed = events->missed};
}
