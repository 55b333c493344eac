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
	int descriptor;
	pid_t child = start_child(&descriptor);
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
	close(descriptor);
	waitpid(child, NULL, 0);
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

/* A child of which a quarter of some memory is there, and all of it is marked. */
static pid_t start_marked(char *memory, int *ret_descriptor)
{
	int ready[2], end[2];
	char answer = 'n';
	pid_t child;

	assert_int_equal(pipe2(ready, O_CLOEXEC), 0);
	assert_int_equal(pipe2(end, O_CLOEXEC), 0);
	child = fork();
	if (child == 0) {
		close(end[1]);
		madvise(memory, MB, MADV_NOHUGEPAGE);
		memset(memory, 1, MB / 4);
		answer = mark(memory, MB) ? 'y' : 'n';
		(void)!write(ready[1], &answer, 1);
		(void)!read(end[0], &answer, 1);
		_exit(0);
	}
	close(ready[1]);
	close(end[0]);
	assert_int_equal(read(ready[0], &answer, 1), 1);
	close(ready[0]);
	*ret_descriptor = end[1];
	if (answer == 'y')
		return child;
	close(end[1]);
	waitpid(child, NULL, 0);
	return 0;
}

static void markers_are_not_swapped(void **state)
{
	char *memory = map_anonymous(MB, MAP_PRIVATE);
	int descriptor;
	pid_t child = start_marked(memory, &descriptor);

	(void)state;
	if (!child) {
		munmap(memory, MB);
		skip();
	}
	for (size_t i = 0; i < SOURCE_COUNT; i++) {
		const struct procfs_options options = {.root = "/proc", .avoid = survey_sources[i]};
		struct address_space *space = read_space(&options, child);
		size_t vma = address_space_find(space, (uintptr_t)memory);
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
	munmap(memory, MB);
	close(descriptor);
	waitpid(child, NULL, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_are_what_the_whole_will_be),
		cmocka_unit_test(markers_are_not_swapped),
	};

	return cmocka_run_group_tests_name("survey_settle", tests, NULL, NULL);
}
