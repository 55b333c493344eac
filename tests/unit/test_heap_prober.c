/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <poll.h>

#include "kernel/procfs_options.h"
#include "maps_space.h"
#include "own_space.h"
#include "residency/heap_prober.h"

#define PATIENCE_MS 20000

static struct heap_answer ask(const struct procfs_options *options,
			      const struct address_space *space)
{
	struct heap_answer answer = {0};
	struct heap_prober *prober;
	struct pollfd wait = {.events = POLLIN};

	assert_int_equal(heap_prober_create(options, &prober), 0);
	assert_false(heap_prober_take(prober, &answer));
	heap_prober_ask(prober, space);
	wait.fd = heap_prober_descriptor(prober);
	while (!heap_prober_take(prober, &answer))
		assert_true(poll(&wait, 1, PATIENCE_MS) > 0);
	heap_prober_destroy(prober);
	return answer;
}

static void what_was_asked_is_answered(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	struct address_space *space = own_space_read();
	struct heap_answer answer;

	(void)state;
	answer = ask(&options, space);
	assert_int_equal(answer.pid, space->target.pid);
	assert_int_equal(answer.start_ticks, space->target.start_ticks);
	assert_int_equal(answer.time_ns, space->time_ns);
	/* The sanitizers' malloc has no arenas, and a confined process may not read itself. */
	assert_true(answer.error || answer.heap.count > 0);
	heap_usage_finish(&answer.heap);
	address_space_destroy(space);
}

static void a_process_that_is_not_there_is_said(void **state)
{
	const struct procfs_options options = {.root = "/nonexistent"};
	struct address_space *space =
		maps_space_create(NULL, "400000-401000 r-xp 0 8:1 7 /bin/x\n");
	struct heap_answer answer;

	(void)state;
	answer = ask(&options, space);
	assert_true(answer.error < 0);
	assert_int_equal(answer.heap.count, 0);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_asked_is_answered),
		cmocka_unit_test(a_process_that_is_not_there_is_said),
	};

	return cmocka_run_group_tests_name("heap_prober", tests, NULL, NULL);
}
