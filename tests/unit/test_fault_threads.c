/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "growth/fault_threads.h"

static void threads_come_and_go_in_any_order(void **state)
{
	struct fault_threads threads = {0};

	(void)state;
	assert_null(fault_threads_find(&threads, 1));
	for (int32_t i = 0; i < 5000; i++)
		fault_threads_add(&threads, i * 7919 % 5000 + 1, (uint32_t)i);
	assert_int_equal(threads.count, 5000);
	for (int32_t i = 0; i < 5000; i++)
		assert_int_equal(fault_threads_find(&threads, i * 7919 % 5000 + 1)->set, i);
	for (size_t i = 1; i < threads.count; i++)
		assert_true(threads.threads[i - 1].tid < threads.threads[i].tid);
	for (int32_t i = 1; i <= 5000; i += 2)
		fault_threads_remove(&threads, i);
	fault_threads_remove(&threads, 1); /* not there any more */
	assert_int_equal(threads.count, 2500);
	assert_null(fault_threads_find(&threads, 1));
	assert_non_null(fault_threads_find(&threads, 2));
	fault_threads_finish(&threads);
}

/* The number of one that ended is given to another. */
static void a_number_is_used_again(void **state)
{
	struct fault_threads threads = {0};

	(void)state;
	fault_threads_add(&threads, 7, 3);
	fault_threads_add(&threads, 7, 0);
	assert_int_equal(threads.count, 1);
	assert_int_equal(fault_threads_find(&threads, 7)->set, 0);
	fault_threads_finish(&threads);
	assert_int_equal(threads.count, 0);
}

/* One set counts, whichever is met first, also before it is said that the thread began. */
static void the_first_set_counts(void **state)
{
	struct fault_threads threads = {0};

	(void)state;
	assert_true(fault_threads_count(&threads, 7, 2, 1));
	fault_threads_begin(&threads, 7, 1);
	fault_threads_begin(&threads, 7, 1);
	assert_false(fault_threads_count(&threads, 7, 1, 1));
	assert_true(fault_threads_count(&threads, 7, 2, 1));
	/* Another thread of that number begins later. */
	fault_threads_begin(&threads, 7, 2);
	assert_true(fault_threads_count(&threads, 7, 1, 2));
	assert_false(fault_threads_count(&threads, 7, 2, 2));
	fault_threads_add(&threads, 8, 5);
	assert_false(fault_threads_count(&threads, 8, 4, 2));
	assert_true(fault_threads_count(&threads, 8, 5, 2));
	fault_threads_finish(&threads);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(threads_come_and_go_in_any_order),
		cmocka_unit_test(a_number_is_used_again),
		cmocka_unit_test(the_first_set_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
