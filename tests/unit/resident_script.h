/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_RESIDENT_SCRIPT_H
#define TESTS_UNIT_RESIDENT_SCRIPT_H

/*
 * The calls that a read and a skip of a process's memory are, as a script replies them. Pages are
 * of 4096 bytes; the memory has the low byte of each page's number in it.
 */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "call_log.h"
#include "kernel/avoid.h"
#include "kernel/clock.h"
#include "kernel/kept_memory.h"
#include "kernel/pagemap.h"
#include "kernel/pagemap_scan.h"
#include "kernel/procfs_options.h"
#include "kernel/procfs_relation.h"
#include "residency/resident_memory.h"
#include "residency/scan_plan.h"

#define PAGE    UINT64_C(4096)
#define PRESENT (UINT64_C(1) << 63)
#define REPLIES 18

static struct {
	int64_t now, takes; /* each call that asks the clock takes so long */
	int open_error, image_error, mem_error, pagemap_error, relation;
	int stat_error;   /* of the directory; 0: the process is there */
	int mem, pagemap; /* descriptors */
	bool other_thread;
	int scan_errors[REPLIES]; /* one after the other */
	struct residency_run runs[2 * REPLIES];
	size_t run_counts[REPLIES], scans;
	uint64_t walked[REPLIES];
	uint64_t present[64];        /* entries of the pages from number 16 on */
	int read_error;              /* of entries */
	ssize_t copies[2 * REPLIES]; /* bytes, or -errno; 0: all of it */
	size_t copied;
} script;

int64_t clock_ns(clockid_t clock)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	return script.now += script.takes;
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time, struct timespec *left)
{
	assert_null(left);
	call_log_say("sleep %d %d, %d s %d ns", (int)clock, flags, (int)time->tv_sec,
		     (int)time->tv_nsec);
	return 0;
}

int procfs_relation_at(const char *root)
{
	assert_string_equal(root, "/p");
	return script.relation;
}

int scan_target_open(struct scan_target *target, const struct procfs_options *options, int32_t pid)
{
	call_log_say("open %s %d", options->root, (int)pid);
	target->page_size = PAGE;
	target->directory = 70;
	target->memory = script.other_thread ? 71 : 70;
	return script.open_error;
}

void scan_target_close(struct scan_target *target)
{
	call_log_say("close %d", target->directory);
}

int scan_target_image(struct scan_target *target, struct scan_image *ret_image)
{
	assert_true(target && ret_image);
	return script.image_error;
}

int scan_target_open_file(const struct scan_target *target, const char *name)
{
	const int error = strcmp(name, "mem") ? script.pagemap_error : script.mem_error;
	int file = error ? error : open("/", O_PATH | O_CLOEXEC);

	assert_int_equal(target->directory, 70);
	call_log_say("open %s", name);
	if (strcmp(name, "mem")) {
		script.pagemap = file;
	} else {
		/* So that pagemap gets the lowest number, which is 0 without stdin. */
		script.mem = error ? error : fcntl(file, F_DUPFD_CLOEXEC, 100);
		if (!error)
			close(file);
		file = script.mem;
	}
	return file;
}

int faccessat(int directory, const char *name, int mode, int flags)
{
	assert_int_equal(directory, 70);
	assert_string_equal(name, "stat");
	assert_int_equal(mode, F_OK);
	assert_int_equal(flags, 0);
	errno = ENOENT;
	return script.stat_error;
}

int pagemap_scan_present(int pagemap, uint64_t start, uint64_t end, uint64_t max_pages,
			 struct residency_run runs[static PAGEMAP_SCAN_REGIONS], size_t *ret_count,
			 uint64_t *ret_walked)
{
	const size_t at = script.scans++;
	size_t first = 0;

	assert_int_equal(pagemap, script.pagemap);
	assert_true(at < REPLIES);
	call_log_say("scan %x to %x, %d pages", (unsigned)start, (unsigned)end, (int)max_pages);
	if (script.scan_errors[at])
		return script.scan_errors[at];
	for (size_t i = 0; i < at; i++)
		first += script.run_counts[i];
	memcpy(runs, script.runs + first, script.run_counts[at] * sizeof(*runs));
	*ret_count = script.run_counts[at];
	*ret_walked = script.walked[at];
	return 0;
}

/* Fills what was read with the low bytes of the numbers of its pages. */
static inline void fill(void *bytes, uint64_t address, size_t size)
{
	for (size_t i = 0; i < size; i++)
		((unsigned char *)bytes)[i] = (unsigned char)((address + i) / PAGE);
}

/* The next reply to a read of so much: bytes, or -1. */
static inline ssize_t reply(size_t size)
{
	const ssize_t copied = script.copies[script.copied++];

	assert_true(script.copied < 2 * REPLIES);
	if (copied >= 0)
		return copied ? copied : (ssize_t)size;
	errno = (int)-copied;
	return -1;
}

ssize_t pread(int file, void *bytes, size_t size, off_t offset)
{
	ssize_t copied;

	if (file == script.pagemap) {
		const uint64_t page = (uint64_t)offset / sizeof(uint64_t);

		call_log_say("entries of %d from %d", (int)(size / sizeof(uint64_t)), (int)page);
		memset(bytes, 0, size);
		for (uint64_t i = 0; i < size / sizeof(uint64_t); i++)
			if (page + i >= 16 && page + i < 80)
				((uint64_t *)bytes)[i] = script.present[page + i - 16];
		errno = script.read_error;
		return script.read_error ? -1 : (ssize_t)size;
	}
	assert_int_equal(file, script.mem);
	call_log_say("pread %x, %x", (unsigned)offset, (unsigned)size);
	copied = reply(size);
	if (copied > 0)
		fill(bytes, (uint64_t)offset, (size_t)copied);
	return copied;
}

ssize_t process_vm_readv(pid_t pid, const struct iovec *to, unsigned long to_count,
			 const struct iovec *from, unsigned long from_count, unsigned long flags)
{
	size_t size = 0, left;
	ssize_t copied;

	assert_int_equal(pid, 7);
	assert_int_equal(flags, 0);
	assert_int_equal(to_count, from_count);
	for (unsigned long i = 0; i < from_count; i++) {
		assert_int_equal(to[i].iov_len, from[i].iov_len);
		call_log_say("read %x, %x", (unsigned)(uintptr_t)from[i].iov_base,
			     (unsigned)from[i].iov_len);
		size += from[i].iov_len;
	}
	copied = reply(size);
	left = copied > 0 ? (size_t)copied : 0;
	for (unsigned long i = 0; i < from_count && left; i++) {
		const size_t part = left < from[i].iov_len ? left : from[i].iov_len;

		fill(to[i].iov_base, (uintptr_t)from[i].iov_base, part);
		left -= part;
	}
	return copied;
}

static struct resident_memory memory;
static unsigned char bytes[64 * 4096 + 1], absent[9];

static inline void reset(void)
{
	memset(&script, 0, sizeof(script));
	script.relation = PROCFS_OWN;
	script.takes = 100;
	call_log_clear();
}

static inline void open_with(unsigned avoid)
{
	const struct procfs_options options = {.root = "/p", .avoid = avoid};

	reset();
	assert_int_equal(resident_memory_open(&memory, &options, 7), 0);
	call_log_clear();
}

static inline int read_it(uint64_t address, size_t size)
{
	const struct memory_reader reader = resident_memory_reader(&memory);

	assert_int_equal(reader.page_size, PAGE);
	script.copied = script.scans = 0;
	memset(bytes, 0xee, sizeof(bytes));
	memset(absent, 0, sizeof(absent));
	return reader.read(reader.context, address, bytes, size, absent);
}

#endif
