/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "files/errand_system.h"

static const struct errand_system none = {.helper = ERRAND_NO_HELPER};

static struct errand *add(struct errand_system *system, bool suspect)
{
	const struct text request = {0};
	struct errand *errand = errand_make(NULL, &request, suspect);

	errand_system_add(system, errand);
	return errand;
}

/* As after a question to a helper. */
static struct errand *add_asked(struct errand_system *system, bool suspect)
{
	const struct text request = {0};
	struct errand *errand = errand_make(NULL, &request, suspect);

	errand->state = ERRAND_ASKED;
	errand_push(&system->asked, errand);
	return errand;
}

static void assert_next(struct errand_queue *queue, const struct errand *errand)
{
	assert_ptr_equal(errand_pop(queue), errand);
}

static void suspects_have_a_queue_of_their_own(void **state)
{
	struct errand_system system = none;
	struct errand *suspect, *errand;

	(void)state;
	assert_false(errand_system_has_waiting(&system));
	suspect = add(&system, true);
	assert_true(errand_system_has_waiting(&system));
	errand = add(&system, false);
	assert_next(&system.waiting, errand);
	assert_true(errand_system_is_open(&system));
	assert_next(&system.suspects, suspect);
	assert_false(errand_system_is_open(&system));
	errand_settle(suspect, ERRAND_DONE);
	errand_drop(suspect);
	errand_settle(errand, ERRAND_DONE);
	errand_drop(errand);
}

static void what_is_taken_back_comes_first_again(void **state)
{
	struct errand_system system = none;
	struct errand *first = add_asked(&system, false), *suspect = add_asked(&system, true),
		      *second = add_asked(&system, false), *third = add(&system, false);

	(void)state;
	assert_true(errand_system_is_open(&system));
	errand_system_take_back(&system);
	assert_null(system.asked.first);
	assert_int_equal(first->state, ERRAND_WAITING);
	assert_next(&system.waiting, first);
	assert_next(&system.waiting, second);
	assert_next(&system.waiting, third);
	assert_next(&system.suspects, suspect);
	for (size_t i = 0; i < 4; i++) {
		struct errand *all[] = {first, second, third, suspect};

		errand_settle(all[i], ERRAND_FAILED);
		errand_drop(all[i]);
	}
}

static void one_that_does_not_answer_stalls_all_behind_it(void **state)
{
	struct errand_system system = none;
	struct errand *first = add_asked(&system, false), *second = add_asked(&system, false),
		      *third = add(&system, false), *fourth = add(&system, true);
	struct errand *all[] = {first, second, third, fourth};

	(void)state;
	assert_true(errand_system_may_ask(&system, 0));
	errand_system_stall(&system, 100, 7, 50);
	assert_true(first->suspect);
	assert_false(second->suspect);
	assert_false(errand_system_is_open(&system));
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(all[i]->state, ERRAND_STALLED);
		errand_drop(all[i]);
	}
	assert_true(system.stalled);
	assert_false(errand_system_may_ask(&system, 106));
	assert_true(errand_system_may_ask(&system, 107));
	/* A helper that was killed in it is not gone yet. */
	system.helper = 3;
	assert_false(errand_system_may_ask(&system, 107));
}

static void pauses_double_up_to_a_bound(void **state)
{
	static const int64_t pauses[] = {7, 14, 28, 50, 50};
	struct errand_system system = none;

	(void)state;
	for (size_t i = 0; i < sizeof(pauses) / sizeof(*pauses); i++) {
		errand_drop(add_asked(&system, false));
		errand_system_stall(&system, 0, 7, 50);
		assert_int_equal(system.pause, pauses[i]);
		assert_int_equal(system.again, pauses[i]);
	}
}

static void a_reply_ends_the_stall(void **state)
{
	struct errand_system system = none;
	struct text reply = {0};
	struct errand *errand;

	(void)state;
	errand_drop(add_asked(&system, false));
	errand_system_stall(&system, 0, 7, 50);
	system.helper = 2;
	errand = add_asked(&system, true);
	assert_true(errand_system_may_ask(&system, 0));
	text_append(&reply, "well");
	errand_system_reply(&system, reply);
	assert_int_equal(errand->state, ERRAND_DONE);
	assert_string_equal(text_string(&errand->reply), "well");
	errand_drop(errand);
	assert_false(system.stalled);
	assert_int_equal(system.pause, 0);
	assert_true(errand_system_may_ask(&system, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(suspects_have_a_queue_of_their_own),
		cmocka_unit_test(what_is_taken_back_comes_first_again),
		cmocka_unit_test(one_that_does_not_answer_stalls_all_behind_it),
		cmocka_unit_test(pauses_double_up_to_a_bound),
		cmocka_unit_test(a_reply_ends_the_stall),
	};

	return cmocka_run_group_tests_name("errand_system", tests, NULL, NULL);
}
