/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What is made of a walk, whole and on its way, and of markers that look like swapped pages. */

#include "survey_child.h"

#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>

#include "sampler/survey_look.h"
#include "sampler/survey_settle.h"
#include "sampler/survey_walk.h"

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
static void check_parts(struct survey_target *target, unsigned avoid,
			const struct survey_look *look, const struct survey *survey)
{
	struct residency *parts[64], *all;
	uint64_t held, expected, cost, covered = 0;
	struct survey_walk walk;
	size_t count = 0;

	if (survey_walk_begin(&walk, target, avoid, look->ranges, look->count,
			      look->ranges[look->count / 2].start + 8192))
		return;
	/* A step of a part of the mappings each. */
	while (survey_walk_step(&walk, &held, &expected) > 0 && count < 64) {
		parts[count] = survey_settle_part(&walk, target, survey->smaps, survey->smaps_count,
						  &cost);
		assert_true(parts[count]->partial);
		assert_true(residency_covered(parts[count], 0, UINT64_MAX) >= covered);
		covered = residency_covered(parts[count], 0, UINT64_MAX);
		count++;
	}
	assert_true(count >= 2);
	survey_settle(&walk, target, survey->smaps, survey->smaps_count);
	all = survey_settle_take(&walk, &cost);
	assert_false(all->partial);
	for (size_t i = 0; i < count; i++) {
		assert_same_runs(parts[i], all);
		residency_destroy(parts[i]);
	}
	for (size_t i = 0; i < look->count; i++)
		assert_int_equal(residency_covered(all, look->ranges[i].start, look->ranges[i].end),
				 look->ranges[i].end - look->ranges[i].start);
	residency_destroy(all);
	survey_walk_finish(&walk);
}

static void parts_are_what_the_whole_will_be(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	pid_t child = survey_child_start();
	struct address_space *space = read_space(&options, child);
	struct survey_look look = survey_look_at(space, 0, 0);
	struct survey_target target;
	struct survey survey;

	(void)state;
	assert_int_equal(survey_once(&options, child, space, true, &survey), 0);
	assert_int_equal(survey_target_open(&target, &options, child), 0);
	for (size_t i = 0; i < SOURCE_COUNT; i++)
		check_parts(&target, survey_sources[i], &look, &survey);
	survey_target_close(&target);
	survey_finish(&survey);
	survey_look_finish(&look);
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
		const struct procfs_options options = {.root = "/proc", .avoid = survey_sources[i]};
		struct address_space *space = read_space(&options, child);
		size_t vma = address_space_find(space, (uintptr_t)marked.memory);
		struct usage_table table;
		struct survey survey;

		assert_int_equal(survey_once(&options, child, space, false, &survey), 0);
		usage_table_init(&table, space, survey.residency, survey.smaps, survey.smaps_count,
				 survey.smaps_ns);
		assert_int_equal(table.vmas[vma].rss, MB / 4);
		assert_int_equal(table.vmas[vma].swap, 0);
		usage_table_finish(&table);
		survey_finish(&survey);
		address_space_destroy(space);
	}
	child_end(child);
	munmap(marked.memory, MB);
	munmap(marked.done, MB);
	if (!done)
		skip(); /* this kernel, or its administrator, has no userfaultfd(2) for us */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_are_what_the_whole_will_be),
		cmocka_unit_test(markers_are_not_swapped),
	};

	return cmocka_run_group_tests_name("survey_settle", tests, NULL, NULL);
}
