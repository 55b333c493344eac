/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "call_log.h"
#include "kernel/procfs_options.h"
#include "maps_space.h"
#include "residency/search_walk.h"

/* Which pieces a search reads, what it counts, and what is searched at all. */

#define MIB UINT64_C(0x100000)

static struct {
	int open_error, skip_error, read_error;
	uint64_t present;   /* the next address in memory; those below are skipped */
	uint64_t overshoot; /* a skip goes so far beyond the end */
	bool absent;        /* the first page of each piece cannot be read */
} script;

static int read_memory(void *context, uint64_t address, void *bytes, size_t size,
		       uint8_t *ret_absent)
{
	assert_non_null(context);
	call_log_say("read %x, %x", (unsigned)address, (unsigned)size);
	memset(bytes, 7, size);
	memset(ret_absent, 0, memory_reader_map_size(address, size, 4096));
	memory_reader_set_absent(ret_absent, 0, script.absent);
	return script.read_error;
}

int resident_memory_open(struct resident_memory *memory, const struct procfs_options *options,
			 int32_t pid)
{
	assert_non_null(memory);
	call_log_say("open %s %d", options->root, (int)pid);
	return script.open_error;
}

void resident_memory_close(struct resident_memory *memory)
{
	assert_non_null(memory);
	call_log_say("close");
}

struct memory_reader resident_memory_reader(struct resident_memory *memory)
{
	return (struct memory_reader){.read = read_memory, .context = memory, .page_size = 4096};
}

int resident_memory_skip(struct resident_memory *memory, uint64_t end, uint64_t *at)
{
	assert_non_null(memory);
	call_log_say("skip %x to %x", (unsigned)*at, (unsigned)end);
	if (script.skip_error)
		return script.skip_error;
	if (script.overshoot) {
		*at = end + script.overshoot;
		return 1;
	}
	if (*at < script.present)
		*at = script.present < end ? script.present : end;
	return *at < end;
}

uint64_t resident_memory_pause(struct resident_memory *memory, struct scan_pace *pace)
{
	assert_non_null(memory);
	assert_true(pace->most == 0.5 && pace->least == 0.25);
	return 123;
}

static struct search_walk walk;
static uint64_t pause_ns;

static int begin(struct search_range first, struct search_range second)
{
	static const struct procfs_options options = {.root = "/p"};
	struct search_request request = {.pid = 7,
					 .needle = {.bytes = {8}, .size = 1},
					 .most = 3,
					 .count = 1 + !!second.end};
	int error;

	request.ranges = memory_alloc(2 * sizeof(*request.ranges));
	request.ranges[0] = first;
	request.ranges[1] = second;
	call_log_clear();
	error = search_walk_begin(&walk, &options, &request, 0.5, 0.25);
	assert_null(request.ranges);
	assert_int_equal(request.count, 0);
	return error;
}

static int step(void)
{
	pause_ns = 1;
	return search_walk_step(&walk, &pause_ns);
}

static void pieces_are_a_mebibyte(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	assert_int_equal(begin((struct search_range){0x10001000, 0x10001000 + MIB + 4096},
			       (struct search_range){0x20000000, 0x20000800}),
			 0);
	call_log_expect("open /p 7\n");
	assert_int_equal(walk.all, MIB + 4096 + 0x800);
	script.present = 0x10001800; /* within a page: as far as that it was skipped */
	script.absent = true;
	assert_int_equal(step(), 1);
	assert_int_equal(pause_ns, 123);
	call_log_expect("skip 10001000 to 10102000\nread 10001800, 100000\n");
	assert_int_equal(walk.walked, MIB + 0x800);
	assert_int_equal(walk.read, 256 * 4096); /* of 257 pages */
	assert_int_equal(step(), 1);
	call_log_expect("skip 10101800 to 10102000\nread 10101800, 800\n");
	assert_int_equal(walk.read, 256 * 4096);
	assert_int_equal(walk.index, 1);
	script.absent = false;
	script.present = 0;
	assert_int_equal(step(), 1);
	call_log_expect("skip 20000000 to 20000800\nread 20000000, 800\n");
	assert_int_equal(walk.read, 257 * 4096);
	assert_true(walk.walked == walk.all);
	assert_int_equal(step(), 0);
	assert_int_equal(pause_ns, 1);
	call_log_expect("");
	search_walk_finish(&walk);
	call_log_expect("close\n");
}

/* What is not in memory is not read; a range that was skipped is walked. */
static void what_is_skipped_is_walked(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	assert_int_equal(begin((struct search_range){0x10000000, 0x10003000},
			       (struct search_range){0x20000000, 0x20001000}),
			 0);
	call_log_clear();
	script.present = UINT64_MAX;
	assert_int_equal(step(), 1);
	assert_int_equal(walk.walked, 0x3000);
	assert_int_equal(walk.index, 1);
	script.overshoot = 4096; /* whole pages may be counted */
	assert_int_equal(step(), 1);
	assert_int_equal(walk.walked, 0x4000);
	assert_int_equal(walk.index, 2);
	call_log_expect("skip 10000000 to 10003000\nskip 20000000 to 20001000\n");
	assert_int_equal(walk.read, 0);
	search_walk_finish(&walk);
}

static void each_error_is_told(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.open_error = -EACCES;
	assert_int_equal(begin((struct search_range){0, 4096}, (struct search_range){0}), -EACCES);
	call_log_expect("open /p 7\n");
	script.open_error = 0;
	assert_int_equal(begin((struct search_range){4096, 8192}, (struct search_range){0}), 0);
	script.skip_error = -EIO;
	assert_int_equal(step(), -EIO);
	assert_int_equal(pause_ns, 1);
	script.skip_error = 0;
	script.read_error = -ESRCH;
	assert_int_equal(step(), -ESRCH);
	assert_int_equal(walk.read, 0);
	script.read_error = 0;
	walk.search.full = true; /* as many as were wanted */
	assert_int_equal(step(), 0);
	search_walk_finish(&walk);
}

/* Ranges that may be read, but for those of devices; cut to what is asked about. */
static void only_what_may_be_read_is_searched(void **state)
{
	static const struct memory_needle needle = {.bytes = {8}, .size = 1};
	static const struct {
		uint64_t start, end;
		size_t first, count; /* of the mappings */
	} cases[] = {
		{0, UINT64_MAX, 0, 2},  {0x1000, 0x2000, 0, 1}, {0x2000, 0x3000, 0, 0},
		{0x1fff, 0x3000, 0, 1}, {0x3000, 0x3001, 1, 1}, {0x2fff, 0x3000, 0, 0},
		{0x1800, 0x3800, 0, 2}, {0x4000, 0x9000, 0, 0},
	};
	struct address_space *space =
		maps_space_create(NULL, "1000-2000 r--p 00000000 00:00 0\n"
					"2000-3000 -w-p 00000000 00:00 0\n"
					"3000-4000 rw-p 00000000 00:00 0\n"
					"5000-6000 rw-s 00000000 00:05 9 /dev/dri/card0\n"
					"7000-8000 r--p 00000000 00:00 0 [vvar]\n");
	static const uint64_t starts[] = {0x1000, 0x3000}, ends[] = {0x2000, 0x4000};

	(void)state;
	((struct vma *)(uintptr_t)&space->vmas[3])->kind = KIND_DEVICE;
	((struct vma *)(uintptr_t)&space->vmas[4])->kind = KIND_VVAR;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct search_request request =
			search_request_of(space, &needle, 3, cases[i].start, cases[i].end);

		assert_int_equal(request.count, cases[i].count);
		assert_int_equal(request.pid, 4711);
		for (size_t j = 0; j < request.count; j++) {
			const uint64_t start = starts[cases[i].first + j],
				       end = ends[cases[i].first + j];

			assert_true(request.ranges[j].start ==
				    (start > cases[i].start ? start : cases[i].start));
			assert_true(request.ranges[j].end ==
				    (end < cases[i].end ? end : cases[i].end));
		}
		search_request_finish(&request);
		assert_null(request.ranges);
	}
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_a_mebibyte),
		cmocka_unit_test(what_is_skipped_is_walked),
		cmocka_unit_test(each_error_is_told),
		cmocka_unit_test(only_what_may_be_read_is_searched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
