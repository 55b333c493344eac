/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <poll.h>

#include "files/inside_prober.h"
#include "kernel/procfs_options.h"
#include "own_symbols.h"

#define PATIENCE 60000 /* milliseconds */

static const struct procfs_options proc = {.root = "/proc"};

int inside_prober_counter = 5;

static void wait_for(struct inside_prober *prober, struct inside_answer *answer)
{
	struct pollfd wait = {.fd = inside_prober_descriptor(prober), .events = POLLIN};

	do
		assert_int_equal(poll(&wait, 1, PATIENCE), 1);
	while (!inside_prober_take(prober, answer));
}

static void a_question_is_answered(void **state)
{
	struct address_space *space = own_space_read();
	size_t index = address_space_find(space, (uintptr_t)&inside_prober_counter);
	uint64_t start = space->vmas[index].start;
	struct inside_prober *prober;
	struct inside_answer answer;

	(void)state;
	assert_int_equal(inside_prober_create(&proc, &prober), 0);
	inside_prober_ask(prober, space, index);
	/* The prober has its own snapshot. */
	address_space_destroy(space);
	wait_for(prober, &answer);
	assert_int_equal(answer.start, start);
	own_symbols_assert(&answer, &inside_prober_counter, "inside_prober_counter");
	inside_answer_finish(&answer);
	assert_false(inside_prober_take(prober, &answer));
	inside_prober_destroy(prober);
}

/* Nothing is left of it, as LeakSanitizer sees. */
static void an_answer_that_is_not_taken(void **state)
{
	struct address_space *space = own_space_read();
	size_t index = address_space_find(space, (uintptr_t)&inside_prober_counter);
	struct inside_prober *prober;
	struct pollfd wait;

	(void)state;
	assert_int_equal(inside_prober_create(&proc, &prober), 0);
	inside_prober_ask(prober, space, index);
	inside_prober_ask(prober, space, index);
	wait = (struct pollfd){.fd = inside_prober_descriptor(prober), .events = POLLIN};
	assert_int_equal(poll(&wait, 1, PATIENCE), 1);
	inside_prober_ask(prober, space, index);
	address_space_destroy(space);
	inside_prober_destroy(prober);
	inside_prober_destroy(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_question_is_answered),
		cmocka_unit_test(an_answer_that_is_not_taken),
	};

	return cmocka_run_group_tests_name("inside_prober", tests, NULL, NULL);
}
