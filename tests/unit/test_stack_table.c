/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "growth/stack_table.h"

static const struct hash_key key = {{1, 2}};

static struct call_stack stack_of(uint64_t first, uint32_t count)
{
	struct call_stack stack = {.count = count, .source = CALL_STACK_FRAME_POINTERS};

	for (uint32_t i = 0; i < count; i++)
		stack.frames[i] = first + i;
	return stack;
}

static void equal_stacks_are_one(void **state)
{
	struct call_stack a = stack_of(1, 3), b = stack_of(1, 4), c = stack_of(1, 3);
	struct stack_table table;

	(void)state;
	c.source = CALL_STACK_UNWOUND;
	stack_table_init(&table, &key);
	assert_int_equal(stack_table_find(&table, &a), 0);
	assert_int_equal(stack_table_find(&table, &b), 1);
	assert_int_equal(stack_table_find(&table, &c), 2);
	assert_int_equal(stack_table_find(&table, &a), 0);
	assert_int_equal(table.count, 3);
	assert_int_equal(table.entries[1].count, 4);
	assert_int_equal(table.entries[1].frames[3], 4);
	stack_table_finish(&table);
}

/* A target that calls in ever other ways does not cost more memory than that. */
static void further_stacks_are_one(void **state)
{
	struct stack_table table;

	(void)state;
	stack_table_init(&table, &key);
	for (uint64_t i = 0; i < 3 * STACK_TABLE_MAX; i++) {
		struct call_stack stack = stack_of(i * 100, 2);
		size_t index = stack_table_find(&table, &stack);

		assert_int_equal(index, i < STACK_TABLE_MAX ? i : STACK_TABLE_OTHER);
		stack_table_add(&table, index, KIND_HEAP, 4096);
	}
	assert_int_equal(table.count, STACK_TABLE_MAX);
	assert_int_equal(table.entries[STACK_TABLE_OTHER].bytes, 2 * STACK_TABLE_MAX * 4096);
	assert_int_equal(table.bytes, 3 * STACK_TABLE_MAX * 4096);
	/* After a full table is cleared there is room for others. */
	stack_table_clear(&table);
	assert_int_equal(table.bytes, 0);
	assert_int_equal(table.entries[STACK_TABLE_OTHER].bytes, 0);
	for (uint32_t i = 0; i < STACK_TABLE_MAX; i++) {
		struct call_stack stack = stack_of(2 * i + 1, 2);

		assert_int_equal(stack_table_find(&table, &stack), i);
	}
	stack_table_finish(&table);
}

static void bytes_have_kinds_and_steps(void **state)
{
	struct call_stack stack = stack_of(1, 1);
	struct stack_table table;
	const struct stack_entry *entry;
	size_t index;

	(void)state;
	stack_table_init(&table, &key);
	index = stack_table_find(&table, &stack);
	entry = &table.entries[index];
	stack_table_add(&table, index, KIND_HEAP, 100);
	stack_table_add(&table, index, KIND_COUNT, 10);
	stack_table_step(&table, 1);
	stack_table_add(&table, index, KIND_ANON, 1);
	assert_int_equal(entry->bytes, 111);
	assert_int_equal(entry->kinds[KIND_HEAP], 100);
	assert_int_equal(entry->kinds[KIND_ANON], 1);
	assert_int_equal(entry->steps[STACK_TABLE_STEPS - 2], 110);
	assert_int_equal(entry->steps[STACK_TABLE_STEPS - 1], 1);
	for (int i = 0; i < STACK_TABLE_STEPS; i++)
		stack_table_step(&table, 1);
	for (int i = 0; i < STACK_TABLE_STEPS; i++)
		assert_int_equal(entry->steps[i], 0);
	assert_int_equal(entry->bytes, 111);
	stack_table_clear(&table);
	assert_int_equal(entry->bytes, 0);
	assert_int_equal(entry->kinds[KIND_HEAP], 0);
	assert_int_equal(table.bytes, 0);
	assert_int_equal(stack_table_find(&table, &stack), index);
	stack_table_finish(&table);
}

/* Several steps at once share what was touched in them; more than there are push all out. */
static void bytes_are_spread_over_steps(void **state)
{
	struct call_stack stack = stack_of(1, 1);
	struct stack_table table;
	const struct stack_entry *entry;
	size_t index;

	(void)state;
	stack_table_init(&table, &key);
	index = stack_table_find(&table, &stack);
	entry = &table.entries[index];
	for (uint64_t i = 0; i < STACK_TABLE_STEPS - 1; i++) {
		stack_table_add(&table, index, KIND_HEAP, i + 1);
		stack_table_step(&table, 1);
	}
	stack_table_add(&table, index, KIND_HEAP, 300);
	stack_table_step(&table, 0);
	assert_int_equal(entry->steps[STACK_TABLE_STEPS - 1], 300);
	stack_table_step(&table, 3);
	for (size_t i = 0; i < STACK_TABLE_STEPS - 4; i++)
		assert_int_equal(entry->steps[i], i + 4);
	for (size_t i = STACK_TABLE_STEPS - 4; i < STACK_TABLE_STEPS - 1; i++)
		assert_int_equal(entry->steps[i], 100);
	assert_int_equal(entry->steps[STACK_TABLE_STEPS - 1], 0);
	stack_table_add(&table, STACK_TABLE_OTHER, KIND_COUNT, 50);
	stack_table_add(&table, index, KIND_HEAP, 1000);
	stack_table_step(&table, 50);
	for (size_t i = 0; i < STACK_TABLE_STEPS - 1; i++) {
		assert_int_equal(entry->steps[i], 20);
		assert_int_equal(table.entries[STACK_TABLE_OTHER].steps[i], 1);
	}
	assert_int_equal(entry->steps[STACK_TABLE_STEPS - 1], 0);
	stack_table_finish(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_stacks_are_one),
		cmocka_unit_test(further_stacks_are_one),
		cmocka_unit_test(bytes_have_kinds_and_steps),
		cmocka_unit_test(bytes_are_spread_over_steps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
