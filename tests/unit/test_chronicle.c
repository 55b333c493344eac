/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/keyed_hash.h"
#include "model/address_space.h"
#include "model/chronicle.h"
#include "support/sample.h"

#define SECOND INT64_C(1000000000)
#define HEAP   0x55b5f7c8d000

static const struct hash_key key = {{1, 2}};

static struct address_space *grown_at(uint64_t bytes, int second)
{
	struct address_space *space = sample_python_grown(bytes);

	space->time_ns += second * SECOND;
	return space;
}

static void tells_what_changed(void **state)
{
	struct chronicle chronicle;

	(void)state;
	chronicle_init(&chronicle, sample_python(), 1 << 20, &key);
	assert_int_equal(chronicle.latest.count, 0);
	chronicle_add(&chronicle, grown_at(8192, 1));
	assert_int_equal(chronicle.latest.count, 1);
	assert_int_equal(chronicle.latest.changes[0].type, CHANGE_GREW);
	assert_int_equal(chronicle.latest.changes[0].delta, 8192);
	chronicle_add(&chronicle, grown_at(8192, 2));
	assert_int_equal(chronicle.latest.count, 0);
	assert_int_equal(chronicle.journal.count, 1);
	chronicle_end(&chronicle, 0);
	assert_int_equal(chronicle.journal.count, 2);
	assert_int_equal(journal_get(&chronicle.journal, 1)->type, CHANGE_EXIT);
	chronicle_finish(&chronicle);
}

static void the_mark_stays_until_it_is_set_anew(void **state)
{
	struct chronicle chronicle;
	uint64_t size;

	(void)state;
	chronicle_init(&chronicle, sample_python(), 1 << 20, &key);
	size = chronicle.mark->size;
	chronicle_add(&chronicle, grown_at(1 << 20, 1));
	assert_int_equal(chronicle.mark->size, size);
	chronicle_set_mark(&chronicle, chronicle.now);
	assert_int_equal(chronicle.mark->size, size + (1 << 20));
	chronicle_finish(&chronicle);
}

static void another_program_is_marked_anew(void **state)
{
	struct chronicle chronicle;
	struct address_space *other = sample_large(20);

	(void)state;
	chronicle_init(&chronicle, sample_python(), 1 << 20, &key);
	other->target.start_stack += 4096;
	chronicle_add(&chronicle, other);
	assert_int_equal(chronicle.latest.changes[0].type, CHANGE_EXEC);
	assert_int_equal(chronicle.mark->vma_count, 20);
	chronicle_finish(&chronicle);
}

static void pulses_feed_the_heap_once_they_know_it(void **state)
{
	struct chronicle chronicle;
	struct pulse pulse = {.heap = TARGET_UNKNOWN, .resident = TARGET_UNKNOWN, .size = 1};
	size_t points;

	(void)state;
	chronicle_init(&chronicle, sample_python(), 1 << 20, &key);
	pulse.time_ns = chronicle.now->time_ns + 1;
	points = chronicle.heap.count;
	chronicle_add_pulse(&chronicle, &pulse);
	assert_int_equal(chronicle.heap.count, points);
	pulse.time_ns++;
	pulse.heap = 77777;
	chronicle_add_pulse(&chronicle, &pulse);
	assert_int_equal(series_peak(&chronicle.heap, INT64_MAX), 0x1fa000);
	assert_int_equal(chronicle.heap.points[chronicle.heap.count - 1].last, 77777);
	chronicle_finish(&chronicle);
}

static void the_focus_goes_back_into_the_history(void **state)
{
	struct chronicle chronicle;
	struct series_step steps[4];

	(void)state;
	chronicle_init(&chronicle, sample_python(), 1 << 20, &key);
	for (int i = 1; i < 4; i++)
		chronicle_add(&chronicle, grown_at((uint64_t)i * 4096, i));
	chronicle_set_focus(&chronicle, HEAP);
	chronicle_add(&chronicle, grown_at(16384, 4));
	series_sample(&chronicle.focus, chronicle.mark->time_ns + SECOND,
		      chronicle.mark->time_ns + 5 * SECOND, steps, 4);
	for (int i = 0; i < 4; i++) {
		assert_true(steps[i].known);
		assert_int_equal(steps[i].last, 0x1fa000 + (i + 1) * 4096);
	}
	chronicle_finish(&chronicle);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_what_changed),
		cmocka_unit_test(the_mark_stays_until_it_is_set_anew),
		cmocka_unit_test(another_program_is_marked_anew),
		cmocka_unit_test(pulses_feed_the_heap_once_they_know_it),
		cmocka_unit_test(the_focus_goes_back_into_the_history),
	};

	return cmocka_run_group_tests_name("chronicle", tests, NULL, NULL);
}
