/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/address_space.h"
#include "support/sample.h"
#include "ui/time_step.h"

static struct found_moment moment(uint64_t number)
{
	return (struct found_moment){
		.past = {.number = number, .space = sample_python(), .complete = true}};
}

static void keep(struct time_step *step, uint64_t number, uint64_t shown)
{
	struct found_moment found = moment(number);

	shown_basis_make(&found.basis, found.past.space, found.past.space, NULL, NULL);
	time_step_keep(step, &found, shown);
	assert_null(found.past.space);
	assert_false(shown_basis_is_made(&found.basis));
}

static void neighbours_are_kept(void **state)
{
	struct time_step step = {.forward = true};
	struct found_moment found = {.past = {.number = 0}};

	(void)state;
	assert_false(time_step_has(&step, 0));
	keep(&step, 4, 5);
	keep(&step, 6, 5);
	keep(&step, 5, 5);
	keep(&step, 7, 5);
	keep(&step, 3, 5);
	assert_true(time_step_has(&step, 4) && time_step_has(&step, 6));
	assert_false(time_step_has(&step, 3) || time_step_has(&step, 5) || time_step_has(&step, 7));
	/* One in the place of itself. */
	keep(&step, 4, 5);
	keep(&step, 6, 5);
	assert_true(time_step_has(&step, 4) && time_step_has(&step, 6));
	assert_false(time_step_take(&step, 5, &found));
	assert_true(time_step_take(&step, 4, &found));
	assert_true(found.past.number == 4 && found.past.space);
	assert_true(shown_basis_is_made(&found.basis));
	found_moment_finish(&found);
	assert_null(found.past.space);
	assert_false(shown_basis_is_made(&found.basis));
	assert_false(time_step_take(&step, 4, &found));
	time_step_finish(&step);
	assert_false(step.forward);
}

static void what_is_no_neighbour_makes_room(void **state)
{
	struct time_step step = {.forward = false};

	(void)state;
	keep(&step, 6, 5);
	keep(&step, 4, 5);
	/* One step back: 4 is shown, though it was not taken. */
	keep(&step, 5, 4);
	keep(&step, 3, 4);
	assert_true(time_step_has(&step, 3) && time_step_has(&step, 5));
	assert_false(time_step_has(&step, 4) || time_step_has(&step, 6));
	time_step_finish(&step);
}

static void only_what_is_complete_is_kept(void **state)
{
	struct found_moment found = moment(4), none = {.past = {.number = 4, .complete = true}};
	struct time_step step = {.forward = false};

	(void)state;
	found.past.complete = false;
	time_step_keep(&step, &found, 5);
	assert_null(found.past.space);
	time_step_keep(&step, &none, 5);
	assert_false(time_step_has(&step, 4));
	time_step_finish(&step);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(neighbours_are_kept),
		cmocka_unit_test(what_is_no_neighbour_makes_room),
		cmocka_unit_test(only_what_is_complete_is_kept),
	};

	return cmocka_run_group_tests_name("time_step", tests, NULL, NULL);
}
