/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "files/errands.h"
#include "kernel/clock.h"

#define MS    INT64_C(1000000)
#define NEVER (INT64_MAX / 4)

/* Calls, made by the helpers. */

static void echo(int directory, const char *request, size_t length, struct text *reply)
{
	(void)directory;
	text_append_bytes(reply, request, length);
}

static void hang(int directory, const char *request, size_t length, struct text *reply)
{
	(void)directory, (void)request, (void)length, (void)reply;
	while (pause())
		;
}

/* Hangs as long as a file of that name is there. */
static void hang_while(int directory, const char *request, size_t length, struct text *reply)
{
	struct text path = {0};

	(void)directory;
	text_append_bytes(&path, request, length);
	while (!access(text_string(&path), F_OK))
		poll(NULL, 0, 1);
	text_append(reply, "free");
}

static bool locks; /* read by a helper: as it was when that was started */

static void lock_up(int directory, const char *request, size_t length, struct text *reply)
{
	pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

	(void)directory, (void)request, (void)length;
	while (locks)
		pthread_mutex_lock(&lock);
	text_append(reply, "unlocked");
}

static void crash(int directory, const char *request, size_t length, struct text *reply)
{
	(void)directory, (void)request, (void)length, (void)reply;
	raise(SIGKILL);
}

static void work_on(int directory, const char *request, size_t length, struct text *reply)
{
	int64_t until = clock_ns(CLOCK_MONOTONIC) + 200 * MS;

	(void)directory, (void)request, (void)length;
	while (clock_ns(CLOCK_MONOTONIC) < until)
		;
	text_append(reply, "worked");
}

static struct errand *make(struct errands *errands, uint32_t device, helper_call call,
			   const char *words)
{
	struct text request = {0};
	struct errand *errand;

	text_append(&request, words);
	errand = errand_create(errands, 0, device, call, &request, false);
	text_finish(&request);
	return errand;
}

static void assert_done(struct errand *errand, const char *reply)
{
	assert_int_equal(errand->state, ERRAND_DONE);
	assert_string_equal(text_string(&errand->reply), reply);
	errand_drop(errand);
}

static size_t helpers(const struct errands *errands)
{
	size_t count = 0;

	for (int i = 0; i < ERRANDS_HELPERS; i++)
		count += errands->helpers[i].helper.pid != 0;
	return count;
}

static int set_up(void **state)
{
	struct errands *errands = memory_alloc(sizeof(*errands));

	errands_init(errands);
	/* Nothing depends on how busy the machine is: what answers is waited for. */
	errands->plan.limit = NEVER;
	*state = errands;
	return 0;
}

static int tear_down(void **state)
{
	errands_finish(*state);
	free(*state);
	return 0;
}

static void one_helper_does_what_does_not_hang(void **state)
{
	enum { COUNT = 2000 };
	struct errands *errands = *state;
	static struct errand *made[COUNT];

	errands->plan.handover = NEVER;
	for (int i = 0; i < COUNT; i++)
		made[i] = make(errands, (uint32_t)(i % 3), echo, i % 2 ? "odd" : "even");
	assert_true(errands_are_due(errands));
	errands_run(errands, -1);
	assert_int_equal(helpers(errands), 1);
	for (int i = 0; i < COUNT; i++)
		assert_done(made[i], i % 2 ? "odd" : "even");
	assert_false(errands_are_due(errands));
	/* The same helper again. */
	made[0] = make(errands, 7, echo, "again");
	errands_run(errands, -1);
	assert_int_equal(helpers(errands), 1);
	assert_done(made[0], "again");
}

/* Has a helper started, which is idle then. */
static pid_t start_helper(struct errands *errands)
{
	struct errand *errand = make(errands, 1, echo, "well");

	errands_run(errands, -1);
	assert_done(errand, "well");
	return errands->helpers[0].helper.pid;
}

static void a_helper_serves_one_run_after_the_other(void **state)
{
	pid_t first = start_helper(*state);

	assert_int_equal(start_helper(*state), first);
	assert_int_equal(helpers(*state), 1);
}

static void what_was_begun_goes_on_without_being_waited_for(void **state)
{
	struct errands *errands = *state;
	struct errand *errand = make(errands, 1, echo, "well");
	struct pollfd reply = {.events = POLLIN};

	errands_begin(errands, -1);
	assert_int_equal(errand->state, ERRAND_ASKED);
	reply.fd = errands->helpers[0].helper.socket;
	assert_int_equal(poll(&reply, 1, -1), 1);
	assert_int_equal(errand->state, ERRAND_ASKED);
	errands_run(errands, -1);
	assert_done(errand, "well");
}

static void dismissed_helpers_are_started_anew(void **state)
{
	struct errands *errands = *state;
	struct errand *errand;
	pid_t first;

	errands_dismiss(errands);
	first = start_helper(errands);
	errands_dismiss(errands);
	errands_dismiss(errands);
	while (helpers(errands))
		errands_tidy(errands);
	assert_int_equal(kill(first, 0), -1);
	errand = make(errands, 1, echo, "well");
	errands_run(errands, -1);
	assert_done(errand, "well");
	/* Or before they are gone. */
	errands_dismiss(errands);
	errand = make(errands, 1, echo, "again");
	errands_run(errands, -1);
	assert_done(errand, "again");
}

static void what_hangs_costs_one_patience(void **state)
{
	struct errands *errands = *state;
	struct errand *hanging[3], *behind[3], *healthy;
	int64_t began = clock_ns(CLOCK_MONOTONIC);

	/* Longer than any test machine is held up, to see that it is waited for once. */
	errands->plan.handover = 1 * MS;
	errands->plan.patience = 2000 * MS;
	for (uint32_t i = 0; i < 3; i++) {
		hanging[i] = make(errands, i, hang, "");
		behind[i] = make(errands, i, echo, "");
	}
	healthy = make(errands, 9, echo, "well");
	errands_run(errands, -1);
	assert_true(clock_ns(CLOCK_MONOTONIC) - began < 2 * errands->plan.patience);
	assert_done(healthy, "well");
	for (uint32_t i = 0; i < 3; i++) {
		assert_int_equal(hanging[i]->state, ERRAND_STALLED);
		assert_true(hanging[i]->suspect);
		assert_int_equal(behind[i]->state, ERRAND_STALLED);
		assert_false(behind[i]->suspect);
		errand_drop(hanging[i]);
		errand_drop(behind[i]);
	}
}

static void a_stalled_file_system_is_left_alone_for_a_while(void **state)
{
	struct errands *errands = *state;
	struct errand *errand = make(errands, 1, hang, "");

	errands->plan.pause_min = NEVER / 2;
	errands->plan.pause_max = NEVER;
	errands_run(errands, -1);
	assert_int_equal(errand->state, ERRAND_STALLED);
	assert_int_equal(errands->systems[0].pause, NEVER / 2);
	errand_drop(errand);
	errand = make(errands, 1, echo, "");
	assert_int_equal(errand->state, ERRAND_STALLED);
	assert_false(errands_are_due(errands));
	errand_drop(errand);
	/* Others are not. */
	errand = make(errands, 2, echo, "well");
	errands_run(errands, -1);
	assert_done(errand, "well");
}

static void make_file(char *path)
{
	int file = mkstemp(path);

	assert_true(file >= 0);
	close(file);
}

/* Nobody waits for what is tried again. */
static void it_is_well_again_when_it_answers(void **state)
{
	char path[] = "/tmp/vastop-test-XXXXXX";
	struct errands *errands = *state;
	struct errand *errand;

	make_file(path);
	errands->plan.pause_min = 0;
	errand = make(errands, 1, hang_while, path);
	errands_run(errands, -1);
	assert_int_equal(errand->state, ERRAND_STALLED);
	errand_drop(errand);
	unlink(path);
	while (!errands_are_due(errands))
		poll(NULL, 0, 1);
	errand = make(errands, 1, hang_while, path);
	while (errand->state != ERRAND_DONE) {
		errands_run(errands, -1);
		poll(NULL, 0, 1);
	}
	assert_done(errand, "free");
	assert_false(errands->systems[0].stalled);
}

static void one_that_a_lock_holds_is_replaced(void **state)
{
	struct errands *errands = *state;
	struct errand *errand;

	if (access("/proc/self/syscall", R_OK))
		skip();
	locks = true;
	start_helper(errands);
	locks = false;
	errand = make(errands, 1, lock_up, "");
	errands_run(errands, -1);
	assert_done(errand, "unlocked");
}

static void a_suspect_is_asked_last(void **state)
{
	struct errands *errands = *state;
	const struct text none = {0};
	struct errand *suspect = errand_create(errands, 0, 1, hang, &none, true);
	struct errand *errand = make(errands, 1, echo, "well");

	errands_run(errands, -1);
	assert_done(errand, "well");
	assert_int_equal(suspect->state, ERRAND_STALLED);
	errand_drop(suspect);
}

static void one_that_works_is_waited_for(void **state)
{
	struct errands *errands = *state;
	struct errand *errand = make(errands, 1, work_on, "");

	errands->plan.patience = 50 * MS;
	errands_run(errands, -1);
	assert_done(errand, "worked");
}

static void what_kills_its_helpers_fails_alone(void **state)
{
	struct errands *errands = *state;
	struct errand *deadly = make(errands, 1, crash, "");
	struct errand *errand = make(errands, 1, echo, "well");

	errands_run(errands, -1);
	assert_int_equal(deadly->state, ERRAND_FAILED);
	errand_drop(deadly);
	assert_done(errand, "well");
}

static void what_is_slow_is_waited_for_up_to_a_limit(void **state)
{
	char path[] = "/tmp/vastop-test-XXXXXX";
	struct errands *errands = *state;
	struct errand *errand;

	make_file(path);
	errands->plan.limit = 5 * MS;
	errands->plan.patience = NEVER;
	errand = make(errands, 1, hang_while, path);
	errands_run(errands, -1);
	assert_int_equal(errand->state, ERRAND_ASKED);
	assert_true(errands_are_due(errands));
	unlink(path);
	while (errand->state == ERRAND_ASKED)
		errands_run(errands, -1);
	assert_done(errand, "free");
}

static void what_nobody_wants_any_more_is_freed(void **state)
{
	struct errands *errands = *state;

	errand_drop(make(errands, 1, echo, "well"));
	errand_drop(make(errands, 2, hang, ""));
	errands_run(errands, -1);
	errand_drop(make(errands, 3, echo, "never asked"));
}

static void a_request_that_is_too_long_fails(void **state)
{
	struct errands *errands = *state;
	struct text request = {0};
	struct errand *errand, *next;

	while (request.length <= HELPER_REQUEST_MAX)
		text_append(&request, "0123456789abcdef");
	errand = errand_create(errands, 0, 1, echo, &request, false);
	next = make(errands, 1, echo, "well");
	errands_run(errands, -1);
	assert_int_equal(errand->state, ERRAND_FAILED);
	assert_done(next, "well");
	errand_drop(errand);
	text_finish(&request);
}

#define WITH_ERRANDS(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ERRANDS(one_helper_does_what_does_not_hang),
		WITH_ERRANDS(a_helper_serves_one_run_after_the_other),
		WITH_ERRANDS(what_was_begun_goes_on_without_being_waited_for),
		WITH_ERRANDS(dismissed_helpers_are_started_anew),
		WITH_ERRANDS(what_hangs_costs_one_patience),
		WITH_ERRANDS(a_stalled_file_system_is_left_alone_for_a_while),
		WITH_ERRANDS(it_is_well_again_when_it_answers),
		WITH_ERRANDS(one_that_a_lock_holds_is_replaced),
		WITH_ERRANDS(a_suspect_is_asked_last),
		WITH_ERRANDS(one_that_works_is_waited_for),
		WITH_ERRANDS(what_kills_its_helpers_fails_alone),
		WITH_ERRANDS(what_is_slow_is_waited_for_up_to_a_limit),
		WITH_ERRANDS(what_nobody_wants_any_more_is_freed),
		WITH_ERRANDS(a_request_that_is_too_long_fails),
	};

	return cmocka_run_group_tests_name("errands", tests, NULL, NULL);
}
