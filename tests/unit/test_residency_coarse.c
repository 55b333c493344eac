/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/memory.h"
#include "model/residency.h"
#include "model/residency_coarse.h"
#include "random_memory.h"

#define MAPPINGS 40
#define PLENTY   ((size_t)1 << 30)

static void assert_same_sum(struct residency_sum a, struct residency_sum b)
{
	assert_true(a.resident == b.resident && a.swapped == b.swapped && a.huge == b.huge);
}

/* What is said of the range is as it is, or it is said that it is not known. */
static void check_range(const struct residency *coarse, const struct residency *fine,
			uint64_t start, uint64_t end)
{
	struct residency_sum told = residency_between(coarse, start, end);
	struct residency_sum is = residency_between(fine, start, end);
	uint64_t covered = residency_covered(coarse, start, end);

	assert_true(covered <= residency_covered(fine, start, end));
	assert_true(told.resident + told.swapped <= covered);
	if (covered == residency_covered(fine, start, end))
		assert_same_sum(told, is);
	assert_true(told.resident <= is.resident && told.swapped <= is.swapped);
	assert_true(told.huge <= is.huge);
}

static void check_mapping(struct random *random, const struct residency *coarse,
			  const struct residency *fine, const struct vma *vma)
{
	assert_int_equal(residency_covered(coarse, vma->start, vma->end),
			 residency_covered(fine, vma->start, vma->end));
	assert_same_sum(residency_between(coarse, vma->start, vma->end),
			residency_between(fine, vma->start, vma->end));
	for (int i = 0; i < 20; i++) {
		uint64_t start = vma->start + random_below(random, vma->end - vma->start);

		check_range(coarse, fine, start,
			    start + 1 + random_below(random, vma->end - start));
	}
}

static void what_is_told_is_so(void **state)
{
	struct vma vmas[MAPPINGS];
	struct random random = {1};
	size_t none = 0, blurred = 0;

	(void)state;
	for (int round = 0; round < 300; round++) {
		size_t most = round % 3 ? PLENTY : random_magnitude(&random, 3000);
		struct residency *fine, *coarse;
		struct address_space *space;

		random_vmas(&random, vmas, MAPPINGS);
		space = space_of(vmas, MAPPINGS);
		fine = random_residency(&random, space);
		coarse = residency_coarse(fine, space, most);
		assert_true(!coarse || fine);
		assert_true(coarse || !fine || most != PLENTY);
		if (coarse) {
			assert_true(coarse->count <= most && coarse->blurred_count <= most &&
				    coarse->covered_count <= most);
			assert_int_equal(coarse->source, fine->source);
			for (size_t i = 0; i < MAPPINGS; i++)
				check_mapping(&random, coarse, fine, &space->vmas[i]);
			blurred += coarse->blurred_count;
		} else {
			none++;
		}
		residency_destroy(coarse);
		residency_destroy(fine);
		address_space_destroy(space);
	}
	assert_true(none && blurred);
}

/* As of a thread's stack: nothing is lost. */
static void few_runs_are_kept_as_they_are(void **state)
{
	const struct vma vma = {.name = "", .start = 0x100000, .end = 0x900000};
	struct address_space *space = space_of(&vma, 1);
	struct residency_run *runs = memory_alloc(64 * sizeof(*runs));
	struct residency *fine, *coarse;

	(void)state;
	for (size_t i = 0; i < 64; i++)
		runs[i] = (struct residency_run){vma.start + 2 * i * PAGE,
						 vma.start + (2 * i + 1) * PAGE, RUN_RESIDENT};
	fine = residency_create(runs, 64, RESIDENCY_PAGEMAP, 0, 0);
	coarse = residency_coarse(fine, space, PLENTY);
	assert_int_equal(coarse->count, 64);
	assert_int_equal(coarse->blurred_count, 0);
	for (uint64_t at = vma.start; at < vma.end; at += PAGE)
		assert_same_sum(residency_between(coarse, at, at + PAGE),
				residency_between(fine, at, at + PAGE));
	residency_destroy(coarse);
	/* Coarser, and then nothing, as room gets short. */
	coarse = residency_coarse(fine, space, 20);
	assert_true(coarse->blurred_count > 0);
	assert_int_equal(residency_covered(coarse, vma.start, vma.start + PAGE), 0);
	residency_destroy(coarse);
	assert_null(residency_coarse(fine, space, 0));
	assert_null(residency_coarse(NULL, space, PLENTY));
	residency_destroy(fine);
	address_space_destroy(space);
}

/* Ranges from below: the mappings, parts of them, empty ones, and what lies between. */
static void assert_walk(struct random *random, const struct residency *residency,
			const struct address_space *space)
{
	struct residency_walk walk = {.residency = residency};
	uint64_t at = 0;

	for (size_t i = 0; i < space->vma_count; i++) {
		const uint64_t ends[] = {
			space->vmas[i].start,
			space->vmas[i].start + random_below(random, vma_size(&space->vmas[i])),
			space->vmas[i].end,
		};

		for (size_t e = 0; e < sizeof(ends) / sizeof(ends[0]); e++) {
			struct residency_sum sum,
				wanted = residency_between(residency, at, ends[e]);

			assert_true(residency_walk_next(&walk, at, ends[e], &sum) ==
				    residency_covered(residency, at, ends[e]));
			assert_memory_equal(&sum, &wanted, sizeof(sum));
			at = ends[e];
		}
	}
}

static void a_walk_finds_what_is_found_alone(void **state)
{
	struct random random = {9};

	(void)state;
	for (int i = 0; i < 40; i++) {
		struct vma vmas[60];
		struct address_space *space;
		struct residency *fine, *coarse;

		random_vmas(&random, vmas, 60);
		space = space_of(vmas, 60);
		fine = random_residency(&random, space);
		coarse = residency_coarse(fine, space, 200);
		if (fine)
			assert_walk(&random, fine, space);
		if (coarse)
			assert_walk(&random, coarse, space);
		residency_destroy(coarse);
		residency_destroy(fine);
		address_space_destroy(space);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_told_is_so),
		cmocka_unit_test(few_runs_are_kept_as_they_are),
		cmocka_unit_test(a_walk_finds_what_is_found_alone),
	};

	return cmocka_run_group_tests_name("residency_coarse", tests, NULL, NULL);
}
