/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "layout/candidates.h"
#include "layout/importance.h"
#include "model/kind.h"
#include "model/runtime.h"

#define PAGE UINT64_C(4096)
#define MOST 32

static struct region regions[MOST];
static struct region_list list = {
	.regions = regions, .user_end = UINT64_C(1) << 47, .page_size = PAGE};

static struct region *add(enum kind kind, uint64_t pages)
{
	uint64_t start = list.count ? regions[list.count - 1].end : PAGE;
	struct region *region = &regions[list.count++];

	*region = (struct region){
		.start = start,
		.end = start + pages * PAGE,
		.vma = kind == KIND_GAP ? REGION_GAP : 0,
		.kind = (uint8_t)kind,
		.owner = OWNER_OTHER,
	};
	return region;
}

static void check_span(const struct candidates *candidates, size_t index, uint32_t first,
		       uint32_t end)
{
	struct candidate_span span = candidates_span(candidates, index);

	assert_int_equal(span.first, first);
	assert_int_equal(span.end, end);
}

static void runs_follow_the_regions(void **state)
{
	struct candidates candidates;

	(void)state;
	list.count = 0;
	add(KIND_FILE, 7);
	for (unsigned i = 0; i < 4; i++) {
		add(KIND_ANON, 64);
		add(KIND_GAP, 1);
	}
	add(KIND_GUARD, 1);
	add(KIND_STACK, 33);
	candidates_init(&candidates, &list, NULL, SIZE_MAX);
	assert_int_equal(candidates.count, list.count + 1);
	assert_int_equal(candidates.run_count, 1);
	assert_false(candidates_is_run(&candidates, list.count - 1));
	assert_true(candidates_is_run(&candidates, list.count));
	check_span(&candidates, list.count, 1, 8);
	assert_int_equal(candidates_span(&candidates, list.count).region, 1);
	/* A stack has its guard in its band. */
	check_span(&candidates, 10, 9, 11);
	check_span(&candidates, 0, 0, 1);
	/* A piece counts for less than the run, and less than it would alone. */
	assert_true(candidates.list[3].importance < candidates.list[list.count].importance);
	assert_true(candidates.list[3].importance < importance_of(&regions[3], &list));
	candidates_finish(&candidates);
}

static void what_is_pinned_is_alone_and_first(void **state)
{
	struct candidates candidates;

	(void)state;
	list.count = 0;
	add(KIND_FILE, 7);
	add(KIND_GUARD, 1);
	add(KIND_STACK, 33);
	candidates_init(&candidates, &list, NULL, 2);
	check_span(&candidates, 2, 2, 3);
	for (size_t i = 0; i < candidates.count; i++)
		assert_true(i == 2 ||
			    candidates.list[i].importance < candidates.list[2].importance);
	candidates_finish(&candidates);
}

/* Of each sort of the program's parts one is a landmark, wherever it is among them. */
static void the_largest_part_of_the_program_is_a_landmark(void **state)
{
	static const enum kind kinds[] = {KIND_FILE, KIND_TEXT, KIND_DATA, KIND_TEXT,
					  KIND_TEXT, KIND_DATA, KIND_TEXT, KIND_BSS};
	static const uint64_t pages[] = {64, 4, 16, 64, 8, 16, 64, 1};
	static const bool landmarks[] = {false, false, true, true, false, false, false, true};
	struct candidates candidates;

	(void)state;
	list.count = 0;
	for (size_t i = 0; i < 8; i++) {
		add(kinds[i], pages[i])->owner = i ? OWNER_PROGRAM : OWNER_OTHER;
		add(KIND_GAP, 1 << 20);
	}
	candidates_init(&candidates, &list, NULL, SIZE_MAX);
	for (size_t i = 0; i < 8; i++) {
		const struct region *region = &regions[2 * i];

		assert_int_equal(candidates.list[2 * i].importance,
				 landmarks[i] ? importance_of(region, &list)
					      : importance_of_part(region, &list));
		assert_int_equal(candidates.list[2 * i].importance >= IMPORTANCE_LANDMARK,
				 landmarks[i]);
	}
	candidates_finish(&candidates);
	/* What is pinned is none of them: another one is. */
	candidates_init(&candidates, &list, NULL, 6);
	assert_int_equal(candidates.list[6].importance, IMPORTANCE_END - 1);
	assert_int_equal(candidates.list[12].importance, importance_of(&regions[12], &list));
	assert_int_equal(candidates.list[8].importance, importance_of_part(&regions[8], &list));
	candidates_finish(&candidates);
}

static void the_largest_run_of_a_runtime_is_a_landmark(void **state)
{
	struct candidates candidates;

	(void)state;
	list.count = 0;
	add(KIND_ANON, 64)->runtime = RUNTIME_V8;
	add(KIND_FILE, 7);
	add(KIND_ANON, 512)->runtime = RUNTIME_V8;
	add(KIND_FILE, 7);
	add(KIND_ANON, 4096)->runtime = RUNTIME_ASAN;
	candidates_init(&candidates, &list, NULL, SIZE_MAX);
	assert_int_equal(candidates.run_count, 3);
	assert_true(candidates.list[list.count].importance < IMPORTANCE_LANDMARK);
	assert_int_equal(candidates.list[list.count + 1].importance, IMPORTANCE_RUNTIME);
	assert_true(candidates.list[list.count + 2].importance < IMPORTANCE_LANDMARK);
	candidates_finish(&candidates);
}

/* The run that grew is the landmark, not each of its pieces. */
static void what_grew_is_promoted_once_all_is_known(void **state)
{
	struct candidates candidates;

	(void)state;
	list.count = 0;
	for (unsigned i = 0; i < 4; i++)
		add(KIND_ANON, 64)->grown = 64 * PAGE;
	add(KIND_FILE, 7)->grown = 7 * PAGE;
	add(KIND_GAP, 7);
	candidates_init(&candidates, &list, NULL, SIZE_MAX);
	assert_true(candidates.list[list.count].importance < IMPORTANCE_LANDMARK);
	/* 256 pages of the run, 7 of the file, which are 263. */
	assert_int_equal(candidates.list[list.count].octave, 9);
	assert_int_equal(candidates.list[0].octave, 0);
	assert_int_equal(candidates.list[4].octave, 3);
	assert_int_equal(candidates.list[5].octave, 0);
	assert_int_equal(candidates.octave, 9);
	candidates_promote_growers(&candidates);
	assert_int_equal(candidates.list[list.count].importance, IMPORTANCE_GROWER);
	for (size_t i = 0; i < list.count; i++)
		assert_true(candidates.list[i].importance < IMPORTANCE_LANDMARK);
	candidates_finish(&candidates);
}

/* Three of those that grew much; what grew by less than an eighth of all is none. */
static void so_many_growers_are_landmarks(void **state)
{
	static const enum kind kinds[] = {KIND_FILE, KIND_ANON, KIND_FILE, KIND_ANON, KIND_FILE};
	static const uint64_t grown[] = {64, 256, 128, 100, 1};
	struct candidates candidates;

	(void)state;
	list.count = 0;
	for (unsigned i = 0; i < 5; i++)
		add(kinds[i], 300)->grown = grown[i] * PAGE;
	candidates_init(&candidates, &list, NULL, SIZE_MAX);
	candidates_promote_growers(&candidates);
	assert_int_equal(candidates.list[1].importance, IMPORTANCE_GROWER);
	assert_int_equal(candidates.list[2].importance, IMPORTANCE_LANDMARK);
	assert_int_equal(candidates.list[0].importance == IMPORTANCE_LANDMARK, 1);
	assert_true(candidates.list[3].importance < IMPORTANCE_LANDMARK);
	assert_true(candidates.list[4].importance < IMPORTANCE_LANDMARK);
	candidates_finish(&candidates);
}

/* A page is growth where nothing else grew; no growth is none, however little all is. */
static void the_least_growth_is_a_landmark(void **state)
{
	struct candidates candidates;

	(void)state;
	list.count = 0;
	add(KIND_FILE, 300);
	add(KIND_ANON, 300);
	add(KIND_FILE, 7)->grown = PAGE;
	add(KIND_GAP, 300);
	candidates_init(&candidates, &list, NULL, SIZE_MAX);
	assert_int_equal(candidates.octave, 1);
	candidates_promote_growers(&candidates);
	for (size_t i = 0; i < candidates.count; i++)
		assert_int_equal(candidates.list[i].importance >= IMPORTANCE_LANDMARK, i == 2);
	assert_int_equal(candidates.list[2].importance, IMPORTANCE_GROWER);
	candidates_finish(&candidates);
	/* Less than a page is none. */
	regions[2].grown = PAGE - 1;
	candidates_init(&candidates, &list, NULL, SIZE_MAX);
	assert_int_equal(candidates.octave, 0);
	candidates_promote_growers(&candidates);
	for (size_t i = 0; i < candidates.count; i++)
		assert_true(candidates.list[i].importance < IMPORTANCE_LANDMARK);
	candidates_finish(&candidates);
}

static void what_is_beyond_user_addresses_is_one(void **state)
{
	struct candidates candidates;

	(void)state;
	list.count = 0;
	add(KIND_FILE, 7);
	add(KIND_GAP, 1)->end = list.user_end;
	add(KIND_GAP, 90);
	add(KIND_VSYSCALL, 1);
	candidates_init(&candidates, &list, NULL, SIZE_MAX);
	assert_int_equal(candidates.run_count, 1);
	check_span(&candidates, list.count, 2, 4);
	assert_int_equal(candidates.list[list.count].importance, IMPORTANCE_LANDMARK);
	candidates_finish(&candidates);
}

static void check_same(const struct candidates *a, const struct candidates *b)
{
	assert_int_equal(a->count, b->count);
	assert_int_equal(a->run_count, b->run_count);
	assert_int_equal(a->octave, b->octave);
	assert_ptr_equal(a->regions, b->regions);
	for (size_t i = 0; i < a->count; i++) {
		assert_int_equal(a->list[i].importance, b->list[i].importance);
		assert_int_equal(a->list[i].octave, b->list[i].octave);
		check_span(a, i, candidates_span(b, i).first, candidates_span(b, i).end);
	}
}

/* What is found once serves each picture, whatever is pinned in it. */
static void what_was_found_is_of_use_for_each_picture(void **state)
{
	struct candidates found, from, alone;

	(void)state;
	list.count = 0;
	add(KIND_TEXT, 7)->owner = OWNER_PROGRAM;
	add(KIND_TEXT, 9)->owner = OWNER_PROGRAM;
	for (unsigned i = 0; i < 5; i++)
		add(KIND_ANON, 64)->grown = i * PAGE;
	add(KIND_GUARD, 1);
	add(KIND_STACK, 33);
	candidates_find(&found, &list);
	assert_int_equal(found.run_count, 2);
	for (size_t pinned = 0; pinned <= list.count; pinned++) {
		candidates_init(&from, &list, &found, pinned);
		candidates_init(&alone, &list, NULL, pinned);
		check_same(&from, &alone);
		candidates_promote_growers(&from);
		candidates_finish(&from);
		candidates_finish(&alone);
	}
	/* None of them has changed it. */
	assert_true(found.list[2].importance < IMPORTANCE_LANDMARK);
	assert_int_equal(found.octave, 4);
	candidates_forget_growth(&found);
	for (unsigned i = 0; i < 5; i++)
		regions[2 + i].grown = 0;
	candidates_find(&alone, &list);
	check_same(&found, &alone);
	candidates_forget_growth(&alone);
	check_same(&found, &alone);
	candidates_finish(&alone);
	candidates_finish(&found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(runs_follow_the_regions),
		cmocka_unit_test(what_is_pinned_is_alone_and_first),
		cmocka_unit_test(the_largest_part_of_the_program_is_a_landmark),
		cmocka_unit_test(the_largest_run_of_a_runtime_is_a_landmark),
		cmocka_unit_test(what_grew_is_promoted_once_all_is_known),
		cmocka_unit_test(so_many_growers_are_landmarks),
		cmocka_unit_test(the_least_growth_is_a_landmark),
		cmocka_unit_test(what_is_beyond_user_addresses_is_one),
		cmocka_unit_test(what_was_found_is_of_use_for_each_picture),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
