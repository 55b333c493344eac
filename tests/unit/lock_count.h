/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_LOCK_COUNT_H
#define TESTS_UNIT_LOCK_COUNT_H

/*
 * Whether a module holds its lock where it says so: it locks these, of one thread, which count. A
 * test that includes this starts no threads.
 */

#include <pthread.h>

static int locks_made, locks_taken, locks_held;

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
	(void)mutex;
	assert_null(attributes);
	locks_made++;
	return 0;
}

int pthread_mutex_destroy(pthread_mutex_t *mutex)
{
	(void)mutex;
	assert_int_equal(locks_held, 0);
	locks_made--;
	return 0;
}

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	(void)mutex;
	assert_int_equal(locks_held, 0);
	locks_taken++;
	locks_held = 1;
	return 0;
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	(void)mutex;
	assert_int_equal(locks_held, 1);
	locks_held = 0;
	return 0;
}

/* Carries it out; it locks once, and unlocks. */
#define LOCKS_ONCE(statement)                     \
	do {                                      \
		locks_taken = locks_held = 0;     \
		statement;                        \
		assert_int_equal(locks_taken, 1); \
		assert_int_equal(locks_held, 0);  \
	} while (0)

#endif
