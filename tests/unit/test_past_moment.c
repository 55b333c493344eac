/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>

#include "base/keyed_hash.h"
#include "base/memory.h"
#include "edited_process.h"
#include "model/history.h"
#include "model/history_moment.h"
#include "model/past_moment.h"
#include "random_memory.h"
#include "residency_equal.h"

#define STEPS 150

static const struct hash_key key = {{1, 2}};

static void know(struct random *random, struct history *history, const struct address_space *space)
{
	struct residency *residency;
	struct usage_table usage;

	if (random_below(random, 4) == 0)
		return;
	residency = random_residency(random, space);
	random_usage(random, space, residency, &usage);
	history_add_usage(history, space, &usage, residency);
	usage_table_finish(&usage);
	residency_destroy(residency);
}

/* The history of a process that changes at random; the limit makes it forget the first half. */
static struct history *make_history(uint64_t seed, size_t limit)
{
	struct edited_process *process = memory_alloc(sizeof(*process));
	struct history *history = history_create(limit, &key);
	struct random random = {seed};

	edited_process_init(process, seed);
	for (int i = 0; i < STEPS; i++) {
		struct address_space *space = edited_process_space(process);

		history_add(history, space);
		know(&random, history, space);
		address_space_destroy(space);
		edited_process_step(process);
	}
	edited_process_finish(process);
	free(process);
	return history;
}

static void assert_same_moment(const struct past_moment *a, const struct past_moment *b)
{
	assert_true(a->number == b->number && a->complete == b->complete);
	assert_same_space(a->space, b->space);
	assert_int_equal(a->usage.known, b->usage.known);
	for (size_t i = 0; a->usage.known && i < a->space->vma_count; i += USAGE_DIFFERENCES)
		assert_true(!usage_list_differences(&a->usage.table.vmas, &b->usage.table.vmas, i));
	assert_same_residency(a->usage.residency, b->usage.residency);
	assert_int_equal(a->changes.count, b->changes.count);
	for (size_t i = 0; i < a->changes.count; i++) {
		assert_int_equal(a->changes.changes[i].type, b->changes.changes[i].type);
		assert_true(a->changes.changes[i].start == b->changes.changes[i].start);
		assert_true(a->changes.changes[i].end == b->changes.changes[i].end);
	}
}

/* The moment of an excerpt, to and fro at random; the history went on or is gone. */
static void excerpts_find_what_the_history_has(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 4; seed++) {
		struct history *history = make_history(seed, seed % 2 ? (size_t)1 << 30 : 32768);
		const uint64_t first = history_first(history), end = history_end(history) - 1;
		struct past_lists lists = {.number = 0};
		struct random random = {seed};

		assert_int_equal(end, STEPS - 1);
		assert_int_equal(first == 0, seed % 2 == 1);
		for (int i = 0; i < 60; i++) {
			uint64_t number = i < 30 ? end - 1 - (uint64_t)i
						 : first + random_below(&random, end - first);
			struct past_moment past, wanted;
			struct history_excerpt *excerpt;

			number = number < first ? first : number;
			excerpt = history_excerpt(history, number);
			assert_int_equal(past_moment_find(excerpt, number, &lists, &past), 0);
			assert_int_equal(past_moment_get(history, number, &wanted), 0);
			assert_same_moment(&past, &wanted);
			assert_true(address_space_same_list(past.space, lists.space));
			past_moment_finish(&past);
			past_moment_finish(&wanted);
			history_excerpt_destroy(excerpt);
		}
		past_lists_finish(&lists);
		history_destroy(history);
	}
}

static void what_is_not_kept_is_not_found(void **state)
{
	struct history *history = make_history(2, 32768);
	struct past_moment past = {.number = 7};

	(void)state;
	assert_null(history_excerpt(history, STEPS));
	assert_null(history_excerpt(history, history_first(history) - 1));
	assert_int_equal(past_moment_get(history, STEPS, &past), -ENOENT);
	assert_true(past.number == 7 && !past.space);
	/* Of the newest more may become known. */
	assert_int_equal(past_moment_get(history, STEPS - 1, &past), 0);
	assert_false(past.complete);
	past_moment_finish(&past);
	assert_null(past.space);
	past_moment_finish(&past);
	history_excerpt_destroy(NULL);
	history_destroy(history);
}

static struct past_moment find(const struct history *history, uint64_t number,
			       struct past_lists *lists)
{
	struct history_excerpt *excerpt = history_excerpt(history, number);
	struct past_moment past;

	assert_int_equal(past_moment_find(excerpt, number, lists, &past), 0);
	history_excerpt_destroy(excerpt);
	return past;
}

/* Moments 0 and 1 have one list, and so do 2 to 4. */
static void neighbours_share_their_list(void **state)
{
	struct history *history = history_create((size_t)1 << 30, &key);
	struct past_lists lists = {.number = 0};
	struct past_moment past[4];

	(void)state;
	for (uint64_t i = 0; i < 5; i++) {
		struct vma vma = {.start = 4096,
				  .end = 4096 * (i < 2 ? 2 : 3),
				  .name = "",
				  .perms = PERM_READ};
		struct address_space *space = space_of(&vma, 1);

		history_add(history, space);
		address_space_destroy(space);
	}
	for (uint64_t i = 4; i-- > 0;)
		past[i] = find(history, i, &lists);
	assert_true(address_space_same_list(past[3].space, past[2].space));
	assert_false(address_space_same_list(past[2].space, past[1].space));
	assert_true(address_space_same_list(past[1].space, past[0].space));
	assert_int_equal(past[2].changes.count, 1);
	assert_int_equal(past[3].changes.count + past[1].changes.count + past[0].changes.count, 0);
	/* And on the way back. */
	past_moment_finish(&past[1]);
	past[1] = find(history, 1, &lists);
	assert_true(address_space_same_list(past[1].space, past[0].space));
	for (int i = 0; i < 4; i++)
		past_moment_finish(&past[i]);
	past_lists_finish(&lists);
	history_destroy(history);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(excerpts_find_what_the_history_has),
		cmocka_unit_test(what_is_not_kept_is_not_found),
		cmocka_unit_test(neighbours_share_their_list),
	};

	return cmocka_run_group_tests_name("past_moment", tests, NULL, NULL);
}
