/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>

#include "base/memory.h"
#include "growth/listener.h"
#include "kernel/answerer.h"
#include "kernel/procfs_options.h"
#include "maps_space.h"
#include "record/recorder.h"
#include "residency/heap_prober.h"
#include "residency/memory_watch.h"
#include "residency/page_prober.h"
#include "residency/range_prober.h"
#include "residency/scan_thread.h"
#include "residency/search_thread.h"
#include "sampler/attacher.h"
#include "sampler/lister.h"
#include "sampler/sampler.h"
#include "sampler/source.h"

/*
 * Where there is no room for a thread, or no descriptor for its eventfds, none of those that are
 * made of one begins: the error is reported, nothing is returned, and nothing is left behind, which
 * the suite looks for.
 */

static int eventfds; /* that there are; then there are no more */
static int threads;  /* that were asked for */

int eventfd(unsigned count, int flags)
{
	if (!eventfds) {
		errno = EMFILE;
		return -1;
	}
	eventfds--;
	return ((int (*)(unsigned, int))dlsym(RTLD_NEXT, "eventfd"))(count, flags);
}

int pthread_create(pthread_t *restrict thread, const pthread_attr_t *restrict attributes,
		   void *(*function)(void *), void *restrict argument)
{
	(void)thread;
	(void)function;
	(void)argument;
	assert_non_null(attributes);
	threads++;
	return EAGAIN;
}

static const struct procfs_options options = {.root = "/proc"};

/* Each takes where the result is to go. */
typedef int create(void *ret);

static int make_listener(void *ret)
{
	return listener_create(&options, ret);
}

static int make_heap_prober(void *ret)
{
	return heap_prober_create(&options, ret);
}

static int make_memory_watch(void *ret)
{
	return memory_watch_create(&options, ret);
}

static int make_page_prober(void *ret)
{
	return page_prober_create(&options, ret);
}

static int make_range_prober(void *ret)
{
	return range_prober_create(&options, ret);
}

static int make_scan_thread(void *ret)
{
	return scan_thread_create(&options, getpid(), 0.02, ret);
}

static int make_search_thread(void *ret)
{
	return search_thread_create(&options, ret);
}

static int make_attacher(void *ret)
{
	return attacher_create(&options, getpid(), NULL, ret);
}

static int make_lister(void *ret)
{
	return lister_create(1000000000, ret);
}

static int exit_descriptor(const struct source *source)
{
	assert_non_null(source);
	return -1;
}

static void destroy(struct source *source)
{
	(void)source;
	fail_msg("the source stays the caller's");
}

static int make_sampler(void *ret)
{
	static const struct source_operations operations = {.destroy = destroy,
							    .exit_descriptor = exit_descriptor};
	struct source source = {.operations = &operations};
	struct address_space *space = maps_space_create(NULL, "1000-2000 rw-p 0 00:00 0\n");
	const struct sampler_plan plan = {.interval_ns = 1000000000, .first = space};
	int error = sampler_create(&source, &plan, ret);

	address_space_destroy(space);
	return error;
}

static int make_recorder(void *ret)
{
	const struct recorder_plan plan = {.file.path = "/nowhere/recording"};

	return recorder_create(&plan, ret);
}

static const struct {
	create *make;
	int eventfds; /* that it takes */
} kinds[] = {
	{make_listener, 2},      {make_heap_prober, 1},  {make_memory_watch, 1},
	{make_page_prober, 1},   {make_range_prober, 1}, {make_scan_thread, 1},
	{make_search_thread, 1}, {make_attacher, 1},     {make_lister, 1},
	{make_sampler, 1},       {make_recorder, 1},
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static void without_a_thread_nothing_begins(void **state)
{
	(void)state;
	for (size_t i = 0; i < KINDS; i++) {
		void *result = &eventfds;

		eventfds = kinds[i].eventfds;
		threads = 0;
		assert_int_equal(kinds[i].make((void *)&result), -EAGAIN);
		assert_int_equal(threads, 1);
		assert_int_equal(eventfds, 0);
		assert_ptr_equal(result, &eventfds);
	}
}

static void without_descriptors_no_thread_is_asked_for(void **state)
{
	(void)state;
	for (size_t i = 0; i < KINDS; i++)
		for (int count = 0; count < kinds[i].eventfds; count++) {
			void *result = &eventfds;

			eventfds = count;
			threads = 0;
			assert_int_equal(kinds[i].make((void *)&result), -EMFILE);
			assert_int_equal(threads, 0);
			assert_ptr_equal(result, &eventfds);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_thread_nothing_begins),
		cmocka_unit_test(without_descriptors_no_thread_is_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
