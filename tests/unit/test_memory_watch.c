/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "own_space.h"
#include "residency/memory_watch.h"

#define PATIENCE 20000 /* milliseconds */
#define NEVER    (UINT64_C(1000) * 1000000000)

static volatile unsigned char here[16]; /* some memory of this process */

static volatile uintptr_t pointers[2];

static int set_up(void **state)
{
	const struct procfs_options options = {.root = "/proc"};

	return memory_watch_create(&options, (struct memory_watch **)state);
}

static int tear_down(void **state)
{
	memory_watch_destroy(*state);
	return 0;
}

static struct memory_question question_of(const volatile void *address, size_t size)
{
	return (struct memory_question){.pid = getpid(),
					.address = (uintptr_t)address,
					.size = size,
					.interval_ns = 1000000};
}

static struct memory_answer wait_for_answer(struct memory_watch *watch)
{
	struct pollfd wait = {.fd = memory_watch_descriptor(watch), .events = POLLIN};
	struct memory_answer answer;

	do
		assert_int_equal(poll(&wait, 1, PATIENCE), 1);
	while (!memory_watch_take(watch, &answer));
	return answer;
}

static void changes_are_told(void **state)
{
	struct memory_question question = question_of(here, sizeof(here));
	struct memory_answer answer;

	here[3] = 1;
	memory_watch_ask(*state, &question);
	answer = wait_for_answer(*state);
	assert_int_equal(answer.error, 0);
	assert_int_equal(answer.absent[0] & 1, 0);
	assert_int_equal(answer.bytes[3], 1);
	assert_true(answer.question.address == question.address);
	for (unsigned char value = 2; value < 10; value++) {
		here[3] = value;
		do
			answer = wait_for_answer(*state);
		while (answer.bytes[3] != value);
	}
}

static void what_stays_the_same_is_told_once(void **state)
{
	struct memory_question question = question_of(here, sizeof(here));
	struct memory_answer answer;

	memory_watch_ask(*state, &question);
	wait_for_answer(*state);
	/* An equal question is another one. */
	question.interval_ns = NEVER;
	memory_watch_ask(*state, &question);
	do
		answer = wait_for_answer(*state);
	while (answer.question.interval_ns != NEVER);
	assert_false(memory_watch_take(*state, &answer));
}

static void what_is_not_in_memory_is_brought_in_when_asked(void **state)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *pages = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct memory_question question = question_of(pages, 64);
	struct memory_answer answer;

	assert_true(pages != MAP_FAILED);
	memory_watch_ask(*state, &question);
	assert_int_equal(wait_for_answer(*state).absent[0] & 1, 1);
	question.absent_too = true;
	memory_watch_ask(*state, &question);
	do
		answer = wait_for_answer(*state);
	while (!answer.question.absent_too);
	assert_int_equal(answer.absent[0] & 1, 0);
	munmap(pages, page);
}

/* Of this program, which is not stripped; from its own snapshot. */
static void the_symbol_that_a_word_points_into_is_told(void **state)
{
	struct memory_question question = question_of(pointers, sizeof(pointers));
	struct address_space *space = own_space_read();
	struct memory_answer answer;

	pointers[0] = (uintptr_t)here + 4;
	pointers[1] = (uintptr_t)&space;
	question.word = question.address;
	question.word_size = sizeof(pointers[0]);
	question.space = space;
	memory_watch_ask(*state, &question);
	address_space_destroy(space);
	do
		answer = wait_for_answer(*state);
	while (!*answer.symbol);
	assert_true(answer.pointed == pointers[0]);
	assert_string_equal(answer.symbol, "here+0x4");
	assert_null(answer.question.space);
	/* It stays as long as the word does. */
	pointers[1]++;
	answer = wait_for_answer(*state);
	assert_string_equal(answer.symbol, "here+0x4");
	/* The stack has no symbols. */
	pointers[0] = pointers[1];
	answer = wait_for_answer(*state);
	assert_string_equal(answer.symbol, "");
}

static void of_no_process_an_error_is_told(void **state)
{
	struct memory_question question = question_of(here, 16);

	question.pid = INT32_MAX;
	memory_watch_ask(*state, &question);
	assert_int_equal(wait_for_answer(*state).error, -ESRCH);
	question.pid = 0;
	memory_watch_ask(*state, &question);
	memory_watch_destroy(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(changes_are_told, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_stays_the_same_is_told_once, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(what_is_not_in_memory_is_brought_in_when_asked,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_symbol_that_a_word_points_into_is_told, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(of_no_process_an_error_is_told, set_up, tear_down),
	};

	if (access("/proc/self/pagemap", R_OK) || access("/proc/self/mem", R_OK)) {
		puts("1..0 # SKIP /proc has no pagemap or no mem");
		return 0;
	}
	return cmocka_run_group_tests_name("memory_watch", tests, NULL, NULL);
}
