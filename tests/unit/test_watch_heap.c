/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>

#include "app/options.h"
#include "app/watch_heap.h"
#include "own_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"

#define KEYS(...)   ((const uint32_t[]){__VA_ARGS__, 0})
#define PATIENCE_MS 20000

static const struct options options = {.procfs = "/proc"};

static void nothing_is_walked_unless_asked_for(void **state)
{
	struct watch_heap heap = {.options = &options};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	watch_heap_look(&heap, &stage.ui);
	assert_null(heap.prober);
	assert_int_equal(watch_heap_descriptor(&heap), -1);
	watch_heap_take(&heap, &stage.ui);
	assert_null(stage.ui.shown.heap);
	stage_close(&stage);
	watch_heap_finish(&heap);
}

static void the_screen_gets_what_was_found(void **state)
{
	struct watch_heap heap = {.options = &options};
	struct pollfd wait = {.events = POLLIN};
	struct stage stage;

	(void)state;
	stage_open(&stage, own_space_read(), 80, 24, true);
	stage_press(&stage, KEYS('H'));
	watch_heap_look(&heap, &stage.ui);
	assert_true(heap.asking);
	/* It is asked once a snapshot. */
	watch_heap_look(&heap, &stage.ui);
	wait.fd = watch_heap_descriptor(&heap);
	assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
	watch_heap_take(&heap, &stage.ui);
	assert_false(heap.asking);
	assert_true(!heap.heap.count || stage.ui.shown.heap == &heap.heap);
	watch_heap_look(&heap, &stage.ui);
	assert_false(heap.asking);
	stage_close(&stage);
	watch_heap_finish(&heap);
}

static void the_heap_of_an_earlier_program_is_dropped(void **state)
{
	struct watch_heap heap = {.options = &options};
	struct pollfd wait = {.events = POLLIN};
	struct stage stage;

	(void)state;
	stage_open(&stage, own_space_read(), 80, 24, true);
	stage_press(&stage, KEYS('H'));
	watch_heap_look(&heap, &stage.ui);
	wait.fd = watch_heap_descriptor(&heap);
	assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
	/* Meanwhile another one was started. */
	stage.ui.shown.program_ns = heap.time_ns + 1;
	watch_heap_take(&heap, &stage.ui);
	assert_null(stage.ui.shown.heap);
	assert_int_equal(heap.heap.count, 0);
	assert_false(heap.asking);
	assert_int_equal(heap.earliest_ns, 0);
	stage_close(&stage);
	watch_heap_finish(&heap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_walked_unless_asked_for),
		cmocka_unit_test(the_screen_gets_what_was_found),
		cmocka_unit_test(the_heap_of_an_earlier_program_is_dropped),
	};

	return cmocka_run_group_tests_name("watch_heap", tests, NULL, NULL);
}
