/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/proc_pulse.h"

#include <errno.h>
#include <unistd.h>

#include "base/text.h"
#include "files/target_files.h"
#include "kernel/avoid.h"
#include "kernel/clock_course.h"
#include "kernel/proc_file.h"
#include "kernel/procmap_query.h"
#include "kernel/threads.h"
#include "model/pulse.h"
#include "model/target.h"
#include "procfs/stat_parser.h"
#include "procfs/statm_parser.h"

#define STATM_BYTES 256 /* seven numbers of at most 20 digits */
#define PARTS_MAX   64  /* mappings of the heap that one pulse goes over */
#define ATTEMPTS    2   /* to query the heap, when execve(2) comes in between */

void proc_pulse_init(struct proc_pulse *pulse, int directory, int32_t pid, bool live,
		     unsigned avoid)
{
	*pulse = (struct proc_pulse){
		.directory = directory,
		.memory = directory,
		.pid = pid,
		.live = live,
		.queries = live && !(avoid & AVOID_PROCMAP_QUERY),
		.statm = -1,
		.maps = -1,
		.page_size = (uint64_t)sysconf(_SC_PAGESIZE),
	};
}

static void close_file(int *file)
{
	if (*file >= 0)
		close(*file);
	*file = -1;
}

void proc_pulse_finish(struct proc_pulse *pulse)
{
	close_file(&pulse->statm);
	close_file(&pulse->maps);
	if (pulse->memory != pulse->directory)
		close_file(&pulse->memory);
	pulse->memory = pulse->directory;
}

static int read_statm(struct proc_pulse *pulse, struct proc_statm *ret_statm)
{
	char bytes[STATM_BYTES];
	ssize_t length;

	if (pulse->statm < 0)
		pulse->statm = proc_file_open(pulse->memory, "statm");
	if (pulse->statm < 0)
		return pulse->statm == -ENOENT ? -ESRCH : pulse->statm;
	length = pread(pulse->statm, bytes, sizeof(bytes), 0);
	if (length < 0)
		return -errno;
	return statm_parse(bytes, (size_t)length, ret_statm);
}

/* Why the process's own statm is empty, and no other thread has memory. */
static int explain_no_memory(const struct proc_pulse *pulse)
{
	struct text text = {0};
	struct proc_stat stat = {0};
	int error = target_read_stat(pulse->directory, NULL, &text, &stat);

	text_finish(&text);
	if (error)
		return error;
	return stat.flags & STAT_FLAG_KERNEL_THREAD ? -ENXIO : -ESRCH;
}

/* Goes to another thread, or back to the process itself: everything is opened again there. */
static void move_to(struct proc_pulse *pulse, int memory)
{
	proc_pulse_finish(pulse);
	pulse->memory = memory;
	pulse->image_known = false;
}

static int read_not_empty(struct proc_pulse *pulse, struct proc_statm *ret_statm)
{
	struct proc_statm statm = {0};
	int error = read_statm(pulse, &statm);

	if (!error && statm.size == 0)
		return -ESRCH;
	if (!error)
		*ret_statm = statm;
	return error;
}

/*
 * A thread that has ended has no memory, but its process may live on in the others; and one of
 * those that calls execve(2) becomes the main thread.
 */
static int read_memory(struct proc_pulse *pulse, struct proc_statm *ret_statm)
{
	int memory, error = read_not_empty(pulse, ret_statm);

	if (error == -ESRCH && pulse->memory != pulse->directory) {
		move_to(pulse, pulse->directory);
		error = read_not_empty(pulse, ret_statm);
	}
	if (error != -ESRCH)
		return error;
	memory = threads_open_live(pulse->directory, pulse->pid);
	if (memory < 0)
		return explain_no_memory(pulse);
	move_to(pulse, memory);
	return read_not_empty(pulse, ret_statm);
}

/*
 * Opens maps and then reads where the heap begins: another execve(2) after the former ends what
 * was opened, and is seen.
 */
static void open_maps(struct proc_pulse *pulse)
{
	struct text text = {0};
	struct proc_stat stat = {0};

	close_file(&pulse->maps);
	pulse->maps = proc_file_open(pulse->memory, "maps");
	if (target_read_stat(pulse->memory, NULL, &text, &stat) == 0) {
		pulse->start_brk = stat.start_brk;
		pulse->start_stack = stat.start_stack;
	}
	text_finish(&text);
	pulse->heap_end = 0;
	pulse->image_known = true;
}

static bool is_heap(const struct procmap *map)
{
	return !map->inode && !(map->flags & PROCMAP_SHARED);
}

/*
 * Finds the end of the heap from an address in it on: mappings that touch each other. There are
 * several when the program changed the permissions of a part, and in a forked child, where the
 * kernel does not extend a mapping that it shares with its parent. Returns 0 (*ret_end is the
 * address itself when nothing is mapped there) or -errno.
 */
static int find_heap_end(const struct proc_pulse *pulse, uint64_t address, uint64_t *ret_end)
{
	struct procmap map;
	int error = 0;

	for (int i = 0; i < PARTS_MAX && !error; i++) {
		error = procmap_query(pulse->maps, address, &map);
		if (!error && !is_heap(&map))
			error = -ENOENT;
		if (!error)
			address = map.end;
	}
	if (error && error != -ENOENT)
		return error;
	*ret_end = address;
	return 0;
}

/* Goes on from where the heap ended the last time, so that mostly two queries are enough. */
static int query_heap(struct proc_pulse *pulse, uint64_t start)
{
	uint64_t from = pulse->heap_end > start ? pulse->heap_end - 1 : start, end;
	int error = find_heap_end(pulse, from, &end);

	if (!error && end == from && from != start)
		error = find_heap_end(pulse, start, &end); /* it has shrunk */
	if (!error)
		pulse->heap_end = end;
	return error;
}

/* Sets where the heap ends and its size; both stay unknown when the kernel does not tell. */
static void read_heap(struct proc_pulse *pulse, struct pulse *out)
{
	const uint64_t in_page = pulse->page_size - 1;
	uint64_t start = 0;
	int error = -ESRCH;

	for (int i = 0; i < ATTEMPTS && error == -ESRCH; i++) {
		if (!pulse->image_known)
			open_maps(pulse);
		if (pulse->maps < 0 || !pulse->start_brk)
			return;
		/* brk(2) maps whole pages: those that begin at start_brk or behind it. */
		start = (pulse->start_brk + in_page) & ~in_page;
		error = query_heap(pulse, start);
		if (error == -ESRCH) {
			pulse->images++;
			pulse->image_known = false;
		}
	}
	if (error == -ENOTTY) {
		pulse->queries = false;
		close_file(&pulse->maps);
	}
	if (error)
		return;
	out->heap = pulse->heap_end - start;
	out->heap_end = out->heap ? pulse->heap_end : 0;
}

static uint64_t to_bytes(const struct proc_pulse *pulse, uint64_t pages)
{
	return pages < UINT64_MAX / pulse->page_size ? pages * pulse->page_size : TARGET_UNKNOWN;
}

int proc_pulse_take(struct proc_pulse *pulse, struct pulse *ret_pulse)
{
	struct pulse out = {.heap_end = TARGET_UNKNOWN, .heap = TARGET_UNKNOWN};
	struct proc_statm statm;
	int error = read_memory(pulse, &statm);

	/* A recorded tree does without statm, or with one that tells nothing. */
	if (error)
		return pulse->live ? error : -ENOTSUP;
	if (pulse->queries)
		read_heap(pulse, &out);
	out.time_ns = clock_course_ns(&pulse->course);
	out.size = to_bytes(pulse, statm.size);
	out.resident = to_bytes(pulse, statm.resident);
	out.shared = to_bytes(pulse, statm.shared);
	out.data = to_bytes(pulse, statm.data);
	*ret_pulse = out;
	return 0;
}

void proc_pulse_set_image(struct proc_pulse *pulse, uint64_t start_brk, uint64_t start_stack,
			  uint64_t page_size)
{
	pulse->page_size = page_size;
	if (!pulse->image_known ||
	    (start_brk == pulse->start_brk && start_stack == pulse->start_stack))
		return;
	/* Another image: the open maps may still be of the former. */
	pulse->image_known = false;
	close_file(&pulse->maps);
}
