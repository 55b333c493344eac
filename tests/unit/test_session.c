/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/keyed_hash.h"
#include "maps_space.h"
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
	assert_false(change_list_has_exec(&session.latest));
	session_add(&session, grown_at(8192, 1));
	assert_int_equal(session.latest.count, 1);
	assert_false(change_list_has_exec(&session.latest));
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

static void walks_of_the_heap_are_kept(void **state)
{
	struct session session;
	uint64_t value;

	(void)state;
	session_init(&session, sample_python(), 1 << 20, &key);
	session_add_heap(&session, session.now->time_ns,
			 &(struct heap_part){.used = 100, .free = 50}, 1);
	session_add_heap(&session, session.now->time_ns + 1000,
			 &(struct heap_part){.used = 110, .free = 40}, 1);
	assert_int_equal(session.walks.first.parts[0].used, 100);
	assert_int_equal(session.walks.last.parts[0].used, 110);
	assert_int_equal(series_at(&session.heap_used, session.now->time_ns + 1000, &value), 0);
	assert_int_equal(value, 110);
	assert_int_equal(series_at(&session.heap_free, session.now->time_ns, &value), 0);
	assert_int_equal(value, 50);
	/* What grew counts from the baseline on. */
	session_set_baseline(&session, session.now);
	assert_int_equal(session.walks.first.count, 0);
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
	assert_true(change_list_has_exec(&session.latest));
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

#define RW "rw-p 0 00:00 0 "

/* The next snapshot of a process with these maps. */
static void add_maps(struct session *session, const char *maps, int seconds)
{
	struct address_space *space = maps_space_create(NULL, maps);

	space->time_ns = session->start_ns + seconds * SECOND;
	session_add(session, space);
}

static void expect_sizes(const struct session *session, const uint64_t *sizes, int count)
{
	struct series_step steps[8];

	series_sample(&session->focus, session->start_ns, session->start_ns + count * SECOND, steps,
		      (size_t)count);
	for (int i = 0; i < count; i++) {
		assert_true(steps[i].known);
		assert_int_equal(steps[i].last, sizes[i]);
	}
}

/* Mappings of mmap(2) grow downwards: none of their addresses now was theirs at first. */
static void the_focus_follows_what_grows_and_moves(void **state)
{
	static const char *const maps[] = {
		"100000-101000 " RW "\n800000-808000 " RW "\n",
		"100000-101000 " RW "\n7f8000-808000 " RW "\n",
		"100000-101000 " RW "\n7f0000-808000 " RW "\n",
		"100000-101000 " RW "\n200000-220000 " RW "\n", /* mremap(2) */
		"100000-101000 " RW "\n1f0000-220000 " RW "\n",
		"100000-101000 " RW "\n",
	};
	static const uint64_t sizes[] = {0x8000, 0x10000, 0x18000, 0x20000, 0x30000, 0};

	(void)state;
	for (int from = 0; from < 5; from++) {
		static const uint64_t at[] = {0x800000, 0x7f8000, 0x7f0000, 0x200000, 0x1f0000};
		struct session session;

		session_init(&session, maps_space_create(NULL, maps[0]), 1 << 20, &key);
		for (int i = 1; i < 6; i++) {
			if (i - 1 == from)
				session_set_focus(&session, at[from]);
			add_maps(&session, maps[i], i);
			/* Asked for again by where it is now: it is followed already. */
			if (i > from && session.focus_start < session.focus_end)
				session_set_focus(&session, session.focus_start);
		}
		expect_sizes(&session, sizes, 6);
		session_finish(&session);
	}
}

/* What lay there before, or in another program, is not the mapping that is followed. */
static void the_focus_begins_with_the_mapping(void **state)
{
	static const uint64_t sizes[] = {0, 0, 0x2000, 0x3000};
	struct session session;

	(void)state;
	session_init(&session,
		     maps_space_create(NULL, "100000-101000 " RW "\n"
					     "800000-808000 r--p 0 fe:00 9 /a\n"),
		     1 << 20, &key);
	add_maps(&session, "100000-101000 " RW "\n", 1);
	add_maps(&session, "100000-101000 " RW "\n800000-802000 " RW "\n", 2);
	add_maps(&session, "100000-101000 " RW "\n800000-803000 " RW "\n", 3);
	session_set_focus(&session, 0x800000);
	expect_sizes(&session, sizes, 4);
	session_finish(&session);
}

static void a_list_that_did_not_change_stays_the_same_object(void **state)
{
	struct session session;
	struct address_space *now, *later = sample_python();

	(void)state;
	session_init(&session, sample_python(), 1 << 20, &key);
	now = session.now;
	later->time_ns += SECOND;
	later->target.rss = 12345;
	assert_true(address_space_share_list(later, now));
	session_add(&session, later);
	assert_true(session.same);
	assert_ptr_equal(session.now, now);
	assert_int_equal(now->target.rss, 12345);
	assert_int_equal(session.latest.count, 0);
	assert_int_equal(history_end(session.history) - history_first(session.history), 2);
	assert_int_equal(session.rss.points[session.rss.count - 1].last, 12345);
	assert_false(session_is_at_baseline(&session));
	session_add(&session, grown_at(4096, 2));
	assert_false(session.same);
	assert_int_equal(session.latest.count, 1);
	session_finish(&session);
}

/* How large each kind was, sample by sample. */
static void every_kind_has_its_series(void **state)
{
	struct session session;
	uint64_t value;

	(void)state;
	session_init(&session, sample_python(), 1 << 20, &key);
	session_add(&session, grown_at(8192, 1));
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		const struct series *series = &session.kinds[kind];

		assert_int_equal(series_at(series, session.now->time_ns, &value), 0);
		assert_int_equal(value, session.now->by_kind[kind].size);
		assert_int_equal(series_at(series, session.start_ns, &value), 0);
		assert_int_equal(value, session.baseline->by_kind[kind].size);
	}
	session_finish(&session);
}

/* How far back is looked is bounded by the mappings that this takes. */
static void a_focus_does_not_look_back_for_ever(void **state)
{
	struct session session;

	(void)state;
	session_init(&session, sample_large(9361), (size_t)1 << 26, &key);
	for (int i = 1; i < 10; i++) {
		struct address_space *space = sample_large(9361);

		space->time_ns += i * SECOND;
		address_space_share_list(space, session.now);
		session_add(&session, space);
	}
	session_set_focus(&session, session.now->vmas[0].start);
	assert_int_equal(session.focus.count, 65536 / 9362);
	session_finish(&session);
}

/* The parts of adding a snapshot, of which another thread can do the one that takes long. */
static void a_step_takes_the_history_with_it(void **state)
{
	struct session_step step;
	struct address_space *first, *next;
	struct session session;

	(void)state;
	session_init(&session, sample_python(), 1 << 20, &key);
	first = session.now;
	next = grown_at(8192, 1);
	session_step_begin(&session, next, &step);
	assert_null(session.history);
	assert_int_equal(session_first_moment(&session), 0);
	assert_int_equal(session_end_moment(&session), 1);
	assert_ptr_equal(step.now, first);
	assert_false(step.same);
	session_step_make(&step);
	assert_int_equal(step.latest.count, 1);
	assert_int_equal(session.latest.count, 0);
	assert_ptr_equal(session.now, first);
	/* What needs the history, but not for long, does without. */
	session_set_focus(&session, HEAP);
	assert_int_equal(session.focus.count, 1);
	session_step_add(&session, &step);
	assert_null(step.space);
	assert_null(step.history);
	assert_ptr_equal(session.now, next);
	assert_int_equal(session.latest.count, 1);
	assert_int_equal(session_end_moment(&session), 2);
	assert_int_equal(history_end(session.history), 2);
	/* The same list once more renews the snapshot. */
	session_step_begin(&session, address_space_again(next, &next->target, next->time_ns + 7, 3),
			   &step);
	assert_true(step.same);
	session_step_make(&step);
	assert_int_equal(step.latest.count, 0);
	session_step_add(&session, &step);
	assert_true(session.same);
	assert_ptr_equal(session.now, next);
	assert_int_equal(next->cost_ns, 3);
	assert_int_equal(history_end(session.history), 3);
	assert_int_equal(session.journal.count, 1);
	session_finish(&session);
}

static void a_session_ends_without_its_history(void **state)
{
	struct session_step step;
	struct session session;

	(void)state;
	session_init(&session, sample_python(), 1 << 20, &key);
	session_step_begin(&session, grown_at(8192, 1), &step);
	session_finish(&session);
	history_destroy(step.history);
	address_space_destroy(step.space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_what_changed),
		cmocka_unit_test(the_mark_stays_until_it_is_set_anew),
		cmocka_unit_test(walks_of_the_heap_are_kept),
		cmocka_unit_test(another_program_is_marked_anew),
		cmocka_unit_test(pulses_feed_the_heap_once_they_know_it),
		cmocka_unit_test(a_list_that_did_not_change_stays_the_same_object),
		cmocka_unit_test(the_focus_goes_back_into_the_history),
		cmocka_unit_test(the_focus_follows_what_grows_and_moves),
		cmocka_unit_test(the_focus_begins_with_the_mapping),
		cmocka_unit_test(every_kind_has_its_series),
		cmocka_unit_test(a_focus_does_not_look_back_for_ever),
		cmocka_unit_test(a_step_takes_the_history_with_it),
		cmocka_unit_test(a_session_ends_without_its_history),
	};

	return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
