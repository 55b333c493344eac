/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "resident_script.h"

/* Which calls a read is. */

/* The runs of a scan, clipped to what was asked for, in one call. */
static void runs_are_read_in_one_call(void **state)
{
	(void)state;
	open_with(0);
	script.runs[0] = (struct residency_run){.start = 0x10000, .end = 0x12000};
	script.runs[1] = (struct residency_run){.start = 0x14000, .end = 0x16000};
	script.run_counts[0] = 2;
	script.walked[0] = 0x16000;
	assert_int_equal(read_it(0x10ff0, 0x4020), 0);
	call_log_expect("scan 10000 to 16000, 0 pages\nread 10ff0, 1010\nread 14000, 1010\n");
	assert_int_equal(absent[0] & 0x3f, 0x0c);
	assert_int_equal(bytes[0], 0x10);
	assert_int_equal(bytes[0x10], 0x11);
	assert_int_equal(bytes[0x100f], 0x11);
	assert_int_equal(bytes[0x1010], 0);
	assert_int_equal(bytes[0x300f], 0);
	assert_int_equal(bytes[0x3010], 0x14);
	assert_int_equal(bytes[0x401f], 0x15);
	assert_int_equal(bytes[0x4020], 0xee);
	assert_int_equal(memory.held_ns, 100);
	assert_int_equal(memory.expected_ns, 20000 + 6 * 300);
	resident_memory_close(&memory);
}

/* A scan that did not come to the end continues; one that finds nothing reads nothing. */
static void scans_go_on_until_the_end(void **state)
{
	(void)state;
	open_with(0);
	script.runs[0] = (struct residency_run){.start = 0x12000, .end = 0x13000};
	script.run_counts[1] = 1;
	script.walked[0] = 0x11000;
	script.walked[1] = 0x14000;
	assert_int_equal(read_it(0x10000, 0x4000), 0);
	call_log_expect("scan 10000 to 14000, 0 pages\nscan 11000 to 14000, 0 pages\n"
			"read 12000, 1000\n");
	assert_int_equal(absent[0] & 0xf, 0xb);
	script.scan_errors[0] = -EPERM;
	assert_int_equal(read_it(0x10000, 0x4000), -EPERM);
	assert_int_equal(absent[0], 0xff);
	resident_memory_close(&memory);
}

/* Without the ioctl entries are read, from then on; beyond user addresses only this time. */
static void entries_are_read_where_there_is_no_scan(void **state)
{
	(void)state;
	open_with(0);
	script.scan_errors[0] = -EFAULT;
	script.present[0] = script.present[1] = script.present[3] = PRESENT;
	script.present[4] = UINT64_C(1) << 62; /* swapped */
	assert_int_equal(read_it(0x10000, 0x5000), 0);
	call_log_expect("scan 10000 to 15000, 0 pages\nentries of 5 from 16\n"
			"read 10000, 2000\nread 13000, 1000\n");
	assert_int_equal(absent[0] & 0x1f, 0x14);
	assert_false(memory.entries);
	script.scan_errors[0] = -ENOTTY;
	assert_int_equal(read_it(0x10001, 0x1000), 0);
	call_log_expect("scan 10000 to 12000, 0 pages\nentries of 2 from 16\nread 10001, 1000\n");
	assert_true(memory.entries);
	assert_int_equal(read_it(0x10001, 0xfff), 0);
	call_log_expect("entries of 1 from 16\nread 10001, fff\n");
	script.read_error = EIO;
	assert_int_equal(read_it(0x10001, 0x1000), -EIO);
	resident_memory_close(&memory);
}

/* More pages than one piece of entries has. */
static void entries_are_read_in_pieces(void **state)
{
	static unsigned char many[600 * 4096], map[76];
	struct memory_reader reader;

	(void)state;
	open_with(AVOID_PAGEMAP_SCAN);
	reader = resident_memory_reader(&memory);
	assert_int_equal(reader.read(&memory, 0x50000, many, sizeof(many), map), 0);
	call_log_expect("entries of 512 from 80\nentries of 88 from 592\n");
	resident_memory_close(&memory);
}

/* A page that may not be read is passed over, and what is behind it is read. */
static void refused_pages_are_absent(void **state)
{
	(void)state;
	open_with(0);
	script.runs[0] = (struct residency_run){.start = 0x10000, .end = 0x14000};
	script.run_counts[0] = 1;
	script.walked[0] = 0x14000;
	script.copies[0] = 0x1800; /* short: the second page is refused */
	assert_int_equal(read_it(0x10000, 0x4000), 0);
	call_log_expect("scan 10000 to 14000, 0 pages\nread 10000, 4000\nread 12000, 2000\n");
	assert_int_equal(absent[0] & 0xf, 0); /* a part of it was read */
	script.copies[0] = -EFAULT;
	assert_int_equal(read_it(0x10010, 0x3ff0), 0);
	call_log_expect("scan 10000 to 14000, 0 pages\nread 10010, 3ff0\nread 11000, 3000\n");
	assert_int_equal(absent[0] & 0xf, 1);
	script.copies[0] = 0x3000; /* the last one */
	assert_int_equal(read_it(0x10000, 0x4000), 0);
	call_log_expect("scan 10000 to 14000, 0 pages\nread 10000, 4000\n");
	assert_int_equal(absent[0] & 0xf, 8);
	resident_memory_close(&memory);
}

/* Sixteen of them are enough. */
static void many_refused_pages_end_it(void **state)
{
	size_t reads = 0;

	(void)state;
	open_with(0);
	memory.number = 0;
	script.runs[0] = (struct residency_run){.start = 0x10000, .end = 0x12000};
	script.runs[1] = (struct residency_run){.start = 0x20000, .end = 0x22000};
	script.run_counts[0] = 2;
	script.walked[0] = 0x50000;
	for (size_t i = 0; i < 2 * REPLIES; i++)
		script.copies[i] = -EIO;
	assert_int_equal(read_it(0x10000, 0x40000), 0);
	call_log_expect("scan 10000 to 50000, 0 pages\npread 10000, 2000\npread 11000, 1000\n"
			"pread 20000, 2000\npread 21000, 1000\n");
	/* With absent ones too it is one run, of 64 pages. */
	memory.absent_too = true;
	script.copied = 0;
	for (size_t i = 0; i < 2 * REPLIES; i++)
		script.copies[i] = 0x800;
	script.copies[6] = 0;
	assert_int_equal(read_it(0x10000, 0x8000), 0);
	for (const char *at = call_log.text; (at = strstr(at, "pread")); at++)
		reads++;
	assert_int_equal(reads, 7);
	resident_memory_close(&memory);
}

/* What is read is none of them, however many calls it takes. */
static void what_is_read_is_not_refused(void **state)
{
	(void)state;
	open_with(0);
	for (uint64_t i = 0; i < REPLIES; i++) {
		script.runs[i] = (struct residency_run){.start = 0x10000 + i * PAGE,
							.end = 0x11000 + i * PAGE};
		script.run_counts[i] = 1;
		script.walked[i] = 0x11000 + i * PAGE;
	}
	assert_int_equal(read_it(0x10000, REPLIES * PAGE), 0);
	assert_int_equal(script.scans, REPLIES);
	assert_int_equal(script.copied, REPLIES);
	assert_int_equal(absent[0] | absent[1] | (absent[2] & 3), 0);
	assert_int_equal(bytes[REPLIES * PAGE - 1], 0x10 + REPLIES - 1);
	resident_memory_close(&memory);
}

/* Where the call is refused for ever mem is read instead; other errors are the end. */
static void mem_is_read_where_the_call_is_refused(void **state)
{
	static const int refusals[] = {EPERM, ESRCH, ENOSYS};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		open_with(0);
		memory.absent_too = true;
		script.copies[0] = -refusals[i];
		assert_int_equal(read_it(0x10000, 0x1000), 0);
		call_log_expect("read 10000, 1000\npread 10000, 1000\n");
		assert_int_equal(absent[0] & 1, 0);
		assert_int_equal(memory.number, 0);
		script.copies[0] = -EPERM;
		assert_int_equal(read_it(0x10000, 0x1000), -EACCES);
		script.copies[0] = -EBADF;
		assert_int_equal(read_it(0x10000, 0x1000), -EBADF);
		script.copies[0] = -EIO;
		assert_int_equal(read_it(0x10000, 0x1000), 0);
		assert_int_equal(absent[0] & 1, 1);
		resident_memory_close(&memory);
	}
	open_with(0);
	memory.absent_too = true;
	script.copies[0] = -ENOMEM;
	assert_int_equal(read_it(0x10000, 0x1000), -ENOMEM);
	assert_int_equal(memory.number, 7);
	resident_memory_close(&memory);
}

/* Whose directory does not answer any more, that process is gone, whatever was read. */
static void a_process_is_checked_behind_each_read(void **state)
{
	(void)state;
	open_with(0);
	memory.absent_too = true;
	script.stat_error = -1;
	assert_int_equal(read_it(0x10000, 0x1000), -ESRCH);
	script.stat_error = 0;
	assert_int_equal(read_it(UINT64_MAX - 7, 7), 0);
	assert_int_equal(read_it(UINT64_MAX - 7, 9), -EINVAL);
	resident_memory_close(&memory);
	open_with(0);
	assert_int_equal(read_it(UINT64_C(1) << 63, 0x1000), 0); /* the kernel's: not asked for */
	call_log_expect("");
	assert_int_equal(absent[0] & 1, 1);
	resident_memory_close(&memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(runs_are_read_in_one_call),
		cmocka_unit_test(scans_go_on_until_the_end),
		cmocka_unit_test(entries_are_read_where_there_is_no_scan),
		cmocka_unit_test(entries_are_read_in_pieces),
		cmocka_unit_test(refused_pages_are_absent),
		cmocka_unit_test(many_refused_pages_end_it),
		cmocka_unit_test(what_is_read_is_not_refused),
		cmocka_unit_test(mem_is_read_where_the_call_is_refused),
		cmocka_unit_test(a_process_is_checked_behind_each_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
