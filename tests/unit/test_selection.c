/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "layout/importance.h"
#include "layout/like.h"
#include "layout/selection.h"
#include "random_space.h"

#define MOST 60

/* The slow way: everything that can be chosen, one by one, and the bands counted each time. */
struct choice {
	size_t first, end, region;
	unsigned importance;
	uint8_t flag;
};

/* Whether a larger part of the program, or an equal one below, has the same kind. */
static bool is_smaller_part(const struct region_list *list, size_t index)
{
	const struct region *region = &list->regions[index];
	unsigned importance = importance_of(region, list);

	if (!like_is_program(region) || importance < IMPORTANCE_LANDMARK)
		return false;
	for (size_t i = 0; i < list->count; i++) {
		const struct region *other = &list->regions[i];
		unsigned its = importance_of(other, list);

		if (like_is_program(other) && other->kind == region->kind &&
		    (its > importance || (its == importance && i < index)))
			return true;
	}
	return false;
}

static size_t list_choices(const struct region_list *list, struct choice *choices)
{
	size_t count = 0, regions = list->count;

	for (size_t i = 0; i < regions; i++)
		choices[count++] = (struct choice){
			like_band_start(list, i), i + 1, i,
			is_smaller_part(list, i) ? importance_of_part(&list->regions[i], list)
						 : importance_of(&list->regions[i], list),
			SELECTION_REGION};
	for (size_t i = 0; i < regions; i++) {
		struct like like;

		if (!like_find(list, i, &like))
			continue;
		choices[count++] = (struct choice){like.first, like.end, i,
						   importance_of_like(&like, list), SELECTION_LIKE};
		for (size_t n = like.first; n < like.end; n++)
			choices[n].importance =
				importance_of_piece(&list->regions[n], choices[n].importance);
		i = like.end - 1;
	}
	for (size_t i = 0; i < regions; i++)
		if (region_is_beyond(&list->regions[i], list)) {
			choices[count++] =
				(struct choice){i, regions, i, IMPORTANCE_LANDMARK, SELECTION_LIKE};
			break;
		}
	return count;
}

static uint64_t count_bands(const uint8_t *choice, size_t count)
{
	uint64_t bands = 0;

	for (size_t i = 0; i < count; i++)
		bands += (choice[i] & SELECTION_BORDER) != 0;
	return bands;
}

static void add(uint8_t *choice, size_t count, const struct choice *next)
{
	choice[next->first] |= SELECTION_BORDER;
	if (next->end < count)
		choice[next->end] |= SELECTION_BORDER;
	choice[next->region] |= next->flag;
}

static void choose_slowly(const struct region_list *list, uint64_t rows, uint8_t *choice)
{
	struct choice choices[3 * MOST + 10];
	bool taken[3 * MOST + 10] = {false};
	size_t count = list_choices(list, choices);
	uint64_t landmarks = 1;

	memset(choice, 0, list->count);
	if (list->count <= rows) {
		memset(choice, SELECTION_REGION | SELECTION_BORDER, list->count);
		return;
	}
	choice[0] = SELECTION_BORDER;
	for (size_t n = 0; n < count; n++) {
		uint8_t tried[2 * MOST + 3];
		uint64_t bands;
		bool is_landmark;
		size_t best = count;

		for (size_t i = 0; i < count; i++)
			if (!taken[i] &&
			    (best == count || choices[i].importance > choices[best].importance))
				best = i;
		taken[best] = true;
		memcpy(tried, choice, list->count);
		add(tried, list->count, &choices[best]);
		is_landmark = choices[best].importance >= IMPORTANCE_LANDMARK;
		bands = count_bands(tried, list->count);
		if (bands > (is_landmark ? rows : selection_budget_beside(rows, landmarks)))
			return;
		if (is_landmark)
			landmarks = bands;
		memcpy(choice, tried, list->count);
	}
}

static void takes_the_longest_prefix_that_fits(void **state)
{
	struct random random = {11};
	uint8_t shown[2 * MOST + 3], expected[2 * MOST + 3];
	struct vma vmas[MOST];

	(void)state;
	for (unsigned round = 0; round < 1000; round++) {
		size_t count = random_below(&random, MOST);
		uint64_t rows = random_magnitude(&random, 150);
		struct address_space *space;
		struct region_list list;

		random_vmas(&random, vmas, count);
		space = space_of(vmas, count);
		region_list_init(&list, space);
		selection_choose(&list, rows, NULL, NULL, SELECTION_NO_PIN, shown);
		choose_slowly(&list, rows, expected);
		assert_memory_equal(shown, expected, list.count * sizeof(*shown));
		region_list_finish(&list);
		address_space_destroy(space);
	}
}

static void the_budget_is_two_thirds(void **state)
{
	const uint64_t budgets[] = {1, 1, 1, 2, 2, 3, 4, 4, 5, 6, 6};

	(void)state;
	for (uint64_t rows = 1; rows < 11; rows++)
		assert_int_equal(selection_budget(rows), budgets[rows]);
	assert_true(selection_budget(UINT64_MAX) == UINT64_MAX / 3 * 2);
	/* Besides landmarks there is room for four bands, if there are rows. */
	assert_int_equal(selection_budget_beside(19, 1), 12);
	assert_int_equal(selection_budget_beside(19, 11), 15);
	assert_int_equal(selection_budget_beside(13, 11), 13);
	assert_int_equal(selection_budget_beside(60, 11), 40);
}

#define SLOTS 5

/* Mappings of so many pages, each followed by a gap up to the next multiple of 1024 pages. */
struct picture {
	struct region regions[2 * SLOTS];
	struct region_list list;
	uint8_t shown[2 * SLOTS];
};

static void append_region(struct picture *picture, uint64_t end, enum kind kind)
{
	size_t count = picture->list.count++;
	uint64_t start = count ? picture->regions[count - 1].end : 0;

	picture->regions[count] = (struct region){
		.start = start, .end = end, .kind = (uint8_t)kind, .owner = OWNER_OTHER};
}

/* No pages: no mapping, and the gap below is so much wider. */
static void set_pages(struct picture *picture, const uint64_t pages[SLOTS])
{
	picture->list = (struct region_list){
		.regions = picture->regions, .user_end = UINT64_C(1) << 47, .page_size = PAGE};
	for (unsigned slot = 0; slot < SLOTS; slot++) {
		if (pages[slot])
			append_region(picture, (slot * 1024 + pages[slot]) * PAGE, KIND_ANON);
		else
			picture->list.count--;
		append_region(picture, (slot + 1) * 1024 * PAGE, KIND_GAP);
	}
}

/* Whether the mapping that begins in the slot is shown. */
static bool is_shown(const struct picture *picture, unsigned slot)
{
	return picture->shown[region_list_find(&picture->list, slot * 1024 * PAGE)] &
	       SELECTION_REGION;
}

/* At 7 rows there are 4 bands: the first mapping, the most important of the others, what is left.
 */
static void choose(struct picture *picture, const struct picture *before)
{
	struct selection selection;

	if (before)
		selection = (struct selection){&before->list, before->shown, 7};
	selection_choose(&picture->list, 7, before ? &selection : NULL, NULL, SELECTION_NO_PIN,
			 picture->shown);
}

static void what_was_shown_stays_until_another_is_four_times_as_large(void **state)
{
	const struct {
		uint64_t pages;
		bool is_taken; /* and the other gives way */
	} cases[] = {{32, false},  {64, false},  {127, false},
		     {128, false}, {255, false}, {256, true}};
	struct picture before, now;

	(void)state;
	set_pages(&before, (const uint64_t[]){64, 1, 1, 1, 32});
	choose(&before, NULL);
	assert_true(is_shown(&before, 0) && !is_shown(&before, 1) && is_shown(&before, 4));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		set_pages(&now, (const uint64_t[]){64, cases[i].pages, 1, 1, 32});
		choose(&now, &before);
		assert_true(is_shown(&now, 0));
		assert_int_equal(is_shown(&now, 1), cases[i].is_taken);
		assert_int_equal(is_shown(&now, 4), !cases[i].is_taken);
		choose(&now, NULL);
		assert_int_equal(is_shown(&now, 1), true);
	}
}

static void a_new_region_does_not_push_out_its_equals(void **state)
{
	struct picture before, now;

	(void)state;
	set_pages(&before, (const uint64_t[]){64, 1, 0, 1, 32});
	choose(&before, NULL);
	assert_true(is_shown(&before, 0) && is_shown(&before, 4));
	set_pages(&now, (const uint64_t[]){64, 1, 64, 1, 32});
	choose(&now, NULL);
	assert_true(is_shown(&now, 0) && is_shown(&now, 2) && !is_shown(&now, 4));
	choose(&now, &before);
	assert_true(is_shown(&now, 0) && !is_shown(&now, 2) && is_shown(&now, 4));
	/* One that is much larger does. */
	set_pages(&now, (const uint64_t[]){64, 1, 512, 1, 32});
	choose(&now, &before);
	assert_true(is_shown(&now, 2) && !is_shown(&now, 4));
}

static void a_region_that_vanishes_does_not_disturb_the_others(void **state)
{
	struct picture before, now;

	(void)state;
	set_pages(&before, (const uint64_t[]){64, 16, 1, 1, 32});
	choose(&before, NULL);
	assert_true(is_shown(&before, 0) && is_shown(&before, 4));
	set_pages(&now, (const uint64_t[]){64, 64, 0, 1, 32});
	choose(&now, NULL);
	assert_true(is_shown(&now, 1) && !is_shown(&now, 4));
	choose(&now, &before);
	assert_true(is_shown(&now, 0) && !is_shown(&now, 1) && is_shown(&now, 4));
}

/* Lists that are as long are not the same for that. */
static void what_took_the_place_of_another_is_not_shown_for_it(void **state)
{
	struct picture before, now;

	(void)state;
	set_pages(&before, (const uint64_t[]){64, 48, 0, 1, 1});
	choose(&before, NULL);
	assert_true(is_shown(&before, 0) && is_shown(&before, 1));
	set_pages(&now, (const uint64_t[]){64, 0, 1, 100, 1});
	assert_int_equal(now.list.count, before.list.count);
	choose(&now, &before);
	assert_true(is_shown(&now, 0) && !is_shown(&now, 2) && is_shown(&now, 3));
}

static void what_is_pinned_is_shown_first(void **state)
{
	struct selection selection;
	struct picture picture;
	uint8_t shown[2 * SLOTS];

	(void)state;
	set_pages(&picture, (const uint64_t[]){64, 16, 1, 1, 32});
	choose(&picture, NULL);
	assert_true(is_shown(&picture, 0) && !is_shown(&picture, 2) && is_shown(&picture, 4));
	/* Also against what was shown before, and no longer than it is asked for. */
	selection = (struct selection){&picture.list, picture.shown, 7};
	selection_choose(&picture.list, 7, &selection, NULL, 4, shown);
	assert_true(shown[4] & SELECTION_REGION);
	memcpy(picture.shown, shown, sizeof(shown));
	selection_choose(&picture.list, 7, &selection, NULL, SELECTION_NO_PIN, shown);
	assert_true((shown[0] & SELECTION_REGION) && !(shown[4] & SELECTION_REGION));
	/* One that there is not pins nothing. */
	selection_choose(&picture.list, 7, NULL, NULL, picture.list.count, shown);
	assert_true((shown[0] & SELECTION_REGION) && !(shown[4] & SELECTION_REGION));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_the_longest_prefix_that_fits),
		cmocka_unit_test(the_budget_is_two_thirds),
		cmocka_unit_test(what_was_shown_stays_until_another_is_four_times_as_large),
		cmocka_unit_test(a_new_region_does_not_push_out_its_equals),
		cmocka_unit_test(a_region_that_vanishes_does_not_disturb_the_others),
		cmocka_unit_test(what_took_the_place_of_another_is_not_shown_for_it),
		cmocka_unit_test(what_is_pinned_is_shown_first),
	};

	return cmocka_run_group_tests_name("selection", tests, NULL, NULL);
}
