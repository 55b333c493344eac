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
#include <unistd.h>

#include "files/place_prober.h"
#include "kernel/procfs_options.h"
#include "own_space.h"

#define PATIENCE 60000 /* milliseconds */

static const struct procfs_options proc = {.root = "/proc"};

int place_prober_counter = 5;

static void wait_for(struct place_prober *prober, struct place_answer *answer)
{
	struct pollfd wait = {.fd = place_prober_descriptor(prober), .events = POLLIN};

	do
		assert_int_equal(poll(&wait, 1, PATIENCE), 1);
	while (!place_prober_take(prober, answer));
}

static void an_expression_is_answered(void **state)
{
	struct address_space *space = own_space_read();
	char expression[] = "place_prober_counter+2";
	struct place_prober *prober;
	struct place_answer answer;

	(void)state;
	assert_int_equal(place_prober_create(&proc, &prober), 0);
	place_prober_ask(prober, space, expression);
	/* The prober has copies of both. */
	address_space_destroy(space);
	expression[0] = '\0';
	wait_for(prober, &answer);
	assert_int_equal(answer.error, 0);
	assert_int_equal(answer.address, (uintptr_t)&place_prober_counter + 2);
	assert_string_equal(answer.expression, "place_prober_counter+2");
	place_answer_finish(&answer);
	place_prober_destroy(prober);
	place_prober_destroy(NULL);
}

static void a_mistake_comes_with_the_mappings_that_it_names(void **state)
{
	struct address_space *space = own_space_read();
	struct place_prober *prober;
	struct place_answer answer;

	(void)state;
	assert_int_equal(place_prober_create(&proc, &prober), 0);
	place_prober_ask(prober, space, "program:nothing");
	address_space_destroy(space);
	wait_for(prober, &answer);
	assert_int_equal(answer.error, -EINVAL);
	assert_int_equal(answer.mistake.fault, PLACE_SYMBOL);
	assert_int_equal(answer.mistake.meant_count, 1);
	assert_int_equal(answer.mistake.meant[0]->owner, OWNER_PROGRAM);
	place_answer_finish(&answer);
	/* One more, which stays untaken. */
	space = own_space_read();
	place_prober_ask(prober, space, "heap");
	address_space_destroy(space);
	place_prober_destroy(prober);
}

static void the_same_without_a_thread(void **state)
{
	struct address_space *space = own_space_read();
	struct place_answer answer;

	(void)state;
	place_prober_find(&proc, space, "place_prober_counter", &answer);
	assert_int_equal(answer.error, 0);
	assert_int_equal(answer.address, (uintptr_t)&place_prober_counter);
	place_answer_finish(&answer);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_expression_is_answered),
		cmocka_unit_test(a_mistake_comes_with_the_mappings_that_it_names),
		cmocka_unit_test(the_same_without_a_thread),
	};

	return cmocka_run_group_tests_name("place_prober", tests, NULL, NULL);
}
