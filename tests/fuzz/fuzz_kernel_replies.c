/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A kernel that replies anything to PAGEMAP_SCAN and PROCMAP_QUERY, and whose pagemap has any
 * entries. Whatever asks, for residency, for the sorts of pages, for bytes in memory, for guards,
 * gets on and ends; what it makes of the replies is sorted, disjoint and lies where was asked.
 */
#include "fuzz.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "kernel/avoid.h"
#include "kernel/pagemap_scan.h"
#include "kernel/procfs_options.h"
#include "kernel/procmap_query.h"
#include "model/residency.h"
#include "model/target.h"
#include "residency/range_walk.h"
#include "residency/resident_memory.h"
#include "residency/scan_result.h"
#include "residency/scan_target.h"
#include "residency/scan_walk.h"
#include "sampler/guards.h"

#define PAGE      UINT64_C(4096)
#define PID       7
#define STEPS_MAX 100000
#define ENTRIES   512 /* of pagemap, from the first range on */

static const struct scan_range ranges[] = {
	{.start = 0x100000, .end = 0x180000, .anonymous = true},
	{.start = 0x180000, .end = 0x181000},
	{.start = 0x200000, .end = 0x400000, .file = true},
	{.start = 0x7fff00000000, .end = 0x7fff00040000, .anonymous = true},
};

enum { RANGE_COUNT = sizeof(ranges) / sizeof(ranges[0]) };

/* The bytes that are left. */
static const uint8_t *stream;
static size_t left;

static uint64_t next(size_t bytes)
{
	uint64_t number = 0;

	for (; bytes && left; bytes--, left--)
		number = number << 8 | *stream++;
	return number;
}

/* Near to what would be right, or anything. */
static uint64_t next_address(uint64_t from)
{
	uint64_t how = next(1);

	return how < 240 ? from + how % 16 * PAGE : how < 250 ? next(2) * PAGE : next(8);
}

/* The kernel's struct page_region, and where it and others are in its requests, in words. */
struct region {
	uint64_t start, end, categories;
};

enum { SCAN_START = 2, SCAN_WALK_END = 4, SCAN_REGIONS = 5, SCAN_ROOM = 6 };
enum { QUERY_ADDRESS = 2, QUERY_START = 3, QUERY_WORDS = 13, QUERY_ID_SIZE = 10 };

static int fail(void)
{
	static const int errors[] = {EINVAL, EFAULT, ENOTTY, ESRCH, ENOENT, EPERM, EINTR};

	errno = errors[next(1) % (sizeof(errors) / sizeof(errors[0]))];
	return -1;
}

static int reply_scan(uint64_t *words)
{
	struct region *regions = (struct region *)(uintptr_t)words[SCAN_REGIONS];
	uint64_t count = next(1), at = words[SCAN_START];

	if (count > 230)
		return count > 250 && left ? (int)next(2) : fail();
	count %= 24;
	if (count > words[SCAN_ROOM])
		count = words[SCAN_ROOM];
	for (uint64_t i = 0; i < count; i++) {
		regions[i].start = next_address(at);
		regions[i].end = next_address(regions[i].start + PAGE);
		regions[i].categories = next(2);
		at = regions[i].end;
	}
	words[SCAN_WALK_END] = next_address(at);
	return (int)count;
}

static int reply_query(uint64_t *words)
{
	if (!left || next(1) > 230)
		return fail();
	words[QUERY_START] = next_address(words[QUERY_ADDRESS] & ~(PAGE - 1));
	words[QUERY_START + 1] = next_address(words[QUERY_START] + PAGE);
	for (int i = QUERY_START + 2; i < QUERY_ID_SIZE; i++)
		words[i] = next(1);
	words[QUERY_ID_SIZE] = next(8);
	return 0;
}

int __wrap_ioctl(int descriptor, unsigned long request, ...);

int __wrap_ioctl(int descriptor, unsigned long request, ...)
{
	va_list arguments;
	uint64_t *words;

	(void)descriptor;
	va_start(arguments, request);
	words = va_arg(arguments, uint64_t *);
	va_end(arguments);
	switch (request & 0xff) {
	case 16: return reply_scan(words);
	case 17: return reply_query(words);
	default: errno = ENOTTY; return -1;
	}
}

/* A recorded tree of one process, whose files are written anew. */
static char root[64];

static void path_of(char path[static 96], const char *name)
{
	snprintf(path, 96, "%s/%d%s%s", root, PID, *name ? "/" : "", name);
}

static void remove_tree(void)
{
	char path[96];

	path_of(path, "pagemap");
	unlink(path);
	path_of(path, "");
	rmdir(path);
	rmdir(root);
}

static void make_tree(void)
{
	char path[96];

	snprintf(root, sizeof(root), "/tmp/vastop-fuzz-XXXXXX");
	FUZZ_CHECK(mkdtemp(root));
	path_of(path, "");
	FUZZ_CHECK(!mkdir(path, 0700));
	atexit(remove_tree);
}

/* Entries for the first range, and what comes behind it. */
static void write_pagemap(void)
{
	uint64_t entries[ENTRIES];
	char path[96];
	int file;

	path_of(path, "pagemap");
	file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	FUZZ_CHECK(file >= 0);
	/* What counts are the highest bits. */
	for (size_t i = 0; i < ENTRIES; i++)
		entries[i] = (left && left > ENTRIES / 8 ? next(1) : i % 7) << 56;
	FUZZ_CHECK(pwrite(file, entries, sizeof(entries), (off_t)(ranges[0].start / PAGE * 8)) > 0);
	close(file);
}

static void check_residency(const struct residency *residency)
{
	uint64_t last = 0;

	for (size_t i = 0; i < residency->count; i++) {
		const struct residency_run *run = &residency->runs[i];

		FUZZ_CHECK(run->start < run->end && run->start >= last);
		FUZZ_CHECK(run->end <= ranges[RANGE_COUNT - 1].end);
		last = run->end;
	}
}

static void walk_all(const struct procfs_options *options)
{
	struct scan_target target;
	struct scan_walk walk;
	uint64_t held, expected, cost;
	struct residency *residency;
	int more = 1;

	FUZZ_CHECK(!scan_target_open(&target, options, PID));
	target.page_size = PAGE;
	FUZZ_CHECK(!scan_walk_begin(&walk, &target, options->avoid, ranges, RANGE_COUNT, 0x200000));
	for (int i = 0; more > 0; i++) {
		more = scan_walk_step(&walk, &held, &expected);
		FUZZ_CHECK(i < STEPS_MAX);
	}
	if (!more) {
		scan_result(&walk, &target, NULL);
		residency = scan_result_take(&walk, &cost);
		check_residency(residency);
		residency_destroy(residency);
	}
	scan_walk_finish(&walk);
	scan_target_close(&target);
}

static void walk_range(const struct procfs_options *options)
{
	const struct range_place place = {PID, ranges[2].start, ranges[2].end, PAGE, false};
	struct range_walk walk;
	struct page_sums sums;
	uint64_t expected, sum = 0;
	int more = 1;

	FUZZ_CHECK(!range_walk_begin(&walk, options, &place));
	for (int i = 0; more > 0; i++) {
		more = range_walk_step(&walk, &expected);
		FUZZ_CHECK(i < STEPS_MAX);
	}
	sums = page_pieces_between(&walk.pieces, place.start, place.end);
	for (int i = 0; i < PAGE_SORT_COUNT; i++)
		sum += sums.of[i];
	FUZZ_CHECK(sum == sums.known && sum <= place.end - place.start);
	FUZZ_CHECK(more || sum == place.end - place.start);
	range_walk_finish(&walk);
}

/* Pages that are in memory by the replies, of which there is nothing to be read. */
static void read_bytes(const struct procfs_options *options)
{
	struct resident_memory memory = {.pagemap = -1};
	const struct memory_reader reader = resident_memory_reader(&memory);
	uint8_t *bytes = memory_alloc(64 * PAGE), absent[16];
	uint64_t at = ranges[0].start, before;

	FUZZ_CHECK(!scan_target_open(&memory.target, options, PID));
	memory.target.page_size = PAGE;
	memory.mem = memory.pagemap = scan_target_open_file(&memory.target, "pagemap");
	FUZZ_CHECK(memory.mem >= 0);
	memory.entries = options->avoid & AVOID_PAGEMAP_SCAN;
	reader.read(reader.context, ranges[0].start + 100, bytes, 63 * PAGE, absent);
	for (int i = 0; at < ranges[2].end; i++) {
		before = at;
		if (resident_memory_skip(&memory, ranges[2].end, &at))
			break;
		FUZZ_CHECK(at >= before && i < STEPS_MAX);
		FUZZ_CHECK(at > before);
	}
	memory.pagemap = -1;
	resident_memory_close(&memory);
	free(bytes);
}

static void read_guards(void)
{
	const struct vma vmas[] = {
		{.start = 0x100000, .end = 0x180000, .perms = PERM_READ | PERM_WRITE, .name = ""},
		{.start = 0x200000, .end = 0x900000, .perms = PERM_READ | PERM_WRITE, .name = ""},
	};
	const struct thread_stack_pointer stacks[] = {{.tid = 8, .address = 0x170000},
						      {.tid = 9, .address = 0x800000}};
	struct guards guards = {0};
	char path[96];
	int directory;

	path_of(path, "");
	directory = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	FUZZ_CHECK(directory >= 0);
	for (int i = 0; i < 2; i++) {
		guards_read(&guards, directory, vmas, 2, stacks, 2, true);
		for (size_t k = 0; k < guards.count; k++)
			FUZZ_CHECK(guards.ranges[k].start < guards.ranges[k].end &&
				   (!k || guards.ranges[k - 1].end <= guards.ranges[k].start));
	}
	guards_finish(&guards);
	close(directory);
}

static void query(void)
{
	struct procmap map;
	struct procmap_file file;
	uint64_t at = 0;

	while (procmap_query_next(3, at, PROCMAP_EXECUTABLE, &map) == 0) {
		FUZZ_CHECK(map.end > at && map.start < map.end);
		at = map.end;
	}
	if (procmap_query(3, 0x1234, &map) == 0)
		FUZZ_CHECK(map.start <= 0x1234 && map.end > 0x1234);
	if (procmap_query_file(3, 0x1234, &file) == 0)
		FUZZ_CHECK(file.build_id.size <= sizeof(file.build_id.bytes));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct procfs_options options = {.root = root};

	if (!*root)
		make_tree();
	stream = bytes;
	left = length;
	if (next(1) % 4 == 0)
		options.avoid = AVOID_PAGEMAP_SCAN;
	write_pagemap();
	query();
	read_guards();
	read_bytes(&options);
	walk_range(&options);
	walk_all(&options);
	return 0;
}
