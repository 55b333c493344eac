/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/export_round.h"
#include "inside/heap_usage.h"
#include "model/address_space.h"
#include "model/target.h"
#include "model/usage.h"
#include "support/sample.h"

/* Adds the sample and frees it. */
static void add(struct export_round *round, const struct export_round *last,
		struct address_space *space)
{
	struct usage_table usage;

	usage_table_init(&usage, space, NULL, NULL, 0);
	export_round_add(
		round, last,
		&(struct export_sample){.space = space, .usage = &usage, .unit = "web.service"});
	usage_table_finish(&usage);
	address_space_destroy(space);
}

static uint64_t heap_growth(const struct export_round *round)
{
	const struct metrics_kind *heap = &round->processes[0].kinds[KIND_HEAP];

	return heap->size - heap->size_first;
}

static void growth_counts_from_the_first_round(void **state)
{
	struct export_round first = {0}, second = {0}, third = {0};

	(void)state;
	add(&first, NULL, sample_python());
	assert_int_equal(heap_growth(&first), 0);
	assert_string_equal(first.processes[0].comm, "python3");
	assert_string_equal(first.processes[0].unit, "web.service");
	assert_int_equal(first.processes[0].mappings, 34);
	assert_int_equal(first.processes[0].heap,
			 first.processes[0].kinds[KIND_HEAP].size +
				 first.processes[0].kinds[KIND_ARENA].size);
	add(&second, &first, sample_python_grown(8192));
	export_round_finish(&first);
	add(&third, &second, sample_python_grown(12288));
	export_round_finish(&second);
	assert_int_equal(heap_growth(&third), 12288);
	export_round_finish(&third);
	assert_int_equal(third.count, 0);
}

static void another_process_of_that_number_is_new(void **state)
{
	struct export_round first = {0}, second = {0};
	struct address_space *other = sample_python_grown(8192);

	(void)state;
	add(&first, NULL, sample_python());
	other->target.start_ticks++;
	add(&second, &first, other);
	assert_int_equal(heap_growth(&second), 0);
	export_round_finish(&second);
	other = sample_python_grown(8192);
	other->target.comm = "another";
	add(&second, &first, other);
	assert_int_equal(heap_growth(&second), 0);
	export_round_finish(&second);
	export_round_finish(&first);
}

/* Each is compared with itself, wherever it was in the round before. */
static void each_process_has_a_first_round_of_its_own(void **state)
{
	struct export_round first = {0}, second = {0};

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct address_space *space = sample_python_grown((uint64_t)i * 4096);

		space->target.pid = 100 + i;
		add(&first, NULL, space);
	}
	for (int i = 3; i-- > 0;) {
		struct address_space *space = sample_python_grown(12288);

		space->target.pid = 100 + i;
		add(&second, &first, space);
	}
	for (int i = 0; i < 3; i++) {
		const struct metrics_kind *heap = &second.processes[i].kinds[KIND_HEAP];

		assert_int_equal(second.processes[i].pid, 102 - i);
		assert_int_equal(heap->size - heap->size_first, (i + 1) * 4096);
	}
	export_round_finish(&first);
	export_round_finish(&second);
}

/* Adds a sample with such a heap, and says what became of it. */
static struct metrics_process with_heap(const struct heap_usage *heap)
{
	struct address_space *space = sample_python();
	struct export_round round = {0};
	struct metrics_process process;
	struct usage_table usage;

	usage_table_init(&usage, space, NULL, NULL, 0);
	export_round_add(
		&round, NULL,
		&(struct export_sample){.space = space, .usage = &usage, .heap = heap, .unit = ""});
	process = round.processes[0];
	export_round_finish(&round);
	usage_table_finish(&usage);
	address_space_destroy(space);
	return process;
}

static void arenas_are_added_up(void **state)
{
	struct heap_arena arenas[] = {
		{.system = 1000, .used = 500, .free = 100, .top = 300, .unknown = 100},
		{.system = 900, .used = 800, .free = 50, .top = 50, .resident_free = 40},
	};
	const struct heap_usage heap = {.arenas = arenas, .count = 2};
	struct metrics_process process = with_heap(&heap);

	(void)state;
	assert_int_equal(process.heap_used, 1300);
	assert_int_equal(process.heap_free, 500);
	assert_int_equal(process.heap_free_resident, 40);
	assert_int_equal(process.heap_unknown, 100);
}

/* Nothing is 0 that is not known. */
static void a_heap_that_is_not_known(void **state)
{
	struct heap_arena swapped = {.system = 1000, .unknown = 1000};
	const struct heap_usage heap = {.arenas = &swapped, .count = 1};
	struct metrics_process process = with_heap(NULL);

	(void)state;
	assert_true(process.heap_used == TARGET_UNKNOWN);
	assert_true(process.heap_free == TARGET_UNKNOWN);
	assert_true(process.heap_free_resident == TARGET_UNKNOWN);
	assert_true(process.heap_unknown == TARGET_UNKNOWN);
	process = with_heap(&heap);
	assert_int_equal(process.heap_unknown, 1000);
	assert_true(process.heap_used == TARGET_UNKNOWN);
	assert_true(process.heap_free == TARGET_UNKNOWN);
	assert_true(process.heap_free_resident == TARGET_UNKNOWN);
}

static void there_may_be_many(void **state)
{
	enum { MANY = 300 };
	struct export_round round = {0};

	(void)state;
	for (int32_t i = 0; i < MANY; i++) {
		struct address_space *space = sample_empty();

		space->target.pid = i + 1;
		add(&round, NULL, space);
	}
	assert_int_equal(round.count, MANY);
	for (int32_t i = 0; i < MANY; i++)
		assert_int_equal(round.processes[i].pid, i + 1);
	export_round_finish(&round);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(growth_counts_from_the_first_round),
		cmocka_unit_test(another_process_of_that_number_is_new),
		cmocka_unit_test(each_process_has_a_first_round_of_its_own),
		cmocka_unit_test(arenas_are_added_up),
		cmocka_unit_test(a_heap_that_is_not_known),
		cmocka_unit_test(there_may_be_many),
	};

	return cmocka_run_group_tests_name("export_round", tests, NULL, NULL);
}
