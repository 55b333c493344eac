/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "sampler/pulse_queue.h"

static void add(struct pulse_queue *queue, int64_t time, uint64_t heap)
{
	pulse_queue_add(queue, &(struct pulse){.time_ns = time, .heap = heap, .resident = heap});
}

static void tells_what_differs(void **state)
{
	const struct pulse same = {.time_ns = 1, .heap = 1, .size = 1};
	struct pulse other = same;

	(void)state;
	other.time_ns = 2;
	assert_false(pulse_differs(&same, &other) || pulse_moved(&same, &other));
	other.resident = 1;
	assert_true(pulse_differs(&same, &other) && !pulse_moved(&same, &other));
	other = same;
	other.shared = 1;
	assert_true(pulse_differs(&same, &other) && !pulse_moved(&same, &other));
	for (int field = 0; field < 4; field++) {
		other = same;
		*(uint64_t *[]){&other.size, &other.data, &other.heap, &other.heap_end}[field] = 7;
		assert_true(pulse_differs(&same, &other) && pulse_moved(&same, &other));
	}
}

static void a_plateau_has_two_ends(void **state)
{
	static const struct {
		int64_t time;
		uint64_t heap;
	} expected[] = {{1, 5}, {10, 5}, {11, 6}, {12, 5}, {20, 5}};
	struct pulse_queue queue = {0};
	struct pulse out[10];

	(void)state;
	for (int64_t time = 1; time <= 20; time++)
		add(&queue, time, time == 11 ? 6 : 5);
	assert_int_equal(pulse_queue_take(&queue, out, 10), 5);
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(out[i].time_ns, expected[i].time);
		assert_int_equal(out[i].heap, expected[i].heap);
	}
	assert_int_equal(pulse_queue_take(&queue, out, 10), 0);
	/* It goes on behind what was taken: only its new end is new. */
	for (int64_t time = 21; time <= 30; time++)
		add(&queue, time, 5);
	assert_int_equal(pulse_queue_take(&queue, out, 10), 1);
	assert_int_equal(out[0].time_ns, 30);
	pulse_queue_finish(&queue);
}

static void is_taken_in_parts(void **state)
{
	struct pulse_queue queue = {0};
	struct pulse out[3];

	(void)state;
	for (int64_t time = 0; time < 7; time++)
		add(&queue, time, (uint64_t)time);
	add(&queue, 7, 6);
	for (int64_t first = 0; first < 6; first += 3) {
		assert_int_equal(pulse_queue_take(&queue, out, 3), 3);
		for (int64_t i = 0; i < 3; i++)
			assert_int_equal(out[i].time_ns, first + i);
	}
	add(&queue, 8, 6);
	assert_int_equal(pulse_queue_take(&queue, out, 3), 2);
	assert_int_equal(out[0].time_ns, 6);
	assert_int_equal(out[1].time_ns, 8);
	assert_int_equal(pulse_queue_take(&queue, out, 0), 0);
	pulse_queue_finish(&queue);
}

static void the_oldest_are_dropped(void **state)
{
	enum { EXTRA = 100 };
	static struct pulse out[PULSE_QUEUE_MAX + 1];
	struct pulse_queue queue = {0};

	(void)state;
	for (size_t i = 0; i < PULSE_QUEUE_MAX + EXTRA; i++)
		add(&queue, (int64_t)i, i);
	assert_int_equal(pulse_queue_take(&queue, out, PULSE_QUEUE_MAX + 1), PULSE_QUEUE_MAX);
	for (size_t i = 0; i < PULSE_QUEUE_MAX; i++)
		assert_int_equal(out[i].time_ns, i + EXTRA);
	pulse_queue_finish(&queue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_what_differs),
		cmocka_unit_test(a_plateau_has_two_ends),
		cmocka_unit_test(is_taken_in_parts),
		cmocka_unit_test(the_oldest_are_dropped),
	};

	return cmocka_run_group_tests_name("pulse_queue", tests, NULL, NULL);
}
