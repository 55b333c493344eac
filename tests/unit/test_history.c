/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

#include "base/keyed_hash.h"
#include "base/memory.h"
#include "edited_process.h"
#include "model/history.h"
#include "support/sample.h"

#define ROOMY ((size_t)1 << 30)

static const struct hash_key key = {{1, 2}};

static void is_empty_at_first(void **state)
{
	struct history *history = history_create(ROOMY, &key);
	struct address_space *space = NULL;

	(void)state;
	assert_int_equal(history_first(history), history_end(history));
	assert_int_equal(history_get(history, 0, &space), -ENOENT);
	assert_null(space);
	history_destroy(history);
	history_destroy(NULL);
}

/* That the moment is the one added then. */
static void assert_moment(const struct history *history, uint64_t moment,
			  const struct address_space *added)
{
	struct address_space *space = NULL;

	assert_int_equal(history_get(history, moment, &space), 0);
	assert_same_space(space, added);
	address_space_destroy(space);
}

static void assert_bounds(const struct history *history, uint64_t added, size_t limit)
{
	struct address_space *space = NULL;
	uint64_t first = history_first(history), end = history_end(history);

	assert_int_equal(end, added);
	assert_true(first < end);
	assert_true(history_bytes(history) <= limit || end - first == 1);
	assert_int_equal(history_get(history, end, &space), -ENOENT);
	if (first)
		assert_int_equal(history_get(history, first - 1, &space), -ENOENT);
	assert_null(space);
}

/*
 * Adds steps of a process and compares: what is at both ends after each step, everything now and
 * then. Returns how many moments were dropped.
 */
static uint64_t live_through(uint64_t seed, size_t limit, size_t steps)
{
	struct address_space **added = memory_alloc(steps * sizeof(struct address_space *));
	struct edited_process *process = memory_alloc(sizeof(*process));
	struct history *history = history_create(limit, &key);
	uint64_t first;

	edited_process_init(process, seed);
	for (size_t i = 0; i < steps; i++) {
		added[i] = edited_process_space(process);
		history_add(history, added[i]);
		assert_bounds(history, i + 1, limit);
		first = history_first(history);
		assert_moment(history, i, added[i]);
		assert_moment(history, first, added[first]);
		for (uint64_t m = first; (i % 97 == 0 || i + 1 == steps) && m <= i; m++)
			assert_moment(history, m, added[m]);
		edited_process_step(process);
	}
	first = history_first(history);
	history_destroy(history);
	edited_process_finish(process);
	free(process);
	for (size_t i = 0; i < steps; i++)
		address_space_destroy(added[i]);
	free(added);
	return first;
}

static void gives_back_what_was_added(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 6; seed++)
		assert_int_equal(live_through(seed, ROOMY, 700), 0);
}

static void keeps_any_limit(void **state)
{
	uint64_t dropped = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 6; seed++)
		for (size_t limit = 16384; limit <= 1048576; limit *= 2)
			dropped += live_through(seed * 100 + limit, limit, 300);
	assert_true(dropped > 1000);
}

static void keeps_the_newest_moment_however_large(void **state)
{
	(void)state;
	assert_int_equal(live_through(7, 0, 100), 99);
	assert_int_equal(live_through(8, 1000, 100), 99);
	/* As also where there is room for a group, but not for two. */
	for (size_t limit = 1500; limit < 16384; limit += 900)
		live_through(9, limit, 30);
}

/* A small program: few mappings, one of which is its heap. */
struct program {
	struct random random;
	struct vma vmas[200];
	struct target target;
	int64_t time_ns;
};

static void program_init(struct program *program)
{
	*program = (struct program){.random = {5}};
	random_vmas(&program->random, program->vmas, 200);
	program->target = (struct target){.comm = "program", .exe = "/bin/program", .state = 'S'};
}

static void add_sample(struct history *history, struct program *program)
{
	struct address_space *space = NULL;

	program->time_ns += 100000000 + (int64_t)random_below(&program->random, 100000);
	program->target.rss = random_below(&program->random, 1000) * PAGE;
	assert_int_equal(address_space_create(&program->target, program->vmas, 200,
					      program->time_ns,
					      random_below(&program->random, 100000), &space),
			 0);
	history_add(history, space);
	address_space_destroy(space);
}

static void takes_few_bytes_for_few_changes(void **state)
{
	struct history *history = history_create(ROOMY, &key);
	struct program program;
	size_t bytes;

	(void)state;
	program_init(&program);
	for (size_t i = 0; i < 10000; i++)
		add_sample(history, &program);
	bytes = history_bytes(history);
	for (size_t i = 0; i < 10000; i++)
		add_sample(history, &program);
	assert_in_range(history_bytes(history) - bytes, 1, 10000 * 36);
	bytes = history_bytes(history);
	for (size_t i = 0; i < 10000; i++) {
		program.vmas[100].end = program.vmas[100].start + (1 + i % 2) * PAGE / 2;
		add_sample(history, &program);
	}
	assert_in_range(history_bytes(history) - bytes, 1, 10000 * 48);
	history_destroy(history);
}

/* What malloc() has given out, when this is malloc(): a sanitizer's tells nothing. */
static size_t heap_in_use(void)
{
	struct mallinfo2 info = mallinfo2();

	return info.uordblks + info.hblkhd;
}

static void does_not_grow_in_a_long_watch(void **state)
{
	const size_t limit = (size_t)128 * 1024, samples = 20000;
	size_t heap = heap_in_use(), least = SIZE_MAX, most = 0;
	struct history *history = history_create(limit, &key);
	struct program program;

	(void)state;
	program_init(&program);
	for (size_t i = 0; i < samples; i++) {
		size_t at = random_below(&program.random, 1000);

		if (at < 199)
			program.vmas[at].perms ^= PERM_WRITE;
		add_sample(history, &program);
		assert_in_range(history_bytes(history), 1, limit);
		assert_true(heap_in_use() < heap + limit + limit / 8);
		if (i < samples / 2)
			continue;
		least = history_bytes(history) < least ? history_bytes(history) : least;
		most = history_bytes(history) > most ? history_bytes(history) : most;
	}
	assert_true(history_first(history) > samples / 2);
	/* What it says that it takes is what it takes. */
	if (heap_in_use())
		assert_in_range(heap_in_use() - heap, history_bytes(history) * 31 / 32,
				history_bytes(history) * 33 / 32);
	/* Constant but for a group: a first moment, and changes of up to an eighth. */
	assert_true(most - least <= limit / 8 + limit / 32);
	history_destroy(history);
}

/* That a list is known to be the same changes nothing but the work, wherever a group begins. */
static void a_list_known_to_be_the_same_is_kept_alike(void **state)
{
	const size_t limits[] = {ROOMY, 20000, 0};

	(void)state;
	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		struct history *plain = history_create(limits[i], &key);
		struct history *told = history_create(limits[i], &key);
		struct address_space *space = sample_stacks(3);

		for (int moment = 0; moment < 1300; moment++) {
			space->time_ns += 1000;
			space->target.rss += PAGE;
			history_add(plain, space);
			(moment ? history_add_same : history_add)(told, space);
			assert_int_equal(history_bytes(plain), history_bytes(told));
			assert_int_equal(history_first(plain), history_first(told));
			assert_moment(told, (uint64_t)moment, space);
		}
		space->time_ns -= 1299 * 1000;
		space->target.rss -= UINT64_C(1299) * PAGE;
		for (uint64_t moment = 0; moment < 1300; moment++) {
			if (moment >= history_first(told))
				assert_moment(told, moment, space);
			space->time_ns += 1000;
			space->target.rss += PAGE;
		}
		address_space_destroy(space);
		history_destroy(plain);
		history_destroy(told);
	}
}

static void the_newest_moment_is_no_copy_of_its_mappings(void **state)
{
	struct history *history = history_create(ROOMY, &key);
	struct address_space *space = sample_stacks(3), *moment;

	(void)state;
	history_add(history, space);
	assert_int_equal(history_get(history, 0, &moment), 0);
	assert_true(address_space_same_list(moment, space));
	address_space_destroy(moment);
	address_space_destroy(space);
	history_destroy(history);
}

static void parts_of_mappings_are_kept(void **state)
{
	struct history *history = history_create(ROOMY, &key);
	const size_t stacks[] = {1, 3, 3, 2, 0, 2};
	struct address_space *space;

	(void)state;
	for (size_t i = 0; i < sizeof(stacks) / sizeof(stacks[0]); i++) {
		space = stacks[i] ? sample_stacks(stacks[i]) : sample_python();
		history_add(history, space);
		address_space_destroy(space);
	}
	for (size_t i = 0; i < sizeof(stacks) / sizeof(stacks[0]); i++) {
		struct address_space *expected =
			stacks[i] ? sample_stacks(stacks[i]) : sample_python();

		assert_int_equal(history_get(history, i, &space), 0);
		assert_int_equal(space->part_count, 2 * stacks[i]);
		for (size_t j = 0; j < space->part_count; j++) {
			const struct vma *a = &space->parts[j], *b = &expected->parts[j];

			assert_true(a->start == b->start && a->end == b->end);
			assert_true(a->kind == b->kind && a->tid == b->tid && a->perms == b->perms);
			assert_int_equal(a->kind_source, b->kind_source);
		}
		address_space_destroy(expected);
		address_space_destroy(space);
	}
	history_destroy(history);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_empty_at_first),
		cmocka_unit_test(gives_back_what_was_added),
		cmocka_unit_test(keeps_any_limit),
		cmocka_unit_test(keeps_the_newest_moment_however_large),
		cmocka_unit_test(takes_few_bytes_for_few_changes),
		cmocka_unit_test(does_not_grow_in_a_long_watch),
		cmocka_unit_test(a_list_known_to_be_the_same_is_kept_alike),
		cmocka_unit_test(the_newest_moment_is_no_copy_of_its_mappings),
		cmocka_unit_test(parts_of_mappings_are_kept),
	};

	return cmocka_run_group_tests_name("history", tests, NULL, NULL);
}
