/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "call_log.h"
#include "kernel/avoid.h"
#include "kernel/clock.h"
#include "kernel/pagemap_scan.h"
#include "pagemap_entries.h"
#include "residency/scan_plan.h"
#include "residency/scan_target.h"
#include "residency/scan_walk.h"

/* Which calls each step of a walk is, and what becomes of the replies. */

#define PAGE      UINT64_C(4096)
#define PRESENT   (UINT64_C(1) << 63 | UINT64_C(1) << 56)
#define SUSPECT   (UINT64_C(1) << 63)
#define SWAPPED   (UINT64_C(1) << 62)
#define GIGABYTES UINT64_C(0x40000000)

static struct {
	int open_error, scan_error, read_error;
	int pagemap;
	int64_t now;
	struct residency_run runs[2];
	size_t run_count;
	uint64_t walked;
	uint64_t entries[PAGEMAP_ENTRIES];
} script;

int64_t clock_ns(clockid_t clock)
{
	return clock == CLOCK_MONOTONIC ? script.now += 7 : 55;
}

int scan_target_open_file(const struct scan_target *target, const char *name)
{
	assert_int_equal(target->pid, 7);
	assert_string_equal(name, "pagemap");
	script.pagemap = script.open_error ? script.open_error : open("/", O_PATH | O_CLOEXEC);
	return script.pagemap;
}

int pagemap_scan(struct pagemap_scan *scan, int pagemap, uint64_t start, uint64_t end,
		 uint64_t max_pages, struct residency_run runs[static PAGEMAP_SCAN_REGIONS],
		 size_t *ret_count, uint64_t *ret_walked)
{
	assert_non_null(scan);
	assert_int_equal(pagemap, script.pagemap);
	call_log_say("scan %llx to %llx, %d pages", (unsigned long long)start,
		     (unsigned long long)end, (int)max_pages);
	memcpy(runs, script.runs, sizeof(script.runs));
	*ret_count = script.run_count;
	*ret_walked = script.walked;
	return script.scan_error;
}

ssize_t pread(int file, void *bytes, size_t size, off_t offset)
{
	assert_int_equal(file, script.pagemap);
	return pagemap_entries_read(script.entries, script.read_error, bytes, size, offset);
}

static const struct scan_target target = {.pid = 7, .page_size = PAGE};
static struct scan_walk walk;
static uint64_t held, expected;

static void begin(unsigned avoid, const struct scan_range *ranges, size_t count)
{
	memset(&script, 0, sizeof(script));
	call_log_clear();
	assert_int_equal(scan_walk_begin(&walk, &target, avoid, ranges, count, 0), 0);
	held = expected = 0;
}

static void end(void)
{
	scan_walk_finish(&walk);
	assert_int_equal(walk.pagemap, -1);
	assert_int_equal(fcntl(script.pagemap, F_GETFD), -1);
}

static int step(void)
{
	return scan_walk_step(&walk, &held, &expected);
}

static const struct scan_range two[] = {{.start = 0x10000, .end = 0x12000, .anonymous = true},
					{.start = 0x13000, .end = 0x15000}};

static void a_beginning_opens_pagemap(void **state)
{
	(void)state;
	begin(AVOID_PROCMAP_QUERY, two, 2);
	assert_int_equal(walk.source, RESIDENCY_PAGEMAP_SCAN);
	assert_int_equal(walk.page_size, PAGE);
	assert_int_equal(walk.cpu_ns, 55);
	assert_false(walk.can_query);
	assert_null(walk.read);
	end();
	begin(AVOID_PAGEMAP_SCAN, two, 2);
	assert_int_equal(walk.source, RESIDENCY_PAGEMAP);
	assert_true(walk.can_query);
	assert_int_equal(walk.read_count, 2);
	end();
	script.open_error = -EACCES;
	assert_int_equal(scan_walk_begin(&walk, &target, 0, two, 2, 0), -EACCES);
	script.open_error = -EXDEV; /* is not asked for */
	assert_int_equal(scan_walk_begin(&walk, &target, AVOID_PAGEMAP, two, 2, 0), -ENOENT);
}

static void a_step_is_a_scan(void **state)
{
	(void)state;
	begin(0, two, 2);
	script.runs[0] = (struct residency_run){0x10000, 0x11000, RUN_RESIDENT};
	script.runs[1] = (struct residency_run){0x13000, 0x15000, RUN_SWAPPED};
	script.run_count = 2;
	script.walked = 0x14000;
	assert_int_equal(step(), 1);
	call_log_expect("scan 10000 to 15000, 16384 pages\n");
	assert_int_equal(held, 7);
	assert_int_equal(walk.held_ns, 7);
	assert_int_equal(expected, scan_pace_expected(3, 2, 0x4000));
	assert_int_equal(walk.runs.count, 2);
	assert_int_equal(walk.plan.cursor, 0x14000);
	assert_false(scan_walk_is_over(&walk));
	script.run_count = 0;
	script.walked = 0x15000;
	assert_int_equal(step(), 1);
	call_log_expect("scan 14000 to 15000, 16384 pages\n");
	assert_int_equal(walk.held_ns, 14);
	assert_int_equal(expected, scan_pace_expected(0, 1, 0x1000));
	assert_true(scan_walk_is_over(&walk));
	assert_false(walk.plan.wrapped); /* asking changes nothing */
	held = 1;
	assert_int_equal(step(), 0);
	assert_int_equal(held, 1);
	end();
}

/* At the first step it is found out whether there are scans; later it is an error. */
static void without_scans_entries_are_read(void **state)
{
	(void)state;
	begin(0, two, 2);
	script.scan_error = -ENOTTY;
	assert_int_equal(step(), 1);
	call_log_expect("scan 10000 to 15000, 16384 pages\nentries of 5 from 16\n");
	assert_int_equal(walk.source, RESIDENCY_PAGEMAP);
	assert_int_equal(expected, scan_pace_expected(0, 2, 0) + 5 * 8);
	assert_int_equal(walk.plan.cursor, 0x15000);
	end();
	begin(0, two, 2);
	script.walked = 0x14000;
	assert_int_equal(step(), 1);
	script.scan_error = -EIO;
	assert_int_equal(step(), -EIO);
	assert_int_equal(held, 7);
	end();
	begin(0, two, 2);
	script.scan_error = -ENOTTY;
	script.read_error = EPERM;
	assert_int_equal(step(), -EPERM);
	end();
	/* Nothing of it is small enough to be read. */
	{
		static const struct scan_range large[] = {
			{.start = 0x10000, .end = 0x10000 + 16 * GIGABYTES + PAGE}};

		begin(0, large, 1);
		script.scan_error = -ENOTTY;
		assert_int_equal(step(), 1);
		call_log_expect("scan 10000 to 400011000, 16384 pages\n");
		assert_true(scan_walk_is_over(&walk));
		end();
	}
}

/* What each entry says, in ranges alone: the gap between them was read across. */
static void entries_say_what_is_there(void **state)
{
	(void)state;
	begin(AVOID_PAGEMAP_SCAN, two, 2);
	script.entries[0] = PRESENT;
	script.entries[1] = SUSPECT;
	script.entries[2] = PRESENT;
	script.entries[3] = SWAPPED;
	assert_int_equal(step(), 1);
	call_log_expect("entries of 5 from 16\n");
	assert_int_equal(walk.runs.count, 3);
	assert_int_equal(walk.runs.runs[0].flags, RUN_RESIDENT);
	assert_int_equal(walk.runs.runs[0].start, 0x10000);
	assert_int_equal(walk.runs.runs[0].end, 0x11000);
	assert_int_equal(walk.runs.runs[1].flags, RUN_RESIDENT | RUN_SUSPECT);
	assert_int_equal(walk.runs.runs[1].start, 0x11000);
	assert_int_equal(walk.runs.runs[2].flags, RUN_SWAPPED);
	assert_int_equal(walk.runs.runs[2].start, 0x13000);
	assert_int_equal(walk.runs.runs[2].end, 0x14000);
	end();
}

/* Gaps up to 64 pages are read across, and pieces of 512 entries are read, 16384 in a step. */
static void pieces_have_borders(void **state)
{
	static const struct scan_range gaps[] = {
		{.start = 0x100000, .end = 0x101000},
		{.start = 0x141000, .end = 0x142000}, /* 64 pages on */
		{.start = 0x183000, .end = 0x184000}, /* 65 */
	};
	static const struct scan_range large[] = {
		{.start = 0x100000, .end = 0x100000 + 16385 * PAGE}};

	(void)state;
	begin(AVOID_PAGEMAP_SCAN, gaps, 3);
	assert_int_equal(step(), 1);
	call_log_expect("entries of 66 from 256\nentries of 1 from 387\n");
	assert_int_equal(expected, scan_pace_expected(0, 3, 0) + 67 * 8);
	end();
	begin(AVOID_PAGEMAP_SCAN, large, 1);
	assert_int_equal(step(), 1);
	assert_non_null(
		strstr(call_log.text, "entries of 512 from 256\nentries of 512 from 768\n"));
	assert_int_equal(walk.plan.cursor, 0x100000 + 16384 * PAGE);
	call_log_clear();
	assert_int_equal(step(), 1);
	call_log_expect("entries of 1 from 16640\n");
	assert_true(scan_walk_is_over(&walk));
	end();
}

/* A step ends where the pass began, within a range and in a gap. */
static void a_pass_by_entries_wraps(void **state)
{
	static const struct scan_range ranges[] = {{.start = 0x10000, .end = 0x30000},
						   {.start = 0x50000, .end = 0x51000}};

	(void)state;
	memset(&script, 0, sizeof(script));
	call_log_clear();
	assert_int_equal(scan_walk_begin(&walk, &target, AVOID_PAGEMAP_SCAN, ranges, 2, 0x20000),
			 0);
	assert_int_equal(step(), 1);
	call_log_expect("entries of 49 from 32\n");
	assert_false(walk.runs.turned);
	assert_int_equal(step(), 1);
	call_log_expect("entries of 16 from 16\n");
	assert_true(walk.runs.turned);
	assert_int_equal(step(), 0);
	end();
}

/* Mappings up to 16 GB, 64 GB of all: what comes when these are full is left out. */
static void only_so_much_is_read(void **state)
{
	static const struct scan_range ranges[] = {
		{.start = 0, .end = 16 * GIGABYTES},
		{.start = 100 * GIGABYTES, .end = 116 * GIGABYTES + PAGE},
		{.start = 200 * GIGABYTES, .end = 216 * GIGABYTES},
		{.start = 300 * GIGABYTES, .end = 316 * GIGABYTES},
		{.start = 400 * GIGABYTES, .end = 416 * GIGABYTES - PAGE},
		{.start = 500 * GIGABYTES, .end = 500 * GIGABYTES + 2 * PAGE},
		{.start = 600 * GIGABYTES, .end = 600 * GIGABYTES + PAGE},
		{.start = 700 * GIGABYTES, .end = 700 * GIGABYTES + PAGE},
	};

	(void)state;
	begin(AVOID_PAGEMAP_SCAN, ranges, 8);
	assert_int_equal(walk.read_count, 5);
	assert_true(walk.read[1].start == 200 * GIGABYTES);
	assert_true(walk.read[3].start == 400 * GIGABYTES);
	assert_true(walk.read[4].start == 600 * GIGABYTES);
	end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_beginning_opens_pagemap),
		cmocka_unit_test(a_step_is_a_scan),
		cmocka_unit_test(without_scans_entries_are_read),
		cmocka_unit_test(entries_say_what_is_there),
		cmocka_unit_test(pieces_have_borders),
		cmocka_unit_test(a_pass_by_entries_wraps),
		cmocka_unit_test(only_so_much_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
