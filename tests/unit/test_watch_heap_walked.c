/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <time.h>

#include "app/options.h"
#include "app/watch_heap.h"
#include "base/memory.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/session.h"
#include "residency/heap_prober.h"
#include "support/sample.h"
#include "support/stage.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})
#define SECOND_NS INT64_C(1000000000)
#define START_NS  INT64_C(1792412467123000000) /* of the sample */

/* The prober of the test, in the place of residency/heap_prober.c. */

struct heap_prober {
	struct heap_answer answer;
	bool has_answer;
	int asked; /* how often */
	int64_t asked_ns;
};

static struct heap_prober prober;
static int create_error, created;

int heap_prober_create(const struct procfs_options *options, struct heap_prober **ret_prober)
{
	assert_string_equal(options->root, "/nonexistent");
	if (create_error)
		return create_error;
	created++;
	*ret_prober = &prober;
	return 0;
}

void heap_prober_destroy(struct heap_prober *destroyed)
{
	if (destroyed)
		created--;
}

void heap_prober_ask(struct heap_prober *asked, const struct address_space *space)
{
	asked->asked++;
	asked->asked_ns = space->time_ns;
}

int heap_prober_descriptor(const struct heap_prober *described)
{
	return described == &prober ? 87 : -1;
}

bool heap_prober_take(struct heap_prober *taken, struct heap_answer *ret_answer)
{
	if (!taken->has_answer)
		return false;
	*ret_answer = taken->answer;
	taken->has_answer = false;
	return true;
}

static const struct options options = {.procfs = "/nonexistent"};
static struct watch_heap heap;
static struct stage stage;

static int open_stage(void **state)
{
	(void)state;
	create_error = created = 0;
	prober = (struct heap_prober){.has_answer = false};
	heap = (struct watch_heap){.options = &options};
	stage_open(&stage, sample_python(), 80, 24, true);
	return 0;
}

static int close_stage(void **state)
{
	(void)state;
	stage_close(&stage);
	watch_heap_finish(&heap);
	assert_int_equal(created, 0);
	return 0;
}

/* A walk of the snapshot found two arenas; or an error. */
static void answer(int64_t time_ns, uint64_t cost_ns, int error)
{
	struct heap_usage found = {0};

	if (!error) {
		found.arenas = memory_alloc(2 * sizeof(*found.arenas));
		found.count = 2;
		found.arenas[0] = (struct heap_arena){.address = 0x1000,
						      .start = 0x2000,
						      .is_main = true,
						      .used = 100,
						      .free = 20,
						      .top = 3};
		found.arenas[1] = (struct heap_arena){
			.address = 0x5000, .start = 0x6000, .used = 1000, .free = 200, .top = 30};
	}
	prober.answer = (struct heap_answer){.pid = 20712,
					     .start_ticks = 123456,
					     .time_ns = time_ns,
					     .cost_ns = cost_ns,
					     .error = error,
					     .heap = found};
	prober.has_answer = true;
	watch_heap_take(&heap, &stage.ui);
	assert_false(prober.has_answer);
}

static void open_pane(void)
{
	stage_press(&stage, KEYS('H'));
	watch_heap_look(&heap, &stage.ui);
}

static void each_snapshot_is_walked_once(void **state)
{
	(void)state;
	watch_heap_look(&heap, &stage.ui);
	assert_int_equal(created, 0);
	assert_int_equal(watch_heap_descriptor(&heap), -1);
	open_pane();
	assert_int_equal(prober.asked, 1);
	assert_true(prober.asked_ns == START_NS);
	assert_int_equal(watch_heap_descriptor(&heap), 87);
	watch_heap_look(&heap, &stage.ui);
	assert_int_equal(prober.asked, 1);
	answer(START_NS, 0, 0);
	watch_heap_look(&heap, &stage.ui);
	assert_int_equal(prober.asked, 1);
	stage_add(&stage, sample_python(), 1);
	watch_heap_look(&heap, &stage.ui);
	assert_int_equal(prober.asked, 2);
	assert_true(prober.asked_ns == START_NS + SECOND_NS);
}

static void without_a_thread_nothing_is_walked(void **state)
{
	(void)state;
	create_error = -EAGAIN;
	open_pane();
	assert_false(heap.asking);
	assert_int_equal(watch_heap_descriptor(&heap), -1);
	create_error = 0;
	watch_heap_look(&heap, &stage.ui);
	assert_true(heap.asking);
	assert_int_equal(created, 1);
}

/* A fiftieth of one processor. */
static void walks_have_their_share_of_time(void **state)
{
	int64_t before, after;

	(void)state;
	open_pane();
	before = clock_ns(CLOCK_MONOTONIC);
	answer(START_NS, (uint64_t)(100 * SECOND_NS), 0);
	after = clock_ns(CLOCK_MONOTONIC);
	assert_true(heap.earliest_ns >= before + 4900 * SECOND_NS);
	assert_true(heap.earliest_ns <= after + 4900 * SECOND_NS);
	stage_add(&stage, sample_python(), 1);
	watch_heap_look(&heap, &stage.ui);
	assert_int_equal(prober.asked, 1);
	heap.earliest_ns = clock_ns(CLOCK_MONOTONIC);
	watch_heap_look(&heap, &stage.ui);
	assert_int_equal(prober.asked, 2);
	answer(START_NS + SECOND_NS, (uint64_t)(100 * SECOND_NS), 0);
	/* Who opens the pane again does not wait. */
	stage_press(&stage, KEYS('H'));
	watch_heap_look(&heap, &stage.ui);
	assert_false(heap.wanted);
	open_pane();
	assert_int_equal(prober.asked, 3);
}

static void what_was_found_is_shown_and_followed(void **state)
{
	const struct heap_walks *walks = &stage.session.walks;

	(void)state;
	open_pane();
	answer(START_NS, 0, 0);
	assert_ptr_equal(stage.ui.shown.heap, &heap.heap);
	assert_int_equal(walks->last.count, 2);
	assert_true(walks->last.time_ns == START_NS);
	assert_int_equal(walks->last.parts[0].address, 0x1000);
	assert_int_equal(walks->last.parts[0].start, 0x2000);
	assert_true(walks->last.parts[0].is_main);
	assert_int_equal(walks->last.parts[0].used, 100);
	assert_int_equal(walks->last.parts[0].free, 23);
	assert_false(walks->last.parts[1].is_main);
	assert_int_equal(walks->last.parts[1].used, 1000);
	assert_int_equal(walks->last.parts[1].free, 230);
	/* An error shows nothing, and what was followed stays. */
	stage_add(&stage, sample_python(), 1);
	watch_heap_look(&heap, &stage.ui);
	answer(START_NS + SECOND_NS, 0, -EACCES);
	assert_null(stage.ui.shown.heap);
	assert_int_equal(walks->last.count, 2);
	assert_true(walks->last.time_ns == START_NS);
}

static void the_heap_of_a_program_that_is_gone_is_not_shown(void **state)
{
	(void)state;
	open_pane();
	answer(START_NS, 0, 0);
	stage.ui.shown.program_ns = START_NS + 1;
	answer(START_NS, (uint64_t)SECOND_NS, 0);
	assert_true(heap.earliest_ns == 0);
	assert_false(heap.asking);
	assert_ptr_equal(stage.ui.shown.heap, &heap.heap);
	stage.ui.shown.program_ns = START_NS;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_snapshot_is_walked_once, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(without_a_thread_nothing_is_walked, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(walks_have_their_share_of_time, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(what_was_found_is_shown_and_followed, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(the_heap_of_a_program_that_is_gone_is_not_shown,
						open_stage, close_stage),
	};

	return cmocka_run_group_tests_name("watch_heap_walked", tests, NULL, NULL);
}
