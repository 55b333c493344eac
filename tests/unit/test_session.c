/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/keyed_hash.h"
#include "model/address_space.h"
#include "model/session.h"
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
	struct session session;

	(void)state;
	session_init(&session, sample_python(), 1 << 20, &key);
	assert_int_equal(session.latest.count, 0);
	session_add(&session, grown_at(8192, 1));
	assert_int_equal(session.latest.count, 1);
	assert_int_equal(session.latest.changes[0].type, CHANGE_GREW);
	assert_int_equal(session.latest.changes[0].delta, 8192);
	session_add(&session, grown_at(8192, 2));
	assert_int_equal(session.latest.count, 0);
	assert_int_equal(session.journal.count, 1);
	session_end(&session, 0);
	assert_int_equal(session.journal.count, 2);
	assert_int_equal(journal_get(&session.journal, 1)->type, CHANGE_EXIT);
	session_finish(&session);
}

static void the_mark_stays_until_it_is_set_anew(void **state)
{
	struct session session;
	uint64_t size;

	(void)state;
	session_init(&session, sample_python(), 1 << 20, &key);
	size = session.baseline->size;
	session_add(&session, grown_at(1 << 20, 1));
	assert_int_equal(session.baseline->size, size);
	session_set_baseline(&session, session.now);
	assert_int_equal(session.baseline->size, size + (1 << 20));
	session_finish(&session);
}

static void another_program_is_marked_anew(void **state)
{
	struct session session;
	struct address_space *other = sample_large(20);

	(void)state;
	session_init(&session, sample_python(), 1 << 20, &key);
	other->target.start_stack += 4096;
	session_add(&session, other);
	assert_int_equal(session.latest.changes[0].type, CHANGE_EXEC);
	assert_int_equal(session.baseline->vma_count, 20);
	session_finish(&session);
}

static void pulses_feed_the_heap_once_they_know_it(void **state)
{
	struct session session;
	struct pulse pulse = {.heap = TARGET_UNKNOWN, .resident = TARGET_UNKNOWN, .size = 1};
	size_t points;

	(void)state;
	session_init(&session, sample_python(), 1 << 20, &key);
	pulse.time_ns = session.now->time_ns + 1;
	points = session.heap.count;
	session_add_pulse(&session, &pulse);
	assert_int_equal(session.heap.count, points);
	pulse.time_ns++;
	pulse.heap = 77777;
	session_add_pulse(&session, &pulse);
	assert_int_equal(series_peak(&session.heap, INT64_MAX), 0x1fa000);
	assert_int_equal(session.heap.points[session.heap.count - 1].last, 77777);
	session_finish(&session);
}

static void the_focus_goes_back_into_the_history(void **state)
{
	struct session session;
	struct series_step steps[4];

	(void)state;
	session_init(&session, sample_python(), 1 << 20, &key);
	for (int i = 1; i < 4; i++)
		session_add(&session, grown_at((uint64_t)i * 4096, i));
	session_set_focus(&session, HEAP);
	session_add(&session, grown_at(16384, 4));
	series_sample(&session.focus, session.baseline->time_ns + SECOND,
		      session.baseline->time_ns + 5 * SECOND, steps, 4);
	for (int i = 0; i < 4; i++) {
		assert_true(steps[i].known);
		assert_int_equal(steps[i].last, 0x1fa000 + (i + 1) * 4096);
	}
	session_finish(&session);
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

	return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
