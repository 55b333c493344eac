/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/memory.h"

/* AddressSanitizer asks for this: without it, it ends the process where calloc() returns NULL. */
const char *__asan_default_options(void);

const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

static void is_never_null_and_zeroed(void **state)
{
	char *p = memory_alloc(0);

	(void)state;
	assert_non_null(p);
	free(p);
	p = memory_alloc(1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(p[i], 0);
	free(p);
}

/* Also once a large block was freed: glibc alone would keep the next ones then. */
static void what_is_large_goes_back_when_it_is_freed(void **state)
{
#ifdef M_MMAP_THRESHOLD
	size_t before;

	(void)state;
	memory_keep_compact();
	free(memory_alloc(4 << 20));
	/* Sanitizers have an allocator of their own, of which this says nothing. */
	if (!mallinfo2().arena)
		skip();
	before = mallinfo2().hblks;
	for (int i = 0; i < 2; i++) {
		char *p = memory_alloc(1 << 20);

		assert_int_equal(mallinfo2().hblks, before + 1);
		free(p);
		assert_int_equal(mallinfo2().hblks, before);
	}
#else
	(void)state;
	skip();
#endif
}

static void grows_arrays_by_doubling(void **state)
{
	size_t capacity = 0, grown = 0;
	int *array = NULL;

	(void)state;
	for (size_t i = 0; i < 1000; i++) {
		size_t before = capacity;

		array = memory_array_grow(array, i, &capacity, sizeof(*array));
		assert_true(capacity > i);
		if (capacity != before) {
			grown++;
			assert_true(capacity >= 2 * before);
		}
		array[i] = (int)i;
	}
	assert_true(grown <= 8);
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(array[i], i);
	free(array);
}

static void resizes_and_copies(void **state)
{
	char *p = memory_copy_string("text");

	(void)state;
	assert_string_equal(p, "text");
	p = memory_resize(p, 10000);
	assert_string_equal(p, "text");
	p = memory_resize(p, 0);
	assert_non_null(p);
	free(p);
}

static void say_and_leave(void)
{
	_exit(7);
}

static void exhaust_array(void)
{
	size_t capacity = 0;

	memory_array_grow(NULL, 100, &capacity, SIZE_MAX / 2);
}

static void exhaust_arena(void)
{
	struct arena arena = {0};

	arena_alloc(&arena, SIZE_MAX - 3);
}

static void exhaust_arena_copy(void)
{
	struct arena arena = {0};

	arena_copy(&arena, "", SIZE_MAX);
}

/* Runs it in a child with the hook; how the child ended. */
static int status_of(void (*exhaust)(void), void (*hook)(void))
{
	struct rlimit none = {0, 0};
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		setrlimit(RLIMIT_CORE, &none);
		memory_set_exhausted_hook(hook);
		exhaust();
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void runs_the_hook_when_exhausted(void **state)
{
	int status = status_of(exhaust_array, say_and_leave);

	(void)state;
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 7);
	status = status_of(exhaust_array, NULL);
	assert_true(!WIFEXITED(status) || WEXITSTATUS(status) != 0);
}

static void overflow_is_exhaustion(void **state)
{
	int status = status_of(exhaust_arena, say_and_leave);

	(void)state;
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 7);
	status = status_of(exhaust_arena_copy, say_and_leave);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_never_null_and_zeroed),
		cmocka_unit_test(what_is_large_goes_back_when_it_is_freed),
		cmocka_unit_test(grows_arrays_by_doubling),
		cmocka_unit_test(resizes_and_copies),
		cmocka_unit_test(runs_the_hook_when_exhausted),
		cmocka_unit_test(overflow_is_exhaustion),
	};

	return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
