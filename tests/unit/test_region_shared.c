/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "layout/region.h"
#include "model/address_space.h"
#include "model/query_matches.h"
#include "support/sample.h"

#define PAGE UINT64_C(4096)

static void a_shared_list_outlives_the_one_it_is_of(void **state)
{
	struct address_space *space = sample_stacks(2);
	struct region_list list, shared;
	struct query_matches none;

	(void)state;
	region_list_init(&list, space);
	query_matches_init(&none, space->vma_count);
	for (size_t i = 0; i < space->vma_count; i++)
		query_matches_remove(&none, i);
	region_list_hide(&list, &none);
	shared = region_list_share(&list);
	assert_ptr_equal(shared.regions, list.regions);
	region_list_finish(&list);
	assert_true(region_list_hidden(&shared, &shared.regions[0]).count > 0);
	region_list_finish(&shared);
	query_matches_finish(&none);
	address_space_destroy(space);
}

/* The regions of others that have them stay as they are. */
static void hiding_is_of_one_list_alone(void **state)
{
	struct address_space *space = sample_stacks(2);
	struct region_list list, hiding, ungrown;
	struct query_matches none;
	size_t count;

	(void)state;
	region_list_init(&list, space);
	list.regions[1].grown = PAGE;
	count = list.count;
	query_matches_init(&none, space->vma_count);
	for (size_t i = 0; i < space->vma_count; i++)
		query_matches_remove(&none, i);
	hiding = region_list_share(&list);
	region_list_hide(&hiding, &none);
	assert_true(hiding.filtered && hiding.count < count);
	assert_false(list.filtered);
	assert_int_equal(list.count, count);
	assert_null(list.hidden);
	assert_int_equal(list.regions[1].grown, PAGE);
	region_list_finish(&hiding);
	ungrown = region_list_without_growth(&list);
	assert_ptr_not_equal(ungrown.regions, list.regions);
	assert_int_equal(ungrown.count, count);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(ungrown.regions[i].grown, 0);
		assert_true(ungrown.regions[i].start == list.regions[i].start);
		assert_int_equal(ungrown.regions[i].kind, list.regions[i].kind);
	}
	assert_int_equal(list.regions[1].grown, PAGE);
	region_list_finish(&list);
	assert_int_equal(ungrown.regions[0].start, 0);
	region_list_finish(&ungrown);
	query_matches_finish(&none);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_shared_list_outlives_the_one_it_is_of),
		cmocka_unit_test(hiding_is_of_one_list_alone),
	};

	return cmocka_run_group_tests_name("region_shared", tests, NULL, NULL);
}
