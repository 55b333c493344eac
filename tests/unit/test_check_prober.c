/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>

#include "files/check_prober.h"
#include "kernel/procfs_options.h"
#include "own_space.h"

#define PATIENCE 20000 /* milliseconds */

static struct check_answer wait_for(const struct check_prober *prober)
{
	struct pollfd wait = {.fd = check_prober_descriptor(prober), .events = POLLIN};
	struct check_answer answer;

	do
		assert_int_equal(poll(&wait, 1, PATIENCE), 1);
	while (!check_prober_take((struct check_prober *)prober, &answer));
	return answer;
}

static void questions_are_answered(void **state)
{
	const struct procfs_options procfs = {.root = "/proc"};
	struct address_space *space = own_space_read();
	struct check_prober *prober;
	struct check_answer answer;

	(void)state;
	assert_int_equal(check_prober_create(&procfs, &prober), 0);
	for (int i = 0; i < 2; i++) {
		check_prober_ask(prober, space);
		answer = wait_for(prober);
		assert_int_equal(answer.pid, getpid());
		assert_true(answer.facts.files.count >= 1);
		check_facts_finish(&answer.facts);
	}
	/* What is not answered, or not taken, is freed. */
	check_prober_ask(prober, space);
	check_prober_ask(prober, space);
	check_prober_destroy(prober);
	check_prober_destroy(NULL);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(questions_are_answered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
