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
#include "model/kept_usage.h"
#include "model/residency.h"
#include "model/residency_coarse.h"
#include "random_memory.h"
#include "residency_equal.h"

#define ROOMY ((size_t)1 << 30)

static const struct hash_key key = {{1, 2}};

/* A moment as it was added, with what the history keeps of its pages. */
struct moment {
	struct address_space *space;
	struct usage_table usage;
	struct residency *residency;
	bool told;
};

/* That it comes with the moment before, where that is kept. */
static void assert_before(const struct history *history, uint64_t number,
			  struct address_space *before)
{
	struct address_space *alone;

	if (number == history_first(history)) {
		assert_null(before);
		return;
	}
	assert_non_null(before);
	assert_int_equal(history_get(history, number - 1, &alone), 0);
	assert_same_space(before, alone);
	address_space_destroy(alone);
	address_space_destroy(before);
}

/* That what is kept of the moment equals what was given. */
static void assert_moment(const struct history *history, uint64_t number,
			  const struct moment *moment)
{
	const struct usage_table *usage;
	struct address_space *space, *before;
	struct kept_usage kept;

	assert_int_equal(history_get_usage(history, number, &space, &kept, &before), 0);
	assert_before(history, number, before);
	assert_same_space(space, moment->space);
	usage = kept_usage_table(&kept);
	assert_int_equal(moment->told, usage != NULL);
	if (usage) {
		assert_int_equal(usage->vmas.count, space->vma_count);
		for (size_t i = 0; i < space->vma_count; i += USAGE_DIFFERENCES)
			assert_true(!usage_list_differences(&usage->vmas, &moment->usage.vmas, i));
		assert_memory_equal(&usage->total, &moment->usage.total, sizeof(usage->total));
		assert_memory_equal(usage->by_kind, moment->usage.by_kind, sizeof(usage->by_kind));
		assert_int_equal(usage->source, moment->usage.source);
		assert_true(usage->smaps_ns == moment->usage.smaps_ns);
		assert_null(usage->nodes);
	}
	assert_same_residency(kept.residency, moment->residency);
	kept_usage_finish(&kept);
	address_space_destroy(space);
}

/* Now and then nothing is known, or only what was known before. */
static void know(struct random *random, struct moment *moment, const struct moment *before,
		 size_t limit, struct history *history)
{
	struct residency *fine;

	if (random_below(random, 8) == 0)
		return;
	if (random_below(random, 4) && before && before->told &&
	    before->space->vma_count == moment->space->vma_count) {
		usage_table_copy(&moment->usage, &before->usage);
		fine = residency_copy(before->residency);
	} else {
		fine = random_residency(random, moment->space);
		random_usage(random, moment->space, fine, &moment->usage);
	}
	/* The kinds of the mappings may have changed. */
	usage_table_restore(&moment->usage, moment->space, moment->usage.vmas, &(struct usage){0});
	moment->usage.source = (enum residency_source)random_below(random, 4);
	moment->told = true;
	moment->residency = residency_coarse(fine, moment->space, limit / 1024);
	history_add_usage(history, moment->space, &moment->usage, fine);
	residency_destroy(fine);
}

static void destroy_moments(struct moment *moments, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		address_space_destroy(moments[i].space);
		usage_table_finish(&moments[i].usage);
		residency_destroy(moments[i].residency);
	}
	free(moments);
}

/* Returns how many moments were dropped. */
static uint64_t live_through(uint64_t seed, size_t limit, size_t steps)
{
	struct moment *moments = memory_alloc(steps * sizeof(*moments));
	struct edited_process *process = memory_alloc(sizeof(*process));
	struct history *history = history_create(limit, &key);
	struct random random = {seed};
	uint64_t first = 0;

	edited_process_init(process, seed);
	for (size_t i = 0; i < steps; i++) {
		struct moment *moment = &moments[i];

		moment->space = edited_process_space(process);
		history_add(history, moment->space);
		know(&random, moment, i ? moment - 1 : NULL, limit, history);
		first = history_first(history);
		assert_true(history_bytes(history) <= limit || first == i);
		assert_int_equal(history_end(history), i + 1);
		assert_moment(history, i, moment);
		assert_moment(history, first, &moments[first]);
		for (uint64_t m = first; i + 1 == steps && m <= i; m++)
			assert_moment(history, m, &moments[m]);
		edited_process_step(process);
	}
	history_destroy(history);
	edited_process_finish(process);
	free(process);
	destroy_moments(moments, steps);
	return first;
}

static void what_is_kept_equals_what_was_given(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 4; seed++)
		assert_int_equal(live_through(seed, ROOMY, 150), 0);
}

static void any_limit_holds(void **state)
{
	uint64_t dropped = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 3; seed++)
		for (size_t limit = 65536; limit <= 4194304; limit *= 4)
			dropped += live_through(seed * 100 + limit, limit, 120);
	assert_true(dropped > 100);
	live_through(7, 0, 40);
}

static void only_the_first_of_a_moment_counts(void **state)
{
	struct edited_process *process = memory_alloc(sizeof(*process));
	struct history *history = history_create(ROOMY, &key);
	struct moment moment = {0}, other = {0};
	struct random random = {3};

	(void)state;
	edited_process_init(process, 3);
	moment.space = edited_process_space(process);
	history_add_usage(history, moment.space, NULL, NULL);
	history_add(history, moment.space);
	while (!moment.told)
		know(&random, &moment, NULL, ROOMY, history);
	other.space = moment.space;
	while (!other.told)
		know(&random, &other, NULL, ROOMY, history);
	assert_moment(history, 0, &moment);
	history_add(history, moment.space);
	assert_moment(history, 0, &moment);
	/* Of other mappings it can tell nothing. */
	usage_list_resize(&other.usage.vmas, other.usage.vmas.count + 1);
	history_add_usage(history, moment.space, &other.usage, NULL);
	assert_moment(history, 1, &(struct moment){.space = moment.space});
	history_destroy(history);
	usage_table_finish(&other.usage);
	residency_destroy(other.residency);
	edited_process_finish(process);
	free(process);
	usage_table_finish(&moment.usage);
	residency_destroy(moment.residency);
	address_space_destroy(moment.space);
}

/* As of an idle process of 200 mappings, and of one where a page comes. */
static void what_stays_takes_two_bytes(void **state)
{
	struct history *history = history_create(ROOMY, &key);
	struct random random = {4};
	struct usage_table usage;
	struct address_space *space;
	struct residency *fine = NULL;
	struct vma vmas[200];
	size_t bytes;

	(void)state;
	random_vmas(&random, vmas, 200);
	space = space_of(vmas, 200);
	while (!fine)
		fine = random_residency(&random, space);
	random_usage(&random, space, fine, &usage);
	for (int i = 0; i < 1000; i++) {
		history_add(history, space);
		history_add_usage(history, space, &usage, fine);
	}
	bytes = history_bytes(history);
	for (int i = 0; i < 10000; i++) {
		history_add(history, space);
		history_add_usage(history, space, &usage, fine);
	}
	/* 10 groups or so are begun, and the first moment of each is whole. */
	assert_in_range((history_bytes(history) - bytes) / 10000, 1, 80);
	history_destroy(history);
	usage_table_finish(&usage);
	residency_destroy(fine);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_kept_equals_what_was_given),
		cmocka_unit_test(any_limit_holds),
		cmocka_unit_test(only_the_first_of_a_moment_counts),
		cmocka_unit_test(what_stays_takes_two_bytes),
	};

	return cmocka_run_group_tests_name("history_usage", tests, NULL, NULL);
}
