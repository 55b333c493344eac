/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/target_totals.h"
#include "sampler/attacher.h"
#include "sampler/source.h"
#include "support/child.h"
#include "support/sample.h"

#define PATIENCE 20000 /* milliseconds */

/* A source whose sample comes when the test writes a byte into one pipe; its end goes to another.
 */
struct slow {
	struct source source;
	int go[2], gone[2];
};

static int slow_read(struct source *source, struct address_space **ret_space)
{
	struct slow *slow = (struct slow *)source;
	char byte;

	if (read(slow->go[0], &byte, 1) != 1)
		return -EIO;
	*ret_space = sample_python();
	return 0;
}

/* Of a process whose mappings may not be read. */
static int closed_read(struct source *source, struct address_space **ret_space)
{
	(void)source;
	(void)ret_space;
	return -EACCES;
}

static int closed_totals(struct source *source, struct target *ret_target,
			 struct target_totals *ret_totals)
{
	(void)source;
	*ret_target = (struct target){.uid = 1001};
	*ret_totals = (struct target_totals){.rss = 4096};
	return 0;
}

static void slow_destroy(struct source *source)
{
	(void)!write(((struct slow *)source)->gone[1], "x", 1);
}

static const struct source_operations operations = {.read = slow_read, .destroy = slow_destroy};

static void open_slow(struct slow *slow)
{
	slow->source.operations = &operations;
	assert_int_equal(pipe(slow->go), 0);
	assert_int_equal(pipe(slow->gone), 0);
}

static void close_slow(const struct slow *slow)
{
	for (int i = 0; i < 2; i++) {
		close(slow->go[i]);
		close(slow->gone[i]);
	}
}

static void wait_for(int descriptor)
{
	struct pollfd wait = {.fd = descriptor, .events = POLLIN};

	assert_int_equal(poll(&wait, 1, PATIENCE), 1);
}

static struct attached attach(int32_t pid)
{
	const struct procfs_options options = {.root = "/proc"};
	struct attached attached;
	struct attacher *attacher;

	assert_int_equal(attacher_create(&options, pid, NULL, &attacher), 0);
	wait_for(attacher_descriptor(attacher));
	assert_true(attacher_take(attacher, &attached));
	assert_false(attacher_take(attacher, &attached));
	attacher_destroy(attacher);
	return attached;
}

static void a_process_is_opened_and_read(void **state)
{
	pid_t child = child_start(NULL, NULL);
	struct attached attached = attach(child);

	(void)state;
	assert_int_equal(attached.error, 0);
	assert_int_equal(attached.process, child);
	assert_int_equal(attached.first->target.pid, child);
	address_space_destroy(attached.first);
	/* Another thread goes on with it. */
	assert_int_equal(source_read(attached.source, &attached.first), 0);
	address_space_destroy(attached.first);
	source_destroy(attached.source);
	child_end(child);
	attached = attach(INT32_MAX);
	assert_int_equal(attached.error, -ESRCH);
	assert_null(attached.source);
}

static void one_that_is_slow_keeps_nobody_waiting(void **state)
{
	const struct procfs_options options = {.root = "/nowhere"};
	struct attacher *attacher;
	struct attached attached;
	struct slow slow;

	(void)state;
	open_slow(&slow);
	assert_int_equal(attacher_create(&options, 1, &slow.source, &attacher), 0);
	assert_false(attacher_take(attacher, &attached));
	assert_int_equal(write(slow.go[1], "x", 1), 1);
	wait_for(attacher_descriptor(attacher));
	assert_true(attacher_take(attacher, &attached));
	assert_int_equal(attached.error, 0);
	assert_ptr_equal(attached.source, &slow.source);
	address_space_destroy(attached.first);
	attacher_destroy(attacher);
	close_slow(&slow);
}

/* And closes the source when it goes on after all. */
static void one_that_hangs_is_left_behind(void **state)
{
	const struct procfs_options options = {.root = "/nowhere"};
	struct attacher *attacher;
	struct slow slow;

	(void)state;
	open_slow(&slow);
	assert_int_equal(attacher_create(&options, 1, &slow.source, &attacher), 0);
	attacher_destroy(attacher);
	assert_int_equal(write(slow.go[1], "x", 1), 1);
	wait_for(slow.gone[0]);
	attacher_destroy(NULL);
	close_slow(&slow);
}

static void whose_it_is_is_told_where_it_is_closed(void **state)
{
	static const struct source_operations closed = {
		.read = closed_read, .totals = closed_totals, .destroy = slow_destroy};
	const struct procfs_options options = {.root = "/proc"};
	struct attached attached;
	struct attacher *attacher;
	struct slow slow;

	(void)state;
	open_slow(&slow);
	slow.source.operations = &closed;
	assert_int_equal(attacher_create(&options, getpid(), &slow.source, &attacher), 0);
	wait_for(attacher_descriptor(attacher));
	assert_true(attacher_take(attacher, &attached));
	assert_int_equal(attached.error, -EACCES);
	assert_int_equal(attached.uid, 1001);
	source_destroy(attached.source);
	attacher_destroy(attacher);
	close_slow(&slow);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_process_is_opened_and_read),
		cmocka_unit_test(one_that_is_slow_keeps_nobody_waiting),
		cmocka_unit_test(one_that_hangs_is_left_behind),
		cmocka_unit_test(whose_it_is_is_told_where_it_is_closed),
	};

	return cmocka_run_group_tests_name("attacher", tests, NULL, NULL);
}
