/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "call_log.h"
#include "kernel/clock.h"
#include "kernel/proc_file.h"
#include "model/process.h"
#include "model/target.h"
#include "sampler/mapping_counts.h"

/* How lines are counted whatever the pieces are, and whose turn it is. */

static struct {
	const char *text;
	size_t piece; /* bytes of each, but for the last */
	int error;
	int64_t now, takes; /* what reading one takes */
} script;

int64_t clock_ns(clockid_t clock)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	return script.now;
}

int proc_file_feed(int directory, const char *path, proc_file_take *take, void *context)
{
	assert_int_equal(directory, AT_FDCWD);
	call_log_say("%s", path);
	script.now += script.takes;
	for (size_t at = 0, length = strlen(script.text); at < length && !script.error;) {
		size_t part = length - at < script.piece ? length - at : script.piece;

		assert_int_equal(take(context, script.text + at, part), 0);
		at += part;
	}
	return script.error;
}

static struct mapping_counts counts;

static int begin(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.text = "a\n";
	script.piece = 100;
	script.now = 1000000;
	call_log_clear();
	return 0;
}

static int end(void **state)
{
	(void)state;
	mapping_counts_finish(&counts);
	assert_null(counts.entries);
	return 0;
}

/* Fills a list of the processes 1 to count, of which those are wanted; returns the list. */
static struct process_list *fill(int32_t count, const int32_t *wanted, size_t wanted_count,
				 uint64_t budget)
{
	struct process_list *list = process_list_create();

	for (int32_t pid = 1; pid <= count; pid++)
		process_list_add(list, &(struct process){.pid = pid,
							 .start_ticks = 7,
							 .mappings = TARGET_UNKNOWN,
							 .access = pid == 9 ? PROCESS_FOREIGN
									    : PROCESS_READABLE,
							 .comm = "",
							 .command = ""});
	process_list_sort(list);
	mapping_counts_fill(&counts, list, wanted, wanted_count, budget);
	return list;
}

/* What is counted of the text, in pieces of that size. */
static uint64_t count(const char *text, size_t piece)
{
	const int32_t one = 1;
	struct process_list *list;
	uint64_t mappings;

	mapping_counts_finish(&counts);
	script.text = text;
	script.piece = piece;
	list = fill(1, &one, 1, 1);
	mappings = list->processes[0].mappings;
	process_list_destroy(list);
	return mappings;
}

static void lines_are_counted_in_any_pieces(void **state)
{
	static const char with[] = "one\nanother line\nffff [vsyscall]\n",
			  without[] = "one\nanother line\nfffff vsyscall]\n", two[] = "1\n2\n";

	(void)state;
	for (size_t piece = 1; piece < sizeof(with) + 1; piece++) {
		assert_int_equal(count(with, piece), 2);
		assert_int_equal(count(without, piece), 3);
		assert_int_equal(count(two, piece), 2);
	}
	assert_int_equal(count("[vsyscall]\n", 3), 0);
	assert_true(count("", 1) == TARGET_UNKNOWN);
	assert_true(count("no line", 1) == TARGET_UNKNOWN);
	script.error = -EACCES;
	assert_true(count(two, 1) == TARGET_UNKNOWN);
}

static void round_of(int32_t processes, uint64_t budget, const char *calls)
{
	static const int32_t wanted[] = {1, 2, 3, 9, 44};

	call_log_clear();
	process_list_destroy(fill(processes, wanted, 5, budget));
	call_log_expect(calls);
}

/* One at least; then as long as there is time. One that took long is left alone for a while. */
static void turns_go_round(void **state)
{
	(void)state;
	script.takes = 10;
	round_of(9, 10, "/proc/1/maps\n");
	round_of(9, 11, "/proc/2/maps\n/proc/3/maps\n");
	round_of(9, 100, ""); /* they are left alone for a hundred times as long */
	script.now += 979;
	round_of(9, 100, "");
	script.now += 1;
	round_of(9, 1, "/proc/1/maps\n");
	script.now += 1000;
	round_of(9, 30, "/proc/2/maps\n/proc/3/maps\n/proc/1/maps\n");
	assert_int_equal(counts.count, 3);
	/* What is not in the list any more is forgotten; what is of another process, too. */
	script.now += 10000;
	round_of(2, 1, "/proc/2/maps\n");
	assert_int_equal(counts.count, 2);
}

static void nothing_is_counted_that_nothing_wants(void **state)
{
	struct process_list *list = fill(2, NULL, 0, 100);

	(void)state;
	call_log_expect("");
	assert_true(list->processes[0].mappings == TARGET_UNKNOWN);
	process_list_destroy(list);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lines_are_counted_in_any_pieces),
		TEST(turns_go_round),
		TEST(nothing_is_counted_that_nothing_wants),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
