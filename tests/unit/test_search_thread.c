/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kernel/procfs_options.h"
#include "residency/search_thread.h"

#define PATIENCE 60000 /* milliseconds */
#define SIZE     ((size_t)64 << 20)

static int set_up(void **state)
{
	const struct procfs_options options = {.root = "/proc"};

	return search_thread_create(&options, (struct search_thread **)state);
}

static int tear_down(void **state)
{
	search_thread_destroy(*state);
	return 0;
}

/* Zeroes in the range of this process. */
static struct search_request request_of(int32_t pid, const char *memory, size_t size, size_t most)
{
	struct search_request request = {.pid = pid,
					 .needle = {.bytes = {0, 0, 0, 0}, .size = 4},
					 .most = most,
					 .ranges = malloc(sizeof(*request.ranges)),
					 .count = 1};

	assert_non_null(request.ranges);
	request.ranges[0] = (struct search_range){(uintptr_t)memory, (uintptr_t)memory + size};
	return request;
}

static char *map_zeroes(void)
{
	char *memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert_true(memory != MAP_FAILED);
	memset(memory, 0xff, SIZE);
	memory[SIZE - 4] = memory[SIZE - 3] = memory[SIZE - 2] = memory[SIZE - 1] = 0;
	return memory;
}

/* Waits for the end of the search of that serial. */
static struct search_answer *wait_for_end(struct search_thread *thread, unsigned serial)
{
	struct pollfd wait = {.fd = search_thread_descriptor(thread), .events = POLLIN};
	struct search_answer *answer = calloc(1, sizeof(*answer));

	assert_non_null(answer);
	do {
		assert_int_equal(poll(&wait, 1, PATIENCE), 1);
		search_thread_take(thread, answer);
	} while (!answer->done || answer->serial != serial);
	return answer;
}

static void a_search_comes_to_its_end(void **state)
{
	char *memory = map_zeroes();
	struct search_request request = request_of(getpid(), memory, SIZE, 10);
	struct search_answer *answer;

	search_thread_ask(*state, &request, 1);
	assert_null(request.ranges);
	answer = wait_for_end(*state, 1);
	assert_int_equal(answer->error, 0);
	assert_int_equal(answer->count, 1);
	assert_true(answer->found[0] == (uintptr_t)memory + SIZE - 4);
	assert_true(answer->read == SIZE && answer->walked == SIZE && answer->all == SIZE);
	free(answer);
	munmap(memory, SIZE);
}

static void the_newest_search_counts(void **state)
{
	char *memory = map_zeroes();
	struct search_request request;
	struct search_answer *answer;

	for (unsigned serial = 1; serial <= 20; serial++) {
		request = request_of(getpid(), memory, SIZE, 10);
		search_thread_ask(*state, &request, serial);
	}
	answer = wait_for_end(*state, 20);
	assert_int_equal(answer->count, 1);
	/* After one that was stopped the next one is as any other. */
	request = request_of(getpid(), memory, SIZE, 10);
	search_thread_ask(*state, &request, 21);
	search_thread_stop(*state);
	assert_false(search_thread_take(*state, answer));
	request = request_of(getpid(), memory + SIZE - 4096, 4096, 10);
	search_thread_ask(*state, &request, 22);
	free(answer);
	answer = wait_for_end(*state, 22);
	assert_int_equal(answer->count, 1);
	free(answer);
	munmap(memory, SIZE);
}

static void why_nothing_may_be_read_is_told(void **state)
{
	struct search_request request = request_of(INT32_MAX, NULL, SIZE, 10);
	struct search_answer *answer;

	search_thread_ask(*state, &request, 1);
	answer = wait_for_end(*state, 1);
	assert_int_equal(answer->error, -ESRCH);
	free(answer);
	search_thread_destroy(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_search_comes_to_its_end, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_newest_search_counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(why_nothing_may_be_read_is_told, set_up, tear_down),
	};

	if (access("/proc/self/pagemap", R_OK) || access("/proc/self/mem", R_OK)) {
		puts("1..0 # SKIP /proc has no pagemap or no mem");
		return 0;
	}
	return cmocka_run_group_tests_name("search_thread", tests, NULL, NULL);
}
