/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/resident_memory.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "kernel/avoid.h"
#include "kernel/clock.h"
#include "kernel/kept_memory.h"
#include "kernel/pagemap.h"
#include "kernel/pagemap_scan.h"
#include "kernel/procfs_options.h"
#include "kernel/procfs_relation.h"
#include "model/page_facts.h"
#include "residency/scan_plan.h"

#define RUNS_MAX PAGEMAP_SCAN_REGIONS /* and not more than IOV_MAX of readv(2), which is 1024 */
/* Pages that are in memory but may not be read, each of which costs a call; then it is enough. */
#define REFUSED_MAX 16

/*
 * Measured on a machine of 2024: 0.25 ms for a MiB of small pages. A pace takes ten times what is
 * expected for contention: with a third of that it is four times, as most of the time is copying,
 * which never waits.
 */
#define CALL_NS UINT64_C(20000)
#define PAGE_NS UINT64_C(300)

#define SKIP_PIECES 64 /* of entries, in one call: 128 MB of small pages */

/* A read: where its bytes go, and the runs of it that are to be read, in whole pages or clipped. */
struct reading {
	struct resident_memory *memory;
	uint64_t address, end;
	uint8_t *bytes, *absent;
	struct residency_run runs[RUNS_MAX];
	size_t first, count; /* of the runs those that are left */
	unsigned refused;
};

static uint64_t page_of(const struct reading *reading, uint64_t address)
{
	return address & ~(reading->memory->target.page_size - 1);
}

/* The pages that are in memory from *at on, by pagemap's entries. */
static int find_by_entries(struct reading *reading, uint64_t *at)
{
	const uint64_t page_size = reading->memory->target.page_size, start = page_of(reading, *at);
	uint64_t entries[PAGEMAP_PIECE],
		pages = (reading->end - 1) / page_size + 1 - start / page_size;
	size_t count = pages < PAGEMAP_PIECE ? (size_t)pages : PAGEMAP_PIECE;
	int error = pagemap_read(reading->memory->pagemap, start, page_size, count, entries);

	if (error)
		return error;
	for (size_t i = 0; i < count; i++) {
		uint64_t page = start + i * page_size;
		struct residency_run *last = &reading->runs[reading->count - !!reading->count];

		if (pagemap_state(entries[i]) != PAGE_PRESENT)
			continue;
		if (reading->count && last->end == page)
			last->end += page_size;
		else
			reading->runs[reading->count++] =
				(struct residency_run){.start = page, .end = page + page_size};
	}
	*at = start + count * page_size;
	return 0;
}

static int find_by_scan(struct reading *reading, uint64_t *at)
{
	const uint64_t page_size = reading->memory->target.page_size;
	uint64_t end = page_of(reading, reading->end - 1) + page_size;
	int error = pagemap_scan_present(reading->memory->pagemap, page_of(reading, *at), end, 0,
					 reading->runs, &reading->count, at);

	if (error == -ENOTTY)
		reading->memory->entries = true;
	/* The range ends beyond user addresses, where no page has an entry. */
	return error == -ENOTTY || error == -EFAULT ? find_by_entries(reading, at) : error;
}

/* Fills the runs from *at on, and moves it to where the next ones begin. */
static int find_runs(struct reading *reading, uint64_t *at)
{
	struct resident_memory *memory = reading->memory;
	int error = 0;

	reading->first = reading->count = 0;
	if (memory->absent_too) {
		reading->runs[reading->count++] =
			(struct residency_run){.start = *at, .end = reading->end};
		*at = reading->end;
	} else if (memory->pagemap < 0 || *at > INT64_MAX) {
		*at = reading->end;
	} else {
		error = memory->entries ? find_by_entries(reading, at) : find_by_scan(reading, at);
	}
	for (size_t i = 0; !error && i < reading->count; i++) {
		struct residency_run *run = &reading->runs[i];

		if (run->start < reading->address)
			run->start = reading->address;
		if (run->end > reading->end)
			run->end = reading->end;
	}
	return error;
}

/* Reads the runs that are left in one call. Sets *ret_wanted to their bytes; as readv(2). */
static ssize_t transfer_all(const struct reading *reading, size_t *ret_wanted)
{
	struct iovec from[RUNS_MAX], to[RUNS_MAX];
	size_t count = reading->count - reading->first;

	*ret_wanted = 0;
	for (size_t i = 0; i < count; i++) {
		const struct residency_run *run = &reading->runs[reading->first + i];
		size_t size = (size_t)(run->end - run->start);

		from[i] = (struct iovec){(void *)(uintptr_t)run->start, size};
		to[i] = (struct iovec){reading->bytes + (run->start - reading->address), size};
		*ret_wanted += size;
	}
	return process_vm_readv(reading->memory->number, to, count, from, count, 0);
}

/* Reads the first run that is left; memory that may not be read is an I/O error to mem. */
static ssize_t transfer_one(const struct reading *reading, size_t *ret_wanted)
{
	const struct residency_run *run = &reading->runs[reading->first];
	ssize_t copied;

	*ret_wanted = (size_t)(run->end - run->start);
	copied = pread(reading->memory->mem, reading->bytes + (run->start - reading->address),
		       *ret_wanted, (off_t)run->start);
	if (copied < 0 && errno == EIO)
		errno = EFAULT;
	return copied;
}

static ssize_t transfer(struct reading *reading, size_t *ret_wanted)
{
	struct resident_memory *memory = reading->memory;
	ssize_t copied;

	if (memory->number) {
		copied = transfer_all(reading, ret_wanted);
		if (copied >= 0 || (errno != EPERM && errno != ESRCH && errno != ENOSYS))
			return copied;
		/* mem was opened: the memory may be read, but not in this way. */
		memory->number = 0;
	}
	return transfer_one(reading, ret_wanted);
}

/* So many bytes of the runs that are left were read. */
static void take(struct reading *reading, size_t copied)
{
	const uint64_t page_size = reading->memory->target.page_size;
	const uint64_t first = reading->address / page_size;

	while (copied) {
		struct residency_run *run = &reading->runs[reading->first];
		size_t size = (size_t)(run->end - run->start);
		size_t part = copied < size ? copied : size;

		for (uint64_t page = run->start / page_size;
		     page <= (run->start + part - 1) / page_size; page++)
			memory_reader_set_absent(reading->absent, (size_t)(page - first), false);
		run->start += part;
		copied -= part;
		if (run->start == run->end)
			reading->first++;
	}
}

/* The next page of the runs may not be read. */
static void refuse(struct reading *reading)
{
	struct residency_run *run = &reading->runs[reading->first];
	uint64_t next = page_of(reading, run->start) + reading->memory->target.page_size;

	reading->refused++;
	if (next >= run->end || next <= run->start)
		reading->first++;
	else
		run->start = next;
}

static int read_runs(struct reading *reading)
{
	while (reading->first < reading->count && reading->refused < REFUSED_MAX) {
		size_t wanted;
		ssize_t copied = transfer(reading, &wanted);

		if (copied < 0 && errno != EFAULT)
			return errno == EPERM ? -EACCES : -errno;
		if (copied > 0)
			take(reading, (size_t)copied);
		if (copied < (ssize_t)wanted)
			refuse(reading);
	}
	return 0;
}

/*
 * A number may be another process's by now, but not while the directory of this one answers: the
 * kernel gives a number away only when all of its process is gone.
 */
static int check_process(const struct resident_memory *memory)
{
	return faccessat(memory->target.directory, "stat", F_OK, 0) ? -ESRCH : 0;
}

static int read_memory(void *context, uint64_t address, void *bytes, size_t size,
		       uint8_t *ret_absent)
{
	struct resident_memory *memory = context;
	const uint64_t page_size = memory->target.page_size;
	struct reading reading = {
		.memory = memory,
		.address = address,
		.end = address + size,
		.bytes = bytes,
		.absent = ret_absent,
	};
	const int64_t began = clock_ns(CLOCK_MONOTONIC);
	uint64_t at = address;
	int error = 0;

	if (memory->kept)
		return memory->kept->operations->read(memory->kept, address, bytes, size,
						      ret_absent);

	if (reading.end < address)
		return -EINVAL;
	memset(bytes, 0, size);
	memset(ret_absent, 0xff, memory_reader_map_size(address, size, page_size));
	while (!error && at < reading.end && reading.refused < REFUSED_MAX) {
		error = find_runs(&reading, &at);
		if (!error)
			error = read_runs(&reading);
	}
	memory->held_ns += (uint64_t)(clock_ns(CLOCK_MONOTONIC) - began);
	memory->expected_ns += CALL_NS + memory_reader_pages(address, size, page_size) * PAGE_NS;
	return error ? error : check_process(memory);
}

/* By entries; of as many as are read in a few microseconds. */
static int skip_entries(struct resident_memory *memory, uint64_t end, uint64_t *at)
{
	const uint64_t page_size = memory->target.page_size;
	uint64_t entries[PAGEMAP_PIECE];

	for (int piece = 0; piece < SKIP_PIECES && *at < end; piece++) {
		int error = pagemap_read(memory->pagemap, *at, page_size, PAGEMAP_PIECE, entries);

		if (error)
			return error;
		for (size_t i = 0; i < PAGEMAP_PIECE && *at < end; i++, *at += page_size)
			if (pagemap_state(entries[i]) == PAGE_PRESENT)
				return 1;
	}
	return 0;
}

int resident_memory_skip(struct resident_memory *memory, uint64_t end, uint64_t *at)
{
	const int64_t began = clock_ns(CLOCK_MONOTONIC);
	struct residency_run runs[PAGEMAP_SCAN_REGIONS];
	uint64_t start = *at - *at % memory->target.page_size, walked;
	size_t count = 0;
	int error = 0;

	if (memory->kept)
		return memory->kept->operations->advance(memory->kept, end, at);
	if (memory->pagemap < 0 || *at > INT64_MAX) {
		*at = end;
		return 0;
	}
	if (!memory->entries)
		error = pagemap_scan_present(memory->pagemap, start, end, 1, runs, &count, &walked);
	memory->entries |= error == -ENOTTY;
	if (memory->entries) {
		error = skip_entries(memory, end, &start);
		if (error >= 0 && start > *at)
			*at = start;
	} else if (!error) {
		start = count ? runs[0].start : walked;
		if (start > *at)
			*at = start;
		error = count != 0;
	}
	memory->held_ns += (uint64_t)(clock_ns(CLOCK_MONOTONIC) - began);
	memory->expected_ns += CALL_NS;
	return error;
}

int resident_memory_open(struct resident_memory *memory, const struct procfs_options *options,
			 int32_t pid)
{
	struct scan_image image;
	int error;

	*memory = (struct resident_memory){.mem = -1, .pagemap = -1};
	if (options->kept) {
		memory->kept = kept_memory_hold(options->kept);
		memory->target.page_size = options->kept->page_size;
		return 0;
	}
	error = scan_target_open(&memory->target, options, pid);
	if (error)
		return error;
	error = scan_target_image(&memory->target, &image);
	memory->mem = error ? error : scan_target_open_file(&memory->target, "mem");
	if (memory->mem < 0) {
		error = memory->mem;
		scan_target_close(&memory->target);
		return error;
	}
	error = options->avoid & AVOID_PAGEMAP ? -ENOENT
					       : scan_target_open_file(&memory->target, "pagemap");
	/* Without it nothing is read: right where there is none, but not where opening it failed.
	 */
	if (error < 0 && error != -ENOENT) {
		resident_memory_close(memory);
		return error;
	}
	memory->pagemap = error < 0 ? -1 : error;
	memory->entries = options->avoid & AVOID_PAGEMAP_SCAN;
	if (memory->target.memory == memory->target.directory &&
	    procfs_relation_at(options->root) == PROCFS_OWN)
		memory->number = pid;
	return 0;
}

void resident_memory_close(struct resident_memory *memory)
{
	if (memory->kept) {
		kept_memory_release(memory->kept);
		memory->kept = NULL;
		return;
	}
	if (memory->pagemap >= 0)
		close(memory->pagemap);
	close(memory->mem);
	scan_target_close(&memory->target);
	memory->pagemap = memory->mem = -1;
}

uint64_t resident_memory_pause(struct resident_memory *memory, struct scan_pace *pace)
{
	uint64_t pause;

	/* Nobody else waits for it. */
	if (memory->kept)
		return 0;
	pause = scan_pace_pause(pace, memory->held_ns, memory->expected_ns,
				clock_ns(CLOCK_MONOTONIC));
	memory->held_ns = memory->expected_ns = 0;
	return pause;
}

void resident_memory_rest(struct resident_memory *memory, struct scan_pace *pace)
{
	uint64_t pause = resident_memory_pause(memory, pace);
	const struct timespec rest = {.tv_sec = (time_t)(pause / 1000000000),
				      .tv_nsec = (long)(pause % 1000000000)};

	if (pause)
		clock_nanosleep(CLOCK_MONOTONIC, 0, &rest, NULL);
}

struct memory_reader resident_memory_reader(struct resident_memory *memory)
{
	return (struct memory_reader){
		.read = read_memory, .context = memory, .page_size = memory->target.page_size};
}
