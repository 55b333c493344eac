/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fake_helpers.h"

static struct errand *make(struct errands *errands, uint32_t device, char does, bool suspect)
{
	struct text request = {0};
	struct errand *errand;

	text_append_char(&request, does);
	errand = errand_create(errands, 0, device, NULL, &request, suspect);
	text_finish(&request);
	return errand;
}

/* What became of it, which it is then dropped for. */
static void assert_state(struct errand *errand, enum errand_state state)
{
	assert_int_equal(errand->state, state);
	errand_drop(errand);
}

static int set_up(void **state)
{
	static struct errands errands;

	memset(&world, 0, sizeof(world));
	errands_init(&errands);
	*state = &errands;
	return 0;
}

static int tear_down(void **state)
{
	errands_finish(*state);
	text_finish(&world.log);
	return 0;
}

static void the_usual_plan_is_this(void **state)
{
	const struct errands *errands = *state;

	assert_int_equal(errands->plan.handover, 20 * MS);
	assert_int_equal(errands->plan.patience, 100 * MS);
	assert_int_equal(errands->plan.limit, 1000 * MS);
	assert_int_equal(errands->plan.pause_min, 1000 * MS);
	assert_int_equal(errands->plan.pause_max, 60000 * MS);
}

/* The directory goes with the first request of a run. */
static void replies_come_one_after_the_other(void **state)
{
	struct errand *one = make(*state, 1, REPLY, false), *two = make(*state, 1, LATER, false);

	errands_run(*state, 7);
	assert_log("0 start 1; 0 ask 1 r in 7; 0 ask 1 5; 0 poll 1 for 21; 21 poll 1 for 21");
	assert_string_equal(text_string(&two->reply), "5");
	assert_state(one, ERRAND_DONE);
	assert_state(two, ERRAND_DONE);
	assert_false(errands_are_due(*state));
	one = make(*state, 2, REPLY, false);
	assert_true(errands_are_due(*state));
	errands_run(*state, 7);
	assert_log("42 ask 1 r in 7; 42 poll 1 for 21");
	assert_state(one, ERRAND_DONE);
	errands_run(*state, 7);
	assert_log("");
}

static void a_silent_helper_makes_room_for_another(void **state)
{
	struct errand *hangs = make(*state, 1, HANG, false), *other = make(*state, 2, REPLY, false);

	errands_run(*state, -1);
	assert_log(
		"0 start 1; 0 ask 1 h; 0 poll 1 for 21; 21 start 2; 21 ask 2 r; 21 poll 2 for 21; "
		"42 poll 1 for 21; 63 poll 1 for 21; 84 poll 1 for 17; 101 kill 1");
	assert_true(hangs->suspect);
	assert_state(hangs, ERRAND_STALLED);
	assert_state(other, ERRAND_DONE);
}

/* Not before the time for that has passed. */
static void room_is_made_in_time(void **state)
{
	struct errands *errands = *state;
	struct errand *hangs = make(errands, 1, HANG, false);
	struct errand *other = make(errands, 2, REPLY, false);

	errands_begin(errands, -1);
	assert_log("0 start 1; 0 ask 1 h");
	world.now = 20 * MS - 1;
	errands_begin(errands, -1);
	assert_log("");
	world.now = 20 * MS;
	errands_begin(errands, -1);
	assert_log("20 start 2; 20 ask 2 r");
	world.now = 100 * MS - 1;
	errands_begin(errands, -1);
	assert_state(other, ERRAND_DONE);
	assert_int_equal(hangs->state, ERRAND_ASKED);
	world.now = 100 * MS;
	errands_begin(errands, -1);
	assert_log("100 kill 1");
	assert_state(hangs, ERRAND_STALLED);
}

/* After its reply it waits for the next request, which is not silence. */
static void one_that_replies_meanwhile_is_not_silent(void **state)
{
	struct errands *errands = *state;
	struct errand *first = make(errands, 1, SEEN, false);
	struct errand *second = make(errands, 1, SEEN, false);

	errands_begin(errands, -1);
	assert_log("0 start 1; 0 ask 1 s; 0 ask 1 s");
	world.now = 100 * MS;
	errands_begin(errands, -1);
	assert_state(first, ERRAND_DONE);
	assert_int_equal(second->state, ERRAND_ASKED);
	world.now = 200 * MS;
	errands_begin(errands, -1);
	assert_state(second, ERRAND_DONE);
	assert_log("");
}

static void no_more_is_waited_than_the_limit(void **state)
{
	struct errands *errands = *state;
	struct errand *hangs = make(errands, 1, HANG, false);

	errands->plan.limit = 50 * MS;
	errands_run(errands, -1);
	assert_log("0 start 1; 0 ask 1 h; 0 poll 1 for 21; 21 poll 1 for 21; 42 poll 1 for 9");
	assert_int_equal(hangs->state, ERRAND_ASKED);
	assert_true(errands_are_due(errands));
	/* The rest of the patience is left. */
	errands_run(errands, -1);
	assert_log("51 poll 1 for 21; 72 poll 1 for 21; 93 poll 1 for 8; 101 kill 1");
	assert_state(hangs, ERRAND_STALLED);
}

/* Fifty times, a handover each, after the first patience. */
static void one_that_lacks_a_processor_is_waited_for(void **state)
{
	struct errands *errands = *state;
	struct errand *busy = make(errands, 1, BUSY, false);

	errands->plan.limit = 100000 * MS;
	errands_run(errands, -1);
	assert_int_equal(world.now / MS, 101 + 50 * 21);
	assert_state(busy, ERRAND_STALLED);
	/* A reply makes its patience whole again. */
	text_clear(&world.log);
	world.now = 0;
	busy = make(errands, 2, LATER, false);
	errands_run(errands, -1);
	assert_state(busy, ERRAND_DONE);
	assert_int_equal(errands->helpers[0].grants, 0);
}

/* The second helper that it costs is the last. */
static void what_kills_two_helpers_has_failed(void **state)
{
	struct errands *errands = *state;
	struct errand *deadly = make(errands, 1, DIE, false),
		      *next = make(errands, 1, REPLY, false);

	errands_run(errands, 7);
	assert_log("0 start 1; 0 ask 1 x in 7; 0 ask 1 r; 0 poll 1 for 21; 21 kill 1; 21 start 2; "
		   "21 ask 2 x in 7; 21 ask 2 r; 21 poll 1 for 21; 42 kill 2; 42 start 3; "
		   "42 ask 3 r in 7; 42 poll 1 for 21");
	assert_state(deadly, ERRAND_FAILED);
	assert_state(next, ERRAND_DONE);
}

static void one_that_a_lock_holds_is_replaced(void **state)
{
	struct errand *locked = make(*state, 1, LOCK, false);

	errands_run(*state, -1);
	assert_state(locked, ERRAND_FAILED);
	assert_int_equal(world.started, 2);
	assert_int_equal(world.now / MS, 202);
	assert_false(((struct errands *)*state)->systems[0].stalled);
}

static void suspects_come_last(void **state)
{
	struct errand *suspect = make(*state, 1, REPLY, true), *one = make(*state, 1, LATER, false);

	errands_run(*state, -1);
	assert_log("0 start 1; 0 ask 1 5; 0 ask 1 r; 0 poll 1 for 21");
	assert_state(suspect, ERRAND_DONE);
	assert_state(one, ERRAND_DONE);
}

/* What is not taken now waits; suspects do so behind it. */
static void a_full_helper_is_asked_later(void **state)
{
	struct errand *one = make(*state, 1, REPLY, false), *two = make(*state, 1, LATER, true);

	world.ask_error = -EAGAIN;
	errands_begin(*state, 7);
	assert_log("0 start 1; 0 ask 1 r in 7");
	assert_int_equal(one->state, ERRAND_WAITING);
	world.ask_error = 0;
	errands_run(*state, 7);
	assert_log("0 ask 1 r in 7; 0 ask 1 5; 0 poll 1 for 21; 21 poll 1 for 21");
	assert_state(one, ERRAND_DONE);
	assert_state(two, ERRAND_DONE);
}

static void what_cannot_be_asked_fails(void **state)
{
	struct errand *one = make(*state, 1, REPLY, false), *two = make(*state, 1, REPLY, true);

	world.ask_error = -EMSGSIZE;
	errands_run(*state, 7);
	assert_log("0 start 1; 0 ask 1 r in 7; 0 ask 1 r in 7");
	assert_state(one, ERRAND_FAILED);
	assert_state(two, ERRAND_FAILED);
}

/* Found dead when it is asked: it was not the errand's fault. */
static void a_helper_that_is_dead_is_replaced(void **state)
{
	struct errand *one, *two;

	one = make(*state, 1, REPLY, false);
	errands_run(*state, 7);
	assert_state(one, ERRAND_DONE);
	text_clear(&world.log);
	world.now = 0;
	one = make(*state, 1, REPLY, false);
	two = make(*state, 1, LATER, true);
	world.ask_error = -EPIPE;
	errands_begin(*state, 7);
	assert_log("0 ask 1 r in 7; 0 kill 1");
	world.ask_error = 0;
	errands_run(*state, 7);
	assert_log("0 start 2; 0 ask 2 r in 7; 0 ask 2 5; 0 poll 1 for 21; 21 poll 1 for 21");
	assert_int_equal(one->deaths, 0);
	assert_state(one, ERRAND_DONE);
	assert_state(two, ERRAND_DONE);
	/* One that ended while it was idle is put away. */
	world.fakes[2].gone = true;
	errands_tidy(*state);
	assert_int_equal(((struct errands *)*state)->helpers[0].helper.pid, 0);
}

static void idle_helpers_can_be_dismissed(void **state)
{
	struct errand *hangs, *one = make(*state, 2, HANG, false),
			      *two = make(*state, 3, REPLY, false);

	errands_begin(*state, -1);
	world.now = 20 * MS;
	errands_begin(*state, -1);
	errands_begin(*state, -1);
	assert_state(two, ERRAND_DONE);
	text_clear(&world.log);
	errands_dismiss(*state);
	errands_dismiss(*state);
	assert_log("20 kill 2");
	hangs = make(*state, 4, REPLY, false);
	errands_begin(*state, -1);
	assert_log("20 start 3; 20 ask 3 r");
	errands_begin(*state, -1);
	assert_state(hangs, ERRAND_DONE);
	errand_drop(one);
}

/* Of those that cannot be killed there are eight at most. */
static void helpers_are_not_many(void **state)
{
	struct errands *errands = *state;
	struct errand *hanging[9];

	world.stay = true;
	errands->plan.handover = 0;
	for (uint32_t i = 0; i < 9; i++)
		hanging[i] = make(errands, i, HANG, false);
	errands_begin(errands, -1);
	assert_int_equal(world.started, 8);
	assert_int_equal(hanging[8]->state, ERRAND_WAITING);
	world.now = 100 * MS;
	errands_begin(errands, -1);
	assert_int_equal(world.started, 8);
	for (int i = 0; i < 8; i++)
		assert_state(hanging[i], ERRAND_STALLED);
	assert_state(hanging[8], ERRAND_FAILED);
	/* Once one is gone, there is room for another. */
	world.fakes[3].gone = true;
	hanging[0] = make(errands, 20, REPLY, false);
	errands_begin(errands, -1);
	assert_int_equal(world.started, 9);
	errands_begin(errands, -1);
	assert_state(hanging[0], ERRAND_DONE);
}

static void without_helpers_errands_fail(void **state)
{
	static const int errors[] = {-EPERM, -EAGAIN, -ENOMEM};

	for (size_t i = 0; i < 3; i++) {
		struct errand *one = make(*state, 1, REPLY, false);

		world.start_error = errors[i];
		errands_begin(*state, -1);
		errands_run(*state, -1);
		assert_log("");
		assert_state(one, ERRAND_FAILED);
	}
}

/* The pause is one, two, four seconds; a reply ends it. */
static void a_stalled_file_system_is_tried_after_a_pause(void **state)
{
	struct errands *errands = *state;
	struct errand *one;

	errands->plan.pause_max = 3000 * MS;
	for (int i = 0; i < 3; i++) {
		static const int64_t pauses[] = {1000 * MS, 2000 * MS, 3000 * MS};

		one = make(errands, 1, HANG, false);
		errands_begin(errands, -1);
		world.now += 100 * MS;
		errands_begin(errands, -1);
		assert_state(one, ERRAND_STALLED);
		assert_false(errands_are_due(errands));
		world.now += pauses[i] - 1;
		assert_state(make(errands, 1, REPLY, false), ERRAND_STALLED);
		assert_false(errands_are_due(errands));
		world.now++;
		assert_true(errands_are_due(errands));
	}
	/* It is not waited for, in a run, until it has replied. */
	one = make(errands, 1, LATER, false);
	text_clear(&world.log);
	world.now = 10000 * MS;
	errands_run(errands, -1);
	assert_log("10000 start 4; 10000 ask 4 5");
	assert_int_equal(one->state, ERRAND_ASKED);
	world.now += 5 * MS;
	errands_run(errands, -1);
	assert_state(one, ERRAND_DONE);
	assert_false(errands->systems[0].stalled);
}

static void the_end_sees_all_off(void **state)
{
	struct errands *errands = *state;
	struct errand *waits, *hangs = make(errands, 1, HANG, false);

	errands_begin(errands, -1);
	waits = make(errands, 2, REPLY, false);
	world.now = 30 * MS;
	world.stay = true;
	errands_begin(errands, -1);
	errands_begin(errands, -1);
	errands_dismiss(errands);
	text_clear(&world.log);
	errands_finish(errands);
	assert_log("30 kill 1; 30 see off 1 until 80; 30 see off 2 until 80");
	assert_state(waits, ERRAND_DONE);
	assert_state(hangs, ERRAND_FAILED);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_usual_plan_is_this),
		TEST(replies_come_one_after_the_other),
		TEST(a_silent_helper_makes_room_for_another),
		TEST(room_is_made_in_time),
		TEST(one_that_replies_meanwhile_is_not_silent),
		TEST(no_more_is_waited_than_the_limit),
		TEST(one_that_lacks_a_processor_is_waited_for),
		TEST(what_kills_two_helpers_has_failed),
		TEST(one_that_a_lock_holds_is_replaced),
		TEST(suspects_come_last),
		TEST(a_full_helper_is_asked_later),
		TEST(what_cannot_be_asked_fails),
		TEST(a_helper_that_is_dead_is_replaced),
		TEST(idle_helpers_can_be_dismissed),
		TEST(helpers_are_not_many),
		TEST(without_helpers_errands_fail),
		TEST(a_stalled_file_system_is_tried_after_a_pause),
		TEST(the_end_sees_all_off),
	};

	return cmocka_run_group_tests_name("errands_time", tests, NULL, NULL);
}
