/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "resident_script.h"

/* What is opened, how pages are skipped, and when it rests. */

static void opening_is_in_order(void **state)
{
	struct procfs_options options = {.root = "/p"};

	(void)state;
	reset();
	assert_int_equal(resident_memory_open(&memory, &options, 7), 0);
	call_log_expect("open /p 7\nopen mem\nopen pagemap\n");
	assert_int_equal(memory.number, 7);
	assert_int_equal(memory.mem, script.mem);
	assert_int_equal(memory.pagemap, script.pagemap);
	assert_false(memory.entries || memory.absent_too || memory.kept);
	resident_memory_close(&memory);
	call_log_expect("close 70\n");
	assert_int_equal(memory.mem, -1);
	assert_int_equal(memory.pagemap, -1);
	for (int i = 0; i < 2; i++) { /* of another thread, or in another namespace: by mem alone */
		script.other_thread = i;
		script.relation = i ? PROCFS_OWN : PROCFS_ANCESTOR;
		assert_int_equal(resident_memory_open(&memory, &options, 7), 0);
		assert_int_equal(memory.number, 0);
		resident_memory_close(&memory);
	}
	options.avoid = AVOID_PAGEMAP | AVOID_PAGEMAP_SCAN;
	call_log_clear();
	assert_int_equal(resident_memory_open(&memory, &options, 7), 0);
	call_log_expect("open /p 7\nopen mem\n");
	assert_int_equal(memory.pagemap, -1);
	assert_true(memory.entries);
	resident_memory_close(&memory);
}

static void each_error_of_opening_is_told(void **state)
{
	const struct procfs_options options = {.root = "/p"};

	(void)state;
	reset();
	script.open_error = -ESRCH;
	assert_int_equal(resident_memory_open(&memory, &options, 7), -ESRCH);
	call_log_expect("open /p 7\n");
	reset();
	script.image_error = -EIO;
	assert_int_equal(resident_memory_open(&memory, &options, 7), -EIO);
	call_log_expect("open /p 7\nclose 70\n");
	reset();
	script.mem_error = -EACCES;
	assert_int_equal(resident_memory_open(&memory, &options, 7), -EACCES);
	call_log_expect("open /p 7\nopen mem\nclose 70\n");
	reset();
	script.pagemap_error = -EMFILE;
	assert_int_equal(resident_memory_open(&memory, &options, 7), -EMFILE);
	call_log_expect("open /p 7\nopen mem\nopen pagemap\nclose 70\n");
	assert_int_equal(fcntl(script.mem, F_GETFD), -1);
	reset();
	script.pagemap_error = -ENOENT;
	assert_int_equal(resident_memory_open(&memory, &options, 7), 0);
	assert_int_equal(memory.pagemap, -1);
	resident_memory_close(&memory);
}

static int skip_to(uint64_t end, uint64_t *at)
{
	script.scans = 0;
	return resident_memory_skip(&memory, end, at);
}

static void skipping_finds_the_next_page(void **state)
{
	uint64_t at = 0x10010;

	(void)state;
	open_with(0);
	script.runs[0] = (struct residency_run){.start = 0x12000, .end = 0x13000};
	script.run_counts[0] = 1;
	assert_int_equal(skip_to(0x20000, &at), 1);
	call_log_expect("scan 10000 to 20000, 1 pages\n");
	assert_int_equal(at, 0x12000);
	assert_int_equal(memory.held_ns, 100);
	assert_int_equal(memory.expected_ns, 20000);
	at = 0x12010; /* within that page already */
	assert_int_equal(skip_to(0x20000, &at), 1);
	assert_int_equal(at, 0x12010);
	script.run_counts[0] = 0;
	script.walked[0] = 0x18000;
	assert_int_equal(skip_to(0x20000, &at), 0);
	assert_int_equal(at, 0x18000);
	script.scan_errors[0] = -EIO;
	assert_int_equal(skip_to(0x20000, &at), -EIO);
	assert_int_equal(at, 0x18000);
	resident_memory_close(&memory);
}

static void skipping_reads_entries(void **state)
{
	uint64_t at = 0x10010;

	(void)state;
	open_with(0);
	script.scan_errors[0] = -ENOTTY;
	script.present[2] = PRESENT;
	assert_int_equal(skip_to(0x20000, &at), 1);
	call_log_expect("scan 10000 to 20000, 1 pages\nentries of 512 from 16\n");
	assert_int_equal(at, 0x12000);
	assert_true(memory.entries);
	assert_int_equal(skip_to(0x20000, &at), 1);
	assert_int_equal(at, 0x12000);
	at = 0x13000;
	assert_int_equal(skip_to(0x18000, &at), 0);
	call_log_expect("entries of 512 from 18\nentries of 512 from 19\n");
	assert_int_equal(at, 0x18000);
	/* 64 pieces at the most. */
	at = 0x50000;
	assert_int_equal(skip_to(UINT64_C(1) << 40, &at), 0);
	assert_int_equal(at, 0x50000 + 64 * 512 * PAGE);
	script.read_error = EIO;
	assert_int_equal(skip_to(UINT64_C(1) << 40, &at), -EIO);
	resident_memory_close(&memory);
}

static void nothing_is_known_without_pagemap(void **state)
{
	uint64_t at = 0x10010;

	(void)state;
	open_with(AVOID_PAGEMAP);
	assert_int_equal(skip_to(0x20000, &at), 0);
	assert_int_equal(at, 0x20000);
	resident_memory_close(&memory);
	open_with(0);
	at = UINT64_C(1) << 63;
	assert_int_equal(skip_to(UINT64_MAX, &at), 0);
	assert_true(at == UINT64_MAX);
	call_log_expect("");
	resident_memory_close(&memory);
}

/* A pause is what the pace says of the calls since the last one. */
static void rests_are_paced(void **state)
{
	struct scan_pace pace;

	(void)state;
	open_with(0);
	script.takes = 0;
	script.now = 1;
	scan_pace_init(&pace, 0.5, 0.5, 1);
	memory.held_ns = memory.expected_ns = SCAN_CREDIT_NS;
	assert_int_equal(resident_memory_pause(&memory, &pace), 0);
	assert_int_equal(memory.held_ns + memory.expected_ns, 0);
	resident_memory_rest(&memory, &pace);
	call_log_expect("");
	memory.held_ns = memory.expected_ns = 1500000007;
	resident_memory_rest(&memory, &pace);
	call_log_expect("sleep 1 0, 3 s 14 ns\n");
	resident_memory_close(&memory);
}

struct kept {
	struct kept_memory memory;
	int destroyed;
};

static int kept_read(struct kept_memory *kept, uint64_t address, void *to, size_t size,
		     uint8_t *ret_absent)
{
	assert_true(kept && to && ret_absent);
	call_log_say("kept read %x, %zu", (unsigned)address, size);
	return -EXDEV;
}

static int kept_advance(struct kept_memory *kept, uint64_t end, uint64_t *at)
{
	assert_non_null(kept);
	call_log_say("kept advance %x to %x", (unsigned)*at, (unsigned)end);
	return -EDOM;
}

static void kept_destroy(struct kept_memory *kept)
{
	((struct kept *)kept)->destroyed++;
}

/* Of a process that does not run the kept memory is asked, which waits for nothing. */
static void kept_memory_is_asked_instead(void **state)
{
	static const struct kept_memory_operations operations = {
		.read = kept_read, .advance = kept_advance, .destroy = kept_destroy};
	struct kept kept = {.destroyed = 0};
	const struct procfs_options options = {.root = "/p", .kept = &kept.memory};
	struct scan_pace pace;
	uint64_t at = 0x1000;

	(void)state;
	reset();
	kept_memory_init(&kept.memory, &operations, PAGE);
	assert_int_equal(resident_memory_open(&memory, &options, 7), 0);
	kept_memory_release(&kept.memory); /* there is another holder */
	assert_int_equal(kept.destroyed, 0);
	assert_int_equal(read_it(0x2000, 5), -EXDEV);
	assert_int_equal(resident_memory_skip(&memory, 0x9000, &at), -EDOM);
	call_log_expect("kept read 2000, 5\nkept advance 1000 to 9000\n");
	scan_pace_init(&pace, 0.5, 0.5, 1);
	memory.held_ns = UINT64_C(1) << 40;
	assert_int_equal(resident_memory_pause(&memory, &pace), 0);
	resident_memory_close(&memory);
	assert_int_equal(kept.destroyed, 1);
	assert_null(memory.kept);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opening_is_in_order),
		cmocka_unit_test(each_error_of_opening_is_told),
		cmocka_unit_test(skipping_finds_the_next_page),
		cmocka_unit_test(skipping_reads_entries),
		cmocka_unit_test(nothing_is_known_without_pagemap),
		cmocka_unit_test(rests_are_paced),
		cmocka_unit_test(kept_memory_is_asked_instead),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
