/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_GUARDS_SCRIPT_H
#define TESTS_UNIT_GUARDS_SCRIPT_H

/* What sampler/guards.c asks of the kernel, as a script replies it. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "call_log.h"
#include "kernel/clock.h"
#include "kernel/pagemap_scan.h"
#include "kernel/proc_file.h"
#include "model/classify.h"
#include "model/vma.h"
#include "sampler/guards.h"

#define MIB UINT64_C(0x100000)

static struct {
	int open_error, scan_error;
	int pagemap;
	int64_t now, takes; /* of CLOCK_MONOTONIC, and what each call of it takes */
	int64_t cpu, cpu_takes;
	uint64_t guard; /* a page that is one, in each scan that has it */
	uint64_t guard_end;
	bool stops_early; /* a scan ends at half of what was asked for */
} script;

int64_t clock_ns(clockid_t clock)
{
	if (clock == CLOCK_MONOTONIC)
		return script.now += script.takes;
	assert_int_equal(clock, CLOCK_THREAD_CPUTIME_ID);
	return script.cpu += script.cpu_takes;
}

int nanosleep(const struct timespec *time, struct timespec *left)
{
	assert_null(left);
	call_log_say("sleep %d s %d ns", (int)time->tv_sec, (int)time->tv_nsec);
	return 0;
}

int proc_file_open(int directory, const char *name)
{
	assert_int_equal(directory, 70);
	call_log_say("open %s", name);
	script.pagemap = script.open_error ? script.open_error : open("/", O_PATH | O_CLOEXEC);
	return script.pagemap;
}

int pagemap_scan_guards(int pagemap, uint64_t start, uint64_t end,
			struct guard_range guards[static PAGEMAP_SCAN_REGIONS], size_t *ret_count,
			uint64_t *ret_walked)
{
	assert_int_equal(pagemap, script.pagemap);
	call_log_say("scan %llx to %llx", (unsigned long long)start, (unsigned long long)end);
	if (script.scan_error)
		return script.scan_error;
	if (script.stops_early)
		end = start + (end - start + 1) / 2;
	script.stops_early = false;
	*ret_count = 0;
	if (script.guard < end && script.guard_end > start)
		guards[(*ret_count)++] =
			(struct guard_range){script.guard > start ? script.guard : start,
					     script.guard_end < end ? script.guard_end : end};
	*ret_walked = end;
	return 0;
}

static struct guards guards;

static inline int begin(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.takes = 10;
	call_log_clear();
	return 0;
}

static inline int end(void **state)
{
	(void)state;
	guards_finish(&guards);
	assert_null(guards.kept);
	return 0;
}

static inline struct vma vma_of(uint64_t start, uint64_t size)
{
	return (struct vma){
		.start = start, .end = start + size, .perms = PERM_READ | PERM_WRITE, .name = ""};
}

static inline struct thread_stack_pointer stack_at(int32_t tid, uint64_t address)
{
	return (struct thread_stack_pointer){.tid = tid, .own = address};
}

static inline void read_one(struct vma vma, struct thread_stack_pointer stack)
{
	guards_read(&guards, 70, &vma, 1, &stack, 1, false);
}

#endif
