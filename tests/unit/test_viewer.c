/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <cmocka.h>

#include "kernel/clock.h"
#include "support/viewer.h"

#define LIMIT INT64_C(60000000000) /* nanoseconds; for a heavily loaded machine */

static int64_t now(void)
{
	return clock_ns(CLOCK_MONOTONIC);
}

/* A shell at a terminal of 10 lines and 40 columns. */
static void start(struct viewer *viewer, const char *script)
{
	char *const argv[] = {(char *)"sh", (char *)"-c", (char *)script, NULL};
	int result = viewer_start(viewer, argv, 10, 40);

	if (result == -ENOSYS)
		skip(); /* configure found no libvterm */
	assert_int_equal(result, 0);
}

static void what_is_waited_for_is_on_the_screen(void **state)
{
	int64_t before = now(), first, second;
	struct viewer viewer;

	(void)state;
	start(&viewer,
	      "printf '\\033[2Jpicture'; read line; printf '\\033[3;1Hgot %s' \"$line\"; cat");
	first = viewer_wait(&viewer, viewer_sees, "picture", now() + LIMIT);
	assert_true(first > before && first <= now());
	assert_false(viewer_sees(&viewer, "got key"));
	/* It holds already: the time is that of what made it so, or of what came since. */
	assert_true(viewer_wait(&viewer, viewer_sees, "picture", now() + LIMIT) >= first);
	before = now();
	assert_true(viewer_type(&viewer, "key\n"));
	second = viewer_wait(&viewer, viewer_sees, "got key", now() + LIMIT);
	assert_true(second >= before);
	assert_true(viewer.bytes > 0);
	viewer_stop(&viewer);
}

static void a_program_that_ends_is_not_waited_for(void **state)
{
	struct viewer viewer;

	(void)state;
	start(&viewer, "printf gone");
	assert_int_equal(viewer_wait(&viewer, viewer_sees, "never", now() + 1000 * LIMIT), 0);
	assert_true(viewer_sees(&viewer, "gone"));
	assert_true(viewer_wait_quiet(&viewer, 1000 * LIMIT, now() + 1000 * LIMIT));
	viewer_ignore(&viewer, now() + 1000 * LIMIT);
	viewer_stop(&viewer);
}

static void a_deadline_ends_the_wait(void **state)
{
	struct viewer viewer;

	(void)state;
	start(&viewer, "printf here; cat");
	assert_int_not_equal(viewer_wait(&viewer, viewer_sees, "here", now() + LIMIT), 0);
	assert_int_equal(viewer_wait(&viewer, viewer_sees, "never", now()), 0);
	assert_true(viewer_wait_quiet(&viewer, 1, now() + LIMIT));
	viewer_stop(&viewer);
}

static void the_program_learns_of_a_new_size(void **state)
{
	struct viewer viewer;

	(void)state;
	start(&viewer, "trap 'stty size' WINCH; printf ready; while :; do read line; done");
	assert_int_not_equal(viewer_wait(&viewer, viewer_sees, "ready", now() + LIMIT), 0);
	viewer_resize(&viewer, 12, 50);
	/* The trap runs when the read ends. */
	assert_true(viewer_type(&viewer, "\n"));
	assert_int_not_equal(viewer_wait(&viewer, viewer_sees, "12 50", now() + LIMIT), 0);
	viewer_stop(&viewer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_waited_for_is_on_the_screen),
		cmocka_unit_test(a_program_that_ends_is_not_waited_for),
		cmocka_unit_test(a_deadline_ends_the_wait),
		cmocka_unit_test(the_program_learns_of_a_new_size),
	};

	return cmocka_run_group_tests_name("viewer", tests, NULL, NULL);
}
