/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "call_log.h"
#include "kernel/avoid.h"
#include "kernel/pagemap_scan.h"
#include "kernel/proc_file.h"
#include "kernel/procfs_options.h"
#include "pagemap_entries.h"
#include "residency/range_walk.h"
#include "residency/scan_plan.h"

/* Which calls each step is, and what it is expected to take. */

#define PAGE    UINT64_C(4096)
#define PRESENT (UINT64_C(1) << 63 | UINT64_C(1) << 56)

static struct {
	int process_error, open_error, scan_error, read_error;
	int directory, pagemap;
	struct pagemap_scan_run runs[2];
	size_t run_count;
	uint64_t walked;
	uint64_t entries[PAGEMAP_ENTRIES];
} script;

int procfs_options_open_process(const struct procfs_options *options, int32_t pid)
{
	call_log_say("process %d of %s", (int)pid, options->root);
	script.directory =
		script.process_error ? script.process_error : open("/", O_PATH | O_CLOEXEC);
	return script.directory;
}

int proc_file_open(int directory, const char *name)
{
	assert_int_equal(directory, script.directory);
	call_log_say("open %s", name);
	script.pagemap = script.open_error ? script.open_error : open("/", O_PATH | O_CLOEXEC);
	return script.pagemap;
}

int pagemap_scan_sorts(struct pagemap_scan *scan, int pagemap, uint64_t start, uint64_t end,
		       uint64_t max_pages,
		       struct pagemap_scan_run runs[static PAGEMAP_SCAN_REGIONS], size_t *ret_count,
		       uint64_t *ret_walked)
{
	assert_false(scan->no_guards);
	assert_int_equal(pagemap, script.pagemap);
	call_log_say("scan %x to %x, %d pages", (unsigned)start, (unsigned)end, (int)max_pages);
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

static struct range_walk walk;

static int begin_at(unsigned avoid, uint64_t start, uint64_t end)
{
	const struct procfs_options options = {.root = "/p", .avoid = avoid};
	const struct range_place place = {
		.pid = 7, .start = start, .end = end, .page_size = PAGE, .anonymous = true};

	call_log_clear();
	return range_walk_begin(&walk, &options, &place);
}

static void begin(unsigned avoid, uint64_t start, uint64_t end)
{
	memset(&script, 0, sizeof(script));
	assert_int_equal(begin_at(avoid, start, end), 0);
	call_log_clear();
}

static int step(uint64_t *expected)
{
	*expected = 1;
	return range_walk_step(&walk, expected);
}

static void check_page(uint64_t address, enum page_sort sort)
{
	const struct page_sums sums = page_pieces_between(&walk.pieces, address, address + PAGE);

	assert_int_equal(page_sums_only(&sums, PAGE), sort);
}

static void a_beginning_opens_pagemap(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	assert_int_equal(begin_at(AVOID_PAGEMAP_SCAN, 0x10000, 0x14000), 0);
	call_log_expect("process 7 of /p\nopen pagemap\n");
	assert_true(walk.entries && walk.anonymous);
	assert_int_equal(walk.page_size, PAGE);
	assert_int_equal(fcntl(script.directory, F_GETFD), -1);
	range_walk_finish(&walk);
	assert_int_equal(walk.pagemap, -1);
	assert_int_equal(fcntl(script.pagemap, F_GETFD), -1);
	assert_int_equal(begin_at(AVOID_PAGEMAP, 0x10000, 0x14000), -ENOENT);
	assert_int_equal(begin_at(0, 0x10001, 0x14000), -EINVAL);
	assert_int_equal(begin_at(0, 0x10000, 0x14800), -EINVAL);
	call_log_expect("");
	script.process_error = -ESRCH;
	assert_int_equal(begin_at(0, 0x10000, 0x14000), -ESRCH);
	call_log_expect("process 7 of /p\n");
	script.process_error = 0;
	script.open_error = -EACCES;
	assert_int_equal(begin_at(0, 0x10000, 0x14000), -EACCES);
	assert_int_equal(fcntl(script.directory, F_GETFD), -1);
}

static void steps_are_scans(void **state)
{
	uint64_t expected;

	(void)state;
	begin(0, 0x10000, 0x14000);
	assert_false(walk.entries);
	script.runs[0] = (struct pagemap_scan_run){0x10000, 0x11000, PAGES_ANON, false};
	script.runs[1] = (struct pagemap_scan_run){0x12000, 0x13000, PAGES_AWAY, false};
	script.run_count = 2;
	script.walked = 0x13000;
	assert_int_equal(step(&expected), 1);
	call_log_expect("scan 10000 to 14000, 16384 pages\n");
	assert_int_equal(expected, scan_pace_expected(4, 1, 0x3000));
	check_page(0x10000, PAGES_ANON);
	check_page(0x12000, PAGES_AWAY);
	assert_int_equal(walk.pieces.walked, 0x13000);
	script.scan_error = -EIO; /* something was walked: it is an error then */
	assert_int_equal(step(&expected), -EIO);
	script.scan_error = 0;
	script.run_count = 0;
	script.walked = 0x14000;
	assert_int_equal(step(&expected), 1);
	assert_int_equal(expected, scan_pace_expected(0, 1, 0x1000));
	call_log_clear();
	assert_int_equal(step(&expected), 0);
	assert_int_equal(expected, 1);
	call_log_expect("");
	range_walk_finish(&walk);
}

static void without_scans_entries_are_read(void **state)
{
	uint64_t expected;

	(void)state;
	begin(0, 0x10000, 0x10000 + 513 * PAGE);
	script.scan_error = -ENOTTY;
	script.entries[1] = PRESENT;
	assert_int_equal(step(&expected), 1);
	call_log_expect("scan 10000 to 211000, 16384 pages\nentries of 512 from 16\n");
	assert_int_equal(expected, scan_pace_expected(0, 1, 0) + 512 * 8);
	check_page(0x10000, PAGES_ABSENT);
	check_page(0x11000, PAGES_ANON);
	check_page(0x12000, PAGES_ABSENT);
	assert_int_equal(walk.pieces.walked, 0x10000 + 512 * PAGE);
	assert_int_equal(step(&expected), 1);
	call_log_expect("entries of 1 from 528\n");
	assert_int_equal(expected, scan_pace_expected(0, 1, 0) + 8);
	assert_int_equal(step(&expected), 0);
	range_walk_finish(&walk);
	begin(AVOID_PAGEMAP_SCAN, 0x10000, 0x11000);
	script.read_error = EPERM;
	assert_int_equal(step(&expected), -EPERM);
	range_walk_finish(&walk);
}

/* Up to 16 GB of entries are read. */
static void too_much_is_not_read(void **state)
{
	uint64_t expected;

	(void)state;
	begin(AVOID_PAGEMAP_SCAN, 0x10000, 0x10000 + (UINT64_C(16) << 30));
	assert_int_equal(step(&expected), 1);
	range_walk_finish(&walk);
	begin(AVOID_PAGEMAP_SCAN, 0x10000, 0x11000 + (UINT64_C(16) << 30));
	assert_int_equal(step(&expected), -E2BIG);
	assert_int_equal(expected, 1);
	range_walk_finish(&walk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_beginning_opens_pagemap),
		cmocka_unit_test(steps_are_scans),
		cmocka_unit_test(without_scans_entries_are_read),
		cmocka_unit_test(too_much_is_not_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
