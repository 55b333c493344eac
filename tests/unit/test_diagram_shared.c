/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "layout/candidates.h"
#include "layout/diagram.h"
#include "model/address_space.h"
#include "scenario.h"

static void check_same(const struct diagram *a, const struct diagram *b)
{
	assert_int_equal(a->band_count, b->band_count);
	assert_memory_equal(a->bands, b->bands, a->band_count * sizeof(*a->bands));
}

/* Of all regions what was found is used, of a part of them it is found for that. */
static void what_was_found_makes_no_difference(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 300; seed++) {
		struct scenario scenario;
		struct candidates found;
		struct diagram *without, *with;

		scenario_init(&scenario, seed, 300, 300);
		candidates_find(&found, scenario.request.regions);
		for (int part = 0; part < 2; part++) {
			if (part == 0) {
				scenario.request.start = 0;
				scenario.request.end = UINT64_MAX;
			} else {
				scenario.request.start = scenario.space->vma_count
								 ? scenario.space->vmas[0].start
								 : 1;
			}
			without = diagram_build(&scenario.request);
			scenario.request.found = &found;
			with = diagram_build(&scenario.request);
			scenario.request.found = NULL;
			check_same(with, without);
			diagram_destroy(with);
			diagram_destroy(without);
		}
		candidates_finish(&found);
		scenario_finish(&scenario);
	}
}

static void one_that_is_shared_stays_until_the_last(void **state)
{
	struct scenario scenario;
	struct diagram *diagram, *same;

	(void)state;
	scenario_init(&scenario, 7, 100, 100);
	diagram = diagram_build(&scenario.request);
	same = diagram_share(diagram);
	assert_ptr_equal(same, diagram);
	assert_ptr_equal(diagram_share(same), diagram);
	diagram_destroy(diagram);
	diagram_destroy(diagram);
	scenario_check(same, &scenario);
	diagram_destroy(same);
	scenario_finish(&scenario);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_found_makes_no_difference),
		cmocka_unit_test(one_that_is_shared_stays_until_the_last),
	};

	return cmocka_run_group_tests_name("diagram_shared", tests, NULL, NULL);
}
