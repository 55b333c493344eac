/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kernel/maps_file.h"
#include "model/process.h"
#include "model/target.h"
#include "procfs/maps_parser.h"
#include "sampler/mapping_counts.h"
#include "support/child.h"

#define PLENTY UINT64_C(60000000000)

/* As many as the kernel counts: without [vsyscall]. */
static uint64_t true_count(pid_t pid)
{
	struct maps_parser parser;
	char path[64];
	uint64_t count;

	snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	maps_parser_init(&parser, (struct hash_key){{0}});
	assert_int_equal(maps_file_read(&parser, AT_FDCWD, path), 0);
	count = parser.count;
	for (size_t i = 0; i < parser.count; i++)
		count -= strcmp(parser.vmas[i].name, "[vsyscall]") == 0;
	maps_parser_finish(&parser);
	return count;
}

static struct process_list *list_of(const pid_t *pids, size_t count)
{
	struct process_list *list = process_list_create();

	for (size_t i = 0; i < count; i++)
		process_list_add(list, &(struct process){.pid = pids[i],
							 .start_ticks = 7,
							 .mappings = TARGET_UNKNOWN,
							 .comm = "",
							 .command = ""});
	process_list_sort(list);
	return list;
}

/* Fills a list of the processes, and returns what it says of one. */
static uint64_t fill(struct mapping_counts *counts, const pid_t *pids, size_t count, pid_t wanted,
		     pid_t asked, uint64_t budget)
{
	struct process_list *list = list_of(pids, count);
	uint64_t mappings;

	mapping_counts_fill(counts, list, &wanted, wanted ? 1 : 0, budget);
	mappings = process_list_find(list, asked)->mappings;
	process_list_destroy(list);
	return mappings;
}

static void only_what_is_wanted_is_counted(void **state)
{
	const size_t few = 10, many = 3000;
	const pid_t pids[] = {child_start(child_map_pages, &few),
			      child_start(child_map_pages, &many)};
	struct mapping_counts counts = {0};

	(void)state;
	assert_true(fill(&counts, pids, 2, 0, pids[0], PLENTY) == TARGET_UNKNOWN);
	assert_int_equal(fill(&counts, pids, 2, pids[0], pids[0], PLENTY), true_count(pids[0]));
	/* What is known stays, also of what is not wanted any more. */
	assert_int_equal(fill(&counts, pids, 2, pids[1], pids[0], PLENTY), true_count(pids[0]));
	assert_int_equal(fill(&counts, pids, 2, 0, pids[1], PLENTY), true_count(pids[1]));
	assert_int_equal(counts.count, 2);
	/* What is gone is forgotten. */
	assert_int_equal(fill(&counts, pids, 1, 0, pids[0], PLENTY), true_count(pids[0]));
	assert_int_equal(counts.count, 1);
	mapping_counts_finish(&counts);
	child_end(pids[0]);
	child_end(pids[1]);
}

/* One at least in each round, and those that had no turn before the others. */
static void the_budget_is_shared_by_turns(void **state)
{
	const size_t pages = 10;
	pid_t pids[4];
	struct mapping_counts counts = {0};

	(void)state;
	for (size_t i = 0; i < 4; i++)
		pids[i] = child_start(child_map_pages, &pages);
	for (size_t round = 1; round <= 4; round++) {
		struct process_list *list = list_of(pids, 4);
		size_t known = 0;

		mapping_counts_fill(&counts, list, pids, 4, 0);
		for (size_t i = 0; i < 4; i++)
			known += list->processes[i].mappings != TARGET_UNKNOWN;
		assert_int_equal(known, round);
		process_list_destroy(list);
	}
	mapping_counts_finish(&counts);
	for (size_t i = 0; i < 4; i++)
		child_end(pids[i]);
}

static void what_cannot_be_read_is_unknown(void **state)
{
	pid_t pid = child_start(NULL, NULL);
	struct mapping_counts counts = {0};
	struct process_list *list = list_of(&pid, 1);

	(void)state;
	list->processes[0].access = PROCESS_FOREIGN;
	mapping_counts_fill(&counts, list, &pid, 1, PLENTY);
	assert_int_equal(counts.count, 0);
	process_list_destroy(list);
	child_end(pid);
	assert_true(fill(&counts, &pid, 1, pid, pid, PLENTY) == TARGET_UNKNOWN);
	mapping_counts_finish(&counts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_is_wanted_is_counted),
		cmocka_unit_test(the_budget_is_shared_by_turns),
		cmocka_unit_test(what_cannot_be_read_is_unknown),
	};

	return cmocka_run_group_tests_name("mapping_counts", tests, NULL, NULL);
}
