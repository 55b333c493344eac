/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "kernel/procfs_options.h"
#include "model/target.h"
#include "residency/page_probe.h"
#include "residency/page_prober.h"

#define PATIENCE 20000 /* milliseconds */

static unsigned char here; /* some memory of this process */

static int set_up(void **state)
{
	const struct procfs_options options = {.root = "/proc"};

	return page_prober_create(&options, (struct page_prober **)state);
}

static int tear_down(void **state)
{
	page_prober_destroy(*state);
	return 0;
}

static struct page_question question_of(const void *address, int64_t budget_ns, int64_t time_ns)
{
	return (struct page_question){.pid = getpid(),
				      .address = (uintptr_t)address,
				      .page_size = (uint64_t)sysconf(_SC_PAGESIZE),
				      .budget_ns = budget_ns,
				      .time_ns = time_ns};
}

/* Waits for the answer to the question that was asked for that time. */
static struct page_answer wait_for(struct page_prober *prober, int64_t time_ns)
{
	struct pollfd wait = {.fd = page_prober_descriptor(prober), .events = POLLIN};
	struct page_answer answer = {0};

	while (answer.time_ns != time_ns) {
		assert_int_equal(poll(&wait, 1, PATIENCE), 1);
		page_prober_take(prober, &answer);
	}
	return answer;
}

static void a_question_is_answered(void **state)
{
	struct page_prober *prober = *state;
	struct page_question question = question_of(&here, PAGE_PROBE_ALL, 1);
	struct page_answer answer;

	here = 1;
	page_prober_ask(prober, &question);
	answer = wait_for(prober, 1);
	assert_int_equal(answer.address, (uintptr_t)&here);
	assert_true(answer.facts.flags != TARGET_UNKNOWN);
	assert_false(page_prober_take(prober, &answer));
}

static void what_smaps_told_holds_for_the_address(void **state)
{
	struct page_prober *prober = *state;
	struct page_question question = question_of(&here, 0, 1);

	page_prober_ask(prober, &question);
	assert_true(wait_for(prober, 1).facts.flags == TARGET_UNKNOWN);
	question = question_of(&here, PAGE_PROBE_ALL, 2);
	page_prober_ask(prober, &question);
	question = question_of(&here, 0, 3);
	page_prober_ask(prober, &question);
	assert_true(wait_for(prober, 3).facts.flags != TARGET_UNKNOWN);
	question = question_of(state, 0, 4);
	page_prober_ask(prober, &question);
	assert_true(wait_for(prober, 4).facts.flags == TARGET_UNKNOWN);
}

static void of_no_process_nothing_is_known(void **state)
{
	struct page_prober *prober = *state;
	struct page_question question = question_of(&here, PAGE_PROBE_ALL, 1);

	question.pid = INT32_MAX;
	page_prober_ask(prober, &question);
	assert_int_equal(wait_for(prober, 1).facts.state, PAGE_UNKNOWN);
}

static void a_question_that_waits_ends_with_the_thread(void **state)
{
	struct page_question question = question_of(&here, PAGE_PROBE_ALL, 1);

	for (int i = 0; i < 100; i++)
		page_prober_ask(*state, &question);
	page_prober_destroy(*state);
	page_prober_destroy(NULL);
	*state = NULL;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_question_is_answered, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_smaps_told_holds_for_the_address, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(of_no_process_nothing_is_known, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_question_that_waits_ends_with_the_thread, set_up,
						tear_down),
	};

	if (access("/proc/self/smaps", R_OK) != 0) {
		puts("1..0 # SKIP /proc has no smaps");
		return 0;
	}
	return cmocka_run_group_tests_name("page_prober", tests, NULL, NULL);
}
