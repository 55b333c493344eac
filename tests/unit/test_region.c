/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "model/address_space.h"
#include "support/sample.h"

#include "layout/region.h"
#include "model/identity.h"
#include "model/query_matches.h"
#include "random_space.h"

#define USER_END (UINT64_C(1) << 47)
#define VSYSCALL UINT64_C(0xffffffffff600000)

static void check_list(const struct region_list *list, const struct address_space *space)
{
	const struct vma *vma = space->vmas;
	uint64_t cursor = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct region *region = &list->regions[i];

		assert_true(region->start == cursor && region->start < region->end);
		assert_true(region->end <= list->user_end || region->start >= list->user_end);
		if (region->vma == REGION_GAP) {
			assert_int_equal(region->kind, KIND_GAP);
		} else {
			assert_ptr_equal(&space->vmas[region->vma], vma);
			assert_true(region->start == vma->start && region->end == vma->end);
			assert_int_equal(region->kind, vma->kind);
			assert_int_equal(region->owner, vma->owner);
			vma++;
		}
		cursor = region->end;
	}
	assert_ptr_equal(vma, space->vmas + space->vma_count);
	assert_true(cursor >= list->user_end);
}

static void lists_every_vma_and_every_gap(void **state)
{
	struct random random = {1};
	struct vma vmas[300];

	(void)state;
	for (unsigned round = 0; round < 500; round++) {
		size_t count = random_magnitude(&random, 301) - 1;
		struct address_space *space;
		struct region_list list;

		random_vmas(&random, vmas, count);
		space = space_of(vmas, count);
		region_list_init(&list, space);
		check_list(&list, space);
		for (unsigned i = 0; i < 50; i++) {
			uint64_t address = random_magnitude(&random, UINT64_MAX) - 1;
			size_t found = region_list_find(&list, address);

			if (found == list.count)
				assert_true(address >= list.regions[list.count - 1].end);
			else
				assert_true(list.regions[found].start <= address &&
					    address < list.regions[found].end);
		}
		region_list_finish(&list);
		assert_null(list.regions);
		address_space_destroy(space);
	}
}

static void an_empty_space_is_one_gap(void **state)
{
	struct address_space *space = space_of(NULL, 0);
	struct region_list list;

	(void)state;
	region_list_init(&list, space);
	assert_int_equal(list.count, 1);
	assert_true(list.regions[0].end == USER_END);
	assert_int_equal(list.regions[0].vma, REGION_GAP);
	region_list_finish(&list);
	address_space_destroy(space);
}

static void user_addresses_end_in_a_region_of_their_own(void **state)
{
	const struct vma vmas[] = {
		{.start = 0, .end = PAGE, .name = "", .kind = KIND_ANON},
		{.start = VSYSCALL, .end = VSYSCALL + PAGE, .name = "[vsyscall]"},
	};
	/* Nothing lies above 4 GiB: a 32-bit space. */
	const uint64_t ends[] = {PAGE, UINT64_C(1) << 32, VSYSCALL, VSYSCALL + PAGE};
	struct address_space *space = space_of(vmas, 2);
	struct region_list list;

	(void)state;
	region_list_init(&list, space);
	assert_int_equal(list.count, 4);
	for (size_t i = 0; i < 4; i++) {
		assert_true(list.regions[i].end == ends[i]);
		assert_int_equal(region_is_beyond(&list.regions[i], &list), i >= 2);
		assert_int_equal(region_is_idle(&list.regions[i]), i == 1 || i == 2);
	}
	region_list_finish(&list);
	address_space_destroy(space);
}

static void a_part_of_a_page_counts_as_one(void **state)
{
	const struct region_list list = {.page_size = PAGE};
	const struct region region = {.start = 100, .end = 100 + 2 * PAGE};
	const struct region larger = {.start = 100, .end = 101 + 2 * PAGE};
	const struct region widest = {.start = 0, .end = UINT64_MAX};

	(void)state;
	assert_int_equal(region_pages(&region, &list), 2);
	assert_int_equal(region_pages(&larger, &list), 3);
	assert_true(region_pages(&widest, &list) == UINT64_C(1) << 52);
}

static void an_impossible_page_size_is_not_used(void **state)
{
	struct target target = {.comm = "target", .page_size = 12345};
	struct address_space *space;
	struct region_list list;

	(void)state;
	assert_int_equal(address_space_create(&target, NULL, 0, 0, 0, &space), 0);
	region_list_init(&list, space);
	assert_int_equal(list.page_size, 4096);
	region_list_finish(&list);
	address_space_destroy(space);
}

/* What is left is in place, and the numbers add up. */
static void check_hidden(const struct region_list *list, const struct address_space *space,
			 const struct query_matches *kept)
{
	size_t hidden = 0, shown = 0;
	uint64_t cursor = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct region *region = &list->regions[i];

		assert_true(region->start == cursor && region->start < region->end);
		assert_true(region->end <= list->user_end || region->start >= list->user_end);
		if (region->vma == REGION_GAP) {
			assert_int_equal(region->kind, KIND_GAP);
			hidden += region_list_hidden(list, region).count;
			/* Gaps beside what is hidden are part of it. */
			if (i && region->start != list->user_end)
				assert_true(!list->regions[i - 1].hidden ||
					    list->regions[i - 1].start >= list->user_end);
		} else {
			assert_int_equal(region->hidden, 0);
			assert_true(query_matches_has(kept, region->vma));
			shown++;
		}
		cursor = region->end;
	}
	assert_int_equal(shown, kept->count);
	assert_int_equal(shown + hidden, space->vma_count);
}

static void hides_runs_with_their_gaps(void **state)
{
	struct random random = {7};
	struct vma vmas[200];

	(void)state;
	for (unsigned round = 0; round < 300; round++) {
		size_t count = random_magnitude(&random, 201) - 1;
		uint64_t one_in = random_magnitude(&random, 50);
		struct query_matches kept;
		struct address_space *space;
		struct region_list list;

		random_vmas(&random, vmas, count);
		space = space_of(vmas, count);
		region_list_init(&list, space);
		query_matches_init(&kept, count);
		for (size_t i = 0; i < count; i++)
			if (random_below(&random, one_in) == 0)
				query_matches_remove(&kept, i);
		region_list_hide(&list, &kept);
		check_hidden(&list, space, &kept);
		region_list_finish(&list);
		query_matches_finish(&kept);
		address_space_destroy(space);
	}
}

static void what_is_kept_is_left_as_it_is(void **state)
{
	const struct vma vmas[] = {
		{.start = PAGE, .end = 2 * PAGE, .name = "", .kind = KIND_ANON},
		{.start = 4 * PAGE, .end = 6 * PAGE, .name = "", .kind = KIND_ANON},
		{.start = 7 * PAGE, .end = 8 * PAGE, .name = "", .kind = KIND_ANON},
		{.start = 10 * PAGE, .end = 11 * PAGE, .name = "", .kind = KIND_ANON},
		{.start = VSYSCALL, .end = VSYSCALL + PAGE, .name = "[vsyscall]"},
	};
	const uint64_t starts[] = {0, PAGE, 2 * PAGE, 10 * PAGE, 11 * PAGE, UINT64_C(1) << 32};
	const uint32_t hidden[] = {0, 0, 2, 0, 0, 1};
	/* Without the gaps around them. */
	const uint64_t mapped[] = {0, 0, 3 * PAGE, 0, 0, PAGE};
	struct address_space *space = space_of(vmas, 5);
	struct query_matches kept;
	struct region_list list;

	(void)state;
	region_list_init(&list, space);
	query_matches_init(&kept, 5);
	query_matches_remove(&kept, 1);
	query_matches_remove(&kept, 2);
	query_matches_remove(&kept, 4);
	region_list_hide(&list, &kept);
	assert_int_equal(list.count, 6);
	for (size_t i = 0; i < 6; i++) {
		size_t at = region_list_find(&list, starts[i]);

		assert_true(list.regions[at].start == starts[i]);
		assert_int_equal(list.regions[at].hidden, hidden[i] != 0);
		assert_int_equal(region_list_hidden(&list, &list.regions[at]).count, hidden[i]);
		assert_true(region_list_hidden(&list, &list.regions[at]).mapped == mapped[i]);
	}
	region_list_finish(&list);
	query_matches_finish(&kept);
	address_space_destroy(space);
}

static void parts_are_regions_of_their_mapping(void **state)
{
	struct address_space *space = sample_stacks(2);
	struct region_list list;
	size_t first, next;
	bool whole;

	(void)state;
	region_list_init(&list, space);
	first = region_list_find(&list, 0x7f83a7f80000);
	assert_int_equal(list.regions[first].start, 0x7f83a7f80000);
	for (size_t i = first; i < first + 4; i++) {
		assert_int_equal(list.regions[i].vma, list.regions[first].vma);
		assert_true(list.regions[i].part);
		assert_ptr_equal(region_mapping(&list.regions[i], space), &space->parts[i - first]);
		assert_int_equal(list.regions[i].kind,
				 (i - first) % 2 ? KIND_THREAD_STACK : KIND_GUARD);
	}
	assert_int_equal(list.regions[first + 3].end, 0x7f83a8f82000);
	assert_false(list.regions[first + 4].part);
	next = region_list_mapping_end(&list, space, first, list.count, &whole);
	assert_int_equal(next, first + 4);
	assert_true(whole);
	assert_int_equal(region_list_mapping_end(&list, space, first + 1, first + 3, &whole),
			 first + 3);
	assert_false(whole);
	assert_int_equal(region_list_mapping_end(&list, space, first + 4, list.count, &whole),
			 first + 5);
	assert_true(whole);
	assert_ptr_equal(region_mapping(&list.regions[first + 4], space),
			 &space->vmas[list.regions[first + 4].vma]);
	region_list_finish(&list);
	address_space_destroy(space);
}

static void hidden_parts_are_one_mapping(void **state)
{
	struct address_space *with = sample_stacks(2);
	struct query_matches none;
	struct region_list list;
	uint32_t hidden = 0;

	(void)state;
	region_list_init(&list, with);
	query_matches_init(&none, with->vma_count);
	for (size_t i = 0; i < with->vma_count; i++)
		query_matches_remove(&none, i);
	region_list_hide(&list, &none);
	for (size_t i = 0; i < list.count; i++)
		hidden += region_list_hidden(&list, &list.regions[i]).count;
	assert_int_equal(hidden, with->vma_count);
	query_matches_finish(&none);
	region_list_finish(&list);
	address_space_destroy(with);
}

static void growth_is_that_of_the_mapping(void **state)
{
	struct vma vmas[] = {
		{.start = PAGE, .end = 3 * PAGE, .name = "", .perms = PERM_READ, .kind = KIND_ANON},
		{.start = 9 * PAGE, .end = 12 * PAGE, .name = "", .kind = KIND_ANON},
	};
	struct address_space *before = space_of(vmas, 2), *now;
	struct region_list list;
	struct identity growth;

	(void)state;
	vmas[0].end = 7 * PAGE;
	vmas[1].end = 11 * PAGE;
	now = space_of(vmas, 2);
	identity_init(&growth, before, now);
	region_list_init(&list, now);
	region_list_set_growth(&list, &growth);
	assert_int_equal(list.regions[0].grown, 0);
	assert_int_equal(list.regions[1].grown, 4 * PAGE);
	assert_int_equal(list.regions[3].grown, 0);
	/* Of another program all would be. */
	growth.other_program = true;
	list.regions[1].grown = 0;
	region_list_set_growth(&list, &growth);
	assert_int_equal(list.regions[1].grown, 0);
	region_list_finish(&list);
	identity_finish(&growth);
	address_space_destroy(before);
	address_space_destroy(now);
}

/* The very first region, and what only shrank. */
static void growth_is_that_of_each_mapping(void **state)
{
	struct vma vmas[] = {
		{.start = 0, .end = PAGE, .name = "", .perms = PERM_READ, .kind = KIND_ANON},
		{.start = 9 * PAGE, .end = 10 * PAGE, .name = "", .kind = KIND_ANON},
	};
	const uint64_t grown[] = {3 * PAGE, 0, 2 * PAGE, 0};
	struct address_space *before = space_of(vmas, 2), *now;
	struct region_list list;
	struct identity growth;

	(void)state;
	vmas[0].end = 4 * PAGE;
	vmas[1].end = 12 * PAGE;
	now = space_of(vmas, 2);
	identity_init(&growth, before, now);
	region_list_init(&list, now);
	assert_int_equal(list.count, 4);
	region_list_set_growth(&list, &growth);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(list.regions[i].grown, grown[i]);
	region_list_finish(&list);
	identity_finish(&growth);
	/* The other way round: nothing grew. */
	identity_init(&growth, now, before);
	region_list_init(&list, before);
	region_list_set_growth(&list, &growth);
	for (size_t i = 0; i < list.count; i++)
		assert_int_equal(list.regions[i].grown, 0);
	region_list_finish(&list);
	identity_finish(&growth);
	address_space_destroy(before);
	address_space_destroy(now);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_every_vma_and_every_gap),
		cmocka_unit_test(an_empty_space_is_one_gap),
		cmocka_unit_test(user_addresses_end_in_a_region_of_their_own),
		cmocka_unit_test(a_part_of_a_page_counts_as_one),
		cmocka_unit_test(an_impossible_page_size_is_not_used),
		cmocka_unit_test(hides_runs_with_their_gaps),
		cmocka_unit_test(what_is_kept_is_left_as_it_is),
		cmocka_unit_test(parts_are_regions_of_their_mapping),
		cmocka_unit_test(hidden_parts_are_one_mapping),
		cmocka_unit_test(growth_is_that_of_the_mapping),
		cmocka_unit_test(growth_is_that_of_each_mapping),
	};

	return cmocka_run_group_tests_name("region", tests, NULL, NULL);
}
