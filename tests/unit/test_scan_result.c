/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What is made of a walk, whole and on its way, and of markers that look like swapped pages. */

#include "kernel/procfs_options.h"
#include "scan_child.h"

#include <linux/userfaultfd.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>

#include "residency/scan_scope.h"
#include "residency/scan_result.h"
#include "residency/scan_walk.h"
#include "support/told.h"

/* Since Linux 6.4; headers may be older than the kernel. */
#define WP_UNPOPULATED (UINT64_C(1) << 13)

static void assert_same_runs(const struct residency *part, const struct residency *all)
{
	for (size_t i = 0; i < part->covered_count; i++) {
		uint64_t start = part->covered[i].start, end = part->covered[i].end;
		struct residency_sum a = residency_between(part, start, end);
		struct residency_sum b = residency_between(all, start, end);

		assert_int_equal(a.resident, b.resident);
		assert_int_equal(a.huge, b.huge);
	}
	for (size_t i = 0; i < part->count; i++)
		assert_int_equal(residency_covered(part, part->runs[i].start, part->runs[i].end),
				 part->runs[i].end - part->runs[i].start);
}

/* Walks in parts, and returns all; a part of everything up to there is checked after each step. */
static void check_parts(struct scan_target *target, unsigned avoid, const struct scan_scope *look,
			const struct scan *scan)
{
	struct residency *parts[64], *all;
	uint64_t held, expected, cost, covered = 0;
	struct scan_walk walk;
	size_t count = 0;

	if (scan_walk_begin(&walk, target, avoid, look->ranges, look->count,
			    look->ranges[look->count / 2].start + 8192))
		return;
	/* A step of a part of the mappings each. */
	while (scan_walk_step(&walk, &held, &expected) > 0 && count < 64) {
		parts[count] = scan_result_part(&walk, target, scan->smaps, &cost);
		assert_true(parts[count]->partial);
		assert_true(residency_covered(parts[count], 0, UINT64_MAX) >= covered);
		covered = residency_covered(parts[count], 0, UINT64_MAX);
		count++;
	}
	assert_true(count >= 2);
	scan_result(&walk, target, scan->smaps);
	all = scan_result_take(&walk, &cost);
	assert_false(all->partial);
	for (size_t i = 0; i < count; i++) {
		assert_same_runs(parts[i], all);
		residency_destroy(parts[i]);
	}
	for (size_t i = 0; i < look->count; i++)
		assert_int_equal(residency_covered(all, look->ranges[i].start, look->ranges[i].end),
				 look->ranges[i].end - look->ranges[i].start);
	residency_destroy(all);
	scan_walk_finish(&walk);
}

static void parts_are_what_the_whole_will_be(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	pid_t child = scan_child_start();
	struct address_space *space = read_space(&options, child);
	struct scan_scope look = scan_scope_at(space, 0, 0);
	struct scan_target target;
	struct scan scan;

	(void)state;
	scan_scope_list(&look);
	assert_int_equal(scan_once(&options, child, space, true, &scan), 0);
	assert_int_equal(scan_target_open(&target, &options, child), 0);
	for (size_t i = 0; i < SOURCE_COUNT; i++)
		check_parts(&target, scan_sources[i], &look, &scan);
	scan_target_close(&target);
	scan_finish(&scan);
	scan_scope_finish(&look);
	address_space_destroy(space);
	child_end(child);
}

/* Write-protects memory that is partly there; false where that is not possible or allowed. */
static bool mark(char *memory, size_t size)
{
	struct uffdio_api api = {.api = UFFD_API,
				 .features = UFFD_FEATURE_PAGEFAULT_FLAG_WP | WP_UNPOPULATED};
	struct uffdio_register wanted = {.range = {(uintptr_t)memory, size},
					 .mode = UFFDIO_REGISTER_MODE_WP};
	struct uffdio_writeprotect protect = {.range = wanted.range,
					      .mode = UFFDIO_WRITEPROTECT_MODE_WP};
	int file = (int)syscall(SYS_userfaultfd, O_CLOEXEC | 1); /* UFFD_USER_MODE_ONLY */

	return file >= 0 && !ioctl(file, UFFDIO_API, &api) &&
	       !ioctl(file, UFFDIO_REGISTER, &wanted) &&
	       !ioctl(file, UFFDIO_WRITEPROTECT, &protect);
}

/* Memory that both know, and what became of marking it, in memory that both share. */
struct marked {
	char *memory;
	bool *done;
};

/* A quarter of the memory is there, and all of it is marked. */
static void arrange_marked(const void *context)
{
	const struct marked *marked = context;

	madvise(marked->memory, MB, MADV_NOHUGEPAGE);
	memset(marked->memory, 1, MB / 4);
	*marked->done = mark(marked->memory, MB);
}

static void markers_are_not_swapped(void **state)
{
	const struct marked marked = {.memory = map_anonymous(MB, MAP_PRIVATE),
				      .done = (bool *)map_anonymous(MB, MAP_SHARED)};
	pid_t child = child_start(arrange_marked, &marked);
	bool done = *marked.done;

	(void)state;
	for (size_t i = 0; done && i < SOURCE_COUNT; i++) {
		const struct procfs_options options = {.root = "/proc", .avoid = scan_sources[i]};
		struct address_space *space = read_space(&options, child);
		size_t vma = address_space_find(space, (uintptr_t)marked.memory);
		struct usage_table table;
		struct scan scan;

		assert_int_equal(scan_once(&options, child, space, false, &scan), 0);
		usage_table_init(&table, space, scan.residency, scan.smaps, scan.smaps_ns);
		assert_int_equal(usage_table_at(&table, vma).rss, MB / 4);
		assert_int_equal(usage_table_at(&table, vma).swap, 0);
		usage_table_finish(&table);
		scan_finish(&scan);
		address_space_destroy(space);
	}
	child_end(child);
	munmap(marked.memory, MB);
	munmap(marked.done, MB);
	if (!done)
		skip(); /* this kernel, or its administrator, has no userfaultfd(2) for us */
}

/* A process of which status says that so much is swapped, and nothing else is known. */
static struct scan_target swapped_target(char folder[static 32], const char *status)
{
	char path[48];
	FILE *file;

	strcpy(folder, "/tmp/vastop-settle-XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/status", folder);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(status, file);
	fclose(file);
	return (struct scan_target){
		.directory = -1,
		.memory = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC),
		.page_size = 4096,
	};
}

static void remove_target(const char *folder, struct scan_target *target)
{
	char path[48];

	snprintf(path, sizeof(path), "%s/status", folder);
	scan_target_close(target);
	unlink(path);
	rmdir(folder);
}

/* As scan_result(). */
static void scan_told(struct scan_walk *walk, struct scan_target *target, const struct told *told,
		      size_t count)
{
	struct usage_ranges *smaps = told_ranges(told, count);

	scan_result(walk, target, smaps);
	usage_ranges_destroy(smaps);
}

/* What becomes of two mappings with four pages each that are told as swapped. */
static void settle_swapped(const char *status, const struct told *smaps, size_t count,
			   uint64_t first, uint64_t second, bool uncertain)
{
	static const struct scan_range ranges[] = {{.start = 0x10000, .end = 0x20000},
						   {.start = 0x20000, .end = 0x30000}};
	struct scan_walk walk = {.source = RESIDENCY_PAGEMAP_SCAN,
				 .pagemap = -1,
				 .page_size = 4096,
				 .ranges = ranges,
				 .count = 2};
	struct residency *residency;
	char folder[32];
	struct scan_target target = swapped_target(folder, status);
	uint64_t cost;

	scan_runs_init(&walk.runs, ranges, 2, SCAN_RUNS_MAX);
	scan_runs_add(&walk.runs, (struct residency_run){0x10000, 0x12000, RUN_RESIDENT});
	scan_runs_add(&walk.runs, (struct residency_run){0x12000, 0x16000, RUN_SWAPPED});
	scan_runs_add(&walk.runs, (struct residency_run){0x2c000, 0x30000, RUN_SWAPPED});
	scan_told(&walk, &target, smaps, count);
	assert_int_equal(walk.uncertain, uncertain);
	residency = scan_result_take(&walk, &cost);
	assert_int_equal(residency_between(residency, 0x10000, 0x20000).resident, 0x2000);
	assert_int_equal(residency_between(residency, 0x10000, 0x20000).swapped, first);
	assert_int_equal(residency_between(residency, 0x20000, 0x30000).swapped, second);
	residency_destroy(residency);
	scan_runs_finish(&walk.runs);
	free(walk.truths);
	remove_target(folder, &target);
}

/* The kernel's own account of what is swapped decides, then smaps. */
static void markers_beside_swapped_pages_are_told_by_smaps(void **state)
{
	struct told smaps[] = {{0x10000, 0x20000, usage_unknown()},
			       {0x20000, 0x30000, usage_unknown()}};

	(void)state;
	smaps[0].usage.swap = 0x1000;
	smaps[0].usage.flags = usage_flag_bit("rd") | usage_flag_bit("uw");
	smaps[1].usage.swap = 0x1000;
	smaps[1].usage.flags = usage_flag_bit("rd");
	settle_swapped("VmSwap:\t       0 kB\n", NULL, 0, 0, 0, false);
	settle_swapped("VmSwap:\t      32 kB\n", NULL, 0, 0x4000, 0x4000, false);
	settle_swapped("VmSwap:\t      20 kB\n", NULL, 0, 0x4000, 0x4000, true);
	/* Memory without userfaultfd(2) has no markers, whatever smaps said a while ago. */
	settle_swapped("VmSwap:\t      20 kB\n", smaps, 2, 0x1000, 0x4000, false);
	settle_swapped("VmSwap:\t      20 kB\n", smaps, 1, 0x1000, 0x4000, true);
	/* Nothing is said: what was found counts. */
	settle_swapped("Name:\tx\n", NULL, 0, 0x4000, 0x4000, false);
}

/* Memory that was found in a mapping of hugetlb stays; what looks like swapped is none. */
static void huge_pages_are_resident(void **state)
{
	static const struct scan_range ranges[] = {
		{.start = 0x200000, .end = 0x800000, .hugetlb = true}};
	struct told smaps = {0x200000, 0x800000, usage_unknown()};
	struct scan_walk walk = {.source = RESIDENCY_PAGEMAP,
				 .pagemap = -1,
				 .page_size = 4096,
				 .ranges = ranges,
				 .count = 1};
	struct scan_target target = {.directory = -1, .memory = -1};
	struct residency *residency;
	uint64_t cost;

	(void)state;
	smaps.usage.rss = 0;
	scan_runs_init(&walk.runs, ranges, 1, SCAN_RUNS_MAX);
	scan_runs_add(&walk.runs,
		      (struct residency_run){0x200000, 0x400000, RUN_RESIDENT | RUN_HUGE});
	scan_runs_add(&walk.runs,
		      (struct residency_run){0x400000, 0x600000, RUN_RESIDENT | RUN_SUSPECT});
	scan_runs_add(&walk.runs, (struct residency_run){0x600000, 0x800000, RUN_SWAPPED});
	scan_told(&walk, &target, &smaps, 1);
	assert_false(walk.uncertain);
	residency = scan_result_take(&walk, &cost);
	assert_int_equal(residency_between(residency, 0, UINT64_MAX).resident, 0x400000);
	assert_int_equal(residency_between(residency, 0, UINT64_MAX).swapped, 0);
	assert_int_equal(residency_covered(residency, 0x200000, 0x800000), 0x600000);
	residency_destroy(residency);
	scan_runs_finish(&walk.runs);
	free(walk.truths);
}

#define HUGE_SIZE ((size_t)6 << 20)

/* Of six megabytes the first two and the last two are there. */
static void arrange_huge(const void *context)
{
	char *memory = *(char *const *)context;

	memory[0] = 1;
	memory[HUGE_SIZE - 1] = 1;
}

/* As smaps has it: all of it is in memory, none of it in the kernel's Rss. */
static void check_huge(pid_t child, const void *memory, unsigned avoid)
{
	const struct procfs_options options = {.root = "/proc", .avoid = avoid};
	struct address_space *space = read_space(&options, child);
	size_t vma = address_space_find(space, (uintptr_t)memory);
	struct usage_table table;
	struct scan scan;

	for (int smaps = 0; smaps <= 1; smaps++) {
		assert_int_equal(scan_once(&options, child, space, smaps, &scan), 0);
		usage_table_init(&table, space, scan.residency, scan.smaps, scan.smaps_ns);
		assert_int_equal(usage_table_at(&table, vma).rss, 0);
		assert_int_equal(usage_table_at(&table, vma).swap, 0);
		assert_int_equal(usage_table_at(&table, vma).hugetlb, (size_t)4 << 20);
		assert_int_equal(table.total.hugetlb, (size_t)4 << 20);
		usage_table_finish(&table);
		scan_finish(&scan);
	}
	address_space_destroy(space);
}

static void huge_pages_are_counted(void **state)
{
	static const int sorts[] = {MAP_PRIVATE, MAP_SHARED};
	bool done = false;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		char *memory = map_anonymous(HUGE_SIZE, sorts[i] | MAP_HUGETLB | 21 << 26);
		pid_t child;

		if (memory == MAP_FAILED)
			continue;
		child = child_start(arrange_huge, &memory);
		for (size_t j = 0; j < SOURCE_COUNT; j++)
			check_huge(child, memory, scan_sources[j]);
		child_end(child);
		munmap(memory, HUGE_SIZE);
		done = true;
	}
	if (!done) {
		print_message(
			"no three free huge pages of 2 MB: vm.nr_hugepages sets some aside\n");
		skip();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_are_what_the_whole_will_be),
		cmocka_unit_test(markers_are_not_swapped),
		cmocka_unit_test(markers_beside_swapped_pages_are_told_by_smaps),
		cmocka_unit_test(huge_pages_are_resident),
		cmocka_unit_test(huge_pages_are_counted),
	};

	return cmocka_run_group_tests_name("scan_result", tests, NULL, NULL);
}
