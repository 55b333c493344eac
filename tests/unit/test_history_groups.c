/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/history_groups.h"

enum { BLOCK = 1000 };

/* Of a group, by its number. */
static uint64_t first_of(size_t number)
{
	return 7 + number * 10;
}

static size_t names_of(size_t number)
{
	return number * 37 % 100;
}

/* Some have a block of their own, one fills it. */
static size_t records_of(size_t number)
{
	return number == 5 ? BLOCK - names_of(5) : 1 + number * 131 % (BLOCK + 200);
}

static void add(struct history_groups *groups, size_t number)
{
	char names[100], records[BLOCK + 200];
	const struct history_stretch group = {
		.first = first_of(number),
		.names = names_of(number) ? names : NULL,
		.name_bytes = names_of(number),
		.records = {records, records + records_of(number)},
	};
	const size_t before = history_groups_bytes(groups);
	const size_t cost = history_groups_cost(names_of(number), records_of(number));
	const size_t ring = groups->capacity;

	memset(names, (int)number, sizeof(names));
	memset(records, (int)number + 1, sizeof(records));
	history_groups_add(groups, &group);
	assert_in_range(history_groups_bytes(groups) - before,
			names_of(number) + records_of(number),
			groups->capacity == ring ? cost : SIZE_MAX);
}

static void assert_group(const struct history_stretch *group, size_t number)
{
	assert_int_equal(group->first, first_of(number));
	assert_int_equal(group->name_bytes, names_of(number));
	assert_int_equal(group->records.end - group->records.at, records_of(number));
	for (size_t i = 0; i < names_of(number); i++)
		assert_int_equal(group->names[i], (char)number);
	for (const char *at = group->records.at; at < group->records.end; at++)
		assert_int_equal(*at, (char)(number + 1));
}

/* From the one with that number on. */
static void assert_groups(const struct history_groups *groups, size_t number)
{
	for (size_t i = 0; i < groups->count; i++) {
		const struct history_stretch group = history_groups_at(groups, i);
		const struct history_stretch begins =
			history_groups_find(groups, first_of(number + i));
		const struct history_stretch ends =
			history_groups_find(groups, first_of(number + i + 1) - 1);

		assert_group(&group, number + i);
		assert_ptr_equal(begins.records.at, group.records.at);
		assert_ptr_equal(ends.records.at, group.records.at);
	}
}

/* Up to 20 and 50 of them, by turns. */
static void are_what_was_added_from_the_oldest_on(void **state)
{
	struct history_groups groups;
	size_t oldest = 0, most = 20;

	(void)state;
	history_groups_init(&groups, BLOCK);
	assert_int_equal(history_groups_bytes(&groups), 0);
	for (size_t i = 0; i < 300; i++) {
		add(&groups, i);
		for (; groups.count > most; oldest++)
			history_groups_drop(&groups);
		assert_groups(&groups, oldest);
		most = i % 60 == 59 ? 70 - most : most;
	}
	while (groups.count)
		history_groups_drop(&groups);
	assert_int_equal(groups.bytes, 0);
	add(&groups, 5);
	assert_groups(&groups, 5);
	history_groups_finish(&groups);
	assert_int_equal(history_groups_bytes(&groups), 0);
	history_groups_finish(&groups);
}

/* The memory of a block goes with its last group. */
static void share_blocks(void **state)
{
	char bytes[BLOCK] = {0};
	struct history_stretch group = {.records = {bytes, bytes + 400}};
	struct history_groups groups;
	size_t before, of_two;

	(void)state;
	history_groups_init(&groups, BLOCK);
	history_groups_add(&groups, &group);
	before = history_groups_bytes(&groups);
	group.first = 1;
	history_groups_add(&groups, &group);
	of_two = history_groups_bytes(&groups);
	assert_int_equal(of_two - before, 400);
	group.first = 2;
	history_groups_add(&groups, &group);
	assert_int_equal(history_groups_bytes(&groups) - of_two, history_groups_cost(0, 400));
	history_groups_drop(&groups);
	assert_int_equal(history_groups_bytes(&groups) - of_two, history_groups_cost(0, 400));
	history_groups_drop(&groups);
	assert_int_equal(history_groups_bytes(&groups), before);
	assert_int_equal(history_groups_at(&groups, 0).first, 2);
	history_groups_finish(&groups);
}

/* What each sample allocates and frees around them finds its place again. */
static void leave_no_holes(void **state)
{
	const size_t large = (size_t)120 * 1024, temporary = (size_t)240 * 1024;
	char *records = memory_alloc(large);
	struct history_groups groups;
	size_t arena;

	(void)state;
	memory_keep_compact();
	history_groups_init(&groups, (size_t)1 << 20);
	arena = mallinfo2().arena;
	for (uint64_t i = 0; i < 50; i++) {
		const struct history_stretch group = {.first = i,
						      .records = {records, records + large}};
		void *first = memory_alloc(temporary), *second = memory_alloc(temporary);

		free(first);
		history_groups_add(&groups, &group);
		free(second);
	}
	assert_true(mallinfo2().arena - arena < 4 * temporary);
	history_groups_finish(&groups);
	free(records);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(are_what_was_added_from_the_oldest_on),
		cmocka_unit_test(share_blocks),
		cmocka_unit_test(leave_no_holes),
	};

	return cmocka_run_group_tests_name("history_groups", tests, NULL, NULL);
}
